"""Walks over one article's words and matches parties, the longest at each word."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.extraction.actors.alias_table import ActorTable, Alias, KnownActor, letters_of
from pipeline.extraction.actors.match import Match
from pipeline.extraction.actors.name_patterns import NamePatterns
from pipeline.extraction.actors.word_walk import GENITIVES, MOST_MODIFIERS, WordWalk, run_ends
from pipeline.extraction.text.party_nouns import ALONE, FORCES, phrase_set
from pipeline.extraction.text.words import Word, extended
from schemas import ActorType

_LONGEST = 9
_FOLLOWERS = ("follower", "armed", "generic_forces")


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
        self._walk = WordWalk(text, words)
        self._names = NamePatterns(self._walk)
        self._text = text
        self._words = words
        self._table = table
        self._demonyms = demonyms
        self._owners = owners
        self._forces = phrase_set(*FORCES)
        self._nouns = phrase_set(*ALONE)
        self._followers = phrase_set(*_FOLLOWERS)
        self._bare = phrase_set("bare")
        self._holdings = phrase_set("holding")
        self._table_ends = run_ends(words, GENITIVES)

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
        return known or word.lower in self._nouns.starts or word.lower in self._walk.modifiers.starts

    def _at(self, index: int) -> Iterator[Match | None]:
        yield self._known(index)
        yield self._of_state(index)
        yield self._names.group(index)
        yield self._names.ship(index)
        yield self._common(index, index, None)
        yield self._names.labelled(index)

    def _known(self, index: int) -> Match | None:
        """Match the alias table, with a noun for its people after it ("Taliban fighters")."""
        match = self._in_table(index)
        if match is None or match.kind is ActorType.STATE:
            return match
        found = self._walk.phrase(self._followers, match.last) if self._walk.follows(match.last) else None
        return match._replace(last=match.last + found[0]) if found else self._held(match)

    def _held(self, match: Match) -> Match:
        """Return what a party holds or runs, where its name is followed by that ("US military base")."""
        found = self._walk.phrase(self._holdings, match.last) if self._walk.follows(match.last) else None
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
        return index + 1 if wanted and self._walk.follows(index + 1) else None

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
        if last > self._walk.ends[first]:
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
        for start in self._walk.past_modifiers(index):
            found = self._walk.phrase(self._forces, start)
            if found:
                actor_id = f"{country.lower()}-{found[1].replace('_', '-')}"
                known = self._table.by_id.get(actor_id)
                name = known.name if known else f"{adjective} {found[1].replace('_', ' ')}"
                parent = known.parent if known else None
                return Match(first, start + found[0], found[2], name, actor_id, parent, country)
        return None

    def _common(self, first: int, index: int, country: str | None) -> Match | None:
        """Match a common noun with the words that belong to it ("suspected militants")."""
        best = None
        for start in self._walk.past_modifiers(index) if index > first else self._bare_starts(index):
            found = self._walk.phrase(self._nouns, start) or (start > first and self._walk.phrase(self._bare, start))
            if found and (best is None or start + found[0] > best.last):
                best = Match(first, start + found[0], found[2], country=country)
        return best

    def _bare_starts(self, index: int) -> Iterator[int]:
        for _ in range(MOST_MODIFIERS + 1):
            if index >= len(self._words):
                return
            yield index
            found = self._walk.phrase(self._walk.modifiers, index)
            if not found or not self._walk.follows(index + found[0]):
                return
            index += found[0]


def _is_word(written: str) -> bool:
    return written.isalpha() and (len(written) <= 2 or written in ("WHO", "FACT", "CAR", "FAR", "MIT", "ARENA"))
