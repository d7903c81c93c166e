import itertools
import random
import time
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking.cluster import MAX_COMPARED, Cluster, attach, cluster
from pipeline.linking.evidence import THRESHOLD, compare
from pipeline.report import LONGEST_DATED_DAYS, Report
from schemas import EventType
from tests.support.records import DAY, actor, report, report_sets, weapon

Groups = set[frozenset[str]]
UNDATED: dict[str, Any] = {"day": None}


def linked(reports: Iterable[Report]) -> list[Cluster]:
    """Link the reports of one country without a pipeline."""
    told = list(reports)
    dated = cluster(report for report in told if report.is_dated)
    return attach(dated, (report for report in told if not report.is_dated))


def groups(clusters: Iterable[Cluster]) -> Groups:
    return {frozenset(member.report.mention.mention_id for member in found.members) for found in clusters}


def numbered(clusters: Iterable[Cluster], reports: Sequence[Report]) -> set[frozenset[int]]:
    numbers = {report.mention.mention_id: number for number, report in enumerate(reports)}
    return {frozenset(numbers[name] for name in group) for group in groups(clusters)}


def told(*fields: dict[str, Any]) -> list[Report]:
    return [report(number, **each) for number, each in enumerate(fields)]


def weekday(number: int) -> dict[str, Any]:
    return UNDATED | {"date_weekday": number, "date_basis": "weekday"}


def published(days: int) -> dict[str, Any]:
    """Bounded by an article's own date alone."""
    return UNDATED | {
        "date_earliest": DAY - timedelta(days=days),
        "date_latest": DAY,
        "date_precision": "days",
        "date_basis": "publication",
    }


NEXT = DAY + timedelta(days=1)
BASE: dict[str, Any] = {"facility": "Tower Base", "place": "Tanf"}
POINT = {"latitude": 34.0, "longitude": 40.0, "geo_precision": "locality"}
KILLED = {"killed_low": 4, "killed_best": 4}


@pytest.mark.parametrize(
    "fields",
    [
        ({}, {}),
        ({}, {"event_type": "attack"}),
        ({}, {"event_type": "airstrike"}),
        (BASE, BASE | {"place": None}),
        (BASE | KILLED, BASE | KILLED | {"day": NEXT, "date_basis": "deictic"}),
        ({"place": "Hajin", **POINT}, {"place": "Hajin market", **POINT, "latitude": 34.05}),
        ({"facility": "Tower"}, UNDATED | {"facility": "Tower"} ),
        (BASE | {"day": DAY}, published(6) | BASE),
        (weekday(3) | KILLED, weekday(3) | KILLED),
        (weekday(DAY.weekday()), {}),
        ({"place": None, **KILLED}, {"place": "Rukban", **KILLED}),
        ({"event_type": "abduction"}, {"event_type": "abduction"}),
        ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}),
    ],
)  # fmt: skip
def test_what_must_merge(fields: tuple[dict[str, Any], ...]) -> None:
    assert len(linked(told(*fields))) == 1


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param((BASE, BASE | {"facility": "Gate Base"}), id="neighbouring bases, same night"),
        pytest.param((BASE | POINT, BASE | POINT | {"latitude": 34.2, "facility": "Gate Base"}), id="with points"),
        pytest.param((BASE, BASE | {"day": NEXT}), id="one base, two days"),
        pytest.param((BASE, BASE | {"day": DAY + timedelta(days=2), "date_basis": "weekday"}), id="read off a weekday"),
        pytest.param((weekday(2) | KILLED, weekday(3) | KILLED), id="two weekdays"),
        pytest.param(({"admin1": "Homs"}, {"place": "Hajin", "admin1": "Idlib"} | KILLED), id="two provinces"),
        pytest.param(({"event_type": "arrest_raid"}, {"event_type": "abduction"}), id="arrest and abduction"),
        pytest.param(({"event_type": "abduction"}, {"event_type": "attack"}), id="abduction and attack"),
        pytest.param(({"article_id": "a"}, {"article_id": "a"}), id="one article tells them apart"),
        pytest.param(
            (
                {"perpetrators": (actor("Militia"),), "targets": (actor("Forces"),)},
                {"perpetrators": (actor("Forces"),), "targets": (actor("Militia"),)},
            ),
            id="a strike and its answer",
        ),
        pytest.param(({"place": None}, {"place": None, "event_type": "airstrike"}), id="a day is too little"),
        pytest.param((UNDATED, UNDATED | {"event_type": "airstrike"}), id="a place is too little"),
        pytest.param((UNDATED | {"place": None}, UNDATED | {"place": None}), id="nothing is too little"),
        pytest.param(({"event_type": "armed_clash"}, {"event_type": "car_bombing", "day": NEXT}), id="other kinds"),
    ],
)  # fmt: skip
def test_what_must_not_merge(fields: tuple[dict[str, Any], ...]) -> None:
    assert len(linked(told(*fields))) == len(fields)


def test_an_undated_report_joins_the_only_incident() -> None:
    reports = told(BASE, BASE | {"facility": "Gate Base"}, UNDATED | BASE)
    assert numbered(linked(reports), reports) == {frozenset({0, 2}), frozenset({1})}


def test_an_undated_report_between_two_incidents_stays_alone() -> None:
    reports = told(BASE, BASE | {"day": NEXT}, UNDATED | BASE)
    assert numbered(linked(reports), reports) == {frozenset({0}), frozenset({1}), frozenset({2})}


def test_an_undated_report_joins_the_clearly_better_of_two() -> None:
    counted = {"weapons": (weapon("drone", 3),), "wounded_low": 7}
    reports = told(BASE | counted, BASE | {"day": NEXT}, UNDATED | BASE | counted)
    assert numbered(linked(reports), reports) == {frozenset({0, 2}), frozenset({1})}


def test_a_weekday_tells_which_of_two_incidents_is_meant() -> None:
    reports = told(BASE, BASE | {"day": NEXT}, weekday(NEXT.weekday()) | BASE)
    assert numbered(linked(reports), reports) == {frozenset({0}), frozenset({1, 2})}


def test_a_report_without_a_place_between_two_incidents_stays_alone() -> None:
    reports = told(BASE, BASE | {"facility": "Gate Base"}, {"place": None})
    assert numbered(linked(reports), reports) == {frozenset({0}), frozenset({1}), frozenset({2})}


def test_a_wide_interval_is_no_date() -> None:
    wide = published(LONGEST_DATED_DAYS)
    assert not report(**wide).is_dated
    assert report(**published(LONGEST_DATED_DAYS - 1)).is_dated
    reports = told(BASE, wide | BASE)
    assert numbered(linked(reports), reports) == {frozenset({0, 1})}


def test_a_chain_does_not_reach_across_a_veto() -> None:
    north, south = BASE | {"facility": "North"}, BASE | {"facility": "South"}
    reports = told(north, south, {"place": "Tanf"}, {"place": "Tanf"})
    found = numbered(linked(reports), reports)
    assert not any({0, 1} <= group for group in found)
    assert sorted(itertools.chain(*found)) == [0, 1, 2, 3]


def test_what_founds_and_what_joins_says_why() -> None:
    (found,) = linked(told({}, {}))
    first, second = found.members
    assert (first.score, first.reasons) == (1.0, ("first report",))
    assert second.reasons == (
        "type: both drone_attack (+1.0)",
        "date: same day 2023-11-09 (+3.0)",
        "place: same place Rukban (+3.0)",
    )
    assert 0.5 < second.score < 1.0


def test_the_most_precise_report_founds() -> None:
    (found,) = linked([report(1, **published(6) | BASE), report(2, **BASE)])
    assert found.members[0].report == report(2, **BASE)
    assert found.link_key == "SYR"


def test_nothing_is_linked_to_nothing() -> None:
    assert linked([]) == []


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_calendar_may_end(day: date) -> None:
    assert len(linked(told({"day": day}, {"day": day}))) == 1


@given(report_sets(), st.randoms(use_true_random=False))
def test_order_does_not_matter(reports: list[Report], shuffler: random.Random) -> None:
    shuffled = shuffler.sample(reports, len(reports))
    assert linked(shuffled) == linked(reports)


@given(report_sets())
def test_every_report_is_in_one_incident(reports: list[Report]) -> None:
    members = [member.report.mention.mention_id for found in linked(reports) for member in found.members]
    assert sorted(members) == sorted(report.mention.mention_id for report in reports)


@given(report_sets())
def test_no_incident_holds_what_excludes_each_other(reports: list[Report]) -> None:
    for found in linked(reports):
        for later, member in enumerate(found.members):
            compared = [compare(member.report, earlier.report) for earlier in found.members[: min(later, MAX_COMPARED)]]
            assert all(comparison.veto is None for comparison in compared)
            if compared:
                assert max(comparison.weight for comparison in compared) >= THRESHOLD


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param([{} for _ in range(5_000)], id="one incident"),
        pytest.param([{"article_id": "a"} for _ in range(5_000)], id="all told apart"),
        pytest.param([{"place": None, "article_id": "a"} for _ in range(1_000)], id="no place"),
        pytest.param([UNDATED | {"facility": f"Base {n % 200}"} for n in range(1_000)], id="no date, many bases"),
    ],
)
def test_a_hot_place_and_day_takes_seconds(fields: list[dict[str, Any]]) -> None:
    reports = [report(number, event_type=EventType.DRONE_ATTACK, **each) for number, each in enumerate(fields)]
    begun = time.perf_counter()
    found = linked(reports)
    assert time.perf_counter() - begun < 10  # one by one with all others, it would be minutes
    assert sum(len(each.members) for each in found) == len(reports)
