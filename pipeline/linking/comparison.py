"""Whether two reports tell of one incident: the evidence for and against, part by part.

The score is a sum of parts in the manner of log odds: a part is 0 where either report is silent. Each side of a report
has a module of its own, with its weights at the head: `days`, `places`, `people`, `events`, `parties`. The package's
docstring says what they add up to, and how they were set.
"""

from collections.abc import Callable
from math import exp
from typing import NamedTuple

from pipeline.linking.days import is_day, judge_days
from pipeline.linking.events import judge_kinds, judge_toll, judge_weapons
from pipeline.linking.evidence import CannotLink, Finding, Part
from pipeline.linking.parties import judge_claims, judge_perpetrators, judge_targets
from pipeline.linking.people import judge_ages, judge_people, shared_people
from pipeline.linking.places import is_placed, judge_places, spot_of
from pipeline.records.report import Report
from schemas import TOLLS, Mention

ONE_ARTICLE = -1.0
DOUBTED = -1.0
"""What a cannot-link counts where both reports name one person: something that one of them has wrong."""

THRESHOLD = 4.5
"""The score from which two reports are taken for one incident: more than one day and one kind of violence."""


class Comparison(NamedTuple):
    """All the evidence about two reports. `cannot_link` is null where nothing excludes that it is one incident."""

    parts: tuple[Part, ...]
    cannot_link: CannotLink | None

    @property
    def weight(self) -> float:
        """The sum of the parts."""
        return sum(part.weight for part in self.parts)


def compare(one: Report, other: Report) -> Comparison:
    """Weigh the evidence that two reports are of one incident. Symmetric."""
    first, second = one.mention, other.mention
    peopled = one.names_people and other.names_people
    parts = []
    for judge in _JUDGES_WITH_PEOPLE if peopled else _JUDGES:
        finding = judge(first, second)
        if isinstance(finding, CannotLink):
            if not (peopled and shared_people(first, second)):
                return Comparison((), finding)
            finding = Part("doubt", DOUBTED, f"{finding.reason}, but the same people")
        if finding is not None:
            parts.append(finding)
    return Comparison(tuple(parts), None)


def score(weight: float) -> float:
    """Return a weight of evidence as a number from 0 to 1, one half at the threshold (the logistic function)."""
    return round(1.0 / (1.0 + exp(-(weight - THRESHOLD))), 4)


def _judge_articles(one: Mention, other: Mention) -> Finding:
    """Hold apart what one article tells apart."""
    if one.article_id != other.article_id:
        return None
    placed = is_placed(one) and is_placed(other)
    if placed and (spot_of(one) != spot_of(other) or (is_day(one) and is_day(other))):
        return CannotLink("told apart by one article")
    return Part("article", ONE_ARTICLE, "told in one article")


_Judge = Callable[[Mention, Mention], Finding]

_OF_TIME_AND_PLACE: tuple[_Judge, ...] = (_judge_articles, judge_kinds, judge_days, judge_places)
_OF_PEOPLE: tuple[_Judge, ...] = (judge_people, judge_ages)
_OF_THE_REST: tuple[_Judge, ...] = (
    judge_perpetrators,
    judge_targets,
    judge_claims,
    judge_weapons,
    *map(judge_toll, TOLLS),
)
_JUDGES = (*_OF_TIME_AND_PLACE, *_OF_THE_REST)
_JUDGES_WITH_PEOPLE = (*_OF_TIME_AND_PLACE, *_OF_PEOPLE, *_OF_THE_REST)
