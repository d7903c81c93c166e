"""Whether a statement can tell of an incident at all: constraints, each of which keeps the two apart by itself."""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.places.relations import Relation, distance_km, relate
from pipeline.extraction.rules.incidents.candidates import FLEXIBLE, IncidentCandidate, may_be_that_day
from pipeline.extraction.rules.incidents.days import day_fit, is_aftermath, name_two_days
from pipeline.extraction.rules.statements.event_type import may_be_same
from pipeline.extraction.rules.statements.statement import Definiteness, Statement, TypeBasis
from pipeline.extraction.violence.toll import Toll
from schemas import ActorType, EventType

_NAMED, _TOLD_AS_NEW = 0.9, 0.8
_ARMS = (EventType.DRONE_ATTACK, EventType.ROCKET_MISSILE_MORTAR, EventType.AIRSTRIKE)
_GIVEN_KM = 60.0
_STATES = (ActorType.STATE, ActorType.STATE_FORCES)


@dataclass(frozen=True, slots=True)
class Constraint:
    """A named reason why a statement cannot tell of an incident."""

    name: str
    meaning: str
    holds: Callable[[IncidentCandidate, Statement], bool]


def violated(candidate: IncidentCandidate, statement: Statement) -> Constraint | None:
    """Return the first constraint that keeps a statement apart from an incident, None where it can tell of it."""
    return next((constraint for constraint in CONSTRAINTS if constraint.holds(candidate, statement)), None)


def place_agreement(candidate: IncidentCandidate, statement: Statement) -> Relation | None:
    """Return how a statement's place lies to the incident's, None where one of them is not known."""
    if candidate.place is None or statement.place is None:
        return None
    return relate(candidate.place, statement.place)


def day_agreement(candidate: IncidentCandidate, statement: Statement) -> float | None:
    """Return how well a statement's day fits the incident's: 2 the same, 0 not known, None another one."""
    day = day_fit(candidate.date, statement.when.done)
    if day is not None:
        return day
    if statement.given and statement.when.done is not None and may_be_that_day(statement.when.done):
        return 0.0  # "the latest strike comes hours after …" tells how far another deed lies back
    located = candidate.place is not None and statement.place is not None
    if statement.weak and located and is_aftermath(candidate.date, statement.when.done):
        return 0.0
    return 0.5 if statement.given and candidate.date_inherited else None


def _places_apart(candidate: IncidentCandidate, statement: Statement) -> bool:
    """Whether the places lie apart; "the attack" may be told a little way off."""
    if place_agreement(candidate, statement) is not Relation.APART:
        return False
    return not (statement.given and not statement.plural and _near(candidate.place, statement.place))


def _days_apart(candidate: IncidentCandidate, statement: Statement) -> bool:
    known, day = candidate.date or candidate.told, statement.when.done
    if known and day and not statement.given and name_two_days(known, day):
        return True
    return day_agreement(candidate, statement) is None


def _tolls_clash(candidate: IncidentCandidate, statement: Statement) -> bool:
    """Whether one says that nobody was killed (wounded) and the other, told on its own, that somebody was."""
    if statement.given or not statement.tolls or not (statement.places or statement.when.done):
        return False
    told = [toll for mine in candidate.statements for toll in mine.tolls]
    return any(
        _nobody([t for t in told if t.what == what]) != _nobody([t for t in statement.tolls if t.what == what])
        for what in {t.what for t in told} & {t.what for t in statement.tolls}
    )


def _nobody(tolls: list[Toll]) -> bool:
    return all(toll.low == 0 for toll in tolls)


def _types_fit(candidate: IncidentCandidate, statement: Statement) -> bool:
    if _arms_differ(candidate, statement):
        return False
    vague = statement.given and statement.head.event_type is EventType.ATTACK
    vague = vague or candidate.guessed or statement.type_basis is TypeBasis.GUESSED
    flexible = (
        vague
        or statement.weak
        or statement.orphan
        or statement.head.strength < FLEXIBLE
        or candidate.strength < FLEXIBLE
    )
    return flexible or may_be_same(candidate.event_type, statement.event_type)


def _arms_differ(candidate: IncidentCandidate, statement: Statement) -> bool:
    """Whether a drone attack elsewhere, on another day or told as new is held against a rocket attack: two of them."""
    named = (
        statement.event_type in _ARMS
        and candidate.event_type in _ARMS
        and statement.event_type is not candidate.event_type
    )
    own = statement.places or statement.when.done or statement.when.told
    new = statement.definiteness is Definiteness.INDEFINITE
    same = place_agreement(candidate, statement) is Relation.SAME
    same = same and not (new and any(not known.headline for known in candidate.statements))
    sure = min(candidate.strength, statement.head.strength) >= (_TOLD_AS_NEW if new else _NAMED)
    return bool(named and own and not same and not statement.given and sure)


def _other_village(candidate: IncidentCandidate, statement: Statement) -> bool:
    """Whether a town of another name, where nobody can say how far it lies, has dead of its own."""
    one, other = candidate.place, statement.place
    if one is None or other is None or statement.given or {one.kind, other.kind} != {"city"}:
        return False
    if relate(one, other) is not Relation.NESTED or distance_km(one, other) is not None:
        return False
    told = [toll for known in candidate.statements if not known.headline for toll in known.tolls]
    theirs = {toll.low for toll in told if toll.what == "killed"}
    mine = {toll.low for toll in statement.tolls if toll.what == "killed"}
    return bool(theirs and mine) and not theirs & mine


def _near(one: PlaceReading | None, other: PlaceReading | None) -> bool:
    """Whether "the attack" told at the one spot can be the one told at the other."""
    distance = distance_km(one, other) if one and other else None
    return distance is not None and distance <= _GIVEN_KM


def _sides_opposed(candidate: IncidentCandidate, statement: Statement) -> bool:
    one, other = candidate.roles, statement.roles
    return (
        _meet(one.perpetrators, other.targets)
        or _meet(other.perpetrators, one.targets)
        or _disjoint(one.perpetrators + one.claimants, other.perpetrators + other.claimants)
    )


def _meet(ones: tuple[ActorReading, ...], others: tuple[ActorReading, ...]) -> bool:
    """Whether a party is on both lists; the forces of one state are one party, a group in that state is another."""
    if not ones or not others:
        return False
    ids = {a.actor.actor_id or a.actor.name for a in ones}
    states = {a.country for a in ones if a.country and a.actor.actor_type in _STATES}
    return any(
        (b.actor.actor_id or b.actor.name) in ids or (b.country in states and b.actor.actor_type in _STATES)
        for b in others
        if b.actor.actor_id or b.country
    )


def _disjoint(ones: tuple[ActorReading, ...], others: tuple[ActorReading, ...]) -> bool:
    if not ones or not others:
        return False
    sides = {_side(a) for a in ones}, {_side(b) for b in others}
    return all(sides) and None not in sides[0] | sides[1] and not sides[0] & sides[1]


def _side(party: ActorReading) -> str | None:
    if party.actor.actor_type is ActorType.COALITION or (party.actor.actor_type in _STATES and party.country):
        return "state:" + (party.country or party.actor.name)
    return "group" if party.actor.actor_id else None


CONSTRAINTS = (
    Constraint("places_apart", "the places lie apart", _places_apart),
    Constraint("other_village", "another village has dead of its own", _other_village),
    Constraint("days_apart", "the days differ", _days_apart),
    Constraint("tolls_clash", "one tells of dead or wounded, the other says there were none", _tolls_clash),
    Constraint("types_apart", "one incident cannot be of both types", lambda one, other: not _types_fit(one, other)),
    Constraint("sides_opposed", "who attacks in one is attacked in the other", _sides_opposed),
)
"""The constraints in the order in which they are looked at."""
