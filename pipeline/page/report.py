"""`report`: the page as a file, with as many of the reports' words as it may hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import TooLargePageError
from pipeline.page.content import content_of, details_of
from pipeline.page.database import Facts, shown
from pipeline.page.document import document
from pipeline.page.files import replacing
from pipeline.page.selection import PageSelection, Words

_MB = 1_000_000


@dataclass(frozen=True)
class Written:
    """What was written: how many incidents, with which words, in how many bytes."""

    incidents: int
    words: Words
    size: int
    facts: Facts

    def left_out(self, wanted: Words, max_mb: float) -> Iterator[str]:
        """Yield what the page lacks of what was wanted, and why."""
        if self.words is not wanted:
            what = "the quotes only" if self.words is Words.QUOTES else "none of the reports' words"
            yield f"with all words it would be larger than {max_mb:g} MB: it has {what}; see --max-mb"
        if self.facts.undated:
            yield f"{self.facts.undated:,} incidents without a date are left out by --since and --until"


class _OverLimitError(Exception):
    """The page is larger than it may be."""


def write_report(database: Path, output: Path, selection: PageSelection, words: Words, max_mb: float) -> Written:
    """Write the page of a database; where it would be larger than `max_mb`, with fewer words.

    What `output` was before stays until the page is whole. Raises TooLargePageError where even a page without words
    is too large, and what `shown` raises.
    """
    with shown(database, selection) as incidents:
        wanted: Words | None = words
        while wanted is not None:
            data = content_of(incidents, selection, wanted)
            try:
                size = _write(output, document("Incidents", data, details_of(incidents, wanted)), max_mb)
            except _OverLimitError:
                wanted = wanted.fewer
            else:
                return Written(incidents.count, wanted, size, incidents.facts)
        raise TooLargePageError(str(output), incidents.count, max_mb)


def _write(output: Path, parts: Iterable[str], max_mb: float) -> int:
    size = 0
    with replacing(output) as file:
        for part in parts:
            size += file.write(part.encode())
            if size > max_mb * _MB:
                raise _OverLimitError
    return size
