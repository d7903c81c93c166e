"""Reports while they are grouped, and the groups under construction that they are in."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import islice, takewhile
from operator import attrgetter

from pipeline.linking.blocking_keys import first_timeless_key
from pipeline.linking.clusters import order_of
from pipeline.records.report import Assignment, LinkState

MAX_COMPARED = 8


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
