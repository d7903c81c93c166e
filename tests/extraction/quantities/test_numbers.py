import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.quantities.numbers import NumberReading, find_numbers


def read(text: str) -> list[NumberReading]:
    return find_numbers(text, 0, len(text))


def only(text: str) -> NumberReading:
    readings = read(text)
    assert len(readings) == 1, readings
    return readings[0]


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("killing 7 soldiers", 7, "7"),
        ("killing 1,400 people", 1400, "1,400"),
        ("12,345,678 refugees", 12_345_678, "12,345,678"),
        ("1.4 million people", 1_400_000, "1.4 million"),
        ("2 thousand men", 2000, "2 thousand"),
        ("2000 people fled", 2000, "2000"),
        ("seven were hurt", 7, "seven"),
        ("SEVEN OTHERS WERE HURT", 7, "SEVEN"),
        ("twenty-three rockets", 23, "twenty-three"),
        ("twenty three rockets", 23, "twenty three"),
        ("one hundred and twenty men", 120, "one hundred and twenty"),
        ("a hundred shells", 100, "a hundred"),
        ("two thousand five hundred and one men", 2501, "two thousand five hundred and one"),
        ("three million people", 3_000_000, "three million"),
        ("two dozen drones", 24, "two dozen"),
        ("a drone fell", 1, "a"),
        ("An envoy was shot", 1, "An"),
        ("another drone fell", 1, "another"),
        ("a second drone fell", 1, "a"),
        ("one of the gunmen", 1, "one"),
        ("no casualties", 0, "no"),
        ("none were hurt", 0, "none"),
        ("zero injuries", 0, "zero"),
        ("no one was hurt", 0, "no one"),
        ("0 dead", 0, "0"),
        ("In Basra 24 people died", 24, "24"),
        ("24 people died", 24, "24"),
        ("killed—24 of them", 24, "24"),
        ("another three drones", 3, "three"),
        ("further 30 men", 30, "30"),
        ("two one-way attack drones", 2, "two"),
        ("two 122mm rockets", 2, "two"),
        ("the toll rose from 3 to 5", 5, "5"),
    ],
)
def test_exact_amounts(text: str, value: int, words: str) -> None:
    reading = only(text)
    assert (reading.low, reading.best, reading.high) == (value, value, value)
    assert (reading.span.text, reading.exact) == (words, True)


@pytest.mark.parametrize(
    ("text", "low", "best", "high", "words"),
    [
        ("at least 24 strikes", 24, 24, None, "at least 24"),
        ("More than 1,400 dead", 1400, 1400, None, "More than 1,400"),
        ("over 30 rockets", 30, 30, None, "over 30"),
        ("no fewer than six men", 6, 6, None, "no fewer than six"),
        ("20 or more", 20, 20, None, "20 or more"),
        ("up to 20 rockets", 0, None, 20, "up to 20"),
        ("as many as 12 men", 0, None, 12, "as many as 12"),
        ("no more than 5 men", 0, None, 5, "no more than 5"),
        ("fewer than 10 men", 0, None, 9, "fewer than 10"),
        ("about 30 fighters", 30, 30, 30, "about 30"),
        ("some 30 fighters", 30, 30, 30, "some 30"),
        ("nearly 100 fighters", 100, 100, 100, "nearly 100"),
        ("an estimated 50 fighters", 50, 50, 50, "an estimated 50"),
        ("30 or so fighters", 30, 30, 30, "30 or so"),
        ("50-odd fighters", 50, 50, 50, "50-odd"),
        ("between three and five", 3, None, 5, "between three and five"),
        ("three to five men", 3, None, 5, "three to five"),
        ("three or four men", 3, None, 4, "three or four"),
        ("20-30 gunmen", 20, None, 30, "20-30"),
        ("20–30 gunmen", 20, None, 30, "20–30"),
        ("a dozen drones", 12, 12, 12, "a dozen"),
        ("half a dozen drones", 6, 6, 6, "half a dozen"),
        ("more than a dozen", 12, 12, None, "more than a dozen"),
        ("at least two dozen", 24, 24, None, "at least two dozen"),
        ("both soldiers died", 2, 2, 2, "both"),
        ("a couple of soldiers", 2, 2, 2, "a couple of"),
        ("a few soldiers", 2, None, None, "a few"),
        ("several soldiers", 3, None, None, "several"),
        ("DOZENS OF SOLDIERS", 24, None, None, "DOZENS"),
        ("scores of soldiers", 40, None, None, "scores of"),
        ("hundreds of soldiers", 200, None, None, "hundreds"),
        ("several dozen soldiers", 36, None, None, "several dozen"),
        ("tens of thousands fled", 20_000, None, None, "tens of thousands"),
    ],
)
def test_bounded_and_vague_amounts(text: str, low: int, best: int | None, high: int | None, words: str) -> None:
    reading = only(text)
    assert (reading.low, reading.best, reading.high) == (low, best, high)
    assert (reading.span.text, reading.exact) == (words, False)


@pytest.mark.parametrize(
    "text",
    [
        "T-72 tanks and Su-24 jets, F-16s",
        "staff at Tower 22",
        "the Shahed 136 drone",
        "the broadcaster France 24 said",
        "M-19 rebels",
        "Highway 1",
        "No. 5",
        "25% of them, or 30 percent",
        "$200 and € 300 and 40 euros",
        "at 5:30 p.m., or 5 pm, or 0700 EDT",
        "AT 1430 TROOPS ENTERED",
        "2 km away, 400 square kilometers",
        "155mm shells, 122-mm rockets",
        "the 23-year-old, aged 23",
        "Omar Saleh, 23, said",
        "three weeks, two days ago, 30 minutes",
        "the 3rd, the 1990s, the second",
        "they won 2-1",
        "24/7, 9/11, 3.5",
        "October 17 and 18; October 17, 2023; 17-20 October",
        "TUNIS, 3 JAN 90",
        "posted 2023-10-17",
        "in 2023, the 2003 invasion",
        "one-way, two-story, two-thirds",
        "no longer, no doubt, no immediate claim",
        "one another, one day, one of the most",
        "a lot, a result, an hour, a week",
        "both Iraq and Syria",
        "this one, that one",
        "call 911",
        "the U.S.A. at 9 a.m.",
        "",
    ],
)
def test_not_amounts(text: str) -> None:
    assert read(text) == []


def test_a_numbered_list_is_not_counted() -> None:
    assert [reading.span.text for reading in read("\n  1. Two men fled\n2) Three men stayed")] == ["Two", "Three"]


def test_small_amounts_behind_over_are_reasons() -> None:
    assert only("arrested over three bombings").span.text == "three"


def test_readings_come_in_order_with_offsets_into_the_whole_text() -> None:
    text = "Ten left. A blast killed at least three men, a child and 2 dogs."
    start = text.index("A blast")
    readings = find_numbers(text, start, len(text))
    assert [reading.span.text for reading in readings] == ["A", "at least three", "a", "2"]
    assert all(text[r.span.start : r.span.end] == r.span.text for r in readings)


_VOCABULARY = (
    "at least up to from between and or - , a an no one two twenty hundred dozen several million 3 24 1,400 2023 m"
    " percent May 17 both İ é people . $ or more"
)
_WORDS = st.sampled_from(_VOCABULARY.split(" "))


@given(st.lists(_WORDS, max_size=30).map(" ".join) | st.text(max_size=200))
def test_every_text_is_read_and_every_reading_is_sound(text: str) -> None:
    previous_end = 0
    for reading in read(text):
        assert reading.span.start >= previous_end
        assert text[reading.span.start : reading.span.end] == reading.span.text != ""
        known = [value for value in (reading.low, reading.best, reading.high) if value is not None]
        assert known == sorted(known)
        assert known[0] >= 0
        previous_end = reading.span.end


@pytest.mark.parametrize(
    "token", ["a ", "17 ", "1", "1,111,", "two ", "hundred ", "between 3 and ", "from ", "twenty-"]
)
def test_long_lines_are_read_in_linear_time(token: str) -> None:
    text = token * (20_000 // len(token))
    assert isinstance(read(text), list)
