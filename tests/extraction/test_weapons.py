import pytest

from pipeline.extraction.rules.lexicon import tokenize
from pipeline.extraction.rules.numbers import find_numbers
from pipeline.extraction.rules.weapons import WeaponCount, WeaponFinder, count_weapon, merge_weapons, parts_of
from schemas import WeaponType

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
        ("gunmen came", "firearm", None, None),
        ("a car packed with explosives", "car_bomb", 1, 1),
        ("stepped on a landmine", "mine", 1, 1),
    ],
)
def test_weapons_and_how_many(text: str, kind: str, low: int | None, high: int | None) -> None:
    merged = merge_weapons(counts(text))
    found = {str(w.weapon_type): (w.count_low, w.count_high) for w, _ in merged}
    assert found[kind] == (low, high)


@pytest.mark.parametrize(
    "text", ["a bomb shelter", "gun control", "the coal mine", "a shell company", "missile defense"]
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
