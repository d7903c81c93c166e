from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from pipeline.linking.blocking_keys import (
    ANYWHERE,
    PEOPLE_SLACK_DAYS,
    SLACK_DAYS,
    Covered,
    dated_keys,
    dated_search_keys,
    days_of,
    first_timeless_key,
    search_spots,
    spots,
    timeless_keys,
    undated_keys,
    undated_search_keys,
)
from pipeline.records.report import Report
from tests.support.records import DAY, newsrooms, report, yearless

TOWN = {"geo_precision": "locality", "latitude": 33.4, "longitude": 38.9}


def finds(one: Report, other: Report) -> bool:
    return bool(set(dated_search_keys(one)) & set(dated_keys(other)))


@settings(max_examples=25)
@given(newsrooms(dated=1.0))
def test_whoever_looks_at_a_report_is_found_where_that_one_looks(reports: list[Report]) -> None:
    searching = [(one, other) for one in reports for other in reports if finds(one, other)]
    assert len(searching) >= len(reports)
    assert all(finds(other, one) for one, other in searching)


@settings(max_examples=25)
@given(newsrooms(dated=1.0))
def test_reports_find_what_is_filed_as_they_are(reports: list[Report]) -> None:
    assert all(finds(each, each) for each in reports)


@settings(max_examples=25)
@given(newsrooms(dated=1.0))
def test_nobody_looks_further_than_a_day_or_for_people_two_weeks(reports: list[Report]) -> None:
    for one, other in ((one, other) for one in reports for other in reports if finds(one, other)):
        slack = PEOPLE_SLACK_DAYS if set(spots(one)) & set(spots(other)) - set(search_spots(one)) else SLACK_DAYS
        assert set(days_of(one, slack)) & set(days_of(other))


@settings(max_examples=25)
@given(newsrooms(dated=1.0))
def test_all_is_given_that_is_filed_under_a_covered_key(reports: list[Report]) -> None:
    one, *others = reports
    searching, covered = set(dated_search_keys(one)), Covered([one])
    assert all(key in covered for key in searching)
    for other in others:
        assert searching & set(dated_keys(other)) or not any(key in covered for key in dated_keys(other))


def test_who_looks_in_the_whole_country_covers_all_its_places_on_those_days() -> None:
    vague, town = Covered([report(1, place=None)]), Covered([report(2, **TOWN)])
    hajin = {"place": "Hajin", "geo_precision": "locality"}
    for key in dated_keys(report(3, **hajin, day=DAY + timedelta(days=1))):
        assert key in vague
        assert key not in town
    assert not any(key in vague for key in dated_keys(report(4, **hajin, day=DAY + timedelta(days=2))))


@pytest.mark.parametrize("keys", [days_of, dated_keys, dated_search_keys])
def test_only_dated_reports_have_a_place_in_time(keys: object) -> None:
    assert callable(keys)
    with pytest.raises(ValueError, match="dated"):
        keys(report(day=None))


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_reach_goes_on_where_the_calendar_ends(day: date) -> None:
    assert days_of(report(day=day), 1) == range(day.toordinal() - 1, day.toordinal() + 2)
    assert dated_search_keys(report(day=day))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (TOWN | {"place": "Rukban"}, TOWN | {"place": "Tanf", "latitude": 33.7}, True),  # the neighbouring cell
        (TOWN | {"place": "Rukban"}, TOWN | {"place": "Tanf", "latitude": 35.4}, False),
        (TOWN | {"place": "Rukban"}, {"place": None}, True),
        ({"place": None}, TOWN | {"place": "Rukban"}, True),
        (TOWN | {"place": "Rukban"}, TOWN | {"place": "Rukban", "day": DAY + timedelta(days=1)}, True),
        (TOWN | {"place": "Rukban"}, TOWN | {"place": "Rukban", "day": DAY + timedelta(days=2)}, False),
        ({"facility": "Tower Base"}, {"facility": "Gate Base"}, False),
        ({"facility": "Tower Base"}, {"facility": "Gate Base", "place": "Tanf", "admin1": "Homs"}, False),
        ({"facility": "Tower Base", "admin1": "Homs"}, {"facility": "Gate Base", "admin1": "Homs"}, True),
    ],
)
def test_who_looks_at_whom(one: dict[str, object], other: dict[str, object], expected: bool) -> None:
    searching = report(1, **{"place": None} | one)
    assert finds(searching, report(2, **{"place": None} | other)) is expected


@given(newsrooms(dated=0.5))
def test_reports_without_a_date_are_found_under_their_places(reports: list[Report]) -> None:
    for one in (each for each in reports if not each.is_dated):
        assert undated_search_keys(one)[0] in undated_keys(one)
        assert first_timeless_key(one) in undated_search_keys(one)
        assert ANYWHERE in undated_search_keys(one)
    for one in (each for each in reports if each.is_dated):
        assert timeless_keys(one)
        assert (ANYWHERE in timeless_keys(one)) == bool(one.place_rank)


@pytest.mark.parametrize(
    ("fields", "where", "found_under"),
    [
        ({"facility": "Tower Base", "place": "Tanf"}, "Tower Base", ["Tower Base", "Tanf", "on 11-09"]),
        ({"facility": "Tanf", "place": "Tanf"}, "Tanf", ["Tanf", "on 11-09"]),
        ({"facility": "Tanf mosque", "place": "Tanf"}, "Tanf", ["Tanf", "on 11-09"]),
        (TOWN | {"place": "Rukban"}, "Rukban", ["Rukban", "on 11-09"]),
        (
            {"place": "eastern Syria", "geo_precision": "region"},
            "eastern Syria",
            ["eastern Syria", "on 11-09", ANYWHERE],
        ),
        ({"place": "Syria", "geo_precision": "country"}, ANYWHERE, ["on 11-09", ANYWHERE]),
        ({"place": None}, ANYWHERE, ["on 11-09", ANYWHERE]),
    ],
)
def test_places_without_a_day(fields: dict[str, object], where: str, found_under: list[str]) -> None:
    assert first_timeless_key(report(day=None, **fields)) == where
    assert timeless_keys(report(**fields)) == found_under


def test_a_day_without_a_year_is_looked_under() -> None:
    undated = report(day=None, place="Erbil", **yearless(11, 9))
    assert set(undated_search_keys(undated)) & set(timeless_keys(report(**TOWN))) == {"on 11-09"}
    assert first_timeless_key(report(day=None, place=None, **yearless(11, 9))) == "on 11-09"


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        (yearless(11, 9), ["11-09"]),
        (yearless(11, 8, 2), ["11-08", "11-09"]),
        (yearless(2, 28, 3), ["02-28", "02-29", "03-01"]),
        (yearless(12, 31, 2), ["12-31", "01-01"]),
        (yearless(11, 1, 9), []),
        ({}, []),
    ],
)
def test_days_without_a_year_are_looked_under_one_by_one(fields: dict[str, int], days: list[str]) -> None:
    found = [name.removeprefix("on ") for name in timeless_keys(report(day=None, place=None, **fields))]
    assert found == [*days, ANYWHERE]
