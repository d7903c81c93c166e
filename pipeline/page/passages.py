"""The stretches of an article that a page shows, with the quotes marked in them.

The database counts characters as Python does, in code points; a browser counts UTF-16 code units, two for each
character beyond the first 65,536. The offsets that leave this module are the browser's.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

AROUND = 90
"""Characters shown before and after a quote, at most."""

_LONGEST_WORD = 24
_CUT = "…"


class Quote(NamedTuple):
    """A stretch of an article in code points, and what was read from it."""

    read: str
    start: int
    end: int
    words: str


Passage = list[object]
"""A text, and its marks as [first code unit, code unit after the last, what was read]."""


def around(text: str, quotes: Iterable[Quote]) -> list[Passage]:
    """Return the passages that hold all quotes with what stands around them; those that overlap are one."""
    passages: list[tuple[int, int, list[Quote]]] = []
    for quote in sorted(set(quotes), key=lambda quote: (quote.start, quote.end, quote.read)):
        start, end = _word_start(text, quote.start), _word_end(text, quote.end)
        if passages and start <= passages[-1][1]:
            before, until, held = passages[-1]
            passages[-1] = (before, max(until, end), [*held, quote])
        else:
            passages.append((start, end, [quote]))
    return [_passage(text, *passage) for passage in passages]


def alone(quotes: Iterable[Quote]) -> list[Passage]:
    """Return each quote as a passage of its own, once for all that was read from it."""
    found: dict[tuple[int, int, str], set[str]] = {}
    for read, start, end, words in quotes:
        found.setdefault((start, end, words), set()).add(read)
    return [
        [words, [[0, utf16_length(words), read] for read in sorted(named)]]
        for (_, _, words), named in sorted(found.items())
    ]


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units a text has."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def _passage(text: str, start: int, end: int, quotes: Sequence[Quote]) -> Passage:
    head = _CUT if start > 0 else ""
    tail = _CUT if end < len(text) else ""
    excerpt = text[start:end]
    marks = []
    for quote in quotes:
        first = len(head) + utf16_length(text[start : quote.start])
        marks.append([first, first + utf16_length(text[quote.start : quote.end]), quote.read])
    return [head + excerpt + tail, marks]


def _word_start(text: str, at: int) -> int:
    """Return where to begin so as to show some words before a place; a word is cut only if it is very long."""
    start = max(0, at - AROUND)
    if start == 0:
        return 0
    limit = min(at, start + _LONGEST_WORD)
    while start < limit and not text[start - 1].isspace():
        start += 1
    return start if start < limit else max(0, at - AROUND)


def _word_end(text: str, at: int) -> int:
    end = min(len(text), at + AROUND)
    if end == len(text):
        return end
    limit = max(at, end - _LONGEST_WORD)
    while end > limit and not text[end].isspace():
        end -= 1
    return end if end > limit else min(len(text), at + AROUND)
