"""The parties that the model sees in one statement about a deed: doers and objects, by syntax and by tags."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.encoder.model import Parse, Role
from pipeline.extraction.encoder.syntax import Tree
from pipeline.extraction.encoder.wordlists import words
from pipeline.extraction.rules.statements.statement import Statement
from pipeline.extraction.text.span_index import within
from pipeline.extraction.text.spans import span_of
from pipeline.extraction.violence.triggers import Kind
from schemas import Actor, ActorType

_DOERS, _SURE_DOER = ("attacker",), 0.5
_OBJECTS, _SURE_OBJECT = ("target", "victim"), 0.3
_NO_DOERS = (ActorType.CIVILIANS, ActorType.PROPERTY, ActorType.UNKNOWN)
_NO_PARTIES = words("no_party")
_SHORTEST = 3
_LONGEST_PARTY = 80


class Found(NamedTuple):
    """What the model sees: who did it, and who or what suffered it."""

    doers: list[ActorReading]
    objects: list[ActorReading]


class Sight:
    """One sentence as the model reads it, beside what the rules know of the article."""

    def __init__(self, parse: Parse, document: Document) -> None:
        self._tree, self._roles, self._document = Tree(parse), parse.roles, document

    def by_syntax(self, statement: Statement) -> Found:
        """Return the parties that the tree ties to the triggers of a statement."""
        found = Found([], [])
        for trigger in statement.triggers:
            at = self._tree.word_at(trigger.span.start, trigger.span.end)
            if at is not None and trigger.kind in (Kind.ACT, Kind.HARM):
                doers, objects = self._tree.parties(at, noun=trigger.is_noun)
                found.doers.extend(_able(self._parties(doers)))
                found.objects.extend(self._parties(objects))
        return found

    def by_tags(self, statement: Statement, *, alone: bool) -> Found:
        """Return the parties that are tagged within a statement, or, if it is `alone`, anywhere in its sentence."""
        starts = [word.start for word in self._tree.words]
        mine = [role for role in self._roles if alone or statement.start <= starts[role.first] < statement.end]
        return Found(_able(self._tagged(mine, _DOERS, _SURE_DOER)), self._tagged(mine, _OBJECTS, _SURE_OBJECT))

    def _tagged(self, roles: Sequence[Role], names: Sequence[str], sure: float) -> list[ActorReading]:
        mine = [role for role in roles if role.name in names and role.probability >= sure]
        return list(self._parties(self._tree.head_of(r.first, r.last) for r in mine))

    def _parties(self, heads: Iterable[int]) -> Iterator[ActorReading]:
        for at in heads:
            party = None if self._is_other(self._tree.words[at].start) else self._party(at)
            if party is not None:
                yield party

    def _is_other(self, position: int) -> bool:
        """Whether a weapon or a deed stands there, not a party."""
        weapons = any(w.span.start <= position < w.span.end for w in self._document.weapons if not w.wielded)
        return weapons or any(t.span.start <= position < t.span.end for t in self._document.triggers if t.is_noun)

    def _party(self, at: int) -> ActorReading | None:
        """Return the party whose name the word heads: as the actor table knows it, or else as written."""
        word = self._tree.words[at]
        near = within(self._document.actors, word.start - _LONGEST_PARTY, word.end + _LONGEST_PARTY)
        known = next((party for party in near if party.span.start <= word.start < party.span.end), None)
        if known is not None:
            return known
        if word.text.lower() in _NO_PARTIES or len(word.text) < _SHORTEST or not word.text[0].isalpha():
            return None
        span = span_of(self._document.text, *self._tree.phrase(at))
        return ActorReading(Actor(name=" ".join(span.text.split()), text=span.text), span, None, None)


def _able(parties: Iterable[ActorReading]) -> list[ActorReading]:
    """Return those that the actor table says can act: a bomb is a subject too, and at times tagged as an attacker."""
    return [party for party in parties if party.actor.actor_type not in _NO_DOERS]
