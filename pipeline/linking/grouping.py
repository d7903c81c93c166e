"""Which group a report belongs to: the one that its evidence points to, unless another is about as likely."""

from bisect import bisect_left, insort
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.linking.blocks import MAX_CANDIDATES, Block
from pipeline.linking.clusters import Cluster, Linked, Order, is_vague
from pipeline.linking.comparison import THRESHOLD, Comparison, compare, score
from pipeline.linking.entries import Entry, Group, order_in
from pipeline.records.report import LinkState, Report

MAX_RIVALS = 3
MARGIN = 1.0
"""How much stronger than the second best the evidence for the best incident must be, for a vague report."""

Keys = Callable[[Report], Sequence[Hashable]]


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
        self._blocks: dict[Hashable, Block] = {}
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
                block = self._blocks[key] = Block()
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
