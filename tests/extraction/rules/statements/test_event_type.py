import pytest

from pipeline.extraction.rules.statements.event_type import decide_type, may_be_same
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.text.lexicon import tokenize
from pipeline.extraction.violence.triggers import TriggerFinder
from pipeline.extraction.violence.weapons import WeaponFinder
from schemas import EventType

TRIGGERS, WEAPONS = TriggerFinder(), WeaponFinder()


def decide(text: str, *cues: str) -> str:
    tokens = tokenize(text)
    weapons = {word.weapon_type for word in WEAPONS.find(text, tokens)}
    return str(decide_type(TRIGGERS.find(text, tokens), weapons, Roles(), cues))


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("the camp was attacked with drones", "drone_attack"),
        ("militants fired mortars at the camp", "rocket_missile_mortar"),
        ("jets fired missiles at the camp", "airstrike"),
        ("a roadside bomb exploded", "ied_mine"),
        ("a car bomb exploded", "car_bombing"),
        ("a bomb exploded", "bombing"),
        ("a suicide bomber detonated a car bomb", "suicide_bombing"),
        ("a grenade exploded", "grenade"),
        ("the army clashed with rebels", "armed_clash"),
        ("soldiers destroyed a truck", "sabotage_destruction"),
        ("the camp was attacked", "attack"),
    ],
)
def test_trigger_and_weapon_decide(text: str, event_type: str) -> None:
    assert decide(text) == event_type


@pytest.mark.parametrize(
    ("text", "cues", "event_type"),
    [
        ("gunmen attacked villagers", ("civil", "fighter"), "armed_assault"),
        ("militants attacked villagers", ("civil", "fighter"), "attack_on_civilians"),
        ("militants attacked a patrol", ("security", "fighter"), "armed_assault"),
        ("a missile struck the tanker", ("merchant",), "ship_attack"),
        ("a missile aimed at the tanker was shot down", ("merchant",), "rocket_missile_mortar"),
        ("farmers were killed", ("civil",), "attack_on_civilians"),
    ],
)
def test_the_target_decides_where_the_weapon_does_not(text: str, cues: tuple[str, ...], event_type: str) -> None:
    assert decide(text, *cues) == event_type


def test_families() -> None:
    assert may_be_same(EventType.DRONE_ATTACK, EventType.ATTACK)
    assert may_be_same(EventType.BOMBING, EventType.ARMED_ASSAULT)
    assert not may_be_same(EventType.AIRSTRIKE, EventType.ABDUCTION)
