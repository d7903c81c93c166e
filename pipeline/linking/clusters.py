"""Groups of reports under construction: where each report is assigned, and which group its evidence points to."""

from bisect import bisect_left, insort
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from itertools import islice, takewhile
from operator import attrgetter
from typing import NamedTuple

from pipeline.linking.blocking_keys import first_timeless_key
from pipeline.linking.comparison import THRESHOLD, Comparison, compare, score
from pipeline.records.report import Assignment, LinkState, Report
from schemas.base import Record, Share

MAX_CANDIDATES = 100
MAX_COMPARED = 8
MAX_RIVALS = 3
MARGIN = 1.0
"""How much stronger than the second best the evidence for the best incident must be, for a vague report."""

Order = tuple[bool, int, int, tuple[str, str]]
Keys = Callable[[Report], Sequence[Hashable]]

_UNDATED_LAST = 1_000_000


class Linked(Record):
    """A report in a group: how surely it belongs there (0 to 1), and why."""

    report: Report
    score: Share
    reasons: tuple[str, ...]


class Cluster(Record):
    """A group of reports that evidence has put together one by one, in the order of the rule."""

    members: tuple[Linked, ...]


def order_of(report: Report) -> Order:
    """Return a report's place in the order of the rule. No two reports tie."""
    is_dated = report.is_dated
    days = report.days if is_dated else None
    return not is_dated, report.place_rank, days or _UNDATED_LAST, report.seniority


def is_vague(report: Report) -> bool:
    """Return whether a report lacks the day or the place, so that the case must be clear for it."""
    return not report.is_dated or report.place_rank > 0


class Entry:
    """A report in the grouping."""

    __slots__ = ("_block", "complete", "group", "group_id", "order", "reasons", "report", "score", "state")

    def __init__(self, assignment: Assignment) -> None:
        self.report = assignment.report
        self.order = order_of(assignment.report)
        self.state = assignment.state
        self.complete = assignment.complete
        self.group_id = assignment.group_id
        self.group: Group | None = None
        self.score = 1.0 if assignment.link_score is None else assignment.link_score
        self.reasons = assignment.link_reasons
        self._block: str | None = None

    @property
    def timeless_key(self) -> str:
        """What the report would search under first if it had no date."""
        if self._block is None:
            self._block = first_timeless_key(self.report)
        return self._block

    @property
    def mention_id(self) -> str:
        """The id of the report's mention."""
        return self.report.mention.mention_id


order_in = attrgetter("order")
"""The order of reports in a grouping."""


def entries_of(assignments: Iterable[Assignment]) -> list[Entry]:
    """Return each report once, in the order of the rule; of one mention read in two places, one report."""
    by_ref = sorted(
        assignments,
        key=lambda assignment: (assignment.state is not LinkState.PENDING, assignment.report.mention.ref),
        reverse=True,
    )
    distinct = {assignment.report.mention.mention_id: assignment for assignment in by_ref}
    return sorted(map(Entry, distinct.values()), key=order_in)


class Group:
    """An incident under construction: its reports, in order."""

    __slots__ = ("members",)

    def __init__(self) -> None:
        self.members: list[Entry] = []

    def compared_with(self, entry: Entry) -> list[Entry]:
        """Return the members that a report is compared with: the first few before it.

        Of those without a date, only the ones that search where it does: whatever is reported from other places, and in
        whatever order, has no say then.
        """
        before = self.members[: min(MAX_COMPARED, bisect_left(self.members, entry.order, key=order_in))]
        if not before or before[-1].report.is_dated:  # as all are that come before it
            return before
        earlier = takewhile(lambda member: member.order < entry.order, self.members)
        peers = (member for member in earlier if member.report.is_dated or member.timeless_key == entry.timeless_key)
        return list(islice(peers, MAX_COMPARED))

    def stands_for_it(self, entry: Entry) -> bool:
        """Whether others that find the group by another member are, or would be, compared with this one.

        Those that are compared with one without a date search where it does, and find the group by that one itself.
        """
        return entry.report.is_dated and bisect_left(self.members, entry.order, key=order_in) < MAX_COMPARED


class Placement(NamedTuple):
    """Where a report belongs: in which group, how surely (0 to 1), and why."""

    group: Group
    score: float
    reasons: tuple[str, ...]


class _Match(NamedTuple):
    group: Group
    comparison: Comparison

    @property
    def rank(self) -> tuple[float, Order]:
        """The order of matches: the strongest evidence first, the incident that began first among equals."""
        return -self.comparison.weight, self.group.members[0].order


class _Block:
    """The groups indexed under one blocking key, in the order of the first report that each has there."""

    __slots__ = ("firsts", "held")

    def __init__(self) -> None:
        self.firsts: list[tuple[Order, Group]] = []
        self.held: dict[Group, list[Entry]] = {}

    def add(self, entry: Entry, group: Group) -> None:
        is_first = self.is_first(entry, group)
        held = self.held.setdefault(group, [])
        if is_first:
            if held:
                self._forget(held[0])
            insort(self.firsts, (entry.order, group), key=_first)
        insort(held, entry, key=order_in)

    def remove(self, entry: Entry, group: Group) -> None:
        held = self.held[group]
        was_first = held[0] is entry
        held.pop(bisect_left(held, entry.order, key=order_in))
        if was_first:
            self._forget(entry)
            if held:
                insort(self.firsts, (held[0].order, group), key=_first)
            else:
                del self.held[group]

    def is_first(self, entry: Entry, group: Group) -> bool:
        """Return whether a report is, or would be, the first that a group has here."""
        held = self.held.get(group)
        return not held or entry.order <= held[0].order

    def is_found(self, entry: Entry) -> bool:
        """Return whether a group is found here whose first report is, or were, this one: not behind too many others."""
        return bisect_left(self.firsts, entry.order, key=_first) < MAX_CANDIDATES

    def _forget(self, entry: Entry) -> None:
        self.firsts.pop(bisect_left(self.firsts, entry.order, key=_first))


def _first(pair: tuple[Order, Group]) -> Order:
    return pair[0]


class Grouping:
    """Incidents under construction, found again by the keys of their reports.

    `keys` are those that a report is indexed under, `search_keys` those under which the others of its incident are
    found. Searching is mutual: whoever may find a report is indexed under a key where that report searches. `known` are
    the keys whose blocks are whole; None, if that is so for every key. `incomplete` are the ids of the mentions for
    whose reports that was too little: their neighbourhood is incomplete.
    """

    def __init__(self, keys: Keys, search_keys: Keys, known: Container[Hashable] | None = None) -> None:
        self.keys = keys
        self.search_keys = search_keys
        self.known = known
        self.incomplete: set[str] = set()
        self._blocks: dict[Hashable, _Block] = {}
        self._touched: dict[Group, None] = {}

    def touched_clusters(self) -> list[Cluster]:
        """Return the groups that have gained, lost or reconsidered a report, and have one left."""
        return [
            Cluster(
                members=tuple(
                    Linked(report=entry.report, score=entry.score, reasons=entry.reasons) for entry in group.members
                )
            )
            for group in sorted((group for group in self._touched if group.members), key=lambda g: g.members[0].order)
        ]

    def restore(self, entries: Iterable[Entry]) -> None:
        """Put the reports into the groups that they are assigned to; those of the pending and retracted are touched."""
        groups: dict[str, Group] = {}
        for entry in entries:
            if entry.group_id is None:
                continue
            group = groups.setdefault(entry.group_id, Group())
            self._put(entry, group)
            if entry.state is not LinkState.ASSIGNED:
                self._touched[group] = None

    def place_for(self, entry: Entry) -> Placement:
        """Return where a report belongs, as things stand."""
        matches = sorted(self._matches(entry), key=lambda match: match.rank)
        if not matches or _is_ambiguous(matches, entry):
            was = entry.group
            return Placement(was if was and was.members[0] is entry else Group(), 1.0, ("first report",))
        group, best = matches[0]
        reasons = tuple(f"{part.name}: {part.reason} ({part.weight:+.1f})" for part in best.parts)
        return Placement(group, score(best.weight), reasons)

    def assign(self, entry: Entry, placement: Placement) -> None:
        """Put a report where it belongs."""
        was, before = entry.group, (entry.score, entry.reasons)
        entry.score, entry.reasons = placement.score, placement.reasons
        if was is not placement.group:
            self.take_out(entry)
            self._put(entry, placement.group)
        elif before == (entry.score, entry.reasons):
            return
        self._touched[placement.group] = None

    def take_out(self, entry: Entry) -> None:
        """Take a report out of its group, if it is in one."""
        group = entry.group
        if group is None:
            return
        group.members.pop(bisect_left(group.members, entry.order, key=order_in))
        entry.group = None
        for key in self.keys(entry.report):
            self._blocks[key].remove(entry, group)
        self._touched[group] = None

    def leading_keys(self, entry: Entry, group: Group) -> set[Hashable]:
        """Return the keys under which others find a group by this report, or would: as the group's first there."""
        keys = ((key, self._blocks.get(key)) for key in self.keys(entry.report))
        return {key for key, block in keys if block is None or (block.is_first(entry, group) and block.is_found(entry))}

    def candidates(self, entry: Entry) -> list[Group]:
        """Return the groups that a report is compared with."""
        found: dict[Group, None] = {}
        for key in self.search_keys(entry.report):
            if self.known is not None and key not in self.known:
                self.incomplete.add(entry.mention_id)
            block = self._blocks.get(key)
            for order, group in block.firsts if block is not None else ():
                if order >= entry.order:
                    break
                found[group] = None
                if len(found) == MAX_CANDIDATES:
                    return list(found)
        return list(found)

    def _put(self, entry: Entry, group: Group) -> None:
        insort(group.members, entry, key=order_in)
        entry.group = group
        for key in self.keys(entry.report):
            block = self._blocks.get(key)
            if block is None:
                block = self._blocks[key] = _Block()
            block.add(entry, group)

    def _matches(self, entry: Entry) -> Iterator[_Match]:
        for group in self.candidates(entry):
            best = match(entry, group.compared_with(entry))
            if best is not None:
                yield _Match(group, best)


def match(entry: Entry, members: Iterable[Entry]) -> Comparison | None:
    """Return the strongest evidence that a report belongs with others; None where it is weak, or one excludes it."""
    best: Comparison | None = None
    most = THRESHOLD
    for member in members:
        comparison = compare(entry.report, member.report)
        if comparison.cannot_link:
            return None
        weight = comparison.weight
        if weight > most or (weight == most and best is None):
            best, most = comparison, weight
    return best


def _is_ambiguous(matches: Sequence[_Match], entry: Entry) -> bool:
    """Return whether two incidents that cannot be linked are about as likely for a report as one another."""
    margin = MARGIN if is_vague(entry.report) else 0.0
    best, *others = matches[: MAX_RIVALS + 1]
    return any(
        _exclude(best.group.compared_with(entry), other.group.compared_with(entry))
        for other in others
        if best.comparison.weight - other.comparison.weight < margin
    )


def _exclude(one: Sequence[Entry], other: Sequence[Entry]) -> bool:
    return any(compare(mine.report, known.report).cannot_link for known in one for mine in other)
