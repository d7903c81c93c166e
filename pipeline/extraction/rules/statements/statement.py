"""An event statement: what one sentence says of one deed, as facts that never change once they are read."""

from dataclasses import dataclass, field, replace
from enum import Enum

from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.quantities.numbers import NumberReading
from pipeline.extraction.rules.statements.event_time import Timing
from pipeline.extraction.rules.statements.factuality import Verdict
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.text.clauses import Clause
from pipeline.extraction.violence.toll import Toll
from pipeline.extraction.violence.triggers import Kind, Trigger
from pipeline.extraction.violence.weapons import WeaponCount
from schemas import EventType

_ACT_BONUS = 0.15
_FAINT = 0.5


class Number(Enum):
    """How many deeds the words tell of."""

    ONE = "one"
    MANY = "many"
    SERIES = "series"
    """Part of a run of deeds: "a string of attacks", "these bombings"."""
    SCATTERED = "scattered"
    """The words beside it count several deeds or their places: "in two separate incidents", "in four cities"."""


class Definiteness(Enum):
    """Whether the words refer to a deed as known or as new."""

    BARE = "bare"
    DEFINITE = "definite"
    """It was told before: "the attack"."""
    INDEFINITE = "indefinite"
    """It is new: "a drone attack"."""


class Contrast(Enum):
    """How the words set a deed apart from those told before."""

    NONE = "none"
    PART = "part"
    """One of several that were told together: "the first hit …"."""
    OTHER = "other"
    """Another one: "another attack", "separately"."""
    OTHER_PART = "other_part"
    """One of several, and not one told yet: "the other hit …"."""


class Aspect(Enum):
    """How the words place a deed in time."""

    NEWS = "news"
    PERFECT = "perfect"
    """What has, or had, been done by now."""
    BACKGROUND = "background"
    """What came before the news, or is recalled, tried in court."""
    OPENER = "opener"
    """Since when something goes on: "since October 7, when rebels attacked"."""
    COMMEMORATED = "commemorated"
    """Only its anniversary is told."""
    RECOUNTED = "recounted"
    """Only counted or spoken of: "it was the eighth bombing this year"."""
    HABITUAL = "habitual"
    """What happens again and again."""


class TypeBasis(Enum):
    """What names the type of a deed."""

    NAMED = "named"
    GUESSED = "guessed"
    """Neither a word nor a weapon."""
    MISSING = "missing"
    """There is no deed of its own ("one was shot down"): it can only add to another statement."""


class PlaceBasis(Enum):
    """How a statement's place is known."""

    NONE = "none"
    NAMED = "named"
    SAME = "same"
    """The words refer to a place told before: "the same village"."""
    SCENE = "scene"
    """A sentence before it in the paragraph has set the scene."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement about one deed, or about many (`number`).

    `head` is the trigger that tells most. `count` is how many deeds the words announce, `rank` their ordinal ("the
    second attack"). `counted_at` is the number that is told of the one place ("six over Bryansk"): the weapons are its.
    """

    sentence: int
    clauses: tuple[Clause, ...]
    triggers: tuple[Trigger, ...]
    head: Trigger
    verdict: Verdict
    event_type: EventType
    type_basis: TypeBasis
    headline: bool = False
    places: tuple[PlaceReading, ...] = ()
    place_basis: PlaceBasis = PlaceBasis.NONE
    when: Timing = field(default_factory=Timing)
    roles: Roles = field(default_factory=Roles)
    weapons: tuple[WeaponCount, ...] = ()
    tolls: tuple[Toll, ...] = ()
    number: Number = Number.ONE
    count: NumberReading | None = None
    rank: int | None = None
    definiteness: Definiteness = Definiteness.BARE
    contrast: Contrast = Contrast.NONE
    aspect: Aspect = Aspect.NEWS
    counted_at: NumberReading | None = None

    @property
    def start(self) -> int:
        """Where the first clause begins."""
        return self.clauses[0].start

    @property
    def end(self) -> int:
        """Where the last clause ends."""
        return self.clauses[-1].end

    @property
    def place(self) -> PlaceReading | None:
        """The first of the places."""
        return self.places[0] if self.places else None

    @property
    def weak(self) -> bool:
        """Whether only people's harm, or a weapon's fall, tells of the deed."""
        return is_weak(self.head)

    @property
    def orphan(self) -> bool:
        """Whether it tells of no deed of its own."""
        return self.type_basis is TypeBasis.MISSING

    @property
    def plural(self) -> bool:
        """Whether it tells of several deeds at once."""
        return self.number is not Number.ONE

    @property
    def given(self) -> bool:
        """Whether it refers to a deed told before."""
        return self.definiteness is Definiteness.DEFINITE

    @property
    def part(self) -> bool:
        """Whether it tells of one of several deeds that were told together."""
        return self.contrast in (Contrast.PART, Contrast.OTHER_PART)

    @property
    def another(self) -> bool:
        """Whether it sets its deed apart from those told before."""
        return self.contrast in (Contrast.OTHER, Contrast.OTHER_PART)

    @property
    def background(self) -> bool:
        """Whether it tells of what came before the news."""
        return self.aspect in (Aspect.BACKGROUND, Aspect.OPENER)

    def at(self, place: PlaceReading, basis: PlaceBasis) -> "Statement":
        """Return the statement told of one place."""
        return replace(self, places=(place,), place_basis=basis)

    def adding(self, tolls: list[Toll]) -> "Statement":
        """Return the statement with further tolls."""
        return replace(self, tolls=(*self.tolls, *tolls))


def weight(trigger: Trigger) -> float:
    """Return how much a trigger tells of a deed; the one that tells most is a statement's head."""
    return trigger.strength + (_ACT_BONUS if trigger.kind is Kind.ACT else 0.0)


def is_weak(head: Trigger) -> bool:
    """Return whether a statement with this head tells only of people's harm, or of a weapon's fall."""
    return head.kind is not Kind.ACT or head.strength < _FAINT
