"""Clustering: reports join groups one by one, the first layer of linking.

A group is an incident, or a part of one (`unions`).

**The rule.** Reports are taken in an order that belongs to the set and not to its arrival: the most precise first,
older ones first among equals. Each joins the incident that its evidence points to most strongly, or founds one. A
cannot-link against any member that was compared keeps it out, so that chains of small likenesses do not pull two
incidents together. A report that lacks the day or the place joins only where one incident clearly beats the next best:
between two attacks on one base, a report without a date stays on its own. Reports without a date come after all others.

**What bounds the work.** Only incidents that share a blocking key with a report (`blocking_keys`) are compared with it;
and at most `MAX_CANDIDATES` of them, by at most `MAX_COMPARED` members each. So the work grows with the number of
reports, however hot a place or a day is.

**Later reports.** What a report decides depends only on reports before it in the order, and among them on those that
it finds. So when a report comes, goes or moves, only later ones that find its incident can decide otherwise;
they are asked again, in order, and their moves passed on in turn (`reassignment`). The answer is that of grouping
everything anew (tests compare the two), at the cost of the neighbourhood. `relink` says around which reports it would
have to know more to be sure of that.

**What lost.** Grouping a whole country anew on every run: the same answer, at a cost that grows with the history.
Relinking connected components of the likeness graph: in a daily war, a component is the whole war.
"""

from collections import Counter
from collections.abc import Container, Hashable, Iterable, Iterator, Sequence

from pipeline.linking.blocking_keys import (
    Covered,
    dated_keys,
    dated_search_keys,
    timeless_keys,
    undated_keys,
    undated_search_keys,
)
from pipeline.linking.clusters import Cluster
from pipeline.linking.entries import Entry, entries_of
from pipeline.linking.grouping import Grouping, Keys
from pipeline.linking.reassignment import reassign
from pipeline.records.report import Assignment, LinkState, Report

MAX_IN_BLOCK = 300
"""With more dated reports than this in its block, it cannot be said to which a report without a date belongs."""


def cluster(reports: Iterable[Report]) -> list[Cluster]:
    """Group dated reports of one country into incidents."""
    return relink(Assignment(report=report) for report in reports)


def relink(assignments: Iterable[Assignment]) -> list[Cluster]:
    """Link the pending reports among dated reports of one country, and return the incidents that this made or changed.

    The assigned ones must be all that are indexed where a pending, a retracted or a complete one searches
    (`blocking_keys`), and of every incident all dated reports. Raises IncompleteNeighbourhoodError when more of them
    have a say.
    """
    entries = entries_of(assignments)
    asked = [entry.report for entry in entries if entry.state is not LinkState.ASSIGNED or entry.complete]
    known = Covered(asked) if len(asked) < len(entries) else None
    return _reassigned(Grouping(dated_keys, dated_search_keys, known), entries)


def attach(assignments: Iterable[Assignment]) -> list[Cluster]:
    """Let pending reports without a usable date join the incidents of their country, or group among themselves.

    Assigned ones without a date are asked again where that changes their case; those with one stay where they are.
    Returns the incidents that were made or changed. With a pending or a retracted one must be given all reports without
    a date that search where it does (`blocking_keys.first_timeless_key`), with these the dated incidents with a report
    in one of their blocks, and with all the whole of their incidents; where a block has more than `MAX_IN_BLOCK` dated
    reports, it suffices that those without a date there say so. Pending must be all those in whose case dated reports
    have changed: in their blocks, or in incidents with one that searches where they do.
    """
    given = list(assignments)
    entries = entries_of(given)
    oversized = {key for assignment in given for key in assignment.oversized}
    return _reassigned(Grouping(_keys_without_day(entries, oversized), undated_search_keys), entries)


def link(reports: Iterable[Report]) -> list[Cluster]:
    """Group all the reports of one country: what any number of runs over them, in any order, comes to."""
    everything = list(reports)
    dated = cluster(report for report in everything if report.is_dated)
    undated = [Assignment(report=report) for report in everything if not report.is_dated]
    if not undated:
        return dated
    attached = attach(
        [*undated, *(assignment for number, found in enumerate(dated) for assignment in _assigned(found, number))]
    )
    taken = {linked.report.mention.mention_id for found in attached for linked in found.members}
    return attached + [found for found in dated if found.members[0].report.mention.mention_id not in taken]


def _assigned(found: Cluster, number: int) -> Iterator[Assignment]:
    for linked in found.members:
        yield Assignment(
            report=linked.report,
            state=LinkState.ASSIGNED,
            group_id=str(number),
            link_score=linked.score,
            link_reasons=linked.reasons,
        )


def _keys_without_day(entries: Iterable[Entry], oversized: Container[str]) -> Keys:
    dated = Counter(key for entry in entries if entry.report.is_dated for key in timeless_keys(entry.report))

    def keys(report: Report) -> list[Hashable]:
        if not report.is_dated:
            return undated_keys(report)
        return [key for key in timeless_keys(report) if dated[key] <= MAX_IN_BLOCK and key not in oversized]

    return keys


def _reassigned(grouping: Grouping, entries: Sequence[Entry]) -> list[Cluster]:
    grouping.restore(entries)
    reassign(grouping, entries)
    return grouping.touched_clusters()
