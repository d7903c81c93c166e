"""Reports as they are filed between runs: what linking is given, and what is made of its answer."""

from collections.abc import Callable, Iterable

from pipeline.linking.clustering import relink
from pipeline.linking.clusters import Cluster
from pipeline.records.report import Filed, Filing, Report


def opened(reports: Iterable[Report]) -> list[Filed]:
    """New reports."""
    return [Filed(report=report) for report in reports]


def filed(found: Cluster, group_id: str) -> list[Filed]:
    """The reports of an incident as a later run finds them."""
    return [
        Filed(
            report=linked.report,
            filing=Filing.FILED,
            group_id=group_id,
            link_score=linked.score,
            link_reasons=linked.reasons,
        )
        for linked in found.members
    ]


def told_by(found: Cluster) -> list[str]:
    """The ids of an incident's mentions, in order."""
    return [linked.report.mention.mention_id for linked in found.members]


def surrounded(file: Filed) -> Filed:
    """A filed report that is given with all around it."""
    return file.model_copy(update={"surrounded": True})


class Cabinet:
    """The incidents of one country, which one run after the other changes: `link` says how."""

    def __init__(self, known: Iterable[Cluster] = (), link: Callable[[list[Filed]], list[Cluster]] = relink) -> None:
        self._link = link
        self._incidents = {f"known-{number}": found for number, found in enumerate(known)}
        self._made = 0

    @property
    def state(self) -> list[Cluster]:
        """All incidents, in the order of their first reports."""
        return in_order(self._incidents.values())

    @property
    def files(self) -> dict[str, Filed]:
        """All reports, by the ids of their mentions."""
        everything = (file for name, found in self._incidents.items() for file in filed(found, name))
        return {file.report.mention.mention_id: file for file in everything}

    def add(self, *reports: Report) -> None:
        """Link new reports."""
        self.settle(opened(reports))

    def remove(self, *reports: Report) -> None:
        """Take reports out."""
        known = self.files
        gone = [known[report.mention.mention_id] for report in reports]
        self.settle([file.model_copy(update={"filing": Filing.GONE}) for file in gone])

    def settle(self, stirred: list[Filed]) -> None:
        """Link open and gone reports among all the filed ones, and keep what comes of it."""
        moved = {file.report.mention.mention_id for file in stirred}
        changed = self._link([*stirred, *(surrounded(file) for name, file in self.files.items() if name not in moved)])
        moved |= {name for found in changed for name in told_by(found)}
        for group_id, found in list(self._incidents.items()):
            left = set(told_by(found)) - moved
            if len(left) < len(found.members):
                assert not left, "only a part of an incident has been returned"
                del self._incidents[group_id]
        for found in changed:
            self._made += 1
            self._incidents[f"i-{self._made}"] = found


def in_order(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Incidents in an order that belongs to the set of them."""
    return sorted(clusters, key=told_by)
