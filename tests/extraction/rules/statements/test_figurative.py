"""Words of violence that are meant of things nobody can attack tell of no incident."""

import pytest

from tests.extraction.conftest import Extract


@pytest.mark.parametrize(
    "text",
    [
        "Oil prices bombed on Thursday after exporters agreed on higher output in Vienna.",
        "A young chef blew up the rules of ramen in Fukuoka on Saturday.",
        "A late header killed off Ghana's hopes of a place in the final in Cairo on Saturday.",
        "Warsaw shot down the proposal on Friday.",
        "Hackers bombarded the website of a bank in Manila on Monday.",
        "The minister came under fire for her handling of the talks in Oslo on Monday.",
        "Shares were hammered and the currency was hit in Lagos on Tuesday.",
        "A boiler blew up at a mill in Faisalabad on Tuesday.",
        "Reviewers attacked the film in Cannes on Sunday.",
    ],
)
def test_what_nobody_can_attack(extract: Extract, text: str) -> None:
    assert extract(text)[0] == []


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Gunmen bombed a market in Kano on Thursday.", None),
        ("Rebels blew up a bridge near Goma on Saturday.", None),
        ("Troops shot down a drone over Kherson on Friday.", None),
        ("Militants killed a farmer in Beni on Saturday.", 1),
        ("Fighters attacked a school in Mocimboa on Sunday.", None),
        ("Missiles hit a film studio in Odesa on Sunday.", None),
    ],
)
def test_what_can_be_attacked(extract: Extract, text: str, killed: int | None) -> None:
    (mention,), _ = extract(text)
    assert mention.killed_low == killed


def test_what_is_killed_off_is_nobody(extract: Extract) -> None:
    mentions, _ = extract("An air strike hit Rafah on Monday and killed off hopes of a truce.")
    assert [mention.killed_low for mention in mentions] == [None]
