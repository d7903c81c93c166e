"""Words and phrases from the data files, and a fast way to find them in a tokenised text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import chain
from sys import maxsize
from typing import Generic, TypeAlias, TypeVar

from typing_extensions import NamedTuple  # that of Python 3.10 cannot be generic

from pipeline.knowledge.tables import DATA, LANGUAGES, phrases_of, rows

T = TypeVar("T")

_NAMES = ("people.csv", "abbreviations.csv", "not_places.csv")
_GROUP = re.compile("«([a-z_]+)»")
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.;:!?()\[\]\n]\s*\n|[;:!?()\[\]]|\.\s")


class Token(NamedTuple):
    """A word of the text: its offsets and its lower-case form."""

    start: int
    end: int
    lower: str


class Hit(NamedTuple, Generic[T]):
    """A phrase found: the indices of its first token and past its last, and what the lexicon says of it."""

    first: int
    last: int
    entry: T


def tokenize(text: str) -> list[Token]:
    """Return the words of `text` in order; hyphens and apostrophes separate words."""
    return [Token(found.start(), found.end(), found.group().lower()) for found in _WORD.finditer(text)]


_Known: TypeAlias = list[tuple[int, dict[tuple[str, ...], T]]]
"""The phrases that begin with one word: by how many words follow it, the longest first, those words and the entries."""


class Phrases(Generic[T]):
    """A table from phrases to entries. Case does not matter, nor do hyphens or apostrophes between words."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        by_first: dict[str, dict[int, dict[tuple[str, ...], T]]] = {}
        for phrase, entry in entries:
            first, *rest = _WORD.findall(phrase.lower())
            by_first.setdefault(first, {}).setdefault(len(rest), {}).setdefault(tuple(rest), entry)
        self._by_first: dict[str, _Known[T]] = {
            first: sorted(by_length.items(), reverse=True) for first, by_length in by_first.items()
        }

    def find(self, text: str, tokens: Sequence[Token]) -> list[Hit[T]]:
        """Return the phrases that stand in `tokens`, leftmost longest, not overlapping."""
        hits: list[Hit[T]] = []
        words = [token.lower for token in tokens]
        free = 0
        for position, word in enumerate(words):
            known = self._by_first.get(word)
            hit = _longest(text, tokens, words, position, known) if known and position >= free else None
            if hit:
                hits.append(hit)
                free = hit.last
        return hits


def _longest(text: str, tokens: Sequence[Token], words: list[str], position: int, known: _Known[T]) -> Hit[T] | None:
    after = position + 1
    for length, entries in known:
        last, rest = after + length, tuple(words[after : after + length])
        if rest in entries and not _broken(text, tokens, position, last):
            return Hit(position, last, entries[rest])
    return None


def _broken(text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    return last - first > 1 and bool(_BREAK.search(text, tokens[first].end, tokens[last - 1].start))


class Wording:
    """A regular expression over the groups of `phrases.csv`, built when first used; letter case does not matter.

    In `template` every «group» stands for any phrase of that group.
    """

    def __init__(self, template: str) -> None:
        self._template = template

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(_GROUP.sub(lambda found: _either(found[1]), self._template), re.IGNORECASE)

    def match(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """Return the match at the beginning of `text[start:end]`, if any."""
        return self._pattern.match(text, start, end)

    def fullmatch(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Return the match that is all of `text[start:end]`, if any."""
        return self._pattern.fullmatch(text, start, end)

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """Return the first match within `text[start:end]`, if any."""
        return self._pattern.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        """Yield the matches within `text[start:end]`, in order, not overlapping."""
        return self._pattern.finditer(text, start, end)


@cache
def known_words() -> frozenset[str]:
    """Return the words of all lists but those of names: "kill-ing" is one of them, "car-bomb" two, a name none."""
    files = (file for language in LANGUAGES for file in (DATA / language).iterdir() if file.name not in _NAMES)
    lists = (file.read_text(encoding="utf-8") for file in files)
    return frozenset(word for text in lists for word in re.findall(r"[a-z]{2,}", text))


@cache
def word_group(name: str) -> frozenset[str]:
    """Return the phrases of a group of `phrases.csv`."""
    found = [phrases_of(row["phrases"]) for row in rows("phrases.csv") if row["group"] == name]
    if not found:
        raise ValueError(f"phrases.csv has no group {name}")
    return frozenset(chain(*found))


def _either(group: str) -> str:
    longest_first = sorted(word_group(group), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(p).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for p in longest_first) + ")"


class Cues:
    """The groups of cue words of `cues.csv`: which groups stand where in a text."""

    def __init__(self, name: str = "cues.csv") -> None:
        groups: dict[str, set[str]] = {}
        for row in rows(name):
            for phrase in phrases_of(row["phrases"]):
                groups.setdefault(phrase, set()).add(row["group"])
        self._phrases = Phrases((phrase, frozenset(names)) for phrase, names in groups.items())
        self.words = {
            group: frozenset(p for p in groups if group in groups[p]) for group in set().union(*groups.values())
        }

    def find(self, text: str, tokens: Sequence[Token]) -> dict[str, list[Hit[frozenset[str]]]]:
        """Return the hits of every group, by the group's name, in the order of the text."""
        found: dict[str, list[Hit[frozenset[str]]]] = {}
        for hit in self._phrases.find(text, tokens):
            for group in hit.entry:
                found.setdefault(group, []).append(hit)
        return found
