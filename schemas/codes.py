"""Event types in the terms of the field's codebooks.

Sources: ACLED Codebook (2023) for event and sub-event types, PLOVER codebook (2018 draft, event and mode),
CAMEO 1.1b3 (2012) for the numeric code. A type maps to the nearest entry; where a codebook has no such entry
(grenades and drones in CAMEO, say) the next more general one stands.
"""

from typing import NamedTuple

from schemas.enums import EventType


class Coding(NamedTuple):
    """One event type in three codebooks."""

    acled_event: str
    acled_sub_event: str
    plover_event: str
    plover_mode: str
    cameo: str


_REMOTE = "Explosions/Remote violence"
_CIVILIANS = "Violence against civilians"

CODINGS: dict[EventType, Coding] = {
    EventType.DRONE_ATTACK: Coding(_REMOTE, "Air/drone strike", "ASSAULT", "aerial", "195"),
    EventType.AIRSTRIKE: Coding(_REMOTE, "Air/drone strike", "ASSAULT", "aerial", "195"),
    EventType.ROCKET_MISSILE_MORTAR: Coding(
        _REMOTE, "Shelling/artillery/missile attack", "ASSAULT", "heavy-weapons", "194"
    ),
    EventType.IED_MINE: Coding(_REMOTE, "Remote explosive/landmine/IED", "ASSAULT", "explosives", "1833"),
    EventType.CAR_BOMBING: Coding(_REMOTE, "Remote explosive/landmine/IED", "ASSAULT", "explosives", "1832"),
    EventType.SUICIDE_BOMBING: Coding(_REMOTE, "Suicide bomb", "ASSAULT", "suicide-attack", "1831"),
    EventType.BOMBING: Coding(_REMOTE, "Remote explosive/landmine/IED", "ASSAULT", "explosives", "183"),
    EventType.GRENADE: Coding(_REMOTE, "Grenade", "ASSAULT", "explosives", "183"),
    EventType.ARMED_CLASH: Coding("Battles", "Armed clash", "ASSAULT", "firearms", "193"),
    EventType.ARMED_ASSAULT: Coding("Battles", "Armed clash", "ASSAULT", "firearms", "190"),
    EventType.ATTACK_ON_CIVILIANS: Coding(_CIVILIANS, "Attack", "ASSAULT", "", "180"),
    EventType.ASSASSINATION: Coding(_CIVILIANS, "Attack", "ASSAULT", "assassinate", "186"),
    EventType.ABDUCTION: Coding(_CIVILIANS, "Abduction/forced disappearance", "ASSAULT", "abduct", "181"),
    EventType.SABOTAGE_DESTRUCTION: Coding(
        "Strategic developments", "Looting/property destruction", "SANCTION", "destroy", "171"
    ),
    EventType.SHIP_ATTACK: Coding(_REMOTE, "Shelling/artillery/missile attack", "ASSAULT", "heavy-weapons", "190"),
    EventType.ARREST_RAID: Coding("Strategic developments", "Arrests", "COERCE", "arrest", "173"),
    EventType.ATTACK: Coding(_CIVILIANS, "Attack", "ASSAULT", "", "190"),
}
