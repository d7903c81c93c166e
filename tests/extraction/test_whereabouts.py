from collections.abc import Callable

import pytest

from pipeline.extraction.rules.reading import Reading
from pipeline.extraction.rules.whereabouts import places_of

Read = Callable[..., Reading]


def places(read: Read, text: str) -> list[str]:
    reading = read(text)
    head = max(reading.triggers, key=lambda t: t.strength)
    return [place.name for place in places_of(reading.clauses, head, reading)]


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
