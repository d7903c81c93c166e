"""Runs without Beam: what reading would stage is given, and plain functions link it, batch by batch."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.linking.clustering import attach, relink
from pipeline.linking.clusters import Cluster
from pipeline.linking.reassignment import IncompleteNeighbourhoodError
from pipeline.linking.rulings import NOTHING_RULED, Overrides
from pipeline.records.report import Assignment
from pipeline.storage.load import bring_up_to_date, load
from pipeline.storage.workspace import Batch, Workspace, open_workspace
from schemas.base import Record
from schemas.incident import RunRecord
from schemas.tables import from_row
from tests.support.staging import FACTS, stage


def assignments_of(batch: Batch) -> list[Assignment]:
    """What goes with a batch."""
    return [from_row(Assignment, row) for row in pq.read_table(batch.path).to_pylist()]


def linked(batch: Batch) -> list[Cluster]:
    """Link a batch, country by country."""
    countries: dict[str, list[Assignment]] = defaultdict(list)
    for assignment in assignments_of(batch):
        countries[assignment.report.link_key].append(assignment)
    groups: Iterable[list[Assignment]] = countries.values()
    link = relink if batch.is_dated else attach
    return [found for assignments in groups for found in link(assignments)]


class Work:
    """What a run did. `around` names reports of a batch around which it is widened before it is linked."""

    def __init__(self, around: Callable[[list[Assignment]], list[str]] = lambda _: []) -> None:
        self._around = around
        self.batches: list[Batch] = []
        self.widened: list[frozenset[str]] = []

    @property
    def reports(self) -> int:
        """How many reports were read for linking."""
        return sum(pq.read_metadata(batch.path).num_rows for batch in self.batches)

    def link(self, workspace: Workspace, folder: Path, size: int) -> None:
        """Link all that a workspace has to be linked."""
        for batch in workspace.batches(size):
            around = self._around(assignments_of(batch)) if batch.is_dated else []
            if around:
                batch = workspace.wider(batch, around)
            self.batches.append(batch)
            while True:
                try:
                    clusters = linked(batch)
                    break
                except IncompleteNeighbourhoodError as error:
                    self.widened.append(error.mentions)
                    batch = workspace.wider(batch, error.mentions)
            shutil.rmtree(folder, ignore_errors=True)
            workspace.enter(stage(folder, clusters=clusters))


def run(
    database: Path,
    folder: Path,
    *records: Record,
    size: int = 10_000,
    work: Work | None = None,
    overrides: Overrides = NOTHING_RULED,
) -> RunRecord:
    """Run once over articles, fingerprints and mentions; `folder` must not exist yet."""
    bring_up_to_date(database)
    staged, books = folder / "staged", folder / "workspace"
    books.mkdir(parents=True)
    stage(staged, *records)
    with open_workspace(database, books) as workspace:
        workspace.plan_work(staged)
        (work or Work()).link(workspace, folder / "linked", size)
        workspace.unite(overrides)
        workspace.write(staged)
    return load(database, staged, FACTS)
