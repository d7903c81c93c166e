"""A second reading of the sentences that tell of incidents, for the parties that the rules did not see.

Doers are taken only where the rules name none: what the rules name is right more often than what the model adds to it.
Objects are added to those that the rules name, for one deed hits several people and things.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.encoder.model import Encoder
from pipeline.extraction.encoder.parties import Sight
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.rules.statements.statement import Statement


class SecondReader:
    """Completes the rules' candidates. `syntax` and `tagger` say which of the model's heads are heard."""

    def __init__(self, encoder: Encoder, *, syntax: bool = True, tagger: bool = True) -> None:
        self._encoder, self._syntax, self._tagger = encoder, syntax, tagger

    def complete(self, candidates: Sequence[IncidentCandidate], document: Document) -> None:
        """Fill in the parties of an article's incidents, in place."""
        statements = [statement for candidate in candidates for statement in candidate.statements]
        told = Counter(statement.sentence for statement in statements)
        numbers = sorted(told)
        bounds = [(document.sentences[n].start, document.sentences[n].end) for n in numbers]
        parses = self._encoder.read(document.text, bounds)
        sights = {n: Sight(parse, document) for n, parse in zip(numbers, parses, strict=True)}
        for candidate in candidates:
            nobody = not candidate.roles.perpetrators
            for one in candidate.statements:
                doers, objects = self._parties(one, sights[one.sentence], alone=told[one.sentence] == 1)
                candidate.roles = _with(candidate.roles, doers if nobody else [], objects)

    def _parties(
        self, statement: Statement, sight: Sight, *, alone: bool
    ) -> tuple[list[ActorReading], list[ActorReading]]:
        found = [sight.by_syntax(statement)] if self._syntax else []
        found += [sight.by_tags(statement, alone=alone)] if self._tagger else []
        return [p for one in found for p in one.doers], [p for one in found for p in one.objects]


def _with(roles: Roles, doers: Iterable[ActorReading], objects: Iterable[ActorReading]) -> Roles:
    """Return the roles with those parties that have no part in the deed yet."""
    roles = replace(roles, perpetrators=roles.perpetrators + _new(doers, roles))
    return replace(roles, targets=roles.targets + _new(objects, roles))


def _new(parties: Iterable[ActorReading], roles: Roles) -> tuple[ActorReading, ...]:
    taken = {party.actor.name for party in (*roles.perpetrators, *roles.targets, *roles.claimants)}
    named = {party.actor.name: party for party in reversed(list(parties)) if party.actor.name not in taken}
    return tuple(reversed(named.values()))
