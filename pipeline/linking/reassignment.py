"""Reassignment: pending reports come among assigned ones, and those whose case this changes are asked again, in order.

A report's case is: the groups that it finds under the keys under which it searches, and the few members of each that it
is compared with. When a report joins a group or leaves one, the case of a later one changes only if it is compared with
others in that group than before, or finds another group than before, and if that group is, or was, a match.
Otherwise it would decide as it did.

What a report is compared by does not change. So a pending or a retracted one that is in a group stays there until its
turn, as the others have seen it there.
"""

import heapq
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from typing import NamedTuple

from pipeline.linking.clusters import Order
from pipeline.linking.entries import Entry, Group, order_in
from pipeline.linking.grouping import Grouping, Placement, match
from pipeline.records.report import LinkState

_ENOUGH = 100
"""A report is asked anyway, where all is known, when to see whether its case changes has cost so much already.

In comparisons of two reports, about. To ask it costs little more, and only once; so the work does not grow with the
product of what is new and what is assigned.
"""
_TO_FIND, _TO_WEIGH = 4, 1
"""What it costs to find the groups that are a report's candidates, before and after a move; and to look at the two."""


class _Case(NamedTuple):
    """What the decision of a report rests on, as far as a move can change it."""

    compared_with: tuple[tuple[Group, list[Entry]], ...]
    candidates: frozenset[Group]
    """None of them, where the move cannot change what they are."""

    @property
    def size(self) -> int:
        """With how many reports this one is compared to see whether one of the groups is a match."""
        return sum(len(members) for _, members in self.compared_with)


class IncompleteNeighbourhoodError(Exception):
    """More assigned reports have a say in where pending ones belong than were given: those around `mentions`, by id."""

    def __init__(self, mentions: Iterable[str]) -> None:
        self.mentions = frozenset(mentions)
        super().__init__(f"reports around {', '.join(sorted(self.mentions))} are missing")


def reassign(grouping: Grouping, entries: Iterable[Entry]) -> None:
    """Let the pending reports decide, take out the retracted, and ask the assigned ones that may decide otherwise then.

    In the order of `entries`, which are all reports, and have been restored to their groups. Raises
    IncompleteNeighbourhoodError where reports matter that are not given, as their keys are not known to the grouping;
    to name as many at once as possible, it goes on to the end as if there were none.
    """
    _Reassignment(grouping, entries).run()
    if grouping.incomplete:
        raise IncompleteNeighbourhoodError(grouping.incomplete)


class _Reassignment:
    def __init__(self, grouping: Grouping, entries: Iterable[Entry]) -> None:
        self._grouping = grouping
        self._waiting: list[tuple[Order, Entry]] = []
        self._assigned: dict[Hashable, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.state is not LinkState.ASSIGNED:
                self._waiting.append((entry.order, entry))
            elif self._waiting:  # before the first of those, nothing changes
                for key in grouping.keys(entry.report):
                    self._assigned[key].append(entry)
        self._spent: Counter[Entry] = Counter()
        self._queued = {entry for _, entry in self._waiting}

    def run(self) -> None:
        while self._waiting:
            _, entry = heapq.heappop(self._waiting)
            self._reassign(entry)

    def _reassign(self, entry: Entry) -> None:
        was = entry.group
        placement = None if entry.state is LinkState.RETRACTED else self._grouping.place_for(entry)
        if placement is not None and placement.group is was:
            self._grouping.assign(entry, placement)
            return
        groups = [group for group in (was, placement.group if placement else None) if group is not None]
        others = self._finding(entry, groups)
        if not others:
            self._move(entry, placement)
            return
        leading = {key for group in groups for key in self._grouping.leading_keys(entry, group)}
        finders = others if leading else []
        finding = {other for other in finders if not leading.isdisjoint(self._grouping.search_keys(other.report))}
        before = [self._case(other, groups, other in finding) for other in others]
        self._move(entry, placement)
        after = [self._case(other, groups, other in finding) for other in others]
        self._ask(
            other
            for other, was, now in zip(others, before, after, strict=True)
            if self._is_worth_asking(other, was, now, other in finding)
        )

    def _move(self, entry: Entry, placement: Placement | None) -> None:
        if placement is None:
            self._grouping.take_out(entry)
        else:
            self._grouping.assign(entry, placement)

    def _ask(self, others: Iterable[Entry]) -> None:
        for other in others:
            self._queued.add(other)
            heapq.heappush(self._waiting, (other.order, other))

    def _finding(self, entry: Entry, groups: Iterable[Group]) -> list[Entry]:
        """Return the assigned reports after this one that find it, or groups where others are compared with it."""
        known = self._grouping.known
        if known is None and not self._assigned:
            return []
        changed = {entry} | {member for group in groups if group.stands_for_it(entry) for member in group.members}
        keys: set[Hashable] = set()
        for member in changed:
            searched = self._grouping.search_keys(member.report)
            keys.update(searched)
            if known is not None and any(key not in known for key in searched):
                self._grouping.incomplete.add(member.mention_id)
        found: dict[Entry, None] = {}
        for key in keys & self._assigned.keys():
            there = self._assigned[key]
            later = there[bisect_right(there, entry.order, key=order_in) :]
            still = [other for other in later if other not in self._queued]
            self._assigned[key] = still  # all others have been asked, or are before any that is yet to move
            found.update(dict.fromkeys(still))
        return list(found)

    def _case(self, other: Entry, groups: Iterable[Group], finding: bool) -> _Case:
        candidates = self._grouping.candidates(other) if finding else ()
        return _Case(tuple((group, group.compared_with(other)) for group in groups), frozenset(candidates))

    def _is_worth_asking(self, other: Entry, before: _Case, after: _Case, finding: bool) -> bool:
        if self._grouping.known is None:
            self._spent[other] += _TO_FIND if finding else _TO_WEIGH
            if before != after:
                self._spent[other] += before.size + after.size
            if self._spent[other] > _ENOUGH:
                return True
        return before != after and _differ(other, before, after)


def _differ(entry: Entry, before: _Case, after: _Case) -> bool:
    """Return whether a report may decide otherwise."""
    found = before.candidates ^ after.candidates
    for (group, were), (_, are) in zip(before.compared_with, after.compared_with, strict=True):
        if (were != are or group in found) and (match(entry, were) or match(entry, are)):
            return True
    others = found.difference(group for group, _ in after.compared_with)
    return any(match(entry, group.compared_with(entry)) for group in others)
