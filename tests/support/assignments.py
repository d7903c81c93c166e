"""Reports as they are kept between runs: what linking is given, and what is made of its answer."""

from collections.abc import Callable, Iterable

from pipeline.linking.clustering import relink
from pipeline.linking.clusters import Cluster
from pipeline.records.report import Assignment, LinkState, Report


def pending(reports: Iterable[Report]) -> list[Assignment]:
    """New reports."""
    return [Assignment(report=report) for report in reports]


def assigned(found: Cluster, group_id: str) -> list[Assignment]:
    """The reports of an incident as a later run finds them."""
    return [
        Assignment(
            report=linked.report,
            state=LinkState.ASSIGNED,
            group_id=group_id,
            link_score=linked.score,
            link_reasons=linked.reasons,
        )
        for linked in found.members
    ]


def ids_of(found: Cluster) -> list[str]:
    """The ids of an incident's mentions, in order."""
    return [linked.report.mention.mention_id for linked in found.members]


def completed(assignment: Assignment) -> Assignment:
    """An assigned report that is given with its whole neighbourhood."""
    return assignment.model_copy(update={"complete": True})


class KnownGroups:
    """The incidents of one country, which one run after the other changes: `link` says how."""

    def __init__(
        self, known: Iterable[Cluster] = (), link: Callable[[list[Assignment]], list[Cluster]] = relink
    ) -> None:
        self._link = link
        self._incidents = {f"known-{number}": found for number, found in enumerate(known)}
        self._made = 0

    @property
    def state(self) -> list[Cluster]:
        """All incidents, in the order of their first reports."""
        return in_order(self._incidents.values())

    @property
    def assignments(self) -> dict[str, Assignment]:
        """All reports, by the ids of their mentions."""
        everything = (assignment for name, found in self._incidents.items() for assignment in assigned(found, name))
        return {assignment.report.mention.mention_id: assignment for assignment in everything}

    def add(self, *reports: Report) -> None:
        """Link new reports."""
        self.reassign(pending(reports))

    def remove(self, *reports: Report) -> None:
        """Take reports out."""
        known = self.assignments
        retracted = [known[report.mention.mention_id] for report in reports]
        self.reassign([assignment.model_copy(update={"state": LinkState.RETRACTED}) for assignment in retracted])

    def reassign(self, changed_ones: list[Assignment]) -> None:
        """Link pending and retracted reports among all the assigned ones, and keep what comes of it."""
        moved = {assignment.report.mention.mention_id for assignment in changed_ones}
        changed = self._link(
            [
                *changed_ones,
                *(completed(assignment) for name, assignment in self.assignments.items() if name not in moved),
            ]
        )
        moved |= {name for found in changed for name in ids_of(found)}
        for group_id, found in list(self._incidents.items()):
            left = set(ids_of(found)) - moved
            if len(left) < len(found.members):
                assert not left, "only a part of an incident has been returned"
                del self._incidents[group_id]
        for found in changed:
            self._made += 1
            self._incidents[f"i-{self._made}"] = found


def in_order(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Incidents in an order that belongs to the set of them."""
    return sorted(clusters, key=ids_of)
