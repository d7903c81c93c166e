from datetime import timedelta
from typing import Any

import pytest

from pipeline.records.report import LONGEST_DATED_DAYS, UNREAD, report_of
from tests.support.records import DAY, actor, mention, report


@pytest.mark.parametrize(
    ("days", "dated"), [(1, True), (LONGEST_DATED_DAYS, True), (LONGEST_DATED_DAYS + 1, False), (None, False)]
)
def test_a_wide_interval_places_nothing_in_time(days: int | None, dated: bool) -> None:
    fields: dict[str, Any] = {"day": None}
    if days is not None:
        fields = {"date_latest": DAY + timedelta(days=days - 1), "date_precision": "day" if days == 1 else "days"}
    told = report(1, **fields)
    assert (told.days, told.is_dated) == (days, dated)


@pytest.mark.parametrize(
    ("fields", "rank"),
    [
        ({"facility": "Gate"}, 0),
        ({"geo_precision": "locality"}, 0),
        ({"geo_precision": "region"}, 1),
        ({"geo_precision": "country"}, 2),
        ({"place": None}, 2),
    ],
)
def test_how_well_a_place_is_known(fields: dict[str, Any], rank: int) -> None:
    assert report(1, **fields).place_rank == rank


def test_a_report_leaves_behind_what_linking_does_not_read() -> None:
    told = mention(1, url="https://news.example/1", confidence_parts={"date": 0.5})
    found = report_of(told)
    assert {name: getattr(found.mention, name) for name in UNREAD} == dict(UNREAD)
    assert (found.original, found.publisher) == (told.article_id, told.source)


def test_undated_articles_come_after_all_others_and_no_two_reports_tie() -> None:
    one, other, unclocked = report(1), report(2), report(3, published_at=None)
    assert sorted((unclocked, other, one), key=lambda each: each.seniority)[-1] is unclocked
    assert one.seniority != other.seniority


def test_people_are_named_by_their_type() -> None:
    assert report(1, targets=(actor("a man", actor_type="person"),)).names_people
    assert not report(1, targets=(actor("civilians", actor_type="civilians"),)).names_people
