"""Uniting groups of reports that turn out to be of one incident, and ruling on them.

Reports join groups one by one (`clustering`), and so the first of a group decides for it where it is founded: without
the victim's name that comes out a day later, in the wrong town, or before the report that two groups have in common.
Groups are looked at once more, as wholes.

**The rule.** Two groups are alike if no report of the one excludes one of the other, their reports speak more for than
against each other on the average, and at least two of them would be taken for reports of one incident (`evidence`). As
between reports, one thing outweighs a cannot-link: both groups name the same victim or suspect. Some report has
something wrong then; each pair that excludes one another counts against them, and the average has to be clear. The
groups that are most alike unite first; and a group joins others only if it could be united with each of them: so
nothing reaches across a cannot-link here either. A vague group that two which exclude one another are about as much
like joins neither.

**What bounds the work.** Groups are compared only where they name the same people, at any time and in any country; and
where they share a site, a town, or a day of the year, and one of them knows no more of when it was
(`blocking_keys.group_keys`). What more than `MAX_MET` groups share tells none of them apart. A group is judged by its
first reports.

**Rulings.** An analyst's word comes last. Reports that a ruling puts together are of one incident, with the groups that
they are in, whatever the evidence; of reports that it holds apart, no two are: a group that has several of them is
split among them. Nothing is stored as if it had been evidence: without the ruling, everything is as it was.

What groups are united depends on the set of groups and on the rulings alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from pipeline.linking.blocking_keys import group_keys, is_person
from pipeline.linking.clustering import link
from pipeline.linking.clusters import Cluster, is_vague, order_of
from pipeline.linking.comparison import THRESHOLD, Comparison, compare
from pipeline.linking.entries import MAX_COMPARED
from pipeline.linking.grouping import MAX_RIVALS
from pipeline.linking.people import people_keys
from pipeline.linking.rulings import NO_RULINGS, Fragment, Rulings
from pipeline.records import identity
from pipeline.records.report import Report

MAX_MET = 30
"""How many groups may share what they meet under; with more, it says nothing."""
MARGIN = 0.5
"""How much more alike than the second best a vague group must be to the best: half of what it takes for one report."""
EXCLUDED, CLEAR = -3.0, 2.0
"""What a cannot-link counts between groups that name the same people, and how much then has to speak for them."""
MAX_UNITED = 30
"""How many groups evidence may unite into one incident."""


class _Edge(NamedTuple):
    """Two parts that are alike, the most alike first in order."""

    rank: float
    one: int
    other: int


class Judgement(NamedTuple):
    """What the reports of two groups say together: their average weight, and the best comparison."""

    weight: float
    best: Comparison


def group_id_of(group: Cluster) -> str:
    """Return the id of a group: that of the incident that it would be alone."""
    first = min((linked.report for linked in group.members), key=lambda report: report.seniority)
    return identity.incident_id(first.mention.mention_id)


def incidents_among(reports: Iterable[Report], rulings: Rulings = NO_RULINGS) -> list[tuple[Fragment, ...]]:
    """Link all reports, of any countries: what any number of runs over them, in any order, comes to."""
    countries: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        countries[report.link_key].append(report)
    groups = {group_id_of(found): found for there in countries.values() for found in link(there)}
    return unite(groups, _alike_among(groups), rulings)


def are_alike(one: Iterable[Report], other: Iterable[Report]) -> bool:
    """Return whether two groups, by their first reports, are alike enough to be one."""
    judgement = _judge(one, other)
    return judgement is not None and judgement.best.weight >= THRESHOLD


def unite(
    groups: Mapping[str, Cluster], alike: Iterable[tuple[str, str]], rulings: Rulings = NO_RULINGS
) -> list[tuple[Fragment, ...]]:
    """Return the incidents that groups make, given by their ids, and which of them are alike."""
    uniting = _Uniting(rulings.arranged(groups), rulings)
    uniting.weigh(alike)
    return uniting.incidents()


class _Uniting:
    """Parts on their way into incidents, each named by its place in the list of them."""

    def __init__(self, arranged: Iterable[tuple[Fragment, ...]], rulings: Rulings) -> None:
        """Begin with what rulings put together."""
        begun = sorted((sorted(each, key=_seniority) for each in arranged), key=lambda each: _seniority(each[0]))
        self._parts = [part for each in begun for part in each]
        self._rulings = rulings
        self._reasons = [list(part.reasons) for part in self._parts]
        self._judged: dict[tuple[int, int], Judgement | None] = {}
        numbers = iter(range(len(self._parts)))
        self._incidents: list[list[int]] = []
        for each in begun:
            incident = [next(numbers) for _ in each]
            self._incidents += [incident] * len(each)

    def incidents(self) -> list[tuple[Fragment, ...]]:
        """Return the parts of each incident, older ones first."""
        distinct = {id(incident): sorted(incident) for incident in self._incidents}
        return [
            tuple(self._parts[number]._replace(reasons=tuple(self._reasons[number])) for number in incident)
            for incident in sorted(distinct.values())
        ]

    def weigh(self, alike: Iterable[tuple[str, str]]) -> None:
        """Unite what is alike, the most alike first."""
        found = [
            _Edge(-judgement.weight, one, other)
            for one, other in self._numbers(alike)
            if (judgement := self._judgement(one, other)) is not None and judgement.best.weight >= THRESHOLD
        ]
        ambiguous = self._ambiguous(found)
        edges = sorted(edge for edge in found if ambiguous.isdisjoint((edge.one, edge.other)))
        for edge in edges:
            if not self._are_one(edge) and self._may_join(edge.one, edge.other):
                self._join(edge.one, edge.other)
        explained: set[int] = set()
        for edge in filter(self._are_one, edges):
            for this, that in ((edge.one, edge.other), (edge.other, edge.one)):
                if this not in explained:
                    explained.add(this)
                    self._reasons[this] += self._why(this, that)

    def _ambiguous(self, edges: Iterable["_Edge"]) -> set[int]:
        """Return the vague parts that two others which exclude one another are about as much alike."""
        near: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for edge in edges:
            near[edge.one].append((edge.rank, edge.other))
            near[edge.other].append((edge.rank, edge.one))
        return {
            number
            for number, (best, *rivals) in ((number, sorted(others)) for number, others in near.items())
            if all(is_vague(linked.report) for linked in self._parts[number].members)
            and any(
                rank - best[0] < MARGIN and self._judgement(best[1], rival) is None
                for rank, rival in rivals[:MAX_RIVALS]
            )
        }

    def _are_one(self, edge: "_Edge") -> bool:
        return self._incidents[edge.one] is self._incidents[edge.other]

    def _numbers(self, alike: Iterable[tuple[str, str]]) -> Iterator[tuple[int, int]]:
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, part in enumerate(self._parts):
            numbers[part.group_id].append(number)
        for pair in {tuple(sorted(pair)) for pair in alike}:
            yield from (_in_order(one, other) for one in numbers[pair[0]] for other in numbers[pair[1]])

    def _judgement(self, one: int, other: int) -> Judgement | None:
        pair = _in_order(one, other)
        if pair not in self._judged:
            self._judged[pair] = _judge(*([linked.report for linked in self._parts[number].members] for number in pair))
        return self._judged[pair]

    def _may_join(self, one: int, other: int) -> bool:
        mine, others = self._incidents[one], self._incidents[other]
        if len(mine) + len(others) > MAX_UNITED:
            return False
        if not self._rulings.may_share(self._mentions(mine), self._mentions(others)):
            return False
        return all(self._judgement(this, that) is not None for this in mine for that in others)

    def _mentions(self, incident: Iterable[int]) -> set[str]:
        return {name for number in incident for name in _ids(self._parts[number])}

    def _join(self, one: int, other: int) -> None:
        if self._incidents[one] is self._incidents[other]:
            return
        self._incidents[one] += self._incidents[other]
        for number in self._incidents[other]:
            self._incidents[number] = self._incidents[one]

    def _why(self, this: int, that: int) -> Iterator[str]:
        judgement = self._judgement(this, that)
        if judgement is not None:
            yield f"alike group {self._parts[that].group_id}: {judgement.weight:+.1f} on the average; at best"
            yield from (f"{part.name}: {part.reason} ({part.weight:+.1f})" for part in judgement.best.parts)


def _judge(one: Iterable[Report], other: Iterable[Report]) -> Judgement | None:
    """Weigh the first reports of two groups against each other; None where they are not of one incident."""
    mine, others = _foremost(one), _foremost(other)
    known = not _people(mine).isdisjoint(_people(others))
    weight, excluded, best = 0.0, 0, Comparison((), None)
    for comparison in (compare(this, that) for this in mine for that in others):
        if comparison.cannot_link:
            if not known:
                return None
            excluded += 1
        elif not best.parts or comparison.weight > best.weight:
            best = comparison
        weight += EXCLUDED if comparison.cannot_link else comparison.weight
    average = weight / (len(mine) * len(others))
    return Judgement(average, best) if average >= (CLEAR if excluded else 0.0) else None


def _people(reports: Iterable[Report]) -> set[str]:
    return {key for report in reports for key in people_keys(report.mention)}


def _foremost(reports: Iterable[Report]) -> list[Report]:
    return sorted(reports, key=order_of)[:MAX_COMPARED]


def _alike_among(groups: Mapping[str, Cluster]) -> Iterator[tuple[str, str]]:
    """Yield the groups that are alike, among those that meet."""
    met: dict[str, dict[str, bool]] = defaultdict(dict)
    for name, group in groups.items():
        for report in (linked.report for linked in group.members):
            for key in group_keys(report):
                met[key][name] = met[key].get(name, False) or not report.is_dated
    for key, there in met.items():
        for one, other in combinations(sorted(there), 2) if len(there) <= MAX_MET else ():
            if (is_person(key) or there[one] or there[other]) and are_alike(
                _reports(groups[one]), _reports(groups[other])
            ):
                yield one, other


def _reports(group: Cluster) -> list[Report]:
    return [linked.report for linked in group.members]


def _ids(part: Fragment) -> set[str]:
    return {linked.report.mention.mention_id for linked in part.members}


def _seniority(part: Fragment) -> tuple[str, str]:
    return min(linked.report.seniority for linked in part.members)


def _in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
