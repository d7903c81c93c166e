import pytest

from pipeline.linking.blocking_keys import Covered, dated_keys, dated_search_keys
from pipeline.linking.clusters import Cluster
from pipeline.linking.entries import entries_of
from pipeline.linking.grouping import Grouping
from pipeline.linking.reassignment import IncompleteNeighbourhoodError, reassign
from pipeline.records.report import Assignment, LinkState, Report
from tests.support.records import report

BASE = {"facility": "Tower Base", "place": "Tanf"}


def assigned(told: Report, group: str, state: LinkState = LinkState.ASSIGNED) -> Assignment:
    return Assignment(report=told, state=state, group_id=group, link_score=1.0, link_reasons=("first report",))


def after(*assignments: Assignment, known: Covered | None = None) -> list[Cluster]:
    grouping, entries = Grouping(dated_keys, dated_search_keys, known), entries_of(assignments)
    grouping.restore(entries)
    reassign(grouping, entries)
    return grouping.touched_clusters()


def members(clusters: list[Cluster]) -> list[list[Report]]:
    return [[linked.report for linked in found.members] for found in clusters]


def test_without_a_pending_report_nothing_changes() -> None:
    assert after(assigned(report(1, **BASE), "i-1"), assigned(report(2, place="Hajin"), "i-2")) == []


def test_a_retracted_report_leaves_and_what_stays_is_returned() -> None:
    one, other = report(1, **BASE), report(2, **BASE)
    assert members(after(assigned(one, "i-1", LinkState.RETRACTED), assigned(other, "i-1"))) == [[other]]
    assert members(after(assigned(one, "i-1", LinkState.RETRACTED))) == []


def test_a_neighbourhood_that_is_not_given_is_named() -> None:
    new, known = report(2, **BASE), report(1, **BASE)
    with pytest.raises(IncompleteNeighbourhoodError) as caught:
        after(assigned(known, "i-1"), Assignment(report=new), known=Covered([]))
    assert new.mention.mention_id in caught.value.mentions
