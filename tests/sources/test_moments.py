from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.moments import read_moment


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2023-11-14", (2023, 11, 14)),
        ("20231114", (2023, 11, 14)),
        ("2023-11-14T09:30:00Z", (2023, 11, 14, 9, 30)),
        ("2023-11-14 09:30", (2023, 11, 14, 9, 30)),
        ("20231114T093000Z", (2023, 11, 14, 9, 30)),
        ("2023-11-14T23:30:00-05:00", (2023, 11, 15, 4, 30)),
        ("2023-11-14T09:30:00.5+0300", (2023, 11, 14, 6, 30, 0, 500_000)),
        ("Tue, 14 Nov 2023 09:30:00 GMT", (2023, 11, 14, 9, 30)),
        ("14 Nov 2023 09:30:00 +0300", (2023, 11, 14, 6, 30)),
        ("Tue, 14 Nov 2023 09:30:00 -0000", (2023, 11, 14, 9, 30)),
    ],
)
def test_machine_dates_are_read(written: str, moment: tuple[int, ...]) -> None:
    assert read_moment(written) == datetime(*moment, tzinfo=timezone.utc)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "14/11/2023", "2023", "2023-11", "2023-02-31", "2023-11-14T25:00", "November 14, 9:00 PM",
     "1700000000", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "31 Feb 2023 10:00", "2023-11-14T9",
     "14 Nov 2023 09:00 Reuters/AFP", "2023-11-14T09:00[Nowhere]", "14 Nov 2023 09:00 Europe/Nowhere"],
)  # fmt: skip
def test_anything_else_is_not(written: str) -> None:
    assert read_moment(written) is None


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("November 14, 2023", "2023-11-14T00:00:00+00:00"),
        ("Tue, 14 Nov 23 22:30:00 GMT", "2023-11-14T22:30:00+00:00"),
        ("3:45 PM EST, Wed November 15, 2023", "2023-11-15T15:45:00-05:00"),
        ("Wed, 15 Nov 2023 06:00 IST", "2023-11-15T06:00:00+05:30"),
        ("2023-11-14 09:30 UTC+03:00", "2023-11-14T09:30:00+03:00"),
        ("14 November 2023, 9:00 pm PKT", "2023-11-14T21:00:00+05:00"),
        ("Nov. 14, 2023 at 9 a.m. CEST", "2023-11-14T09:00:00+02:00"),
        ("Wed Nov 15 2023 06:00:00 GMT+0300 (Arabia Standard Time)", "2023-11-15T06:00:00+03:00"),
        ("Wed Nov 15 06:00:00 2023", "2023-11-15T06:00:00+00:00"),
        ("14 July 2023 12:15 am BST", "2023-07-14T00:15:00+01:00"),
        ("2023/11/14 09:30:00", "2023-11-14T09:30:00+00:00"),
        ("2023.11.14", "2023-11-14T00:00:00+00:00"),
        ("Tue, 14 Nov 2023 09:00:00 (PST)", "2023-11-14T09:00:00-08:00"),
        ("Tue, 14 Nov 2023 09:00 (updated)", "2023-11-14T09:00:00+00:00"),
        ("14 Nov 2023 09:00:00 America/New_York", "2023-11-14T09:00:00-05:00"),
        ("2023-07-14T09:00:00+02:00[Europe/Paris]", "2023-07-14T09:00:00+02:00"),
        ("2023-07-14T09:00:00[Europe/Paris]", "2023-07-14T09:00:00+02:00"),
    ],
)
def test_dates_as_sites_write_them_keep_their_zone(written: str, iso: str) -> None:
    moment = read_moment(written)
    assert moment is not None
    assert moment.isoformat() == iso


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31)), st.integers(-14 * 60, 14 * 60))
def test_iso_is_read_as_it_was_written(moment: datetime, offset_minutes: int) -> None:
    zoned = moment.replace(tzinfo=timezone(timedelta(minutes=offset_minutes)))
    assert read_moment(zoned.isoformat()) == zoned


@given(st.text())
def test_any_text_gives_a_moment_or_none(written: str) -> None:
    read_moment(written)
