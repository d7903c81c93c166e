from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.quantities.numbers import find_numbers
from pipeline.extraction.text.lexicon import tokenize
from pipeline.extraction.violence.casualties import CasualtyReader, read_tolls
from pipeline.extraction.violence.toll import Toll
from pipeline.extraction.violence.tolls import merge_tolls

READER = CasualtyReader()
Ends = tuple[int | None, int | None, int | None]


def tolls(text: str) -> list[Toll]:
    tokens = tokenize(text)
    numbers = find_numbers(text, 0, len(text))
    return read_tolls(text, tokens, READER.find(text, tokens), numbers, 0, len(text))


def ends(text: str) -> dict[str, Ends]:
    return {kind: (toll.low, toll.best, toll.high) for kind, toll in merge_tolls(tolls(text)).items()}


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Five villagers were killed", (5, 5, 5)),
        ("Rebels bombed two police stations, and nine officers died", (9, 9, 9)),
        ("Sami Halabi, 30, and two women were killed", (2, 2, 2)),
        ("a soldier embraced martyrdom", (1, 1, 1)),
        ("The state mourned those killed in the blasts", None),
        ("killing five villagers", (5, 5, 5)),
        ("leaving 12 people dead", (12, 12, 12)),
        ("the death toll rose to 31", (31, 31, 31)),
        ("the loss of 40 lives", (40, 40, 40)),
        ("two policemen and three shopkeepers were killed", (5, 5, 5)),
        ("killed two policemen and three shopkeepers", (5, 5, 5)),
        ("Nine people, including two children, were killed", (9, 9, 9)),
        ("The mayor was killed", (1, 1, 1)),
        ("Six villagers, among them a girl of 16, and three rangers were killed", (9, 9, 9)),
        ("Eight civilians, two teenagers and a child with them, were killed", (8, 8, 8)),
        ("A man of 29 was killed", (1, 1, 1)),
        ("A boy of nine was killed", (1, 1, 1)),
        ("No soldier was either killed or wounded", (0, 0, 0)),
        ("Eleven people were killed over 26 others injured", (11, 11, 11)),
        ("an ambush, in which nine soldiers died", (9, 9, 9)),
        ("the death toll from a strike on a block of flats in the eastern city of Dnipro rose to 30", (30, 30, 30)),
        ("killed six people and wounded three in an attack", (6, 6, 6)),
        ("He died of multiple gunshot wounds; one woman was killed", (1, 1, 1)),
        ("Three gunmen shot dead a judge", (1, 1, 1)),
        ("a judge was killed by three gunmen", (1, 1, 1)),
        ("Two bombers died, killing themselves and seven other people", (7, 7, 7)),
        ("no casualties were reported", (0, 0, 0)),
        ("nobody was killed", (0, 0, 0)),
        ("17 people are feared dead", (17, 17, 17)),
        ("Seven members of a family were killed", (7, 7, 7)),
        ("a drone strike on a dozen camps that killed a general", (1, 1, 1)),
        ("killing a pastor, a teacher and 18 other people", (20, 20, 20)),
        ("killing a policeman and seven villagers, and wounding nine", (8, 8, 8)),
        ("12 people were confirmed killed, over 50 injured", (12, 12, 12)),
        ("Six workers, two drivers and four guards, were killed", (6, 6, 6)),
        ("nine herders were reported to have been killed", (9, 9, 9)),
        ("The imam was shot dead by unknown assailants", (1, 1, 1)),
        ("the toll of the blast in the market has risen to eleven", (11, 11, 11)),
    ],
)
def test_the_killed(text: str, killed: Ends) -> None:
    assert ends(text).get("killed") == killed


@pytest.mark.parametrize(
    ("text", "wounded"),
    [
        ("injured five people", (5, 5, 5)),
        ("wounding 12 others", (12, 12, 12)),
        ("six were injured", (6, 6, 6)),
        ("resulting in minor injuries", (1, None, None)),
        ("another caused minor injuries", (1, None, None)),
        ("there were no injuries", (0, 0, 0)),
        ("killed one soldier and wounded nine others", (9, 9, 9)),
        ("wounding two guards, local officials and a statement said", (2, 2, 2)),
    ],
)
def test_the_wounded(text: str, wounded: Ends) -> None:
    assert ends(text).get("wounded") == wounded


def test_at_least_leaves_the_upper_end_open() -> None:
    low, _, high = ends("At least 5 people were killed")["killed"]
    assert (low, high) == (5, None)


@pytest.mark.parametrize(
    "text",
    [
        "three drones struck the base",
        "troops killed three attackers",
        "they are aiming to kill",
        "the blast could have killed dozens",
        "casualties are yet to be reported",
        "a skilled worker",
        "it likely would have injured or killed soldiers",
        "the village lies five kilometres away, a dead end",
    ],
)
def test_what_says_nothing_of_the_killed(text: str) -> None:
    assert "killed" not in ends(text)


def test_a_later_larger_figure_only_raises_the_upper_end() -> None:
    found = merge_tolls([*tolls("12 people were killed"), *tolls("13 people were killed"), *tolls("3 were killed")])
    killed = found["killed"]
    assert (killed.low, killed.best, killed.high) == (12, 12, 13)


def test_a_risen_toll_replaces_the_first() -> None:
    killed = merge_tolls([*tolls("12 people were killed"), *tolls("the death toll rose to 20")])["killed"]
    assert (killed.low, killed.best, killed.high) == (20, 20, 20)


def test_those_who_come_on_top_are_added() -> None:
    found = merge_tolls([*tolls("five teachers were killed"), *tolls("an additional twelve villagers were killed")])
    assert found["killed"].low == 17


def test_an_exact_number_replaces_a_vague_one() -> None:
    wounded = merge_tolls([*tolls("several people were wounded"), *tolls("eight people were wounded")])["wounded"]
    assert (wounded.low, wounded.best, wounded.high) == (8, 8, 8)


def test_what_the_attackers_claim_counts_only_where_nobody_else_gives_a_number() -> None:
    own = [replace(toll, claimed=True) for toll in tolls("killing 40 soldiers")]
    assert merge_tolls([*own, *tolls("nine soldiers were killed")])["killed"].low == 9
    assert merge_tolls(own)["killed"].low == 40


@given(st.text(alphabet="killed wounding 12,.dead toll and"))
def test_ranges_are_ordered(text: str) -> None:
    for toll in merge_tolls(tolls(text)).values():
        known = [value for value in (toll.low, toll.best, toll.high) if value is not None]
        assert known == sorted(known)
