"""An incident while its reports are gathered: the frames that tell of it, and what they amount to."""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.places.relations import RANK, Relation, distance_km, more_specific, relate
from pipeline.extraction.rules.statements.event_type import family_of, may_be_same
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.rules.statements.statement import Frame
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
class Draft:
    """One incident in the making.

    A `group` draft only announces several ("two bases were attacked"): `members` counts those told one by one since.
    `strength` is how surely the triggers tell of an incident, 0 to 1. The type is `guessed` until a word or a weapon
    names it.
    `date_inherited` is true where the date is that of the incident it is told with.
    """

    frames: list[Frame]
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
    def anchor(self) -> Frame:
        """The first frame whose own words tell of the deed, the announcing headline aside."""
        return next((f for f in self.frames if not f.headline), self.frames[0])

    def add(self, frame: Frame) -> None:
        """Take a further statement about this incident in."""
        self.frames.append(frame)
        self.strength = max(self.strength, frame.head.strength)
        if frame.places:
            place = frame.places[0]
            self.place = more_specific(self.place, place) if self.place else place
        day = frame.when.done
        if self.date is None or (self.date_inherited and day and not _is_that_day(day)):
            self.date, self.date_inherited = day or self.date, self.date_inherited and not day
        self.told = self.told or frame.when.told
        self.roles.merge(frame.roles)
        self.background = self.background and frame.background
        self._refine_type(frame)

    def _refine_type(self, frame: Frame) -> None:
        if frame.head.strength < _FLEXIBLE:
            return
        if frame.event_type is EventType.SABOTAGE_DESTRUCTION:
            return
        if self.guessed and not frame.guessed and not frame.orphan:
            self.event_type, self.guessed = frame.event_type, False
        unspecified = family_of(self.event_type) == "any" and not frame.orphan
        if unspecified or (self.event_type, frame.event_type) in _REFINED:
            self.event_type = frame.event_type


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


def draft_of(frame: Frame) -> Draft:
    """Return a new draft founded on one frame."""
    return Draft(
        frames=[frame],
        event_type=frame.event_type,
        strength=frame.head.strength,
        place=frame.places[0] if frame.places else None,
        date=frame.when.done,
        told=frame.when.told,
        roles=replace(
            frame.roles,
            perpetrators=list(frame.roles.perpetrators),
            targets=list(frame.roles.targets),
            claimants=list(frame.roles.claimants),
        ),
        background=frame.background,
        guessed=frame.guessed,
    )


def fit(draft: Draft, frame: Frame) -> float | None:
    """Return how well a frame fits a draft, None where they cannot tell of the same incident.

    They cannot where places lie apart, days differ, one's attacker is the other's victim, or the types exclude one
    another.
    """
    place = _place_fit(draft, frame)
    if place is None:
        return None
    day = _date_fit(draft.date, frame.when.done)
    known = draft.date or draft.told
    if known and frame.when.done and not frame.given and _days_differ(known, frame.when.done):
        return None
    if day is None and frame.weak and place > 0 and _close(draft.date, frame.when.done):
        day = 0.0
    if day is None and frame.given and draft.date_inherited:
        day = 0.5
    if day is None or _tolls_clash(draft, frame) or not _types_fit(draft, frame) or _opposed(draft.roles, frame.roles):
        return None
    return place + day + (0.5 if draft.event_type is frame.event_type else 0.0)


def _tolls_clash(draft: Draft, frame: Frame) -> bool:
    """Whether one says that nobody was killed (wounded) and the other, told on its own, that somebody was."""
    if frame.given or not frame.tolls or not (frame.places or frame.when.done):
        return False
    told = [toll for mine in draft.frames for toll in mine.tolls]
    return any(
        _nobody([t for t in told if t.what == what]) != _nobody([t for t in frame.tolls if t.what == what])
        for what in {t.what for t in told} & {t.what for t in frame.tolls}
    )


def _nobody(tolls: list[Toll]) -> bool:
    return all(toll.low == 0 for toll in tolls)


def _types_fit(draft: Draft, frame: Frame) -> bool:
    if _arms_differ(draft, frame):
        return False
    vague = frame.given and frame.head.event_type is EventType.ATTACK
    vague = vague or draft.guessed or frame.guessed
    flexible = vague or frame.weak or frame.orphan or frame.head.strength < _FLEXIBLE or draft.strength < _FLEXIBLE
    return flexible or may_be_same(draft.event_type, frame.event_type)


def _arms_differ(draft: Draft, frame: Frame) -> bool:
    """Whether a drone attack elsewhere, on another day or told as new is held against a rocket attack: two of them."""
    named = frame.event_type in _ARMS and draft.event_type in _ARMS and frame.event_type is not draft.event_type
    own = frame.places or frame.when.done or frame.when.told
    same = draft.place and frame.places and relate(draft.place, frame.places[0]) is Relation.SAME
    same = same and not (frame.indefinite and any(not known.headline for known in draft.frames))
    sure = _NAMED if not frame.indefinite else _TOLD_AS_NEW
    return bool(named and own and not same and not frame.given and min(draft.strength, frame.head.strength) >= sure)


def _place_fit(draft: Draft, frame: Frame) -> float | None:
    if draft.place is None or not frame.places:
        return 0.0
    relation = relate(draft.place, frame.places[0])
    if relation is Relation.APART:
        return 0.5 if frame.given and not frame.plural and _near(draft.place, frame.places[0]) else None
    if relation is Relation.NESTED and _other_village(draft, frame, draft.place, frame.places[0]):
        return None
    spot = RANK.get(draft.place.kind, 5) <= 1
    return (3.0 if spot else 1.5) if relation is Relation.SAME else 1.0


def _other_village(draft: Draft, frame: Frame, one: PlaceReading, other: PlaceReading) -> bool:
    """Whether a town of another name, where nobody can say how far it lies, has dead of its own."""
    if frame.given or {one.kind, other.kind} != {"city"} or distance_km(one, other) is not None:
        return False
    told = {toll.low for known in draft.frames for toll in known.tolls if toll.what == "killed" and not known.headline}
    mine = {toll.low for toll in frame.tolls if toll.what == "killed"}
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
