"""The evidence of what was done: the kind of violence, its weapons, its killed and wounded.

Kinds agree by family: how a bomb was brought is said in many ways, but no bomb is an abduction. Numbers rise with
the days, so like ones agree; the same large number twice is seldom chance.
"""

from collections.abc import Callable
from math import log10
from operator import attrgetter

from pipeline.linking.evidence import CannotLink, Finding, Part
from schemas import EventType, Mention, TollKind, WeaponType
from schemas.codes import CODINGS, Family

SAME_TYPE, SAME_FAMILY, OTHER_FAMILY = 1.0, 0.5, -2.0
SAME_WEAPON, OTHER_WEAPON, SAME_WEAPON_COUNT = 0.5, -0.5, 0.5
SAME_COUNT, LIKE_COUNT, OTHER_COUNT, OTHER_ORDER = 1.5, 0.5, -1.0, -2.0
LARGE_COUNT, MOST_FOR_LARGE = 0.7, 2.0
"""What the same number counts for more, for each power of ten."""

_LIKE, _ORDER, _MANY = 2, 5, 25
_MANNER = {
    Family.AIR: Family.AIR,
    Family.SEA: Family.AIR,
    Family.BOMB: Family.BOMB,
    Family.DESTRUCTION: Family.BOMB,
    Family.ARMED: Family.ARMED,
    Family.ABDUCTION: Family.ABDUCTION,
    Family.ARREST: Family.ARREST,
}
"""Which families are one between articles. Those that say no manner agree with any."""
_ARMS = {
    WeaponType.SUICIDE_VEST: Family.BOMB,
    WeaponType.CAR_BOMB: Family.BOMB,
    WeaponType.IED: Family.BOMB,
    WeaponType.MINE: Family.BOMB,
    WeaponType.BOMB: Family.BOMB,
    WeaponType.GRENADE: Family.BOMB,
    WeaponType.FIREARM: Family.ARMED,
    WeaponType.KNIFE: Family.ARMED,
}
_EXCLUSIVE = (Family.ABDUCTION, Family.ARREST)


def judge_kinds(one: Mention, other: Mention) -> Finding:
    """Weigh what kind of violence two reports tell of."""
    first, second = _manner(one.event_type), _manner(other.event_type)
    if first != second and (first in _EXCLUSIVE or second in _EXCLUSIVE):
        return CannotLink(f"{one.event_type.value} is no {other.event_type.value}")
    if one.event_type is other.event_type:
        return Part("type", SAME_TYPE, f"both {one.event_type.value}")
    if first is None or second is None:
        return None
    if first == second:
        return Part("type", SAME_FAMILY, "types of one family")
    if first in _families_of_arms(other) or second in _families_of_arms(one):
        return None
    return Part("type", OTHER_FAMILY, f"{one.event_type.value} against {other.event_type.value}")


def _manner(event_type: EventType) -> Family | None:
    return _MANNER.get(CODINGS[event_type].family)


def _families_of_arms(mention: Mention) -> set[Family]:
    """Return the families of all the weapons of an event: gunmen may come after the bomb."""
    return {_ARMS[weapon.weapon_type] for weapon in mention.weapons if weapon.weapon_type in _ARMS}


def judge_weapons(one: Mention, other: Mention) -> Finding:
    """Weigh which weapons two reports name, and how many where it is more than one."""
    first = {weapon.weapon_type: weapon.count_low for weapon in one.weapons}
    second = {weapon.weapon_type: weapon.count_low for weapon in other.weapons}
    if not first or not second:
        return None
    shared = sorted(first.keys() & second.keys())
    if not shared:
        return Part("weapons", OTHER_WEAPON, "other weapons")
    counted = any((first[weapon] or 0) > 1 and first[weapon] == second[weapon] for weapon in shared)
    return Part("weapons", SAME_WEAPON + SAME_WEAPON_COUNT * counted, "same weapons: " + ", ".join(shared))


def judge_toll(kind: TollKind) -> Callable[[Mention, Mention], Finding]:
    """Return what weighs two reports' numbers of people killed, wounded, or whatever the kind is."""
    what, best, low = kind.name, attrgetter(kind.best), attrgetter(kind.low)

    def count(mention: Mention) -> int | None:
        found: int | None = best(mention)
        return low(mention) if found is None else found

    def judge(one: Mention, other: Mention) -> Finding:
        first, second = count(one), count(other)
        if first is None or second is None:
            return None
        if first == second:
            weight = SAME_COUNT + min(MOST_FOR_LARGE, LARGE_COUNT * log10(first)) if first else LIKE_COUNT
            return Part(what, weight, f"{first} {what} in both")
        fewer, more = sorted((first, second))
        if fewer * _LIKE >= more:
            return Part(what, LIKE_COUNT, f"{fewer} and {more} {what}")
        other_order = more >= _MANY and more >= _ORDER * fewer
        return Part(what, OTHER_ORDER if other_order else OTHER_COUNT, f"{fewer} against {more} {what}")

    return judge
