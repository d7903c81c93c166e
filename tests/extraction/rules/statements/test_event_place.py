from collections.abc import Callable

import pytest

from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.event_place import places_of
from schemas import Mention, Tally

Extract = Callable[..., tuple[list[Mention], list[Tally]]]
Read = Callable[..., Document]


def places(read: Read, text: str) -> list[str]:
    document = read(text)
    head = max(document.triggers, key=lambda t: t.strength)
    return [place.name for place in places_of(document.clauses, head, document)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A bomb went off in Kirkuk, Iraq.", ["Kirkuk"]),
        ("A bomb went off in Iraq.", ["Iraq"]),
        ("Shells fell on Aleppo and Idlib.", ["Aleppo", "Idlib"]),
        ("Rockets launched from Lebanon struck Haifa.", ["Haifa"]),
        ("A bomb went off in Mosul, said an official based in Baghdad.", ["Mosul"]),
        ("A bomb went off in the market.", []),
        ("Those wounded when a bomb went off in Mosul were taken to Erbil.", ["Mosul"]),
        ("A bomb went off in Mosul, said doctors at al-Shifa hospital.", ["Mosul"]),
        ("Gunmen abducted nine women from the village of Damasak in Nigeria.", ["Damasak"]),
        ("A tanker bound for Iran was struck by a missile in the Red Sea.", ["Red Sea"]),
        ("An air strike blamed on Israel hit Aleppo.", ["Aleppo"]),
        ("A warship in the Red Sea was targeted by drones fired by rebels in Yemen.", ["Red Sea"]),
        ("A citizen of Chad was shot dead in Mosul.", ["Mosul"]),
        ("An air strike destroyed a missile that was about to be fired at tankers in the Gulf of Aden.", []),
        ("Planes bombed a launcher in Kirkuk that was ready to attack vessels in the Red Sea.", ["Kirkuk"]),
        ("Planes bombed a launcher, a threat to merchant ships in the Red Sea.", []),
        ("Planes bombed a tanker in the Red Sea.", ["Red Sea"]),
    ],
)
def test_where_the_deed_was_done(read: Read, text: str, names: list[str]) -> None:
    assert places(read, text) == names


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Trucks were hit by an explosive device in Babil Governorate, to the south of Baghdad, on Monday.", "Babil"),
        ("A freighter owned in the UK was attacked on Tuesday while it crossed the Red Sea.", "Red Sea"),
        ("A tanker flagged in Barbados was hit by a missile on Tuesday in the Gulf of Aden.", "Gulf of Aden"),
        ("An airstrike on Tehran's consulate in Damascus killed two on Monday.", "Damascus"),
        ("An air strike on the Tell al-Marqab neighbourhood in Aleppo killed two on Monday.", "Tell al-Marqab"),
        (
            "Freighter struck by missiles\n\nDubai, United Arab Emirates — A freighter was attacked on Wednesday as it "
            "crossed the Red Sea.",
            "Red Sea",
        ),
    ],
)
def test_what_only_says_whose_or_on_which_side_is_not_the_place(extract: Extract, text: str, place: str) -> None:
    assert [mention.place_name for mention in extract(text)[0]] == [place]


def test_a_road_between_two_towns_is_one_place(extract: Extract) -> None:
    (mention,) = extract("A bomb killed two on the highway linking the cities of Hilla and Diwaniyah on Monday.")[0]
    assert (mention.place_name, mention.killed_low) == ("Al Hillah", 2)


def test_the_garrison_is_the_one_just_told_of(extract: Extract) -> None:
    text = (
        "Drones attacked the al-Tanf Garrison on Monday, wounding two fighters.\n\n"
        "Another drone strike hit the garrison in April, but wounded nobody."
    )
    assert [mention.place_name for mention in extract(text)[0]] == ["al-Tanf", "al-Tanf"]
