from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.time.resolver import DateReading, DaysOfYear, find_dates, reanchor
from schemas import DateBasis, DatePrecision

CLOCK = date(2022, 6, 15)  # a Wednesday


def read(text: str, clock: date | None = CLOCK) -> list[DateReading]:
    return find_dates(text, 0, len(text), clock)


def only(text: str, clock: date | None = CLOCK) -> DateReading:
    readings = read(text, clock)
    assert len(readings) == 1, readings
    return readings[0]


def interval(text: str, clock: date | None = CLOCK) -> tuple[str, str]:
    reading = only(text, clock)
    return str(reading.earliest), str(reading.latest)


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("a convoy was hit on March 3, 2019, near the dam", "2019-03-03", "March 3, 2019"),
        ("on 3 Mar 2019", "2019-03-03", "3 Mar 2019"),
        ("on 3 Mar. 2019", "2019-03-03", "3 Mar. 2019"),
        ("on Ocotber 3, 2019", "2019-10-03", "Ocotber 3, 2019"),
        ("on 3 Febuary 2019", "2019-02-03", "3 Febuary 2019"),
        ("on Septtember 3", "2021-09-03", "Septtember 3"),
        ("on Oc. 3", "2021-10-03", "Oc. 3"),
        ("the 3rd of March 2019", "2019-03-03", "3rd of March 2019"),
        ("posted 2019-03-03 at noon", "2019-03-03", "2019-03-03"),
        ("posted 2019-03-03T10:00", "2019-03-03", "2019-03-03"),
        ("on 3/31/2019", "2019-03-31", "3/31/2019"),
        ("on 31/3/2019", "2019-03-31", "31/3/2019"),
        ("TUNIS, 9 FEB 88 -- [TEXT] THE ARMY", "1988-02-09", "9 FEB 88"),
        ("a raid on June 7", "2022-06-07", "June 7"),
        ("a raid on 7 June", "2022-06-07", "7 June"),
        ("ON 7 JUNE THE GUERRILLAS", "2022-06-07", "7 JUNE"),
        ("at 0430Z on 7 JUN[e]", "2022-06-07", "7 JUN"),
        ("a raid on December 24", "2021-12-24", "December 24"),
        ("a raid on June 16", "2022-06-16", "June 16"),  # clocks are off by a day
        ("the June 7 bombing", "2022-06-07", "June 7"),
        ("late on June 7", "2022-06-07", "late on June 7"),
        ("on February 29", "2020-02-29", "February 29"),
        ("Tuesday, June 7, was quiet", "2022-06-07", "Tuesday, June 7"),
        ("on Tuesday 7 June", "2022-06-07", "Tuesday 7 June"),
        ("Tue. June 7", "2022-06-07", "Tue. June 7"),
        ("on June 7 (Tuesday)", "2022-06-07", "June 7 (Tuesday)"),
        ("after the 9/11 attacks", "2001-09-11", "9/11"),
        ("on Christmas Eve", "2021-12-24", "Christmas Eve"),
    ],
)
def test_calendar_days(text: str, day: str, words: str) -> None:
    reading = only(text)
    assert (str(reading.earliest), str(reading.latest)) == (day, day)
    assert reading.basis is DateBasis.EXPLICIT
    assert reading.precision is DatePrecision.DAY
    assert reading.span.text == words


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("on Tuesday", "2022-06-14", "Tuesday"),
        ("on Wednesday", "2022-06-15", "Wednesday"),
        ("on Thursday", "2022-06-09", "Thursday"),
        ("last Wednesday", "2022-06-08", "last Wednesday"),
        ("late Monday", "2022-06-13", "late Monday"),
        ("early on Monday", "2022-06-13", "early on Monday"),
        ("Monday night's raid", "2022-06-13", "Monday night"),
        ("MONDAY'S RAID", "2022-06-13", "MONDAY"),
        ("a Monday night raid", "2022-06-13", "Monday night"),
        ("on Friday last week", "2022-06-10", "Friday last week"),
        ("earlier this week, on Monday, a bus", "2022-06-13", "earlier this week, on Monday"),
    ],
)
def test_weekdays_lie_in_the_past(text: str, day: str, words: str) -> None:
    reading = only(text)
    assert (str(reading.earliest), str(reading.latest)) == (day, day)
    assert (reading.span.text, reading.basis) == (words, DateBasis.WEEKDAY)
    assert reading.weekday == date.fromisoformat(day).weekday()


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("in March", "2022-03-01", "2022-03-31", DatePrecision.MONTH),
        ("in June", "2022-06-01", "2022-06-15", DatePrecision.MONTH),
        ("last June", "2021-06-01", "2021-06-30", DatePrecision.MONTH),
        ("in July", "2021-07-01", "2021-07-31", DatePrecision.MONTH),
        ("in March 2019", "2019-03-01", "2019-03-31", DatePrecision.MONTH),
        ("in early March", "2022-03-01", "2022-03-10", DatePrecision.WEEK),
        ("in mid-March", "2022-03-11", "2022-03-20", DatePrecision.WEEK),
        ("at the end of March", "2022-03-21", "2022-03-31", DatePrecision.WEEK),
        ("IN MAY", "2022-05-01", "2022-05-31", DatePrecision.MONTH),
        ("in 2019", "2019-01-01", "2019-12-31", DatePrecision.YEAR),
        ("late 2019", "2019-09-01", "2019-12-31", DatePrecision.YEAR),
        ("the 2019 siege", "2019-01-01", "2019-12-31", DatePrecision.YEAR),
        ("in the 1990s", "1990-01-01", "1999-12-31", DatePrecision.YEAR),
        ("last month", "2022-05-01", "2022-05-31", DatePrecision.MONTH),
        ("late last month", "2022-05-21", "2022-05-31", DatePrecision.WEEK),
        ("earlier this month", "2022-06-01", "2022-06-15", DatePrecision.MONTH),
        ("last week", "2022-06-06", "2022-06-12", DatePrecision.WEEK),
        ("earlier this week", "2022-06-13", "2022-06-15", DatePrecision.WEEK),
        ("over the weekend", "2022-06-11", "2022-06-12", DatePrecision.DAYS),
        ("last year", "2021-01-01", "2021-12-31", DatePrecision.YEAR),
        ("over the past week", "2022-06-08", "2022-06-15", DatePrecision.WEEK),
        ("in the last two weeks", "2022-06-01", "2022-06-15", DatePrecision.WEEK),
        ("in the past 48 hours", "2022-06-13", "2022-06-15", DatePrecision.DAYS),
        ("in recent days", "2022-06-08", "2022-06-15", DatePrecision.WEEK),
        ("two days ago", "2022-06-13", "2022-06-13", DatePrecision.DAY),
        ("a few days ago", "2022-06-10", "2022-06-13", DatePrecision.DAYS),
        ("a week ago", "2022-06-05", "2022-06-11", DatePrecision.WEEK),
        ("hours ago", "2022-06-14", "2022-06-15", DatePrecision.DAYS),
    ],
)
def test_longer_periods_end_at_the_clock(text: str, first: str, last: str, precision: DatePrecision) -> None:
    assert interval(text) == (first, last)
    assert only(text).precision is precision


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", 0, 0),
        ("tonight", 0, 0),
        ("early this morning", 0, 0),
        ("yesterday", -1, -1),
        ("yesterday evening", -1, -1),
        ("LAST NIGHT", -1, -1),
        ("the day before yesterday", -2, -2),
        ("overnight", -1, 0),
    ],
)
def test_deictics(text: str, first: int, last: int) -> None:
    reading = only(text)
    assert (reading.earliest, reading.latest) == (CLOCK + timedelta(first), CLOCK + timedelta(last))
    assert reading.basis is DateBasis.DEICTIC


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("June 3-7", "2022-06-03", "2022-06-07"),
        ("from 3 to 7 June", "2022-06-03", "2022-06-07"),
        ("on June 3 and 4 in the port", "2022-06-03", "2022-06-04"),
        ("between May 30 and June 3", "2022-05-30", "2022-06-03"),
        ("May 30–June 3", "2022-05-30", "2022-06-03"),
        ("between December 28 and January 3", "2021-12-28", "2022-01-03"),
        ("December 28 to January 3, 2020", "2019-12-28", "2020-01-03"),
        ("December 28, 2019 to January 3", "2019-12-28", "2020-01-03"),
        ("from Sunday to Tuesday", "2022-06-12", "2022-06-14"),
        ("between Friday and yesterday", "2022-06-10", "2022-06-14"),
        ("overnight Monday to Tuesday", "2022-06-13", "2022-06-14"),
        ("overnight on Monday", "2022-06-13", "2022-06-14"),
        ("overnight into Monday", "2022-06-12", "2022-06-13"),
        ("overnight Wednesday", "2022-06-14", "2022-06-15"),
        ("Sunday night into Monday", "2022-06-12", "2022-06-13"),
        ("between 2014 and 2017", "2014-01-01", "2017-12-31"),
        ("from July to September 2019", "2019-07-01", "2019-09-30"),
    ],
)
def test_ranges(text: str, first: str, last: str) -> None:
    assert interval(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("a day earlier", (-1, -1)),
        ("the previous day", (-1, -1)),
        ("the night before", (-1, -1)),
        ("the same day", (0, 0)),
        ("later that day", (0, 0)),
        ("at the same time", (0, 0)),
        ("shortly after", (0, 0)),
        ("hours later", (0, 1)),
        ("the following day", (1, 1)),
        ("the next morning", (1, 1)),
        ("two days later", (2, 2)),
        ("less than two days after", (0, 2)),
        ("a week later", (4, 10)),
    ],
)
def test_anchored_readings_count_from_the_incident_before(text: str, shift: tuple[int, int]) -> None:
    reading = only(text)
    assert (reading.anchored, reading.earliest, reading.latest, reading.shift) == (True, None, None, shift)
    placed = reanchor(reading, only("on June 7"))
    base = date(2022, 6, 7)
    assert (placed.earliest, placed.latest) == (base + timedelta(shift[0]), base + timedelta(shift[1]))
    assert (placed.precision is DatePrecision.DAY) == (shift[0] == shift[1])


def test_reanchor_keeps_the_width_of_what_it_counts_from() -> None:
    placed = reanchor(only("a day earlier"), only("in March 2019"))
    assert (str(placed.earliest), str(placed.latest)) == ("2019-02-28", "2019-03-30")
    assert placed.precision is DatePrecision.MONTH


def test_reanchor_leaves_the_rest_alone() -> None:
    plain, anchored = only("on June 7"), only("a day earlier")
    assert reanchor(plain, only("on June 3")) == plain
    assert reanchor(anchored, only("on June 7", clock=None)) == anchored


@pytest.mark.parametrize(
    ("text", "bound", "words"),
    [
        ("since June 7", "since", "since June 7"),
        ("since the June 7 coup", "since", "since the June 7"),
        ("Since last week", "since", "Since last week"),
        ("until Monday", "until", "until Monday"),
        ("as of June 7", "until", "as of June 7"),
        ("after Monday", "since", "after Monday"),
        ("before 2019", "until", "before 2019"),
        ("after Monday's raid", None, "Monday"),
        ("on Monday", None, "Monday"),
    ],
)
def test_bounds_are_told_with_their_preposition(text: str, bound: str | None, words: str) -> None:
    reading = only(text)
    assert (reading.bound, reading.span.text) == (bound, words)


@pytest.mark.parametrize(
    ("text", "basis", "weekday"),
    [
        ("on June 7", DateBasis.EXPLICIT, None),
        ("on Thursday", DateBasis.WEEKDAY, 3),
        ("Thursday, June 9", DateBasis.EXPLICIT, 3),
        ("in March", DateBasis.EXPLICIT, None),
        ("yesterday", DateBasis.DEICTIC, None),
        ("last week", DateBasis.RELATIVE, None),
        ("two days ago", DateBasis.RELATIVE, None),
        ("from Sunday to Tuesday", DateBasis.WEEKDAY, 6),
    ],
)
def test_no_clock_no_year(text: str, basis: DateBasis, weekday: int | None) -> None:
    reading = only(text, clock=None)
    assert (reading.earliest, reading.latest, reading.precision) == (None, None, DatePrecision.UNKNOWN)
    assert (reading.basis, reading.weekday) == (basis, weekday)


@pytest.mark.parametrize(
    ("text", "yearless"),
    [
        ("on Nov. 9", (11, 9, 1)),
        ("the 9th of November", (11, 9, 1)),
        ("Thursday, November 9", (11, 9, 1)),
        ("Nov. 8 and 9", (11, 8, 2)),
        ("Feb. 28 to March 1", (2, 28, 3)),
        ("from Dec. 30 to Jan. 2", (12, 30, 4)),
        ("since October 17", (10, 17, 1)),
        ("on Feb. 30", None),
        ("between Feb. 1 and June 3", None),
        ("in November", None),
        ("on Thursday", None),
        ("yesterday", None),
        ("on Nov. 9, 2021", None),  # the year is known
    ],
)
def test_days_without_a_year(text: str, yearless: tuple[int, int, int] | None) -> None:
    found = read(text, clock=None)
    assert [reading.yearless for reading in found[:1]] == (
        [DaysOfYear(*yearless)] if yearless else [None][: len(found)]
    )
    assert all(reading.yearless is None for reading in read(text))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("on 7 June 2019", "2019-06-07"),
        ("in 2019", "2019-01-01"),
        ("December 28 to January 3, 2020", "2019-12-28"),
        ("December 28, 2019 to January 3", "2019-12-28"),
        ("the September 11 attacks", "2001-09-11"),
    ],
)
def test_a_year_in_the_words_needs_no_clock(text: str, first: str) -> None:
    assert interval(text, clock=None)[0] == first


def test_a_day_that_goes_by_a_name_is_no_later_than_the_clock() -> None:
    assert interval("after the October 7 attacks", date(2025, 3, 1))[0] == "2023-10-07"
    assert interval("after the October 7 attacks", date(2019, 12, 1))[0] == "2019-10-07"


@pytest.mark.parametrize(
    "text",
    [
        "next Thursday",
        "this coming Friday",
        "next week",
        "later this month",
        "tomorrow",
        "the day after tomorrow",
        "in 2031",
        "on March 3, 2031",
        "the vote is scheduled for September 4",
        "the summit will open on June 16",
        "on Fridays",
        "every Friday",
        "on a Friday",
    ],
)
def test_future_and_habit_are_not_reported(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "they may attack the depot",
        "May God help them",
        "they march 20 kilometers a day",
        "the long march went on",
        "Theresa May and April Jones",
        "posted at Tower 22",
        "24 attacks on 2,000 people",
        "the troops numbered 2000 soldiers",
        "the Sun reported",
        "a second attack",
        "they won 2-1",
        "worth $2019",
        "an F-16 jet",
        "about 20% of them",
        "at 5:30 p.m.",
        "the March 23 Movement",
        "the 17 November Group",
        "the Sunday Times",
        "Black Friday",
        "USA Today said",
        "Feb 30",
        "No. 17",
        "in Febuary",
        "day after day",
        "the last week of fighting",
        "",
    ],
)
def test_not_dates(text: str) -> None:
    assert read(text) == []


def test_readings_come_in_order_with_offsets_into_the_whole_text() -> None:
    text = "Ignored on Monday. A mortar hit the\nport on June\n7, and again a day later."
    start = text.index("A mortar")
    readings = find_dates(text, start, len(text), CLOCK)
    assert [reading.span.text for reading in readings] == ["June\n7", "a day later"]
    assert all(text[r.span.start : r.span.end] == r.span.text for r in readings)


def test_a_blank_line_separates() -> None:
    assert [reading.span.text for reading in read("In June\n\n7 people died")] == ["June"]


def test_two_days_told_apart_stay_apart() -> None:
    assert [str(reading.earliest) for reading in read("on Monday and Tuesday")] == ["2022-06-13", "2022-06-14"]


_VOCABULARY = (
    "on in since until overnight last next early late the 7 17 2019 June May Thursday week ago day days two to and"
    " between - , ' \n today 9/11 past same before after İ é 31"
)
_WORDS = st.sampled_from(_VOCABULARY.split(" "))


@given(st.lists(_WORDS, max_size=30).map(" ".join) | st.text(max_size=200), st.dates() | st.none())
def test_every_text_is_read_and_every_reading_is_sound(text: str, clock: date | None) -> None:
    previous_end = 0
    for reading in read(text, clock):
        assert reading.span.start >= previous_end
        assert text[reading.span.start : reading.span.end] == reading.span.text != ""
        assert (reading.earliest is None) == (reading.latest is None) == (reading.precision is DatePrecision.UNKNOWN)
        if reading.earliest and reading.latest:
            assert reading.earliest <= reading.latest
            assert reading.precision is not DatePrecision.DAY or reading.earliest == reading.latest
            assert clock is None or (reading.earliest - clock).days <= 2
        previous_end = reading.span.end


@pytest.mark.parametrize("token", ["october 17 ", "thursday to ", "17 and ", "days ago ", "1", "3-", "late last ", " "])
def test_long_lines_are_read_in_linear_time(token: str) -> None:
    text = token * (20_000 // len(token))
    assert isinstance(read(text), list)
