"""An incident while its reports are gathered: the statements that tell of it, and what they amount to."""

from dataclasses import dataclass, field

from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.places.relations import more_specific
from pipeline.extraction.rules.statements.event_type import family_of
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.rules.statements.statement import Statement, TypeBasis
from pipeline.extraction.time.resolver import DateReading
from pipeline.extraction.violence.toll import Toll
from schemas import EventType

FLEXIBLE = 0.7
"""Below this strength a trigger ("explosion", "raid") does not insist on its own type."""


@dataclass(slots=True)
class IncidentCandidate:
    """An incident in the making. Only the assembler changes it, between one statement and the next.

    A `group` only announces several incidents ("two bases were attacked"): `members` counts those told one by one
    since. `followed` are the sentences without a deed of their own that go on about it. `strength` is how surely the
    triggers tell of an incident, 0 to 1. The type is `guessed` until a word or a weapon names it. `date_inherited` is
    true where the date is that of the incident it is told with.
    """

    number: int
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
    followed: list[int] = field(default_factory=list)

    @property
    def anchor(self) -> Statement:
        """The first statement whose own words tell of the deed, the announcing headline aside."""
        return next((s for s in self.statements if not s.headline), self.statements[0])

    def add(self, statement: Statement) -> None:
        """Take a further statement about this incident in."""
        self.statements.append(statement)
        self.strength = max(self.strength, statement.head.strength)
        if statement.place is not None:
            self.place = more_specific(self.place, statement.place) if self.place else statement.place
        day = statement.when.done
        if day is not None and may_be_that_day(day) and not is_that_day(day):
            day = None  # "hours after" another deed
        if self.date is None or (self.date_inherited and day and not is_that_day(day)):
            self.date, self.date_inherited = day or self.date, self.date_inherited and not day
        self.told = self.told or statement.when.told
        self.roles = self.roles.merged(statement.roles)
        self.background = self.background and statement.background
        self._refine_type(statement)

    def add_tolls(self, tolls: list[Toll]) -> None:
        """Take in tolls that a sentence without a deed tells after the statement told last."""
        if tolls:
            self.statements[-1] = self.statements[-1].adding(tolls)

    def _refine_type(self, statement: Statement) -> None:
        if statement.head.strength < FLEXIBLE or statement.event_type is EventType.SABOTAGE_DESTRUCTION:
            return
        if self.guessed and statement.type_basis is TypeBasis.NAMED:
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


def founded_on(statement: Statement, number: int) -> IncidentCandidate:
    """Return a new candidate, the article's `number`th, founded on one statement."""
    return IncidentCandidate(
        number=number,
        statements=[statement],
        event_type=statement.event_type,
        strength=statement.head.strength,
        place=statement.place,
        date=statement.when.done,
        told=statement.when.told,
        roles=statement.roles,
        background=statement.background,
        guessed=statement.type_basis is TypeBasis.GUESSED,
    )


def may_be_that_day(date: DateReading) -> bool:
    """Return whether words that count from another deed leave its day open: "hours after", "the same evening"."""
    return date.anchored and date.shift[0] <= 0 <= date.shift[1]


def is_that_day(date: DateReading) -> bool:
    """Return whether the words point at the day told before: "that day", "at the same time"."""
    return date.anchored and date.shift == (0, 0)
