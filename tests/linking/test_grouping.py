"""Which group a report belongs to."""

from pipeline.linking.blocking_keys import dated_keys, dated_search_keys
from pipeline.linking.blocks import MAX_CANDIDATES
from pipeline.linking.entries import Entry, entries_of
from pipeline.linking.grouping import Grouping, match
from pipeline.records.report import Assignment, LinkState, Report
from tests.support.records import report

BASE = {"facility": "Tower Base", "place": "Tanf"}


def entries(*reports: Report) -> list[Entry]:
    return entries_of(Assignment(report=each) for each in reports)


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
