"""Grouping reports one by one: the first layer of linking. A group is an incident, or a part of one (`unions`).

**The rule.** Reports are taken in an order that belongs to the set and not to its arrival: the most precise first,
older ones first among equals. Each joins the incident that its evidence points to most strongly, or founds one. A veto
against any member that was compared keeps it out, so that chains of small likenesses do not pull two incidents
together. A report that lacks the day or the place joins only where one incident clearly beats the next best: between
two attacks on one base, a report without a date stays on its own. Reports without a date come after all others.

**What bounds the work.** Only incidents that share a key with a report (`keys`) are compared with it; and at most
`MAX_CANDIDATES` of them, by at most `MAX_COMPARED` members each. So the work grows with the number of reports,
however hot a place or a day is.

**Later reports.** What a report decides depends only on reports before it in the order, and among them on those that
it looks at. So when a report comes, goes or moves, only later ones that look at its incident can decide otherwise;
they are asked again, in order, and their moves passed on in turn (`settling`). The answer is that of grouping
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
    dated_keys_to_look,
    undated_keys,
    undated_keys_to_look,
    units,
)
from pipeline.linking.clusters import Cluster, Entry, Grouping, Keys, entries_of
from pipeline.linking.reassignment import settle
from pipeline.records.report import Filed, Filing, Report

MAX_AT_PLACE = 300
"""With more dated reports than this at its place, a report without a date cannot be told to belong to any."""


def cluster(reports: Iterable[Report]) -> list[Cluster]:
    """Group dated reports of one country into incidents."""
    return relink(Filed(report=report) for report in reports)


def relink(filed: Iterable[Filed]) -> list[Cluster]:
    """Link the open reports among dated reports of one country, and return the incidents that this made or changed.

    The filed ones must be all that are filed where an open, a gone or a surrounded one looks (`keys`), and of every
    incident all dated reports. Raises NeighbourhoodError when more of them have a say.
    """
    entries = entries_of(filed)
    asked = [entry.report for entry in entries if entry.filing is not Filing.FILED or entry.surrounded]
    known = Covered(asked) if len(asked) < len(entries) else None
    return _settled(Grouping(dated_keys, dated_keys_to_look, known), entries)


def attach(filed: Iterable[Filed]) -> list[Cluster]:
    """Let open reports without a usable date join the incidents of their country, or group among themselves.

    Filed ones without a date are asked again where that changes their case; those with one stay where they are filed.
    Returns the incidents that were made or changed. With an open or a gone one must be given all reports without a date
    that look where it does (`keys.unit`), with these the dated incidents with a report at one of their places, and with
    all the whole of their incidents; where there are more than `MAX_AT_PLACE` dated reports at a place, it suffices
    that those without a date there say so. Open must be all those in whose case dated reports have changed: at their
    places, or in incidents with one that looks where they do.
    """
    told = list(filed)
    entries = entries_of(told)
    crowded = {place for file in told for place in file.crowded}
    return _settled(Grouping(_keys_without_day(entries, crowded), undated_keys_to_look), entries)


def link(reports: Iterable[Report]) -> list[Cluster]:
    """Group all the reports of one country: what any number of runs over them, in any order, comes to."""
    told = list(reports)
    dated = cluster(report for report in told if report.is_dated)
    undated = [Filed(report=report) for report in told if not report.is_dated]
    if not undated:
        return dated
    attached = attach([*undated, *(file for number, found in enumerate(dated) for file in _refiled(found, number))])
    taken = {linked.report.mention.mention_id for found in attached for linked in found.members}
    return attached + [found for found in dated if found.members[0].report.mention.mention_id not in taken]


def _refiled(found: Cluster, number: int) -> Iterator[Filed]:
    for linked in found.members:
        yield Filed(
            report=linked.report,
            filing=Filing.FILED,
            group_id=str(number),
            link_score=linked.score,
            link_reasons=linked.reasons,
        )


def _keys_without_day(entries: Iterable[Entry], crowded: Container[str]) -> Keys:
    dated = Counter(place for entry in entries if entry.report.is_dated for place in units(entry.report))

    def keys(report: Report) -> list[Hashable]:
        if not report.is_dated:
            return undated_keys(report)
        return [place for place in units(report) if dated[place] <= MAX_AT_PLACE and place not in crowded]

    return keys


def _settled(grouping: Grouping, entries: Sequence[Entry]) -> list[Cluster]:
    grouping.file(entries)
    settle(grouping, entries)
    return grouping.touched_clusters()
