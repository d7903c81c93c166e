"""How well the mentions of articles agree with the labels."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from benchmarks.truth.agreement import (
    TOLLS,
    Label,
    Row,
    country_agrees,
    date_agrees,
    names_in,
    parties_agree,
    place_agrees,
    toll_agrees,
)
from benchmarks.truth.matching import matches


class Rates(NamedTuple):
    """How many are right of what was given and of what was wanted."""

    right: int
    given: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.given + self.wanted) if self.right else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}"


@dataclass
class MentionScore:
    """The counts over some articles: matches, and of those how many have each field right."""

    strict: int = 0
    lenient: int = 0
    given: int = 0
    wanted: int = 0
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    def add(self, mentions: Sequence[Row], labels: Sequence[Label]) -> None:
        """Count an article."""
        found = matches(mentions, labels)
        required = [one for one in found if not labels[one.label].get("optional")]
        self.strict += sum(one.strict for one in required)
        self.lenient += len(required)
        self.given += len(mentions) - (len(found) - len(required))
        self.wanted += sum(not label.get("optional") for label in labels)
        for one in found:
            for name, right in _fields(mentions[one.mention], labels[one.label]):
                self.asked[name] += 1
                self.right[name] += right

    def lines(self) -> Iterator[str]:
        """Yield the figures as lines of text."""
        yield f"mentions strict  {Rates(self.strict, self.given, self.wanted)}"
        yield f"mentions lenient {Rates(self.lenient, self.given, self.wanted)} ({self.given} for {self.wanted})"
        for name, asked in self.asked.items():
            yield f"  {name}: {self.right[name]}/{asked} = {self.right[name] / asked:.3f}"


def _fields(mention: Row, label: Label) -> Iterator[tuple[str, bool]]:
    yield "type, exactly", mention["event_type"] in label["event_type"]
    yield "date", date_agrees(mention, label["date"])
    yield "place", place_agrees(mention, label)
    yield "country", country_agrees(mention, label)
    yield "weapons", _weapons_agree(mention["weapons"] or (), label.get("weapons") or ())
    claimed = list(_flat(names_in(mention, "claimed_by")))
    blamed = [*_flat(names_in(mention, "perpetrators")), *claimed]
    yield "perpetrator", parties_agree(blamed, label.get("perpetrator") or (), label.get("perpetrator_ok") or ())
    yield "claimed by", parties_agree(claimed, label.get("claimed_by") or (), label.get("claimed_ok") or ())
    if label.get("target"):
        attacked = [*_flat(names_in(mention, "targets")), *filter(None, [mention["facility"]])]
        yield "target", parties_agree(attacked, label["target"])
    if label.get("outcome") not in (None, "unknown"):
        yield "outcome", mention["outcome"] in (label["outcome"], *label.get("outcome_ok", ()))
    for what in TOLLS:
        if label.get(what):
            yield what, toll_agrees(mention, what, label[what])
    if label.get("intercepted") is not None:
        yield "intercepted", label["intercepted"] in (mention["intercepted_low"], mention["intercepted_high"])


def _weapons_agree(given: Iterable[Mapping[str, Any]], wanted: Iterable[Mapping[str, Any]]) -> bool:
    types = {str(weapon["weapon_type"]) for weapon in given}
    right = {kind for weapon in wanted for kind in (weapon["type"], *weapon.get("alt", ()))}
    return bool(types & right) if right else not types


def _flat(parties: Iterable[Iterable[str]]) -> Iterator[str]:
    for names in parties:
        yield from names
