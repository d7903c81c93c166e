"""A stretch of an article's text."""

from typing import NamedTuple

from schemas import Evidence


class Span(NamedTuple):
    """The code points `start` (inclusive) to `end` (exclusive) of an article's text, and what stands there."""

    start: int
    end: int
    text: str

    def as_evidence(self, field: str) -> Evidence:
        """Return this stretch as the words that `field` was read from."""
        return Evidence(field=field, start=self.start, end=self.end, quote=self.text)


def span_of(text: str, start: int, end: int) -> Span:
    """Return the stretch of `text` from `start` to `end`."""
    return Span(start, end, text[start:end])
