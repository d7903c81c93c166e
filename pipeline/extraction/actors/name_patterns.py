"""Parties that no table lists, by the shape of their names: "… Brigades", "the Rio Negro drug cartel", "USS …"."""

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.extraction.actors.match import Match
from pipeline.extraction.actors.word_walk import WordWalk
from pipeline.extraction.text.calendar_words import WEEKDAY_NAMES
from pipeline.extraction.text.name_keys import ARTICLES
from pipeline.extraction.text.party_nouns import Stems, phrase_set, words_in

_LONGEST_GROUP_NAME = 7
_LONGEST_SHIP_NAME = 3
_LONGEST_LABELLED = 4
_INNER = frozenset({"of", "the", "for", "de", "al", "el", "ul", "wal", "wa"})
_DAYS = frozenset(WEEKDAY_NAMES)


class NamePatterns:
    """Looks for such names in one article."""

    def __init__(self, walk: WordWalk) -> None:
        self._walk = walk
        self._group_nouns = phrase_set("group_noun")
        self._labels = phrase_set("label")
        self._armed = phrase_set("armed")
        self._ships = phrase_set("ship_prefix")
        self._no_start = words_in("no_start")
        self._noun_starts = self._starts_of(self._group_nouns, capital=True)
        self._label_starts = self._starts_of(self._labels, capital=False)

    def _starts_of(self, phrases: Stems, capital: bool) -> list[int]:
        """Return where a phrase may start: most names are followed by none, which need not be looked at for it."""
        lowers, starts = self._walk.lowers, phrases.starts
        return [
            at for at, word in enumerate(self._walk.words) if lowers[at] in starts and (word.capital or not capital)
        ]

    def group(self, index: int) -> Match | None:
        """Match the name of a group nobody has listed: a capitalised phrase that ends in "Brigades" or the like."""
        word = self._walk.words[index]
        if word.shouted or word.lower in self._no_start or not (word.capital or word.lower[0].isdigit()):
            return None
        if self._walk.opens_sentence(index) and self._walk.phrase(self._armed, index):
            return None  # "Fighters of the …"
        best, limit = None, min(self._walk.ends[index], index + _LONGEST_GROUP_NAME)
        for last in range(index, limit if _any_within(self._noun_starts, index, limit) else index):
            if not self._walk.words[last].capital and self._walk.words[last].lower not in _INNER:
                break
            opens = last == index and self._walk.phrase(self._armed, last)
            found = self._walk.phrase(self._group_nouns, last) if self._walk.words[last].capital and not opens else None
            end = self._past_purpose(last + found[0]) if found else index
            if found and end > index + found[0]:
                best = Match(index, end, found[2])
        return best

    def labelled(self, index: int) -> Match | None:
        """Match a group by what it is called after its name ("the Rio Negro drug cartel", "Ansar al-Haq militants")."""
        word = self._walk.words[index]
        if word.shouted or not word.capital or word.lower in self._no_start or word.lower in _DAYS:
            return None
        if not _any_within(self._label_starts, index + 1, index + 1 + _LONGEST_LABELLED):
            return None
        last = index + 1
        while last < self._walk.ends[index] and last - index < _LONGEST_LABELLED and self._is_name(last):
            last += 1
        if last == index + 1 and self._walk.opens_sentence(index):
            return None
        label = self._walk.phrase(self._labels, last) if last < self._walk.ends[index] else None
        named = last > index and not self._walk.phrase(self._walk.modifiers, last - 1)
        return Match(index, last + label[0], label[2]) if label and named else None

    def _is_name(self, index: int) -> bool:
        lower = self._walk.lowers[index]
        return self._walk.words[index].capital or (lower in ARTICLES and lower != "the")

    def ship(self, index: int) -> Match | None:
        """Match a ship by the letters before its name ("USS", "MV")."""
        found = self._walk.phrase(self._ships, index)
        if not found or not self._walk.text[self._walk.words[index].start : self._walk.words[index].end].isupper():
            return None
        last = index + found[0]
        while last < self._walk.ends[index] and self._walk.words[last].capital and last - index <= _LONGEST_SHIP_NAME:
            last += 1
        return Match(index, last, found[2]) if last > index + found[0] else None

    def _past_purpose(self, last: int) -> int:
        """Return the end of a group's name with what it is of or for ("Front for the Liberation of the Coast")."""
        end = last
        while last < self._walk.ends[end - 1] and (
            self._walk.lowers[last] in _INNER or (last > end and self._walk.words[last].capital)
        ):
            last += 1
        return last if last > end and self._walk.words[last - 1].capital else end


def _any_within(places: Sequence[int], first: int, last: int) -> bool:
    at = bisect_left(places, first)
    return at < len(places) and places[at] < last
