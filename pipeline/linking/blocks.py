"""Blocks: the groups that are found under one blocking key, and which of them are within reach."""

from bisect import bisect_left, insort

from pipeline.linking.clusters import Order
from pipeline.linking.entries import Entry, Group, order_in

MAX_CANDIDATES = 100


class Block:
    """The groups indexed under one blocking key, in the order of the first report that each has there."""

    __slots__ = ("firsts", "held")

    def __init__(self) -> None:
        self.firsts: list[tuple[Order, Group]] = []
        self.held: dict[Group, list[Entry]] = {}

    def add(self, entry: Entry, group: Group) -> None:
        """Index a group under this key by one of its reports."""
        is_first = self.is_first(entry, group)
        held = self.held.setdefault(group, [])
        if is_first:
            if held:
                self._forget(held[0])
            insort(self.firsts, (entry.order, group), key=_first)
        insort(held, entry, key=order_in)

    def remove(self, entry: Entry, group: Group) -> None:
        """Forget that a report of a group is under this key."""
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
