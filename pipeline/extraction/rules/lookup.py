"""Readings found by where they stand."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol, TypeVar

from pipeline.extraction.spans import Span

_MOST = 40


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


S = TypeVar("S", bound=_Spanned)


def within(items: Sequence[S], start: int, end: int) -> list[S]:
    """Return the readings, of `items` in order, that lie in the text from `start` to `end`: 40 at most."""
    at = bisect_left(items, start, key=lambda item: item.span.start)
    found: list[S] = []
    for item in items[at : at + _MOST]:
        if item.span.start >= end:
            break
        if item.span.end <= end:
            found.append(item)
    return found
