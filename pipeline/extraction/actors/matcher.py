"""Walks over one article's words and matches parties, the longest at each word."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.extraction.actors.alias_table import ActorTable, Alias, KnownActor, letters_of
from pipeline.extraction.text.calendar_words import WEEKDAY_NAMES
from pipeline.extraction.text.name_keys import ARTICLES
from pipeline.extraction.text.party_nouns import ALONE, FORCES, Stems, phrase_set, words_in
from pipeline.extraction.text.words import Word, extended
from schemas import ActorType

_LONGEST = 9
_MOST_MODIFIERS = 3
_LONGEST_GROUP_NAME = 7
_LONGEST_SHIP_NAME = 3
_LONGEST_LABELLED = 4
_QUOTES = 5
_INNER = frozenset({"of", "the", "for", "de", "al", "el", "ul", "wal", "wa"})
_FOLLOWERS = ("follower", "armed", "generic_forces")
_DAYS = frozenset(WEEKDAY_NAMES)
_GENITIVES = ("'s ", "’s ", "' ", "’ ")
_POSSESSIVES = (*_GENITIVES, '" ', "” ")


class Match(NamedTuple):
    """An actor over the words `first` to `last` (past the end). An empty `name` stands for the words themselves."""

    first: int
    last: int
    kind: ActorType
    name: str = ""
    actor_id: str | None = None
    parent: str | None = None
    country: str | None = None


def _of_table(actor: KnownActor, first: int, last: int) -> Match:
    return Match(first, last, actor.actor_type, actor.name, actor.actor_id, actor.parent, actor.country)


class ActorScan:
    """One article. `demonyms` gives the country and its adjective by the key of a word for its people.

    `owners` has all beginnings of the keys of states and their people: most words begin none.
    """

    def __init__(
        self,
        text: str,
        words: Sequence[Word],
        table: ActorTable,
        demonyms: Mapping[str, tuple[str, str]],
        owners: frozenset[str],
    ) -> None:
        self._text = text
        self._words = words
        self._lowers = [word.lower for word in words]
        self._table = table
        self._demonyms = demonyms
        self._owners = owners
        self._forces = phrase_set(*FORCES)
        self._nouns = phrase_set(*ALONE)
        self._followers = phrase_set(*_FOLLOWERS)
        self._bare = phrase_set("bare")
        self._holdings = phrase_set("holding")
        self._modifiers = phrase_set("modifier")
        self._group_nouns = phrase_set("group_noun")
        self._labels = phrase_set("label")
        self._armed = phrase_set("armed")
        self._ships = phrase_set("ship_prefix")
        self._no_start = words_in("no_start")
        self._ends = _run_ends(words, ())
        self._table_ends = _run_ends(words, _GENITIVES)
        self._noun_starts = self._starts_of(self._group_nouns, capital=True)
        self._label_starts = self._starts_of(self._labels, capital=False)

    def _starts_of(self, phrases: Stems, capital: bool) -> list[int]:
        """Return where a phrase may start: most names are followed by none, which need not be looked at for it."""
        lowers, starts = self._lowers, phrases.starts
        return [at for at, word in enumerate(self._words) if lowers[at] in starts and (word.capital or not capital)]

    def matches(self) -> Iterator[Match]:
        """Yield the matches in order, not overlapping; of equally long ones a known actor before a pattern."""
        index = 0
        while index < len(self._words):
            if not self._promising(index):
                index += 1
                continue
            best = None
            for match in self._at(index):
                if match and (best is None or match.last > best.last):
                    best = match
            if best:
                yield best
            index = best.last if best else index + 1

    def _promising(self, index: int) -> bool:
        """Return whether an actor may start at `index`: most words are ruled out here."""
        word = self._words[index]
        known = word.capital or word.is_article or word.lower[0].isdigit() or word.first in self._table.starts
        return known or word.lower in self._nouns.starts or word.lower in self._modifiers.starts

    def _at(self, index: int) -> Iterator[Match | None]:
        yield self._known(index)
        yield self._of_state(index)
        yield self._group(index)
        yield self._ship(index)
        yield self._common(index, index, None)
        yield self._labelled(index)

    def _known(self, index: int) -> Match | None:
        """Match the alias table, with a noun for its people after it ("Taliban fighters")."""
        match = self._in_table(index)
        if match is None or match.kind is ActorType.STATE:
            return match
        found = self._phrase(self._followers, match.last) if self._follows(match.last) else None
        return match._replace(last=match.last + found[0]) if found else self._held(match)

    def _held(self, match: Match) -> Match:
        """Return what a party holds or runs, where its name is followed by that ("US military base")."""
        found = self._phrase(self._holdings, match.last) if self._follows(match.last) else None
        return Match(match.first, match.last + found[0], found[2], country=match.country) if found else match

    def _in_table(self, index: int) -> Match | None:
        start = self._past_article(index)
        if start is None or self._words[start].first not in self._table.starts:
            return None
        known, end, key = None, start, ""
        for last in range(start, min(self._table_ends[start], start + _LONGEST)):
            key = extended(key, self._words, last)
            for alias in self._table.aliases(key):
                if self._fits(alias, start, last + 1) and not self._words[last].is_article:
                    known, end = alias.actor, last + 1
                    break
            if not self._table.goes_on(key):
                break
        return _of_table(known, index, end) if known and not self._half_word(known, end) else None

    def _past_article(self, index: int) -> int | None:
        """Return where a name starting at `index` has its first real word; "the" before a name is no part of it."""
        word = self._words[index]
        if not word.is_article:
            return index
        after = self._text[word.end : word.end + 1]
        wanted = after == "-" or (word.capital and word.lower in ("al", "el")) or word.lower in ("al", "el")
        return index + 1 if wanted and self._follows(index + 1) else None

    def _fits(self, alias: Alias, first: int, last: int) -> bool:
        written = self._text[self._words[first].start : self._words[last - 1].end]
        if alias.acronym:
            return letters_of(written) == alias.acronym and not (self._words[first].shouted and _is_word(written))
        return self._words[first].capital or not alias.proper or written[0].isdigit()

    def _half_word(self, actor: KnownActor, last: int) -> bool:
        """Return whether a state's name is only the beginning of a word ("Iran" in "Iran-backed")."""
        if actor.actor_type is not ActorType.STATE:
            return False
        end = self._words[last - 1].end
        return self._text.startswith("-", end) and self._text[end + 1 : end + 2].islower()

    def _of_state(self, index: int) -> Match | None:
        """Match a state's forces or people: a demonym or country and a noun ("Iraqi border guards", "Chad's army")."""
        word = self._words[index]
        if not word.capital or not (word.is_article or word.first in self._owners):
            return None
        for length in (2, 1):
            owner = self._owner(index, index + length)
            if owner:
                forces = self._forces_of(index, index + length, *owner)
                return self._held(forces) if forces else self._common(index, index + length, owner[0])
        return None

    def _owner(self, first: int, last: int) -> tuple[str, str] | None:
        if last > self._ends[first]:
            return None
        key = ""
        for index in range(first, last):
            key = extended(key, self._words, index)
        if key not in self._owners:
            return None
        demonym = self._demonyms.get(key)
        if demonym:
            return demonym
        for alias in self._table.aliases(key):
            if alias.actor.actor_type is ActorType.STATE and alias.actor.country and self._fits(alias, first, last):
                return alias.actor.country, alias.actor.name
        return None

    def _forces_of(self, first: int, index: int, country: str, adjective: str) -> Match | None:
        for start in self._past_modifiers(index):
            found = self._phrase(self._forces, start)
            if found:
                actor_id = f"{country.lower()}-{found[1].replace('_', '-')}"
                known = self._table.by_id.get(actor_id)
                name = known.name if known else f"{adjective} {found[1].replace('_', ' ')}"
                parent = known.parent if known else None
                return Match(first, start + found[0], found[2], name, actor_id, parent, country)
        return None

    def _past_modifiers(self, index: int) -> Iterator[int]:
        """Yield `index` and the places after each word of modifiers that follows it."""
        for _ in range(_MOST_MODIFIERS + 1):
            if not self._follows(index):
                return
            yield index
            found = self._phrase(self._modifiers, index)
            if not found:
                return
            index += found[0]

    def _common(self, first: int, index: int, country: str | None) -> Match | None:
        """Match a common noun with the words that belong to it ("suspected militants")."""
        best = None
        for start in self._past_modifiers(index) if index > first else self._bare_starts(index):
            found = self._phrase(self._nouns, start) or (start > first and self._phrase(self._bare, start))
            if found and (best is None or start + found[0] > best.last):
                best = Match(first, start + found[0], found[2], country=country)
        return best

    def _bare_starts(self, index: int) -> Iterator[int]:
        for _ in range(_MOST_MODIFIERS + 1):
            if index >= len(self._words):
                return
            yield index
            found = self._phrase(self._modifiers, index)
            if not found or not self._follows(index + found[0]):
                return
            index += found[0]

    def _group(self, index: int) -> Match | None:
        """Match the name of a group nobody has listed: a capitalised phrase that ends in "Brigades" or the like."""
        word = self._words[index]
        if word.shouted or word.lower in self._no_start or not (word.capital or word.lower[0].isdigit()):
            return None
        if self._opens_sentence(index) and self._phrase(self._armed, index):
            return None  # "Fighters of the …"
        best, limit = None, min(self._ends[index], index + _LONGEST_GROUP_NAME)
        for last in range(index, limit if _any_within(self._noun_starts, index, limit) else index):
            if not self._words[last].capital and self._words[last].lower not in _INNER:
                break
            opens = last == index and self._phrase(self._armed, last)
            found = self._phrase(self._group_nouns, last) if self._words[last].capital and not opens else None
            end = self._past_purpose(last + found[0]) if found else index
            if found and end > index + found[0]:
                best = Match(index, end, found[2])
        return best

    def _labelled(self, index: int) -> Match | None:
        """Match a group by what it is called after its name ("the Rio Negro drug cartel", "Ansar al-Haq militants")."""
        word = self._words[index]
        if word.shouted or not word.capital or word.lower in self._no_start or word.lower in _DAYS:
            return None
        if not _any_within(self._label_starts, index + 1, index + 1 + _LONGEST_LABELLED):
            return None
        last = index + 1
        while last < self._ends[index] and last - index < _LONGEST_LABELLED and self._is_name(last):
            last += 1
        if last == index + 1 and self._opens_sentence(index):
            return None
        label = self._phrase(self._labels, last) if last < self._ends[index] else None
        named = last > index and not self._phrase(self._modifiers, last - 1)
        return Match(index, last + label[0], label[2]) if label and named else None

    def _is_name(self, index: int) -> bool:
        lower = self._lowers[index]
        return self._words[index].capital or (lower in ARTICLES and lower != "the")

    def _opens_sentence(self, index: int) -> bool:
        start = self._words[index].start
        before = self._text[max(0, start - _QUOTES) : start].rstrip(" \"“”'‘’(")
        return not before or before[-1] in ".!?:;\n-–—"

    def _ship(self, index: int) -> Match | None:
        """Match a ship by the letters before its name ("USS", "MV")."""
        found = self._phrase(self._ships, index)
        if not found or not self._text[self._words[index].start : self._words[index].end].isupper():
            return None
        last = index + found[0]
        while last < self._ends[index] and self._words[last].capital and last - index <= _LONGEST_SHIP_NAME:
            last += 1
        return Match(index, last, found[2]) if last > index + found[0] else None

    def _past_purpose(self, last: int) -> int:
        """Return the end of a group's name with what it is of or for ("Front for the Liberation of the Coast")."""
        end = last
        while last < self._ends[end - 1] and (
            self._lowers[last] in _INNER or (last > end and self._words[last].capital)
        ):
            last += 1
        return last if last > end and self._words[last - 1].capital else end

    def _phrase(self, phrases: Stems, index: int) -> tuple[int, str, ActorType] | None:
        if index >= len(self._lowers) or self._lowers[index] not in phrases.starts:
            return None
        found = phrases.longest(self._lowers, index)
        return found if found and index + found[0] <= self._ends[index] else None

    def _follows(self, index: int) -> bool:
        """Return whether the word at `index` is there, with only a space, hyphen, 's or closing quote before it."""
        if index >= len(self._words) or index == 0:
            return index == 0 < len(self._words)
        before = self._words[index - 1]
        return before.joined or before.gap in _POSSESSIVES


def _any_within(places: Sequence[int], first: int, last: int) -> bool:
    at = bisect_left(places, first)
    return at < len(places) and places[at] < last


def _is_word(written: str) -> bool:
    return written.isalpha() and (len(written) <= 2 or written in ("WHO", "FACT", "CAR", "FAR", "MIT", "ARENA"))


def _run_ends(words: Sequence[Word], joints: Sequence[str]) -> list[int]:
    """Return for every word the index past the last word that only spaces, hyphens and `joints` join it to."""
    ends = [len(words)] * len(words)
    for index in range(len(words) - 2, -1, -1):
        linked = words[index].joined or words[index].gap in joints
        ends[index] = ends[index + 1] if linked else index + 1
    return ends
