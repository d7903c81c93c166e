from typing import Any

import pytest

from pipeline.linking import days
from tests.support.comparisons import EXPLICIT, LOOKING_BACK, assert_cannot_link, assert_weighs, on
from tests.support.records import DAY, at, yearless


@pytest.mark.parametrize(
    ("one", "other", "name", "weight"),
    [
        (on(0), on(0), "date", days.SAME_DAY),
        (on(0, basis="weekday"), on(0), "date", days.SAME_DAY),
        (on(0), on(0, 1), "date", days.NARROW_OVERLAP),
        (on(0, 2), on(1, 3), "date", days.NARROW_OVERLAP),
        (on(0), on(-3, 3), "date", days.OVERLAP),
        (on(0), on(-3, 3, "publication"), "date", days.BOUND_BY_PUBLICATION),
        (on(0, basis="publication"), on(0), "date", days.BOUND_BY_PUBLICATION),
        (on(0), on(1, basis="weekday"), "date", days.NEXT_DAY),
        (on(0), on(1, basis="deictic"), "date", days.NEXT_DATE),
        (on(0), on(2, 3), "date", days.NEXT_DAY),
        (on(-9), on(-3, 3, "publication"), "date", days.LONG_BEFORE),
        (on(0) | LOOKING_BACK, on(0) | LOOKING_BACK, "date", days.SAME_DAY + days.RECALLED),
        (on(0), yearless(11, 9), "date", days.SAME_DAY),
        (yearless(11, 9), yearless(11, 9), "date", days.SAME_DAY),
        (on(-3, 3), yearless(11, 9), "date", days.NARROW_OVERLAP),
        (on(0), yearless(11, 8, 2), "date", days.NARROW_OVERLAP),
        (yearless(11, 8), yearless(11, 7, 3), "date", days.NARROW_OVERLAP),
        (yearless(12, 31), yearless(12, 30, 4), "date", days.NARROW_OVERLAP),
        (on(0, basis="weekday"), yearless(11, 10) | EXPLICIT, "date", days.NEXT_DAY),
        (on(0), yearless(11, 10, 2) | EXPLICIT, "date", days.NEXT_DAY),
        (yearless(12, 31, 2), yearless(1, 2, 2), "date", days.NEXT_DAY),
        (yearless(11, 9), on(-3, 3, "publication"), "date", days.BOUND_BY_PUBLICATION),
        (on(4), on(-3, 3, "publication"), "date", days.NEXT_DAY),
        ({"date_weekday": 0}, {"date_weekday": 6}, "date", days.NEXT_WEEKDAY),
        ({"date_weekday": (DAY.weekday() + 1) % 7}, on(0), "date", days.NEXT_WEEKDAY),
        ({"date_weekday": 3}, {"date_weekday": 3}, "date", days.SAME_WEEKDAY_EVER),
        ({"date_weekday": DAY.weekday()}, on(-9, -3, "relative"), "date", days.NO_DAY),
        ({}, on(0), "date", days.NO_DAY),
        ({"date_weekday": 3}, on(0, 1), "date", days.NO_DAY),
        (yearless(11, 2), on(-3, 3, "publication"), "date", days.NO_DAY),
        ({"published_at": at(DAY)}, on(1), "date", days.NO_DAY),
        ({}, {"date_weekday": 3}, "date", days.NO_DAY),
        ({"date_weekday": DAY.weekday()}, on(0), "date", days.SAME_WEEKDAY),
    ],
)
def test_weights(one: dict[str, Any], other: dict[str, Any], name: str, weight: float) -> None:
    assert_weighs(one, other, name, weight)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (on(0), on(1), "different days"),
        (on(0), on(2, basis="weekday"), "different days"),
        (on(0), on(3, 4), "different dates"),
        (on(-3, 0), on(3, 9), "different dates"),
        (on(-20, -14, "publication"), on(-3, 3, "publication"), "weeks apart"),
        (on(9), on(-3, 3, "publication"), "not reported yet"),
        (on(0), yearless(11, 11), "different days of the year"),
        (on(0), yearless(11, 10) | EXPLICIT, "different days of the year"),
        (on(0), yearless(11, 12, 2), "different dates of the year"),
        (on(-20, -12), yearless(11, 9), "different dates of the year"),
        ({"published_at": at(DAY)}, on(2), "not reported yet"),
        ({"date_weekday": 2}, {"date_weekday": 4}, "different weekdays"),
        ({"date_weekday": (DAY.weekday() + 2) % 7}, on(0), "different weekdays"),
    ],
)
def test_cannot_links(one: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    assert_cannot_link(one, other, reason)
