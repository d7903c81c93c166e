"""A statement about one deed, as a sentence tells it."""

from dataclasses import dataclass, field

from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.quantities.numbers import NumberReading
from pipeline.extraction.rules.statements.event_time import Timing
from pipeline.extraction.rules.statements.factuality import Verdict
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.text.clauses import Clause
from pipeline.extraction.violence.casualties import Toll
from pipeline.extraction.violence.triggers import Kind, Trigger
from pipeline.extraction.violence.weapons import WeaponCount
from schemas import EventType

_ACT_BONUS = 0.15


@dataclass(slots=True)
class Statement:
    """One statement about one deed (or, if `series`, about many).

    `given` is true where the words refer to something told before ("the attack"), `another` where they set it apart
    from what was told before; `rank` is the ordinal ("the second attack"), `count` how many deeds the words announce.
    `orphan` statements have no deed of their own ("one was shot down") and can only add to another. `guessed`: neither a
    word nor a weapon names the type. `same_place`: the words refer to a place told before ("the same village").
    `perfect`: the verb tells what has (had) been done by now. `remembered`: only an anniversary is told.
    `counted`: the weapons are those of the one place, told as a number. `indefinite`: told as something new ("a
    drone attack"). `opener`: it only says since when something goes on ("since October 7, when rebels attacked").
    """

    sentence: int
    clauses: list[Clause]
    triggers: list[Trigger]
    verdict: Verdict
    event_type: EventType = EventType.ATTACK
    places: list[PlaceReading] = field(default_factory=list)
    when: Timing = field(default_factory=Timing)
    roles: Roles = field(default_factory=Roles)
    weapons: list[WeaponCount] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    count: NumberReading | None = None
    rank: int | None = None
    plural: bool = False
    given: bool = False
    another: bool = False
    series: bool = False
    habitual: bool = False
    background: bool = False
    headline: bool = False
    part: bool = False
    inherited: bool = False
    recount: bool = False
    orphan: bool = False
    guessed: bool = False
    same_place: bool = False
    perfect: bool = False
    remembered: bool = False
    counted: bool = False
    indefinite: bool = False
    opener: bool = False
    _head: Trigger | None = None

    @property
    def head(self) -> Trigger:
        """The trigger that tells most; of equal ones the first."""
        if self._head is None:
            self._head = max(self.triggers, key=_weight)
        return self._head

    def take(self, other: "Statement") -> None:
        """Take in the clauses and triggers of what follows in the sentence."""
        head = max(self.head, other.head, key=_weight)
        self.clauses += other.clauses
        self.triggers += other.triggers
        self._head = head

    @property
    def weak(self) -> bool:
        """Whether only people's harm, or a weapon's fall, tells of the deed."""
        return self.head.kind is not Kind.ACT or self.head.strength < 0.5

    @property
    def start(self) -> int:
        """Where the first clause begins."""
        return self.clauses[0].start

    @property
    def end(self) -> int:
        """Where the last clause ends."""
        return self.clauses[-1].end


def _weight(trigger: Trigger) -> float:
    return trigger.strength + (_ACT_BONUS if trigger.kind is Kind.ACT else 0.0)
