"""Which type of event it is: decided by the trigger, the weapon and the target together."""

from collections.abc import Collection, Sequence

from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.text.lexicon import word_group
from pipeline.extraction.violence.triggers import Kind, Trigger
from schemas import ActorType, EventType, WeaponType
from schemas.codes import CODINGS, Family

BY_WEAPON = {
    WeaponType.SUICIDE_VEST: EventType.SUICIDE_BOMBING,
    WeaponType.DRONE: EventType.DRONE_ATTACK,
    WeaponType.CAR_BOMB: EventType.CAR_BOMBING,
    WeaponType.AIRCRAFT: EventType.AIRSTRIKE,
    WeaponType.ROCKET: EventType.ROCKET_MISSILE_MORTAR,
    WeaponType.MISSILE: EventType.ROCKET_MISSILE_MORTAR,
    WeaponType.MORTAR: EventType.ROCKET_MISSILE_MORTAR,
    WeaponType.ARTILLERY: EventType.ROCKET_MISSILE_MORTAR,
    WeaponType.IED: EventType.IED_MINE,
    WeaponType.MINE: EventType.IED_MINE,
    WeaponType.GRENADE: EventType.GRENADE,
    WeaponType.BOMB: EventType.BOMBING,
    WeaponType.FIREARM: EventType.ARMED_ASSAULT,
    WeaponType.KNIFE: EventType.ATTACK_ON_CIVILIANS,
}
"""The type that a weapon makes of an unspecified attack; where several are named, the first of these decides."""

_STATE = (ActorType.STATE, ActorType.STATE_FORCES, ActorType.COALITION)
_FIGHTERS = (ActorType.ARMED_GROUP, ActorType.UMBRELLA_GROUP, ActorType.UNIDENTIFIED_ARMED_GROUP)
_FLIERS = ("air force", "airforce", "warplane", "jets", "helicopter")
_HEAVY = (WeaponType.MISSILE, WeaponType.MORTAR, WeaponType.ARTILLERY)
_REFINES_BOMBING = (WeaponType.BOMB, WeaponType.FIREARM, WeaponType.OTHER, WeaponType.KNIFE)


def family_of(event_type: EventType) -> Family:
    """Return the family of a type; reports of one incident may differ within a family."""
    family = CODINGS[event_type].family
    return Family.ARMED if family is Family.HARM else family


def may_be_same(one: EventType, other: EventType) -> bool:
    """Return whether reports of the two types can tell of one incident."""
    families = {family_of(one), family_of(other)}
    return len(families) == 1 or Family.ANY in families or families in _TOGETHER


_TOGETHER = (
    {Family.AIR, Family.SEA},
    {Family.BOMB, Family.SEA},
    {Family.BOMB, Family.ARMED},
    {Family.ARMED, Family.ABDUCTION},
    *({Family.DESTRUCTION, family} for family in (Family.AIR, Family.BOMB, Family.ARMED, Family.ABDUCTION)),
)
"""Families that one incident may have parts of: raiders shoot, take people along and burn the houses."""


def decide_type(
    triggers: Sequence[Trigger], weapons: Collection[WeaponType], roles: Roles, cues: Collection[str]
) -> EventType:
    """Return the type of the event that the triggers tell of.

    `cues` are the groups of people and things that the statement names: civil, fighter, security, merchant.
    """
    typed = [t for t in triggers if t.event_type is not EventType.ATTACK]
    violent = [t for t in typed if t.event_type is not EventType.ARREST_RAID or t is triggers[0]]
    if any(t.kind is Kind.HARM for t in triggers):
        violent = [t for t in violent if t.event_type is not EventType.SABOTAGE_DESTRUCTION]
        typed = violent
    named = max(violent or typed, key=lambda t: t.strength, default=None)
    by_weapon = _by_weapon(weapons, triggers)
    if named is not None and not _is_weak_beside(named, triggers, by_weapon):
        if named.event_type is EventType.ARMED_ASSAULT and _is_by_state_on_fighters(roles):
            return EventType.ARMED_CLASH
        if _is_from_the_air(named, triggers, weapons, roles, cues):
            return EventType.AIRSTRIKE
        return _at_sea(_refine(named, weapons, by_weapon), triggers, cues)
    if by_weapon is EventType.BOMBING and "air_bomb" in cues:
        return EventType.AIRSTRIKE
    if by_weapon is not None:
        return _at_sea(by_weapon, triggers, cues)
    return _unarmed(triggers, roles, cues)


def _is_by_state_on_fighters(roles: Roles) -> bool:
    """Whether soldiers or police did it, and no one else, to armed men: an operation, in which they fight."""
    forces = [p for p in roles.perpetrators if p.actor.actor_type in _STATE]
    fighters = [p for p in roles.targets if p.actor.actor_type in _FIGHTERS]
    return bool(forces and fighters) and len(forces) == len(roles.perpetrators)


def _is_from_the_air(
    named: Trigger, triggers: Sequence[Trigger], weapons: Collection[WeaponType], roles: Roles, cues: Collection[str]
) -> bool:
    """Whether a bombing is an airstrike: from aircraft, with bombs that they drop, or by a state that "bombed" it."""
    if named.event_type is not EventType.BOMBING or not set(weapons) <= {WeaponType.BOMB}:
        return False
    if "air_bomb" in cues or any(_flies(party.span.text) for party in roles.perpetrators):
        return True
    bombed = any(t.span.text.lower() in word_group("bombs_from_air") and not t.passive for t in triggers)
    return bombed and bool(roles.perpetrators) and all(p.actor.actor_type in _STATE for p in roles.perpetrators)


def _flies(name: str) -> bool:
    return any(word in name.lower() for word in _FLIERS)


def is_guessed(triggers: Sequence[Trigger], weapons: Collection[WeaponType]) -> bool:
    """Return whether neither a word nor a weapon names the type, so that a later statement may."""
    vague = (EventType.ATTACK, EventType.SABOTAGE_DESTRUCTION)
    return all(t.event_type in vague for t in triggers) and _by_weapon(weapons, triggers) is None


def _is_weak_beside(named: Trigger, triggers: Sequence[Trigger], by_weapon: EventType | None) -> bool:
    destroyed = named.event_type is EventType.SABOTAGE_DESTRUCTION
    if destroyed and by_weapon is not None and family_of(by_weapon) is Family.AIR:
        return True  # "rockets hit a depot and set it ablaze"
    destroyed = destroyed and named.strength <= 0.5
    if destroyed and (by_weapon is not None or _is_strike(triggers)):
        return True
    return named.strength < 0.5 and any(
        t.strength > named.strength and t.kind in (Kind.ACT, Kind.INTERCEPT) for t in triggers
    )


def _by_weapon(weapons: Collection[WeaponType], triggers: Sequence[Trigger]) -> EventType | None:
    """Return the type that the weapons make; an aircraft that fires missiles is an airstrike, one shot at is not."""
    if WeaponType.AIRCRAFT in weapons and any(t.kind is Kind.INTERCEPT for t in triggers):
        weapons = [w for w in weapons if w is not WeaponType.AIRCRAFT]
    return next((event for weapon, event in BY_WEAPON.items() if weapon in weapons), None)


def _refine(trigger: Trigger, weapons: Collection[WeaponType], by_weapon: EventType | None) -> EventType:
    named, words = trigger.event_type, trigger.span.text.lower()
    if named is EventType.BOMBING and by_weapon is not None:
        refined = [BY_WEAPON[w] for w in BY_WEAPON if w in weapons and w not in _REFINES_BOMBING]
        return refined[0] if refined else named
    if family_of(named) is Family.BOMB and WeaponType.SUICIDE_VEST in weapons:
        return EventType.SUICIDE_BOMBING
    if named is EventType.ARMED_ASSAULT and words in word_group("any_gun"):
        rockets = words in word_group("aimed_at") and WeaponType.FIREARM not in weapons
        if any(w in weapons for w in (*_HEAVY, *([WeaponType.ROCKET] if rockets else []))):
            return EventType.ROCKET_MISSILE_MORTAR
    if named is EventType.ARMED_ASSAULT and WeaponType.SUICIDE_VEST in weapons:
        return EventType.SUICIDE_BOMBING
    return named


def _at_sea(event: EventType, triggers: Sequence[Trigger], cues: Collection[str]) -> EventType:
    downed = any(t.kind is Kind.INTERCEPT for t in triggers)
    may_hit_ship = family_of(event) is Family.AIR or event in (EventType.ATTACK, EventType.ARMED_ASSAULT)
    at_ship = "merchant" in cues and may_hit_ship and not downed
    return EventType.SHIP_ATTACK if at_ship and "warship" not in cues else event


def _is_strike(triggers: Sequence[Trigger]) -> bool:
    return any(t.span.text.lower().rsplit(" ", 1)[-1] in ("strike", "strikes") for t in triggers)


def _unarmed(triggers: Sequence[Trigger], roles: Roles, cues: Collection[str]) -> EventType:
    if _is_strike(triggers) and any(p.actor.actor_type in _STATE for p in roles.perpetrators + roles.claimants):
        return EventType.AIRSTRIKE
    if "merchant" in cues and any(t.kind is Kind.ACT for t in triggers):
        return EventType.SHIP_ATTACK
    harmed_only = all(t.kind is Kind.HARM for t in triggers)
    hit = {p.actor.actor_type for p in roles.targets}
    if (
        "civil" in cues
        and any(t.kind is Kind.HARM for t in triggers)
        and ActorType.CIVILIANS in hit
        and not hit & {*_STATE}
    ):
        return EventType.ATTACK_ON_CIVILIANS
    if "civil" in cues and "security" not in cues and (harmed_only or "fighter" in cues):
        return EventType.ATTACK_ON_CIVILIANS
    if "fighter" in cues:
        return EventType.ARMED_ASSAULT
    return EventType.ATTACK_ON_CIVILIANS if harmed_only and "people" in cues else EventType.ATTACK
