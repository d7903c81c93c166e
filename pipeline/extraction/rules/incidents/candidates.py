"""An incident while its reports are gathered: the statements that tell of it, and what they amount to."""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.places.relations import RANK, Relation, distance_km, more_specific, relate
from pipeline.extraction.rules.statements.event_type import family_of, may_be_same
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.rules.statements.statement import Statement
from pipeline.extraction.time.patterns import MONTH_NAME
from pipeline.extraction.time.resolver import DateReading
from pipeline.extraction.violence.casualties import Toll
from schemas import ActorType, DateBasis, EventType

_FLEXIBLE = 0.7
"""Below this strength a trigger ("explosion", "raid") does not insist on its own type."""

_LONG_PAST = re.compile(
    rf"\b(?:ago|last|past|previous)\b|^(?:(?:late|early|mid|the (?:start|beginning|end) of)[ -])?(?:{MONTH_NAME})$"
    r"|\b(?:start|beginning|end|earlier) (?:of )?(?:this|the) (?:month|year)\b|\bearlier this (?:month|year)\b",
    re.IGNORECASE,
)
_DAY_OF_YEAR = re.compile(
    rf"\b(?P<month>{MONTH_NAME})\.?\s(?P<day>\d{{1,2}})\b|\b(?P<first>\d{{1,2}})\s(?:of\s)?(?P<then>{MONTH_NAME})\b",
    re.IGNORECASE,
)
_NAMED, _TOLD_AS_NEW = 0.9, 0.8
_ARMS = (EventType.DRONE_ATTACK, EventType.ROCKET_MISSILE_MORTAR, EventType.AIRSTRIKE)
_AFTERMATH = timedelta(days=2)
_GIVEN_KM = 60.0
_STATES = (ActorType.STATE, ActorType.STATE_FORCES)


@dataclass(slots=True)
class IncidentCandidate:
    """One incident in the making.

    A `group` candidate only announces several ("two bases were attacked"): `members` counts those told one by one since.
    `strength` is how surely the triggers tell of an incident, 0 to 1. The type is `guessed` until a word or a weapon
    names it.
    `date_inherited` is true where the date is that of the incident it is told with.
    """

    statements: list[Statement]
    event_type: EventType
    strength: float
    place: PlaceReading | None = None
    date: DateReading | None = None
    date_inherited: bool = False
    told: DateReading | None = None
    roles: Roles = field(default_factory=Roles)
    background: bool = False
    group: bool = False
    members: int = 0
    guessed: bool = False

    @property
    def anchor(self) -> Statement:
        """The first statement whose own words tell of the deed, the announcing headline aside."""
        return next((f for f in self.statements if not f.headline), self.statements[0])

    def add(self, statement: Statement) -> None:
        """Take a further statement about this incident in."""
        self.statements.append(statement)
        self.strength = max(self.strength, statement.head.strength)
        if statement.places:
            place = statement.places[0]
            self.place = more_specific(self.place, place) if self.place else place
        day = statement.when.done
        if self.date is None or (self.date_inherited and day and not _is_that_day(day)):
            self.date, self.date_inherited = day or self.date, self.date_inherited and not day
        self.told = self.told or statement.when.told
        self.roles.merge(statement.roles)
        self.background = self.background and statement.background
        self._refine_type(statement)

    def _refine_type(self, statement: Statement) -> None:
        if statement.head.strength < _FLEXIBLE:
            return
        if statement.event_type is EventType.SABOTAGE_DESTRUCTION:
            return
        if self.guessed and not statement.guessed and not statement.orphan:
            self.event_type, self.guessed = statement.event_type, False
        unspecified = family_of(self.event_type) == "any" and not statement.orphan
        if unspecified or (self.event_type, statement.event_type) in _REFINED:
            self.event_type = statement.event_type


_REFINED = {
    (EventType.BOMBING, EventType.IED_MINE),
    (EventType.BOMBING, EventType.CAR_BOMBING),
    (EventType.BOMBING, EventType.SUICIDE_BOMBING),
    (EventType.BOMBING, EventType.GRENADE),
    (EventType.BOMBING, EventType.DRONE_ATTACK),
    (EventType.BOMBING, EventType.AIRSTRIKE),
    (EventType.BOMBING, EventType.ROCKET_MISSILE_MORTAR),
    (EventType.CAR_BOMBING, EventType.SUICIDE_BOMBING),
    (EventType.ARMED_ASSAULT, EventType.SUICIDE_BOMBING),
    (EventType.ATTACK_ON_CIVILIANS, EventType.SUICIDE_BOMBING),
    (EventType.ROCKET_MISSILE_MORTAR, EventType.SHIP_ATTACK),
}


def candidate_of(statement: Statement) -> IncidentCandidate:
    """Return a new candidate founded on one statement."""
    return IncidentCandidate(
        statements=[statement],
        event_type=statement.event_type,
        strength=statement.head.strength,
        place=statement.places[0] if statement.places else None,
        date=statement.when.done,
        told=statement.when.told,
        roles=replace(
            statement.roles,
            perpetrators=list(statement.roles.perpetrators),
            targets=list(statement.roles.targets),
            claimants=list(statement.roles.claimants),
        ),
        background=statement.background,
        guessed=statement.guessed,
    )


def fit(candidate: IncidentCandidate, statement: Statement) -> float | None:
    """Return how well a statement fits a candidate, None where they cannot tell of the same incident.

    They cannot where places lie apart, days differ, one's attacker is the other's victim, or the types exclude one
    another.
    """
    place = _place_fit(candidate, statement)
    if place is None:
        return None
    day = _date_fit(candidate.date, statement.when.done)
    known = candidate.date or candidate.told
    if known and statement.when.done and not statement.given and _days_differ(known, statement.when.done):
        return None
    if day is None and statement.weak and place > 0 and _close(candidate.date, statement.when.done):
        day = 0.0
    if day is None and statement.given and candidate.date_inherited:
        day = 0.5
    if (
        day is None
        or _tolls_clash(candidate, statement)
        or not _types_fit(candidate, statement)
        or _opposed(candidate.roles, statement.roles)
    ):
        return None
    return place + day + (0.5 if candidate.event_type is statement.event_type else 0.0)


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
    vague = vague or candidate.guessed or statement.guessed
    flexible = (
        vague
        or statement.weak
        or statement.orphan
        or statement.head.strength < _FLEXIBLE
        or candidate.strength < _FLEXIBLE
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
    same = candidate.place and statement.places and relate(candidate.place, statement.places[0]) is Relation.SAME
    same = same and not (statement.indefinite and any(not known.headline for known in candidate.statements))
    sure = _NAMED if not statement.indefinite else _TOLD_AS_NEW
    return bool(
        named and own and not same and not statement.given and min(candidate.strength, statement.head.strength) >= sure
    )


def _place_fit(candidate: IncidentCandidate, statement: Statement) -> float | None:
    if candidate.place is None or not statement.places:
        return 0.0
    relation = relate(candidate.place, statement.places[0])
    if relation is Relation.APART:
        return 0.5 if statement.given and not statement.plural and _near(candidate.place, statement.places[0]) else None
    if relation is Relation.NESTED and _other_village(candidate, statement, candidate.place, statement.places[0]):
        return None
    spot = RANK.get(candidate.place.kind, 5) <= 1
    return (3.0 if spot else 1.5) if relation is Relation.SAME else 1.0


def _other_village(candidate: IncidentCandidate, statement: Statement, one: PlaceReading, other: PlaceReading) -> bool:
    """Whether a town of another name, where nobody can say how far it lies, has dead of its own."""
    if statement.given or {one.kind, other.kind} != {"city"} or distance_km(one, other) is not None:
        return False
    told = {
        toll.low
        for known in candidate.statements
        for toll in known.tolls
        if toll.what == "killed" and not known.headline
    }
    mine = {toll.low for toll in statement.tolls if toll.what == "killed"}
    return bool(told and mine) and not told & mine


def _near(one: PlaceReading, other: PlaceReading) -> bool:
    """Whether "the attack" told at the one spot can be the one told at the other."""
    distance = distance_km(one, other)
    return distance is not None and distance <= _GIVEN_KM


def _date_fit(one: DateReading | None, other: DateReading | None) -> float | None:
    if one is None or other is None:
        return 0.0
    if one.earliest and one.latest and other.earliest and other.latest:
        slack = timedelta(days=0)
        if one.earliest > other.latest + slack or other.earliest > one.latest + slack:
            return None
        return 2.0 if one.earliest == other.earliest else 1.0
    if one.weekday is not None and other.weekday is not None:
        return 2.0 if one.weekday == other.weekday else None
    if one.earliest is None and other.earliest is None and is_long_past(one) != is_long_past(other):
        return None
    if one.earliest is None and other.earliest is None and is_long_past(other):
        return 0.0 if one.span.text.lower() == other.span.text.lower() else None
    if other.anchored and other.basis is DateBasis.RELATIVE and not _is_that_day(other):
        return None
    return 0.0


def _days_differ(one: DateReading, other: DateReading) -> bool:
    """Whether two dates that no clock places name two days: two days of the year, or one of the year and a weekday."""
    if one.earliest is not None or other.earliest is not None:
        return False
    mine, theirs = _day_of_year(one), _day_of_year(other)
    if mine and theirs:
        return mine != theirs
    return (bool(mine) and other.weekday is not None) or (bool(theirs) and one.weekday is not None)


def _day_of_year(date: DateReading) -> tuple[str, int] | None:
    found = _DAY_OF_YEAR.search(date.span.text)
    if found is None or date.weekday is not None:
        return None
    month, day = found["month"] or found["then"], found["day"] or found["first"]
    return month[:3].lower(), int(day)


def _is_that_day(date: DateReading) -> bool:
    """Whether the words point at the day told before: "that day", "at the same time"."""
    return date.anchored and date.shift == (0, 0)


def is_long_past(date: DateReading) -> bool:
    """Return whether the words, which no clock places, name an earlier week, month or year and no day of it."""
    if date.earliest is not None or date.weekday is not None or date.anchored or date.basis is DateBasis.DEICTIC:
        return False
    return bool(_LONG_PAST.search(date.span.text))


def _close(one: DateReading | None, other: DateReading | None) -> bool:
    """Whether two dates are so near that people killed on the one may be those of the other's attack."""
    if one is None or other is None or not one.latest or not other.earliest or not one.earliest or not other.latest:
        return False
    return other.earliest - one.latest <= _AFTERMATH and one.earliest - other.latest <= timedelta(0)


def _opposed(one: Roles, other: Roles) -> bool:
    return (
        _meet(one.perpetrators, other.targets)
        or _meet(other.perpetrators, one.targets)
        or _disjoint(one.perpetrators + one.claimants, other.perpetrators + other.claimants)
    )


def _meet(ones: list[ActorReading], others: list[ActorReading]) -> bool:
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


def _disjoint(ones: list[ActorReading], others: list[ActorReading]) -> bool:
    if not ones or not others:
        return False
    sides = {_side(a) for a in ones}, {_side(b) for b in others}
    return all(sides) and None not in sides[0] | sides[1] and not sides[0] & sides[1]


def _side(party: ActorReading) -> str | None:
    if party.actor.actor_type is ActorType.COALITION or (party.actor.actor_type in _STATES and party.country):
        return "state:" + (party.country or party.actor.name)
    return "group" if party.actor.actor_id else None
