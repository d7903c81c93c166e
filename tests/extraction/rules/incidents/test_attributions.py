"""Who says that whom did it: claims, blame, denials and confirmations, each with its words."""

import pytest

from schemas import Mention
from tests.extraction.conftest import Extract


def told(mention: Mention) -> list[tuple[str, str, str | None]]:
    return [(said.kind.value, said.actor.name, said.by.name if said.by else None) for said in mention.attributions]


@pytest.mark.parametrize(
    ("text", "attributed"),
    [
        (
            "The army blamed the Rapid Support Forces for the strike that killed 12 people in Omdurman on Monday.",
            [("blamed", "Rapid Support Forces", "army")],
        ),
        (
            "Al-Shabab claimed responsibility for the car bombing that killed nine people in Mogadishu on Monday.",
            [("claimed", "al-Shabaab", "al-Shabaab")],
        ),
        (
            "A missile hit a tanker off Hodeidah on Sunday. The Houthis denied carrying out the attack.",
            [("denied", "Houthis", "Houthis")],
        ),
        (
            "The Pentagon confirmed that Kataib Hezbollah fired the rockets that hit Ain al-Asad base on Monday.",
            [("confirmed", "Kata'ib Hezbollah", "Pentagon")],
        ),
        (
            "Police said Boko Haram fighters attacked a village near Maiduguri on Monday, killing 11 people.",
            [("blamed", "Boko Haram", "Police")],
        ),
        (
            "A bomb killed four people in Ankara on Monday. Islamic State claimed the attack, but Turkish officials"
            " accused the PKK of carrying it out.",
            [
                ("claimed", "Islamic State", "Islamic State"),
                ("blamed", "Kurdistan Workers' Party", "Turkish officials"),
            ],
        ),
        (
            "The bombing in Quetta on Monday that killed six soldiers was claimed by the Balochistan Liberation Army.",
            [("claimed", "Balochistan Liberation Army", "Balochistan Liberation Army")],
        ),
        ("Israeli warplanes bombed a house in Rafah on Monday, killing nine people.", []),
        ("A bomb killed four people in Quetta on Monday. No group claimed responsibility.", []),
    ],
)
def test_each_is_told_apart(extract: Extract, text: str, attributed: list[tuple[str, str, str | None]]) -> None:
    (mention,), _ = extract(text)
    assert told(mention) == attributed


def test_the_words_reach_from_the_one_party_to_the_other(extract: Extract) -> None:
    text = "The army blamed the Rapid Support Forces for the strike that killed 12 people in Omdurman on Monday."
    (mention,), _ = extract(text)
    assert [e.quote for e in mention.evidence if e.field == "attributions"] == ["army blamed the Rapid Support Forces"]


def test_what_others_say_is_not_claimed_by_whom_they_say_it_of(extract: Extract) -> None:
    blamed = "Russia blamed Ukraine, which said its forces had not fired."
    text = f"A rocket hit a market in Donetsk on Monday, killing 14. {blamed}"
    (mention,), _ = extract(text)
    assert told(mention) == [("blamed", "Ukraine", "Russia")]
    assert mention.claimed_by == ()


def test_the_same_word_twice_is_told_once(extract: Extract) -> None:
    said = "The army blamed the Rapid Support Forces for the strike that killed 12 people in Omdurman on Monday."
    (mention,), _ = extract(f"{said} The army later blamed the Rapid Support Forces for the strike again.")
    assert told(mention) == [("blamed", "Rapid Support Forces", "army")]
