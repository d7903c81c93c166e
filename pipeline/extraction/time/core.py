"""A date expression's core where it stands in a text, and the words around it that belong to it."""

import re
from typing import NamedTuple

from pipeline.extraction.time.expressions import Part
from pipeline.extraction.time.patterns import LEAD, TAIL

NOT_PAST = ("next", "coming", "this coming", "upcoming", "the following", "every", "each", "most", "on a", "on an")
"""Words before an expression by which it is not of the past: of the future, or a habit."""

PARTS: dict[str, Part] = {
    "early": "early",
    "beginning of": "early",
    "start of": "early",
    "mid": "mid",
    "middle of": "mid",
    "late": "late",
    "end of": "late",
}
"""What part of a time the words before an expression name."""


class Core(NamedTuple):
    """A core found: its groups, and the text as flattened and as written."""

    match: re.Match[str]
    flat: str
    written: str

    def before(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the words right before the core that fit the pattern."""
        start = self.match.start()
        return pattern.search(self.flat, max(0, start - 32), start)

    def lead(self) -> tuple[int, str, str]:
        """Return where the expression begins, and what the words before say: what part ("late"), which one ("last")."""
        lead = self.before(LEAD)
        if not lead or not lead[0]:
            return self.match.start(), "", ""
        return lead.start(), lead["part"] or "", lead["which"] or ""

    def tail_end(self) -> int:
        """Return where the expression ends, with the time of day that follows it."""
        tail = TAIL.match(self.flat, self.match.end())
        return tail.end() if tail else self.match.end()
