"""Finds the parties that an article names: known actors, states and their forces, groups nobody has listed, people."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.extraction.actors.alias_table import ActorTable
from pipeline.extraction.actors.match import Match
from pipeline.extraction.actors.matcher import ActorScan
from pipeline.extraction.text.name_keys import fold
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.text.words import Word, split_words
from pipeline.knowledge.tables import phrases_of, rows
from schemas import Actor, ActorType


@dataclass(frozen=True, slots=True)
class ActorReading:
    """A party as an article names it.

    `actor` has its canonical name, its words and its type; `parent` is the actor_id of its umbrella or mother group,
    `country` the ISO 3166-1 alpha-3 of the state that it belongs to or comes from, both null where unknown.
    """

    actor: Actor
    span: Span
    parent: str | None
    country: str | None


class ActorFinder:
    """Loads the alias table and the user's additions (`extra`, a CSV in the form of `data/actors.csv`) once.

    Raises:
        FileNotFoundError: there is no such file as `extra`.
        ValueError: a line of it cannot be read.
    """

    def __init__(self, extra: Path | None = None) -> None:
        self._table = ActorTable(extra)
        self._demonyms = {
            fold(word): (row["country"], phrases_of(row["demonyms"])[0])
            for row in rows("countries.csv")
            for word in phrases_of(row["demonyms"])
        }
        keys = (*self._demonyms, *self._table.state_keys())
        self._owners = frozenset(key[:length] for key in keys for length in range(1, len(key) + 1))

    def find(self, text: str) -> list[ActorReading]:
        """Return the actors of an article in order, the longest reading of each stretch, not overlapping."""
        words = split_words(text)
        scan = ActorScan(text, words, self._table, self._demonyms, self._owners)
        return [_reading(match, text, words) for match in scan.matches()]

    def state(self, country: str, span: Span) -> ActorReading | None:
        """Return the state `country` (ISO 3166-1 alpha-3) as a party that the words of `span` stand for."""
        known = self._table.by_id.get(country.lower())
        if known is None:
            return None
        actor = Actor(name=known.name, text=span.text, actor_type=known.actor_type, actor_id=known.actor_id)
        return ActorReading(actor, span, None, country)


def _reading(match: Match, text: str, words: Sequence[Word]) -> ActorReading:
    span = span_of(text, words[match.first].start, words[match.last - 1].end)
    name = match.name or " ".join(span.text.split())
    return ActorReading(_actor(name, span.text, match.kind, match.actor_id), span, match.parent, match.country)


@lru_cache(maxsize=1 << 10)
def _actor(name: str, written: str, kind: ActorType, actor_id: str | None) -> Actor:
    return Actor(name=name, text=written, actor_type=kind, actor_id=actor_id)
