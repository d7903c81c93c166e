from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking.days_of_year import Stretch, names_of, stretch_of
from tests.support.records import DAY, mention, yearless

NEW_YEARS_DAY, NEW_YEARS_EVE = 0, 365


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [
        (Stretch(10, 1), Stretch(10, 1), 0),
        (Stretch(10, 3), Stretch(12, 1), 0),
        (Stretch(10, 3), Stretch(13, 1), 1),
        (Stretch(10, 1), Stretch(15, 1), 5),
        (Stretch(NEW_YEARS_EVE, 1), Stretch(NEW_YEARS_DAY, 1), 1),
        (Stretch(NEW_YEARS_EVE, 2), Stretch(NEW_YEARS_DAY, 1), 0),
    ],
)
def test_the_year_goes_round(one: Stretch, other: Stretch, gap: int) -> None:
    assert one.gap(other) == other.gap(one) == gap


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"day": DAY}, ["11-09"]),
        ({"day": None} | yearless(11, 9), ["11-09"]),
        ({"day": None} | yearless(2, 28, 3), ["02-28", "02-29", "03-01"]),
        ({"day": None} | yearless(12, 31, 2), ["12-31", "01-01"]),
        ({"day": date(2024, 2, 29)}, ["02-29"]),
        ({"day": None}, None),
        ({"date_latest": DAY + timedelta(days=40), "date_precision": "days"}, None),
        ({"day": None, "date_weekday": 3}, None),
    ],
)
def test_days_of_a_mention(fields: dict[str, Any], names: list[str] | None) -> None:
    stretch = stretch_of(mention(**fields))
    assert (None if stretch is None else names_of(stretch)) == names


@given(st.dates(date(2000, 1, 1), date(2000, 12, 31)), st.integers(1, 31))
def test_a_day_with_its_year_and_without_is_one_day_of_the_year(day: date, days: int) -> None:
    dated = mention(date_earliest=day, date_latest=day + timedelta(days=days - 1), date_precision="days")
    assert stretch_of(dated) == stretch_of(mention(day=None, **yearless(day.month, day.day, days)))
