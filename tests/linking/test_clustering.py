import itertools
import random
import time
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.linking import blocks, clustering, grouping
from pipeline.linking import entries as grouped
from pipeline.linking.blocking_keys import dated_keys, dated_search_keys
from pipeline.linking.clustering import attach, cluster, link, relink
from pipeline.linking.clusters import Cluster
from pipeline.linking.comparison import THRESHOLD, Comparison, compare
from pipeline.linking.entries import MAX_COMPARED
from pipeline.linking.reassignment import IncompleteNeighbourhoodError
from pipeline.records.report import LONGEST_DATED_DAYS, Assignment, LinkState, Report
from schemas import EventType
from tests.support.assignments import KnownGroups, assigned, completed, ids_of, in_order, pending
from tests.support.records import DAY, actor, at, newsrooms, report, report_sets, weapon

Groups = set[frozenset[str]]
UNDATED: dict[str, Any] = {"day": None}


def groups(clusters: Iterable[Cluster]) -> Groups:
    return {frozenset(member.report.mention.mention_id for member in found.members) for found in clusters}


def numbered(clusters: Iterable[Cluster], reports: Sequence[Report]) -> set[frozenset[int]]:
    numbers = {report.mention.mention_id: number for number, report in enumerate(reports)}
    return {frozenset(numbers[name] for name in group) for group in groups(clusters)}


def reported(*fields: dict[str, Any]) -> list[Report]:
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


def here(**shape: Any) -> st.SearchStrategy[list[Report]]:
    """Reports of one country."""
    return newsrooms(**shape).map(lambda reports: [each for each in reports if each.link_key == "SYR"])


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
    assert len(link(reported(*fields))) == 1


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param((BASE, BASE | {"facility": "Gate Base"}), id="neighbouring bases, same night"),
        pytest.param((BASE | POINT, BASE | POINT | {"latitude": 34.2, "facility": "Gate Base"}), id="with points"),
        pytest.param((BASE, BASE | {"day": NEXT}), id="one base, two days"),
        pytest.param((BASE, BASE | {"day": DAY + timedelta(days=2), "date_basis": "weekday"}), id="read off a weekday"),
        pytest.param((weekday(2) | KILLED, weekday(4) | KILLED), id="two weekdays"),
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
    assert len(link(reported(*fields))) == len(fields)


def test_an_undated_report_joins_the_only_incident() -> None:
    reports = reported(BASE, BASE | {"facility": "Gate Base"}, UNDATED | BASE)
    assert numbered(link(reports), reports) == {frozenset({0, 2}), frozenset({1})}


def test_an_undated_report_between_two_incidents_stays_alone() -> None:
    reports = reported(BASE, BASE | {"day": NEXT}, UNDATED | BASE)
    assert numbered(link(reports), reports) == {frozenset({0}), frozenset({1}), frozenset({2})}


def test_an_undated_report_joins_the_clearly_better_of_two() -> None:
    counted = {"weapons": (weapon("drone", 3),), "wounded_low": 7}
    reports = reported(BASE | counted, BASE | {"day": NEXT}, UNDATED | BASE | counted)
    assert numbered(link(reports), reports) == {frozenset({0, 2}), frozenset({1})}


def test_a_weekday_tells_which_of_two_incidents_is_meant() -> None:
    reports = reported(BASE, BASE | {"day": NEXT}, weekday(NEXT.weekday()) | BASE)
    assert numbered(link(reports), reports) == {frozenset({0}), frozenset({1, 2})}


def test_a_report_without_a_place_between_two_incidents_stays_alone() -> None:
    reports = reported(BASE, BASE | {"facility": "Gate Base"}, {"place": None})
    assert numbered(link(reports), reports) == {frozenset({0}), frozenset({1}), frozenset({2})}


def test_a_wide_interval_is_no_date() -> None:
    wide = published(LONGEST_DATED_DAYS)
    assert not report(**wide).is_dated
    assert report(**published(LONGEST_DATED_DAYS - 1)).is_dated
    reports = reported(BASE, wide | BASE)
    assert numbered(link(reports), reports) == {frozenset({0, 1})}


def test_a_chain_does_not_reach_across_a_cannot_link() -> None:
    north, south = BASE | {"facility": "North"}, BASE | {"facility": "South"}
    reports = reported(north, south, {"place": "Tanf"}, {"place": "Tanf"})
    found = numbered(link(reports), reports)
    assert not any({0, 1} <= group for group in found)
    assert sorted(itertools.chain(*found)) == [0, 1, 2, 3]


def test_what_founds_and_what_joins_says_why() -> None:
    (found,) = link(reported({}, {}))
    first, second = found.members
    assert (first.score, first.reasons) == (1.0, ("first report",))
    assert second.reasons == (
        "type: both drone_attack (+1.0)",
        "date: same day 2023-11-09 (+3.0)",
        "place: same place Rukban (+3.0)",
    )
    assert 0.5 < second.score < 1.0


def test_the_most_precise_report_founds() -> None:
    (found,) = link([report(1, **published(6) | BASE), report(2, **BASE)])
    assert found.members[0].report == report(2, **BASE)


def test_nothing_is_linked_to_nothing() -> None:
    assert link([]) == []


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_calendar_may_end(day: date) -> None:
    assert len(link(reported({"day": day}, {"day": day}))) == 1


@given(report_sets(), st.randoms(use_true_random=False))
def test_order_does_not_matter(reports: list[Report], shuffler: random.Random) -> None:
    shuffled = shuffler.sample(reports, len(reports))
    assert link(shuffled) == link(reports)


@given(report_sets())
def test_every_report_is_in_one_incident(reports: list[Report]) -> None:
    members = [member.report.mention.mention_id for found in link(reports) for member in found.members]
    assert sorted(members) == sorted(report.mention.mention_id for report in reports)


@given(report_sets())
def test_no_incident_holds_what_excludes_each_other(reports: list[Report]) -> None:
    for found in link(reports):
        for later, member in enumerate(found.members):
            compared = [compare(member.report, earlier.report) for earlier in found.members[: min(later, MAX_COMPARED)]]
            assert all(comparison.cannot_link is None for comparison in compared)
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
    begun = time.process_time()
    found = link(reports)
    assert time.process_time() - begun < 10  # one by one with all others, it would be minutes
    assert sum(len(each.members) for each in found) == len(reports)


@settings(max_examples=40)
@given(here(dated=1.0), st.randoms(use_true_random=False), st.integers(1, 5))
def test_any_number_of_runs_comes_to_what_one_comes_to(
    reports: list[Report], chance: random.Random, parts: int
) -> None:
    known_groups = KnownGroups()
    run_of = {report.mention.mention_id: chance.randrange(parts) for report in reports}
    for number in range(parts):
        known_groups.add(*(report for report in reports if run_of[report.mention.mention_id] == number))
    assert known_groups.state == in_order(cluster(reports))
    retracted = [report for report in reports if chance.random() < 0.2]
    known_groups.remove(*retracted)
    assert known_groups.state == in_order(cluster(report for report in reports if report not in retracted))


@settings(max_examples=40)
@given(here(dated=1.0), st.randoms(use_true_random=False))
def test_a_report_that_changes_is_linked_as_if_it_had_always_been_so(
    reports: list[Report], chance: random.Random
) -> None:
    known_groups = KnownGroups()
    known_groups.add(*reports)
    copied = [
        report.model_copy(update={"original": "a-wire"}) if chance.random() < 0.3 else report for report in reports
    ]
    assignments = known_groups.assignments
    known_groups.reassign(
        [
            assignments[now.mention.mention_id].model_copy(update={"report": now, "state": LinkState.PENDING})
            for was, now in zip(reports, copied, strict=True)
            if was != now
        ]
    )
    assert known_groups.state == in_order(cluster(copied))


def near(asking: Iterable[Report], assignments: Iterable[Assignment]) -> list[Assignment]:
    """Whole groups, of which a report is indexed where one of these searches."""
    keys = {key for report in asking for key in dated_search_keys(report)}
    there = {assignment.group_id for assignment in assignments if not keys.isdisjoint(dated_keys(assignment.report))}
    return [assignment for assignment in assignments if assignment.group_id in there]


@pytest.mark.parametrize(("candidates", "compared"), [(100, 8), (3, 2), (1, 1)])
@settings(max_examples=60)
@given(reports=here(days=15, dated=1.0), chance=st.randoms(use_true_random=False))
def test_reports_that_are_not_around_those_asked_do_not_matter(
    candidates: int, compared: int, reports: list[Report], chance: random.Random
) -> None:
    new = chance.sample(reports, min(2, len(reports)))
    old = [report for report in reports if report not in new]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(blocks, "MAX_CANDIDATES", candidates)
        patched.setattr(grouping, "MAX_CANDIDATES", candidates)
        patched.setattr(grouped, "MAX_COMPARED", compared)
        known_groups = KnownGroups()
        known_groups.add(*old)
        assert known_groups.state == in_order(cluster(old))
        assignments = known_groups.assignments
        whole = relink([*pending(new), *map(completed, assignments.values())])
        asked: set[str] = set()
        while True:
            given = near([*new, *(assignments[name].report for name in asked)], assignments.values())
            asked_ = [
                completed(assignment) if assignment.report.mention.mention_id in asked else assignment
                for assignment in given
            ]
            try:
                found = relink([*pending(new), *asked_])
                break
            except IncompleteNeighbourhoodError as error:
                incomplete = error.mentions - asked
            assert incomplete, "the same reports are asked for again"
            asked |= incomplete
        assert found == whole
        known_groups.add(*new)
        assert known_groups.state == in_order(cluster(reports))


def test_a_neighbourhood_that_is_too_small_is_told() -> None:
    # The new report is of the next day, and cannot see with whom the first one meets on the day before.
    first, second = reported(BASE | KILLED, BASE | KILLED | {"day": NEXT, "date_basis": "deictic"})
    (alone,) = cluster([first])
    (known,) = assigned(alone, "i-1")
    with pytest.raises(IncompleteNeighbourhoodError, match=f"around {first.mention.mention_id} are"):
        relink([*pending([second]), known])
    (both,) = relink([*pending([second]), completed(known)])
    assert groups([both]) == groups(cluster([first, second]))


def test_nothing_is_changed_where_nothing_is_open() -> None:
    (found,) = cluster(reported({}, {}))
    assert relink(assigned(found, "i-1")) == attach(assigned(found, "i-1")) == []


def test_a_report_read_again_is_one_report() -> None:
    one = report(0)
    elsewhere = one.model_copy(update={"mention": one.mention.model_copy(update={"ref": "z"})})
    assert cluster([elsewhere, one]) == cluster([one, elsewhere]) == cluster([one])


def test_what_nobody_reports_any_more_is_gone() -> None:
    (found,) = cluster(reported({}))
    (assignment,) = assigned(found, "i-1")
    assert relink([assignment.model_copy(update={"state": LinkState.RETRACTED})]) == []


def test_undated_reports_find_incidents_of_earlier_runs() -> None:
    dated, undated = reported(BASE, UNDATED | BASE)
    (found,) = cluster([dated])
    (both,) = attach([*pending([undated]), *assigned(found, "i-1")])
    assert both.members[0] == found.members[0]
    assert ids_of(both) == [dated.mention.mention_id, undated.mention.mention_id]


def test_an_undated_report_that_is_asked_again_leaves_where_it_is_in_doubt() -> None:
    dated, undated, other = reported(BASE, UNDATED | BASE, BASE | {"day": NEXT})
    (both,) = link([dated, undated])
    (third,) = cluster([other])
    asked = [
        assignment.model_copy(update={"state": LinkState.PENDING}) if assignment.report == undated else assignment
        for assignment in assigned(both, "i-1")
    ]
    changed = attach([*asked, *assigned(third, "i-2")])
    assert groups(changed) == {frozenset({dated.mention.mention_id}), frozenset({undated.mention.mention_id})}


@pytest.mark.parametrize(("candidates", "compared"), [(100, 8), (3, 2), (2, 3), (1, 1)])
@settings(max_examples=60)
@given(reports=here(dated=0.3, people=0.3), chance=st.randoms(use_true_random=False), parts=st.integers(2, 6))
def test_undated_reports_in_any_number_of_runs_come_to_what_one_comes_to(
    candidates: int, compared: int, reports: list[Report], chance: random.Random, parts: int
) -> None:
    undated = [each for each in reports if not each.is_dated]
    retracted = [each for each in undated if chance.random() < 0.2]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(blocks, "MAX_CANDIDATES", candidates)
        patched.setattr(grouping, "MAX_CANDIDATES", candidates)
        patched.setattr(grouped, "MAX_COMPARED", compared)
        known_groups = KnownGroups(cluster(each for each in reports if each.is_dated), attach)
        run_of = {each.mention.mention_id: chance.randrange(parts) for each in undated}
        for number in range(parts):
            known_groups.add(*(each for each in undated if run_of[each.mention.mention_id] == number))
        assert known_groups.state == in_order(link(reports))
        known_groups.remove(*retracted)
        assert known_groups.state == in_order(link(each for each in reports if each not in retracted))


def test_undated_reports_cost_no_more_than_what_they_change(monkeypatch: pytest.MonkeyPatch) -> None:
    killed = [{"killed_low": 4 ** (n % 6), "killed_best": 4 ** (n % 6)} for n in range(240)]
    there = [report(number, **UNDATED, **BASE, **fields) for number, fields in enumerate(killed)]
    compared = []

    def counted(one: Report, other: Report) -> Comparison:
        compared.append(one)
        return compare(one, other)

    monkeypatch.setattr(grouping, "compare", counted)
    anew = attach(pending(there))
    assert [len(found.members) for found in anew] == [40] * 6
    cost = len(compared)
    assignments = [assignment for number, found in enumerate(anew) for assignment in assigned(found, f"i-{number}")]
    for published, most in [(NEXT, 6 * MAX_COMPARED), (DAY - timedelta(days=1), 3 * cost)]:
        compared.clear()
        new = report(1_000, **UNDATED, **BASE, **killed[0], published_at=at(published))
        (changed,) = attach([*pending([new]), *assignments])  # the first of its group, or the last
        assert len(changed.members) == 41
        assert len(compared) <= most


def test_a_place_with_too_many_reports_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = reported(BASE, BASE, UNDATED | BASE)
    assert len(link(reports)) == 1
    monkeypatch.setattr(clustering, "MAX_IN_BLOCK", 1)
    assert numbered(link(reports), reports) == {frozenset({0, 1}), frozenset({2})}
