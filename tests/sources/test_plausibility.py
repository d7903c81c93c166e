"""Whether an article can have been published at the time that it is said to be of."""

from datetime import date, datetime, timezone

import pytest

from pipeline.sources.plausibility import implausible
from pipeline.sources.urls import Stretch

NOVEMBER_14 = datetime(2023, 11, 14, tzinfo=timezone.utc)


@pytest.mark.parametrize("year", [1, 9999])
def test_an_address_of_the_first_or_last_year_is_far_off(year: int) -> None:
    told = implausible(NOVEMBER_14, None, Stretch(date(year, 1, 1), date(year, 12, 31)))
    assert told is not None
    assert "far from the one in its address" in told


def test_an_address_of_the_day_speaks_for_it() -> None:
    assert implausible(NOVEMBER_14, None, Stretch(date(2023, 11, 14), date(2023, 11, 14))) is None


def test_a_day_that_is_still_to_come_is_refused() -> None:
    assert "in the future" in str(implausible(NOVEMBER_14, datetime(2022, 1, 5, tzinfo=timezone.utc), None))
