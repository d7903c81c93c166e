"""What every extractor offers, whatever it works with, and how it is come by.

An extractor is a folder beside this module, and a line in `registry`. Its module `offer` has an `Offer` named `OFFER`,
and imports nothing else before it is asked for it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from schemas import Article, Mention, Reject, Tally


class Extractor(Protocol):
    """Reads one article at a time. Built once per worker (models and lexicons load in the constructor)."""

    name: str
    version: str
    """Changes whenever the same text may be read differently: what was read by another version can be read again."""

    def extract(self, article: Article) -> list[Mention | Tally]:
        """Return what the article reports, in the order of the text.

        A pure function of the article: no clock, no network, no memory of earlier articles. Every filled field of a
        result has evidence whose quote stands in `article.text` at its offsets.
        """
        ...


@dataclass(frozen=True)
class Setup:
    """What an extractor is made with. It pickles, and compares by value.

    `places` and `actors` are the user's own lists. `own` are the extractor's own options, null if it has none.
    `database` is what the run writes, null for none: what an extractor keeps, it keeps beside it.
    """

    places: Path | None = None
    actors: Path | None = None
    own: Any = None
    database: Path | None = None


class Preparation(Protocol):
    """What is done about articles before they are read, where an extractor needs more than the article. It pickles."""

    def step(self) -> Any:
        """Return the Beam transform that articles go through; it yields them, and rejects under the tag `rejects`."""
        ...

    def done(self, articles: Iterable[Article | Reject]) -> Iterator[Article | Reject]:
        """Yield what is given, the articles once they are prepared, and more rejects: no pipeline. Raises RunError."""
        ...

    def facts(self, counters: Mapping[str, int]) -> Mapping[str, int]:
        """Return the fields of the run's row that its counters fill. Raises RunError if the run must not stand."""
        ...

    def estimate(self, articles: Iterable[Article]) -> str | None:
        """Return what the articles may cost, null if the user asked to read them."""
        ...


def _no_others(setup: Setup) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class Offer:
    """How an extractor is come by.

    `options` is a frozen dataclass of its own options; its fields have `help` and other settings of argparse as
    metadata, and each is an option of the command line that begins with the extractor's name. `languages` are those
    beside English, as codes of ISO 639-1, whose articles it is to be given.
    """

    name: str
    version: Callable[[Setup], str]
    make: Callable[[Setup], Extractor]
    prepare: Callable[[Setup], Preparation] | None = None
    options: type | None = None
    languages: Callable[[Setup], frozenset[str]] = _no_others
