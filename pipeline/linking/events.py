"""The evidence of what was done: the kind of violence, its weapons, its killed and wounded.

Kinds agree by family: how a bomb was brought is told in many ways, but no bomb is an abduction. Numbers rise with
the days, so like ones agree; the same large number twice is seldom chance.
"""

from collections.abc import Callable
from math import log10
from operator import attrgetter

from pipeline.linking.evidence import Finding, Part, Veto
from schemas import EventType, Mention, WeaponType

SAME_TYPE, SAME_FAMILY, OTHER_FAMILY = 1.0, 0.5, -2.0
SAME_WEAPON, OTHER_WEAPON, SAME_WEAPON_COUNT = 0.5, -0.5, 0.5
SAME_COUNT, LIKE_COUNT, OTHER_COUNT, OTHER_ORDER = 1.5, 0.5, -1.0, -2.0
LARGE_COUNT, MOST_FOR_LARGE = 0.7, 2.0
"""What the same number counts for more, for each power of ten."""

_LIKE, _ORDER, _MANY = 2, 5, 25
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
_ARMS = {
    WeaponType.SUICIDE_VEST: "bomb",
    WeaponType.CAR_BOMB: "bomb",
    WeaponType.IED: "bomb",
    WeaponType.MINE: "bomb",
    WeaponType.BOMB: "bomb",
    WeaponType.GRENADE: "bomb",
    WeaponType.FIREARM: "armed",
    WeaponType.KNIFE: "armed",
}
_EXCLUSIVE = ("abduction", "arrest")


def judge_kinds(one: Mention, other: Mention) -> Finding:
    """Weigh what kind of violence two reports tell of."""
    first, second = _FAMILY.get(one.event_type), _FAMILY.get(other.event_type)
    if first != second and (first in _EXCLUSIVE or second in _EXCLUSIVE):
        return Veto(f"{one.event_type.value} is no {other.event_type.value}")
    if one.event_type is other.event_type:
        return Part("type", SAME_TYPE, f"both {one.event_type.value}")
    if first is None or second is None:
        return None
    if first == second:
        return Part("type", SAME_FAMILY, "types of one family")
    if first in _families_of_arms(other) or second in _families_of_arms(one):
        return None
    return Part("type", OTHER_FAMILY, f"{one.event_type.value} against {other.event_type.value}")


def _families_of_arms(mention: Mention) -> set[str]:
    """Return the families of all the weapons of a deed: gunmen may come after the bomb."""
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


def judge_casualties(what: str) -> Callable[[Mention, Mention], Finding]:
    """Return what weighs two reports' numbers of `what`: killed or wounded."""
    best, low = attrgetter(f"{what}_best"), attrgetter(f"{what}_low")

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
