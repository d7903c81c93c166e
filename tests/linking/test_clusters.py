from datetime import timedelta

from pipeline.linking.blocking_keys import dated_keys, dated_search_keys
from pipeline.linking.clusters import MAX_CANDIDATES, Entry, Grouping, entries_of, is_vague, match, order_of
from pipeline.records.report import Assignment, LinkState, Report
from tests.support.records import DAY, report

BASE = {"facility": "Tower Base", "place": "Tanf"}


def entries(*reports: Report) -> list[Entry]:
    return entries_of(Assignment(report=each) for each in reports)


def test_the_most_precise_come_first_and_those_without_a_date_last() -> None:
    undated, country, week, base = (
        report(1, day=None, **BASE),
        report(2, place="Syria", geo_precision="country"),
        report(3, date_latest=DAY + timedelta(days=6), date_precision="days", **BASE),
        report(4, **BASE),
    )
    assert sorted((undated, country, week, base), key=order_of) == [base, week, country, undated]
    assert [is_vague(each) for each in (base, week, country, undated)] == [False, False, True, True]


def test_a_mention_that_was_read_in_two_places_is_one_report() -> None:
    told = report(1, **BASE)
    elsewhere = told.model_copy(update={"mention": told.mention.model_copy(update={"ref": "z"})})
    (entry,) = entries(elsewhere, told)
    assert entry.report == told


def test_what_is_assigned_is_restored_and_only_what_is_touched_is_returned() -> None:
    one, other, new = report(1, **BASE), report(2, place="Hajin"), report(3, **BASE)
    known = [
        Assignment(report=each, state=LinkState.ASSIGNED, group_id=f"i-{number}")
        for number, each in enumerate((one, other))
    ]
    everything = entries_of([*known, Assignment(report=new)])
    grouping = Grouping(dated_keys, dated_search_keys)
    grouping.restore(everything)
    assert grouping.touched_clusters() == []
    (pending,) = (entry for entry in everything if entry.state is LinkState.PENDING)
    grouping.assign(pending, grouping.place_for(pending))
    (touched,) = grouping.touched_clusters()
    assert [linked.report for linked in touched.members] == [one, new]


def test_of_a_hot_place_so_many_groups_are_compared_and_no_more() -> None:
    reports = [report(number, **BASE, facility_type="military_base") for number in range(MAX_CANDIDATES + 20)]
    everything = entries(*reports)
    grouping = Grouping(dated_keys, dated_search_keys)
    grouping.restore([])
    for number, entry in enumerate(everything[:-1]):
        entry.group_id = f"i-{number}"
    grouping.restore(everything[:-1])
    assert len(grouping.candidates(everything[-1])) == MAX_CANDIDATES


def test_whoever_is_excluded_by_one_member_does_not_match() -> None:
    (one,), (like,), (apart,) = (
        entries(report(number, place="Tanf", facility=base)) for number, base in enumerate(("North", "North", "South"))
    )
    assert match(one, [like]) is not None
    assert match(one, [like, apart]) is None
    assert match(one, []) is None
