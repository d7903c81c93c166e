"""Whether two reports tell of one incident: the evidence for and against, part by part.

**What is the same incident.** One blow, or one exchange of blows, at one place in one stretch of time, by one side
against another. A complex attack (bomb, then gunmen) is one; two attacks on neighbouring bases in the same night are
two; two attacks on one base on two days are two.

**Which error is preferred.** A false merge destroys information (two counts become one, two places become one); a
false split only leaves a duplicate that a query can still find. So evidence must be positive: nothing is merged
because nothing speaks against it, and a veto is final whatever else agrees.

**The score** is a sum of parts in the manner of log odds: a part is 0 when either report is silent. Its weights were
set by hand from what the codebooks count as one event, not fitted; they are the numbers in this module and nowhere
else.

**Vetoes.** Days that both reports state and that differ; weekdays that differ; facilities that differ; points too
far apart; families of violence that exclude each other (an arrest is no abduction); attacker and attacked swapped
(a strike and its answer); two placed mentions that one article tells apart.

**What lost.** An exact key of date, place, actor and type merges neighbouring bases and splits one event over a
misread date. Similarity without vetoes merges a campaign into one event by small steps.
"""

from collections.abc import Callable
from datetime import date
from math import asin, cos, exp, radians, sin, sqrt
from typing import NamedTuple

from pipeline.report import Report
from schemas import Actor, DateBasis, DatePrecision, EventType, GeoPrecision, Mention

SAME_DAY, NEXT_DAY, OVERLAP, NARROW_OVERLAP, BOUND_BY_PUBLICATION, SAME_WEEKDAY = 3.0, -2.0, 0.5, 1.0, 0.3, 2.0
SAME_FACILITY, SAME_PLACE, NEAR, SAME_ADMIN1 = 4.0, 3.0, 2.0, 1.0
OTHER_PLACE, OTHER_ADMIN1 = -2.0, -3.0
SAME_TYPE, SAME_FAMILY, OTHER_FAMILY = 1.0, 0.5, -2.0
SAME_WEAPON, OTHER_WEAPON, SAME_WEAPON_COUNT = 0.5, -0.5, 0.5
SAME_COUNT, LIKE_COUNT, OTHER_COUNT = 1.5, 0.5, -1.0
SAME_PERPETRATOR, OTHER_PERPETRATOR, SAME_TARGET, SAME_CLAIM = 1.0, -0.5, 0.5, 0.5
ONE_ARTICLE = -1.0

THRESHOLD = 4.5
"""The score from which two reports are taken for one incident: more than any two likenesses of day, place and type."""

NEAR_KM, FAR_KM = 15.0, 60.0
_EARTH_DIAMETER_KM = 12742.0
_POINTS = (GeoPrecision.EXACT, GeoPrecision.LOCALITY)

_FAMILY = {
    EventType.DRONE_ATTACK: "air",
    EventType.AIRSTRIKE: "air",
    EventType.ROCKET_MISSILE_MORTAR: "air",
    EventType.SHIP_ATTACK: "air",
    EventType.IED_MINE: "bomb",
    EventType.CAR_BOMBING: "bomb",
    EventType.SUICIDE_BOMBING: "bomb",
    EventType.BOMBING: "bomb",
    EventType.GRENADE: "bomb",
    EventType.SABOTAGE_DESTRUCTION: "bomb",
    EventType.ARMED_CLASH: "armed",
    EventType.ARMED_ASSAULT: "armed",
    EventType.ABDUCTION: "abduction",
    EventType.ARREST_RAID: "arrest",
}
"""Types that say how it was done. Those that say only that it was done, and to whom, agree with any manner."""
_EXCLUSIVE = ("abduction", "arrest")


class Part(NamedTuple):
    """One piece of evidence: its name, its weight (positive: for), and what it rests on."""

    name: str
    weight: float
    reason: str


class Veto(NamedTuple):
    """Why two reports cannot be of one incident."""

    reason: str


Finding = Part | Veto | None


class Comparison(NamedTuple):
    """All the evidence about two reports. `veto` is null where nothing excludes that they are of one incident."""

    parts: tuple[Part, ...]
    veto: Veto | None

    @property
    def weight(self) -> float:
        """The sum of the parts."""
        return sum(part.weight for part in self.parts)


def compare(one: Report, other: Report) -> Comparison:
    """Weigh the evidence that two reports are of one incident. Symmetric."""
    parts = []
    for judge in _JUDGES:
        finding = judge(one.mention, other.mention)
        if isinstance(finding, Veto):
            return Comparison((), finding)
        if finding is not None:
            parts.append(finding)
    return Comparison(tuple(parts), None)


def score(weight: float) -> float:
    """Return a weight of evidence as a number from 0 to 1, one half at the threshold (the logistic function)."""
    return round(1.0 / (1.0 + exp(-(weight - THRESHOLD))), 4)


def _date(one: Mention, other: Mention) -> Finding:
    first, second = _interval(one), _interval(other)
    if first is None or second is None:
        return _weekday(one, other)
    shared = (min(first[1], second[1]) - max(first[0], second[0])).days + 1
    if shared <= 0:
        return _disjoint(one, other, gap=1 - shared)
    if DateBasis.PUBLICATION in (one.date_basis, other.date_basis):
        return Part("date", BOUND_BY_PUBLICATION, "within the days before publication")
    if _is_day(one) and _is_day(other):
        return Part("date", SAME_DAY, f"same day {first[0]}")
    widest = max((first[1] - first[0]).days, (second[1] - second[0]).days)
    return Part("date", NARROW_OVERLAP if widest <= 2 else OVERLAP, "overlapping dates")


def _disjoint(one: Mention, other: Mention, gap: int) -> Finding:
    firm = (_is_day(one), _is_day(other))
    if all(firm) and (gap > 1 or one.date_basis == other.date_basis == DateBasis.EXPLICIT):
        return Veto("different days")
    if gap > 2:
        return Veto("different dates")
    return Part("date", NEXT_DAY, "dates next to each other")


def _weekday(one: Mention, other: Mention) -> Finding:
    first, second = _weekday_of(one), _weekday_of(other)
    if first is None or second is None:
        return None
    return Part("date", SAME_WEEKDAY, "same weekday") if first == second else Veto("different weekdays")


def _weekday_of(mention: Mention) -> int | None:
    if _is_day(mention) and mention.date_earliest is not None:
        return mention.date_earliest.weekday()
    return mention.date_weekday


def _is_day(mention: Mention) -> bool:
    return mention.date_precision is DatePrecision.DAY


def _interval(mention: Mention) -> tuple[date, date] | None:
    if mention.date_earliest is None or mention.date_latest is None:
        return None
    return mention.date_earliest, mention.date_latest


def _place(one: Mention, other: Mention) -> Finding:
    if one.facility is not None and other.facility is not None:
        if one.facility == other.facility:
            return Part("place", SAME_FACILITY, f"same facility {one.facility}")
        if _far(one, other, NEAR_KM) is not False:
            return Veto("different facilities")
    if _far(one, other, FAR_KM):
        return Veto(f"more than {FAR_KM:.0f} km apart")
    if one.place_name is not None and one.place_name == other.place_name and _specific(one) and _specific(other):
        return Part("place", SAME_PLACE, f"same place {one.place_name}")
    apart = _far(one, other, NEAR_KM)
    if apart is False:
        return Part("place", NEAR, f"less than {NEAR_KM:.0f} km apart")
    if apart or (one.place_name and other.place_name and _is_area(one) and _is_area(other)):
        return Part("place", OTHER_PLACE, "different places")
    if one.admin1 is not None and other.admin1 is not None:
        if one.admin1 == other.admin1:
            return Part("place", SAME_ADMIN1, f"same province {one.admin1}")
        return Part("place", OTHER_ADMIN1, "different provinces")
    return None


def _is_area(mention: Mention) -> bool:
    return _specific(mention) and mention.geo_precision not in _POINTS


def _specific(mention: Mention) -> bool:
    return mention.geo_precision not in (GeoPrecision.COUNTRY, GeoPrecision.UNKNOWN)


def _far(one: Mention, other: Mention, limit_km: float) -> bool | None:
    """Return whether two points are further apart than the limit; None unless both are points of towns or sites."""
    if one.geo_precision not in _POINTS or other.geo_precision not in _POINTS:
        return None
    distance = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
    return None if distance is None else distance > limit_km


def distance_km(lat1: float | None, lon1: float | None, lat2: float | None, lon2: float | None) -> float | None:
    """Return the great-circle distance of two points in km (haversine formula), None if one is unknown."""
    if lat1 is None or lon1 is None or lat2 is None or lon2 is None:
        return None
    phi1, phi2 = radians(lat1), radians(lat2)
    half = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return _EARTH_DIAMETER_KM * asin(sqrt(min(1.0, half)))


def _manner(one: Mention, other: Mention) -> Finding:
    first, second = _FAMILY.get(one.event_type), _FAMILY.get(other.event_type)
    if first != second and (first in _EXCLUSIVE or second in _EXCLUSIVE):
        return Veto(f"{one.event_type} is no {other.event_type}")
    if one.event_type is other.event_type:
        return Part("type", SAME_TYPE, f"both {one.event_type}")
    if first is None or second is None:
        return None
    if first == second:
        return Part("type", SAME_FAMILY, "types of one family")
    return Part("type", OTHER_FAMILY, f"{one.event_type} against {other.event_type}")


def _weapons(one: Mention, other: Mention) -> Finding:
    first = {weapon.weapon_type: weapon.count_low for weapon in one.weapons}
    second = {weapon.weapon_type: weapon.count_low for weapon in other.weapons}
    if not first or not second:
        return None
    shared = sorted(first.keys() & second.keys())
    if not shared:
        return Part("weapons", OTHER_WEAPON, "other weapons")
    counted = any(first[weapon] is not None and first[weapon] == second[weapon] for weapon in shared)
    return Part("weapons", SAME_WEAPON + SAME_WEAPON_COUNT * counted, "same weapons: " + ", ".join(shared))


def _casualties(what: str) -> Callable[[Mention, Mention], Finding]:
    def judge(one: Mention, other: Mention) -> Finding:
        first, second = _count(one, what), _count(other, what)
        if first is None or second is None:
            return None
        if first == second:
            return Part(what, SAME_COUNT if first else LIKE_COUNT, f"{first} {what} in both")
        if min(first, second) * 2 >= max(first, second):
            return Part(what, LIKE_COUNT, f"{first} and {second} {what}")
        return Part(what, OTHER_COUNT, f"{first} against {second} {what}")

    return judge


def _count(mention: Mention, what: str) -> int | None:
    best: int | None = getattr(mention, f"{what}_best")
    low: int | None = getattr(mention, f"{what}_low")
    return low if best is None else best


def _perpetrators(one: Mention, other: Mention) -> Finding:
    first, second = actor_keys(one.perpetrators), actor_keys(other.perpetrators)
    if (first & actor_keys(other.targets) and second & actor_keys(one.targets)) and not first & second:
        return Veto("attacker and attacked are swapped")
    if not first or not second:
        return None
    if first & second:
        return Part("perpetrators", SAME_PERPETRATOR, "same perpetrator")
    return Part("perpetrators", OTHER_PERPETRATOR, "other perpetrators")


def _targets(one: Mention, other: Mention) -> Finding:
    shared = actor_keys(one.targets) & actor_keys(other.targets)
    return Part("targets", SAME_TARGET, "same target") if shared else None


def _claims(one: Mention, other: Mention) -> Finding:
    shared = actor_keys(one.claimed_by) & actor_keys(other.claimed_by)
    return Part("claimed_by", SAME_CLAIM, "claimed by the same group") if shared else None


def actor_keys(actors: tuple[Actor, ...]) -> set[str]:
    """Return what identifies actors: their key in the alias table, else their folded name."""
    return {actor.actor_id or actor.name.casefold() for actor in actors}


def _told_apart(one: Mention, other: Mention) -> Finding:
    if one.article_id != other.article_id:
        return None
    if _specific(one) and _specific(other):
        return Veto("told apart by one article")
    return Part("article", ONE_ARTICLE, "told in one article")


_JUDGES: tuple[Callable[[Mention, Mention], Finding], ...] = (
    _told_apart,
    _manner,
    _date,
    _place,
    _perpetrators,
    _targets,
    _claims,
    _weapons,
    _casualties("killed"),
    _casualties("wounded"),
)
