"""Readings found by where they stand."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Protocol, TypeVar

from pipeline.extraction.text.spans import Span

_MOST = 40


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


S = TypeVar("S", bound=_Spanned)

_begin, _span_begins = attrgetter("start"), attrgetter("span.start")


def within(items: Sequence[S], start: int, end: int) -> list[S]:
    """Return the readings, of `items` in order, that lie in the text from `start` to `end`: 40 at most."""
    at = bisect_left(items, start, key=_span_begins)
    found: list[S] = []
    for item in items[at : at + _MOST]:
        if item.span.start >= end:
            break
        if item.span.end <= end:
            found.append(item)
    return found


class Taken:
    """Stretches of a text that do not overlap one another, to ask whether others overlap them."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = sorted(spans)

    def overlaps(self, span: Span) -> bool:
        """Return whether `span` shares a character with a stretch that is taken."""
        at = bisect_left(self._spans, span.end, key=_begin)
        return at > 0 and self._spans[at - 1].end > span.start

    def holder(self, span: Span) -> Span | None:
        """Return the stretch that holds all of `span`, if there is one."""
        at = bisect_left(self._spans, span.start + 1, key=_begin)
        found = self._spans[at - 1] if at else None
        return found if found is not None and found.end >= span.end else None

    def add(self, span: Span) -> None:
        """Take a further stretch."""
        insort(self._spans, span)
