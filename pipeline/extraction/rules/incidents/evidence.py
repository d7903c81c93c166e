"""What speaks for a statement's telling of an incident, and what against: named parts, each with a weight.

A statement joins an incident that no constraint (`compatibility`) keeps it apart from, and for which more speaks than
against. What one of the two does not say speaks neither for nor against: a missing place is no agreement.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.places.relations import RANK, SPOT, Relation
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.incidents.compatibility import day_agreement, place_agreement
from pipeline.extraction.rules.incidents.discourse import Discourse
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.rules.statements.statement import Definiteness, Statement
from pipeline.extraction.violence.toll import Toll
from schemas import ActorType

SAME_DAY = 2.0
"""How `day_agreement` says that two days are the same."""

_LEDE = 1
_FAR = 4
_OPENING = 30


_FORCES = frozenset({ActorType.STATE, ActorType.STATE_FORCES, ActorType.COALITION})
_SIDES = _FORCES | {ActorType.ARMED_GROUP, ActorType.UMBRELLA_GROUP, ActorType.UNIDENTIFIED_ARMED_GROUP}


class Part(Enum):
    """The parts of the evidence."""

    CONTINUED = "continued"
    SAME_SPOT = "same spot"
    SAME_AREA = "same area"
    NESTED = "one place in the other"
    NEARBY = "a little way off"
    SAME_DAY = "same day"
    DAYS_MEET = "days meet"
    SAME_TYPE = "same type"
    SAME_ATTACKER = "same attacker"
    OTHER_ATTACKER = "other attackers"
    SAME_TARGET = "same target"
    SAME_TOLL = "same toll"
    LARGER_TOLL = "larger toll"
    SAME_WEAPON = "same weapon"
    DEFINITE = "the deed told before"
    INDEFINITE = "a new deed"
    TOLD_LAST = "told last"
    LEDE = "lede and body"
    SAME_PARAGRAPH = "same paragraph"
    FAR = "far on in the text"
    BACK = "others told since"
    OPENS_ELSEWHERE = "opens with another place"
    STANDS_ALONE = "says where, when and what by itself"


WEIGHTS = {
    Part.CONTINUED: 0.5,
    Part.SAME_SPOT: 3.0,
    Part.SAME_AREA: 1.5,
    Part.NESTED: 0.5,
    Part.NEARBY: 0.5,
    Part.SAME_DAY: 2.0,
    Part.DAYS_MEET: 0.5,
    Part.SAME_TYPE: 0.5,
    Part.SAME_ATTACKER: 0.5,
    Part.OTHER_ATTACKER: -2.0,
    Part.SAME_TARGET: 0.3,
    Part.SAME_TOLL: 1.0,
    Part.LARGER_TOLL: -0.5,
    Part.SAME_WEAPON: 0.5,
    Part.DEFINITE: 1.0,
    Part.INDEFINITE: -0.3,
    Part.TOLD_LAST: 1.0,
    Part.LEDE: 0.2,
    Part.SAME_PARAGRAPH: 0.2,
    Part.FAR: -0.2,
    Part.BACK: -0.1,
    Part.OPENS_ELSEWHERE: -2.0,
    Part.STANDS_ALONE: -1.0,
}
"""What each part counts for; BACK counts once for every incident told since."""

ENOUGH = 0.0
"""A statement that may found an incident joins one only if its parts add up to this."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The parts that hold between a statement and an incident, and how many incidents were told since."""

    parts: tuple[Part, ...]
    back: int

    @property
    def total(self) -> float:
        """What the parts add up to."""
        return sum(WEIGHTS[part] for part in self.parts) + WEIGHTS[Part.BACK] * self.back

    @property
    def told(self) -> dict[str, float]:
        """The parts by their names, with their weights."""
        told = {part.value: WEIGHTS[part] for part in self.parts}
        return told | ({Part.BACK.value: round(WEIGHTS[Part.BACK] * self.back, 2)} if self.back else {})


def evidence(candidate: IncidentCandidate, statement: Statement, discourse: Discourse) -> Evidence:
    """Return what speaks for and against a statement's telling of an incident."""
    parts = [
        Part.CONTINUED,
        *_by_place(candidate, statement, discourse),
        *_by_day(candidate, statement),
        *_by_deed(candidate, statement),
        *_by_toll(candidate, statement),
        *_by_reference(statement),
        *_by_text(candidate, statement, discourse),
    ]
    return Evidence(tuple(parts), len(discourse.candidates) - 1 - candidate.number)


def _by_place(candidate: IncidentCandidate, statement: Statement, discourse: Discourse) -> Iterator[Part]:
    relation = place_agreement(candidate, statement)
    if relation is Relation.SAME and candidate.place is not None:
        yield Part.SAME_SPOT if RANK.get(candidate.place.kind, 5) <= SPOT else Part.SAME_AREA
        return
    if relation is Relation.NESTED:
        yield Part.NESTED
    elif relation is Relation.APART:
        yield Part.NEARBY
    if statement.place is not None and not statement.given:
        if candidate.place is not None and _opens_with_place(statement, discourse):
            yield Part.OPENS_ELSEWHERE
        elif relation is not None and _stands_alone(statement):
            yield Part.STANDS_ALONE


def _opens_with_place(statement: Statement, discourse: Discourse) -> bool:
    """Whether the sentence names the place before it tells the deed: "In Turbat, a policeman was shot"."""
    start = discourse.document.sentences[statement.sentence].start
    return (
        statement.place is not None
        and statement.place.span.start - start <= _OPENING
        and (statement.place.span.end <= statement.head.span.start)
    )


def _stands_alone(statement: Statement) -> bool:
    """Whether a statement tells a spot and a day or a toll of its own."""
    spot = statement.place is not None and RANK.get(statement.place.kind, 5) <= SPOT
    return spot and not statement.weak and bool(statement.when.done or statement.tolls)


def _by_day(candidate: IncidentCandidate, statement: Statement) -> Iterator[Part]:
    day = day_agreement(candidate, statement)
    if day:
        yield Part.SAME_DAY if day >= SAME_DAY else Part.DAYS_MEET


def _by_deed(candidate: IncidentCandidate, statement: Statement) -> Iterator[Part]:
    if candidate.event_type is statement.event_type:
        yield Part.SAME_TYPE
    ours, theirs = candidate.roles, statement.roles
    if _names(ours.perpetrators + ours.claimants) & _names(theirs.perpetrators + theirs.claimants):
        yield Part.SAME_ATTACKER
    elif _struck_back_at_others(ours.perpetrators, theirs):
        yield Part.OTHER_ATTACKER
    if _names(ours.targets) & _names(theirs.targets):
        yield Part.SAME_TARGET
    arms = {weapon.word.weapon_type for weapon in statement.weapons}
    if arms and any(weapon.word.weapon_type in arms for known in candidate.statements for weapon in known.weapons):
        yield Part.SAME_WEAPON


def _struck_back_at_others(known: tuple[ActorReading, ...], told: Roles) -> bool:
    """Whether forces are told to have hit people who are no fighters, after armed men did, or the other way round.

    "Rebels robbed a bank. Soldiers who came later killed six villagers": what both did is not one deed.
    """
    ours = {party.actor.actor_type in _FORCES for party in known if party.actor.actor_type in _SIDES}
    theirs = {party.actor.actor_type in _FORCES for party in told.perpetrators if party.actor.actor_type in _SIDES}
    bystanders = bool(told.targets) and not any(party.actor.actor_type in _SIDES for party in told.targets)
    return bystanders and bool(ours) and bool(theirs) and not ours & theirs


def _names(parties: tuple[ActorReading, ...]) -> set[str]:
    return {party.actor.actor_id or party.actor.name.lower() for party in parties}


def _by_toll(candidate: IncidentCandidate, statement: Statement) -> Iterator[Part]:
    known = _most([toll for told in candidate.statements for toll in told.tolls])
    new = _most(statement.tolls)
    both = known.keys() & new.keys()
    if any(known[what] == new[what] for what in both):
        yield Part.SAME_TOLL
    elif any(known[what] < new[what] for what in both):
        yield Part.LARGER_TOLL


def _most(tolls: list[Toll] | tuple[Toll, ...]) -> dict[str, int]:
    most: dict[str, int] = {}
    for toll in tolls:
        most[toll.what] = max(toll.low, most.get(toll.what, 0))
    return most


def _by_reference(statement: Statement) -> Iterator[Part]:
    if statement.definiteness is Definiteness.DEFINITE:
        yield Part.DEFINITE
    elif statement.definiteness is Definiteness.INDEFINITE:
        yield Part.INDEFINITE


def _by_text(candidate: IncidentCandidate, statement: Statement, discourse: Discourse) -> Iterator[Part]:
    sentences = discourse.document.sentences
    last = candidate.statements[-1].sentence
    if candidate is discourse.focus:
        yield Part.TOLD_LAST
    if candidate.statements[0].sentence <= _LEDE:
        yield Part.LEDE
    if sentences[last].paragraph == sentences[statement.sentence].paragraph:
        yield Part.SAME_PARAGRAPH
    elif statement.sentence - last >= _FAR:
        yield Part.FAR
