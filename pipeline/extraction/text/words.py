"""The words of a text, and the runs of words that may be a name, with the keys to look them up by."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from pipeline.extraction.text.name_keys import AMBIGUOUS_ARTICLES, ARTICLES, FUNCTION_WORDS, LINKS, fold_word, plain

_WORD = re.compile(r"(?<=\w)['’]s\b|((?:[A-Z]\.){2,}|[^\W_]+(?:['’ʼ‘`](?!s\b)[^\W_]+)*)")
_JOINT = re.compile(r"[ \u00a0\-\u2010\u2011\u2013\n]|-\n| \n|\n ")
_ABBREVIATION = frozenset({"st", "mt", "ft", "sta"})
_SEGMENT_END = re.compile(r"[.!?]\s|\n\s*\n")
_SHOUTED = 0.8
_ENOUGH_WORDS = 4
_LONG_WORD = 4
_LONGEST_JOINT = 2


class Word(NamedTuple):
    """A word: its offsets, as written, its key alone or at the start of a name, its key later in one, its case.

    `is_article`: a name of several words is the same name without it. `gap` is what stands between it and the next
    word, `joined` says that the two may belong to one name.
    """

    start: int
    end: int
    text: str
    lower: str
    first: str
    later: str
    is_article: bool
    capital: bool
    shouted: bool
    gap: str
    joined: bool


class Gram(NamedTuple):
    """A run of words that may be a name: the indices of its first word and past its last, and its key."""

    first: int
    last: int
    key: str


@lru_cache(maxsize=2)
def split_words(text: str) -> tuple[Word, ...]:
    """Return the words of `text`, those of the last texts from memory (several readers go over one article).

    In a sentence that is all capitals every word is `shouted`: its capital says nothing.
    """
    found = [(one.start(), one.group()) for one in _WORD.finditer(text) if one.group(1)]
    shouted = _shouted_stretches(text, found)
    following = [*(start for start, _ in found[1:]), None]
    return tuple(
        _word(text, start, written, after, bool(shouted) and _within(start, shouted))
        for (start, written), after in zip(found, following, strict=False)
    )


def _within(offset: int, stretches: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(stretches, offset, key=itemgetter(0)) - 1
    return index >= 0 and offset < stretches[index][1]


def _word(text: str, start: int, written: str, following: int | None, shouted: bool) -> Word:
    """Return the word; `following` is where the next one starts, None where there is none."""
    end = start + len(written)
    lower, first, later, capital = _forms(written)
    gap = text[end:following]
    joined = gap == " " or (len(gap) <= _LONGEST_JOINT and _may_join(gap, lower in _ABBREVIATION))
    joined = joined and following is not None
    return Word(start, end, written, lower, first, later, not later, capital, shouted, gap, joined)


@lru_cache(maxsize=1 << 14)
def _forms(written: str) -> tuple[str, str, str, bool]:
    lower = plain(written) or written  # a letter that only modifies others may stand alone
    bare = "".join(char for char in lower if char.isalnum())
    return lower, fold_word(bare, True), "" if bare in ARTICLES else fold_word(bare, False), written[0].isupper()


@lru_cache(maxsize=1 << 10)
def _may_join(gap: str, abbreviated: bool) -> bool:
    return bool(_JOINT.fullmatch(gap)) or (abbreviated and gap == ". ")


def _shouted_stretches(text: str, words: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    if not any(written.isupper() and len(written) >= _LONG_WORD for _, written in words):
        return []
    overall = _is_shouted([written for _, written in words])
    stretches, position, start = [], 0, 0
    for end in (*(one.end() for one in _SEGMENT_END.finditer(text)), len(text)):
        first = position
        while position < len(words) and words[position][0] < end:
            position += 1
        inside = [written for _, written in words[first:position]]
        if _is_shouted(inside) if len(inside) >= _ENOUGH_WORDS else overall:
            stretches.append((start, end))
        start = end
    return stretches


def _is_shouted(words: Sequence[str]) -> bool:
    letters = [word for word in words if word[0].isalpha()]
    return bool(letters) and sum(word.isupper() for word in letters) >= _SHOUTED * len(letters)


def may_start(words: Sequence[Word], index: int) -> bool:
    """Return whether a proper name may start at `index`: with a capital, a figure or an article before one."""
    word = words[index]
    if not word.is_article:
        return word.capital and not (word.shouted and word.lower in FUNCTION_WORDS)
    if not word.joined or not words[index + 1].capital:
        return False
    return word.gap[0] == "-" or word.lower not in AMBIGUOUS_ARTICLES


def grams(words: Sequence[Word], index: int, longest: int, kinds: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the runs that start at `index` and read as a proper name, shortest first: where they end, and their keys.

    The words after the first are capitalised, figures, articles, links ("of", "de") or among `kinds` ("air", "base").
    """
    key, last = "", index
    whole = True
    for word in words[index : index + longest]:
        key += "" if word.is_article else word.first if whole else word.later
        whole = word.is_article or not key
        last += 1
        small = word.is_article or word.lower in LINKS
        if (
            key
            and (not small or last == index + 1)
            and (word.capital or word.lower[0].isdigit() or word.lower in kinds)
        ):
            yield last, key
        elif not small:
            return
        if not word.joined:
            return


def extended(key: str, words: Sequence[Word], index: int) -> str:
    """Return the key of a run of words with the word at `index` added to it."""
    word = words[index]
    if word.is_article:
        return key
    whole = not key or words[index - 1].is_article
    return key + (word.first if whole else word.later)
