"""The event types, a row each: its family, and what it is in the terms of the field's codebooks.

Sources: ACLED Codebook (2023) for event and sub-event types, PLOVER codebook (2018 draft, event and mode),
CAMEO 1.1b3 (2012) for the numeric code. A type maps to the nearest entry; where a codebook has no such entry
(grenades and drones in CAMEO, say) the next more general one stands.
"""

from typing import NamedTuple

from schemas.enums import Code, EventType


class Family(Code):
    """What event types have in common: the manner of the violence, as far as the type says one.

    Reports of one incident may differ within a family; which families agree with one another, extraction and linking
    say for themselves, as the one compares within an article and the other between articles.
    """

    AIR = "air"
    SEA = "sea"
    BOMB = "bomb"
    ARMED = "armed"
    HARM = "harm"
    """It says to whom it was done, in whatever manner."""
    DESTRUCTION = "destruction"
    ABDUCTION = "abduction"
    ARREST = "arrest"
    ANY = "any"


class Coding(NamedTuple):
    """One event type: its family, and its entries in three codebooks."""

    family: Family
    acled_event: str
    acled_sub_event: str
    plover_event: str
    plover_mode: str
    cameo: str


_REMOTE = "Explosions/Remote violence"
_CIVILIANS = "Violence against civilians"

CODINGS: dict[EventType, Coding] = {
    EventType.DRONE_ATTACK: Coding(Family.AIR, _REMOTE, "Air/drone strike", "ASSAULT", "aerial", "195"),
    EventType.AIRSTRIKE: Coding(Family.AIR, _REMOTE, "Air/drone strike", "ASSAULT", "aerial", "195"),
    EventType.ROCKET_MISSILE_MORTAR: Coding(
        Family.AIR, _REMOTE, "Shelling/artillery/missile attack", "ASSAULT", "heavy-weapons", "194"
    ),
    EventType.IED_MINE: Coding(Family.BOMB, _REMOTE, "Remote explosive/landmine/IED", "ASSAULT", "explosives", "1833"),
    EventType.CAR_BOMBING: Coding(
        Family.BOMB, _REMOTE, "Remote explosive/landmine/IED", "ASSAULT", "explosives", "1832"
    ),
    EventType.SUICIDE_BOMBING: Coding(Family.BOMB, _REMOTE, "Suicide bomb", "ASSAULT", "suicide-attack", "1831"),
    EventType.BOMBING: Coding(Family.BOMB, _REMOTE, "Remote explosive/landmine/IED", "ASSAULT", "explosives", "183"),
    EventType.GRENADE: Coding(Family.BOMB, _REMOTE, "Grenade", "ASSAULT", "explosives", "183"),
    EventType.ARMED_CLASH: Coding(Family.ARMED, "Battles", "Armed clash", "ASSAULT", "firearms", "193"),
    EventType.ARMED_ASSAULT: Coding(Family.ARMED, "Battles", "Armed clash", "ASSAULT", "firearms", "190"),
    EventType.ATTACK_ON_CIVILIANS: Coding(Family.HARM, _CIVILIANS, "Attack", "ASSAULT", "", "180"),
    EventType.ASSASSINATION: Coding(Family.HARM, _CIVILIANS, "Attack", "ASSAULT", "assassinate", "186"),
    EventType.ABDUCTION: Coding(
        Family.ABDUCTION, _CIVILIANS, "Abduction/forced disappearance", "ASSAULT", "abduct", "181"
    ),
    EventType.SABOTAGE_DESTRUCTION: Coding(
        Family.DESTRUCTION, "Strategic developments", "Looting/property destruction", "SANCTION", "destroy", "171"
    ),
    EventType.SHIP_ATTACK: Coding(
        Family.SEA, _REMOTE, "Shelling/artillery/missile attack", "ASSAULT", "heavy-weapons", "190"
    ),
    EventType.ARREST_RAID: Coding(Family.ARREST, "Strategic developments", "Arrests", "COERCE", "arrest", "173"),
    EventType.ATTACK: Coding(Family.ANY, _CIVILIANS, "Attack", "ASSAULT", "", "190"),
}
