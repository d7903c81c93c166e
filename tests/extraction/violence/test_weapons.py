from collections.abc import Callable

import pytest

from pipeline.extraction.quantities.numbers import find_numbers
from pipeline.extraction.text.lexicon import tokenize
from pipeline.extraction.violence.weapons import WeaponCount, WeaponFinder, count_weapon, merge_weapons, parts_of
from schemas import Mention, Tally, WeaponType

Extract = Callable[..., tuple[list[Mention], list[Tally]]]
FINDER = WeaponFinder()


def counts(text: str) -> list[WeaponCount]:
    tokens = tokenize(text)
    numbers = find_numbers(text, 0, len(text))
    return [count_weapon(text, tokens, word, numbers) for word in FINDER.find(text, tokens)]


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("two drones hit the port", "drone", 2, 2),
        ("three explosives-laden drones", "drone", 3, 3),
        ("an armed drone", "drone", 1, 1),
        ("a third drone", "drone", 1, 1),
        ("drones hit the port", "drone", None, None),
        ("at least six Katyusha rockets", "rocket", 6, None),
        ("gunfire came", "firearm", None, None),
        ("a car packed with explosives", "car_bomb", 1, 1),
        ("stepped on a landmine", "mine", 1, 1),
        ("two FPV drones", "drone", 2, 2),
        ("volleys from a BM-21", "rocket", 1, 1),
        ("an anti-tank guided missile", "missile", 1, 1),
        ("four 155mm shells", "artillery", 4, 4),
        ("an explosives-laden minibus", "car_bomb", 1, 1),
        ("a lorry loaded with explosives", "car_bomb", 1, 1),
        ("a device planted at the roadside", "ied", 1, 1),
        ("they drove over a mine", "mine", None, None),
        ("with their throats cut", "knife", None, None),
        ("strafed by paramotors", "aircraft", None, None),
        ("with bows and arrows", "other", None, None),
        ("the Kalashnikov rifles of the cartel hitmen", "firearm", None, None),
    ],
)
def test_weapons_and_how_many(text: str, kind: str, low: int | None, high: int | None) -> None:
    merged = merge_weapons(counts(text))
    found = {str(w.weapon_type): (w.count_low, w.count_high) for w, _ in merged}
    assert found[kind] == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "a bomb shelter",
        "gun control",
        "the coal mine",
        "a shell company",
        "missile defense",
        "air raid sirens",
        "flown out by helicopter",
        "water cannon",
        "sickle cell disease",
        "hackers hacked into it",
    ],
)
def test_what_is_no_weapon(text: str) -> None:
    assert counts(text) == []


def test_a_part_does_not_add_to_its_whole() -> None:
    merged = merge_weapons([*counts("three drones came"), *counts("one drone was shot down")])
    assert [(w.weapon_type, w.count_low, w.count_high) for w, _ in merged] == [(WeaponType.DRONE, 3, 3)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one drone was downed but another got through", 2),
        ("one was destroyed, the other hit a hangar", 2),
        ("two were shot down but the third hit", 3),
        ("one drone was downed", None),
        ("another drone came", None),
    ],
)
def test_one_and_another_are_two(text: str, parts: int | None) -> None:
    assert parts_of([token.lower for token in tokenize(text)]) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Police seized two rifles and a pistol.",
        "Troops recovered several powerful assault rifles.",
        "A rifle, two grenades and cash were also seized.",
        "He was arrested in possession of a shotgun.",
    ],
)
def test_arms_that_are_only_seized_were_not_used(text: str) -> None:
    assert counts(text) == []


def test_arms_that_were_used_and_then_seized_count() -> None:
    assert [str(c.word.weapon_type) for c in counts("He fired a rifle, and police seized cash.")] == ["firearm"]


def test_gunmen_tell_of_no_firearm_that_was_used() -> None:
    assert counts("Gunmen burned the village.")[0].word.bearer
    assert merge_weapons(counts("Gunmen burned the village.")) == []


def test_what_an_attack_on_a_place_was_carried_out_with_is_no_target(extract: Extract) -> None:
    (mention,) = extract("An attack on the town of Hajin with explosive drones killed two people on Monday.")[0]
    assert (mention.event_type, [weapon.weapon_type for weapon in mention.weapons]) == ("drone_attack", ["drone"])


def test_who_is_fired_on_with_rockets_is_not_shot_at(extract: Extract) -> None:
    (mention,) = extract("The airport of Baghdad was fired on with four rockets on Monday.")[0]
    assert mention.event_type == "rocket_missile_mortar"
    assert [(weapon.weapon_type, weapon.count_low) for weapon in mention.weapons] == [("rocket", 4)]
