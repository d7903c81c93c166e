"""Whether two statements tell of one day."""

from collections.abc import Callable

import pytest

from pipeline.extraction.document import Document
from pipeline.extraction.rules.incidents.days import day_fit, is_precise, name_two_days


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ("on Monday", "on Monday", 2.0),
        ("on Monday", "on Sunday", None),
        ("on July 3", "in July", 1.0),
        ("on July 3", "last month", None),
    ],
)
def test_days_agree(read: Callable[..., Document], one: str, other: str, fit: float | None) -> None:
    days = [read(f"Gunmen killed nine soldiers {words}.").dates_of(0)[0] for words in (one, other)]
    assert day_fit(*days) == fit
    assert day_fit(days[1], days[0]) == fit


def test_a_day_that_is_not_known_agrees_with_all(read: Callable[..., Document]) -> None:
    (day,) = read("Gunmen killed nine soldiers on Monday.").dates_of(0)
    assert day_fit(day, None) == day_fit(None, day) == 0.0


@pytest.mark.parametrize(
    ("words", "precise"), [("on Monday", True), ("on July 3", True), ("last month", False), ("in 2017", False)]
)
def test_what_names_a_day(read: Callable[..., Document], words: str, precise: bool) -> None:
    (day,) = read(f"Gunmen killed nine soldiers {words}.").dates_of(0)
    assert is_precise(day) is precise


def test_two_days_of_the_year_without_a_clock(read: Callable[..., Document]) -> None:
    one, other = (read(f"Gunmen killed nine soldiers on {day}.", None).dates_of(0)[0] for day in ("May 3", "May 4"))
    assert name_two_days(one, other)
    assert not name_two_days(one, one)
