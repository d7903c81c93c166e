"""Of readings of the same words, one stands."""

import pytest

from tests.extraction.conftest import Read


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The Islamic State in the Sahel attacked Gao on Monday.", ["Gao"]),
        ("Norton, 7, was taken from Norton on Monday, and Norton has not been seen since.", []),
        ("Moscow launched drones at Kharkiv on Monday.", ["Kharkiv"]),
    ],
)
def test_places(read: Read, text: str, places: list[str]) -> None:
    assert [place.span.text for place in read(text).places] == places


def test_a_word_of_a_towns_name_is_no_thing(read: Read) -> None:
    assert "Port" not in [party.span.text for party in read("Drones hit Port Sudan on Monday.").actors]


def test_the_attack_of_an_attack_drone_is_no_deed(read: Read) -> None:
    document = read("An attack drone hit the base on Monday.")
    assert [trigger.span.text for trigger in document.triggers] == ["hit"]


def test_what_is_shot_down_shows_nobodys_firearm(read: Read) -> None:
    words = read("Troops shot the drone down on Monday.").weapons
    assert "firearm" not in [word.weapon_type.value for word in words]
