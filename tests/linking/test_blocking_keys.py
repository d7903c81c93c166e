from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from pipeline.linking.blocking_keys import (
    ANYWHERE,
    PEOPLE_SLACK_DAYS,
    SLACK_DAYS,
    Covered,
    dated_keys,
    dated_keys_to_look,
    days_of,
    spots,
    spots_to_look,
    undated_keys,
    undated_keys_to_look,
    unit,
    units,
)
from pipeline.records.report import Report
from tests.support.records import DAY, newsrooms, report

TOWN = {"geo_precision": "locality", "latitude": 33.4, "longitude": 38.9}


def looks_at(one: Report, other: Report) -> bool:
    return bool(set(dated_keys_to_look(one)) & set(dated_keys(other)))


@settings(max_examples=25)
@given(newsrooms(dated=1.0))
def test_whoever_looks_at_a_report_is_found_where_that_one_looks(reports: list[Report]) -> None:
    looking = [(one, other) for one in reports for other in reports if looks_at(one, other)]
    assert len(looking) >= len(reports)
    assert all(looks_at(other, one) for one, other in looking)


@settings(max_examples=25)
@given(newsrooms(dated=1.0))
def test_reports_find_what_is_filed_as_they_are(reports: list[Report]) -> None:
    assert all(looks_at(each, each) for each in reports)


@settings(max_examples=25)
@given(newsrooms(dated=1.0))
def test_nobody_looks_further_than_a_day_or_for_people_two_weeks(reports: list[Report]) -> None:
    for one, other in ((one, other) for one in reports for other in reports if looks_at(one, other)):
        slack = PEOPLE_SLACK_DAYS if set(spots(one)) & set(spots(other)) - set(spots_to_look(one)) else SLACK_DAYS
        assert set(days_of(one, slack)) & set(days_of(other))


@settings(max_examples=25)
@given(newsrooms(dated=1.0))
def test_all_is_given_that_is_filed_under_a_covered_key(reports: list[Report]) -> None:
    one, *others = reports
    looking, covered = set(dated_keys_to_look(one)), Covered([one])
    assert all(key in covered for key in looking)
    for other in others:
        assert looking & set(dated_keys(other)) or not any(key in covered for key in dated_keys(other))


def test_who_looks_in_the_whole_country_covers_all_its_places_on_those_days() -> None:
    vague, town = Covered([report(1, place=None)]), Covered([report(2, **TOWN)])
    hajin = {"place": "Hajin", "geo_precision": "locality"}
    for key in dated_keys(report(3, **hajin, day=DAY + timedelta(days=1))):
        assert key in vague
        assert key not in town
    assert not any(key in vague for key in dated_keys(report(4, **hajin, day=DAY + timedelta(days=2))))


@pytest.mark.parametrize("keys", [days_of, dated_keys, dated_keys_to_look])
def test_only_dated_reports_have_a_place_in_time(keys: object) -> None:
    assert callable(keys)
    with pytest.raises(ValueError, match="dated"):
        keys(report(day=None))


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_reach_goes_on_where_the_calendar_ends(day: date) -> None:
    assert days_of(report(day=day), 1) == range(day.toordinal() - 1, day.toordinal() + 2)
    assert dated_keys_to_look(report(day=day))


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
    looking = report(1, **{"place": None} | one)
    assert looks_at(looking, report(2, **{"place": None} | other)) is expected


@given(newsrooms(dated=0.5))
def test_reports_without_a_date_are_found_under_their_places(reports: list[Report]) -> None:
    for one in (each for each in reports if not each.is_dated):
        assert undated_keys_to_look(one)[0] in undated_keys(one)
        assert unit(one) in undated_keys_to_look(one)
        assert ANYWHERE in undated_keys_to_look(one)
    for one in (each for each in reports if each.is_dated):
        assert units(one)
        assert (ANYWHERE in units(one)) == bool(one.place_rank)


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
    assert unit(report(day=None, **fields)) == where
    assert units(report(**fields)) == found_under


def test_a_day_without_a_year_is_looked_under() -> None:
    undated = report(day=None, place="Erbil", date_text="Nov. 9")
    assert set(undated_keys_to_look(undated)) & set(units(report(**TOWN))) == {"on 11-09"}
    assert unit(report(day=None, place=None, date_text="Nov. 9")) == "on 11-09"


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Nov. 9", ["11-09"]),
        ("the 9th of November", ["11-09"]),
        ("Nov. 8 and 9", ["11-08", "11-09"]),
        ("Feb. 28 to March 1", ["02-28", "02-29", "03-01"]),
        ("from Dec. 31 to Jan. 1", ["12-31", "01-01"]),
        ("Nov. 1-9", []),
        ("November", []),
        ("Thursday", []),
    ],
)
def test_days_without_a_year_are_looked_under_one_by_one(words: str, days: list[str]) -> None:
    found = [name.removeprefix("on ") for name in units(report(day=None, place=None, date_text=words))]
    assert found == [*days, ANYWHERE]
