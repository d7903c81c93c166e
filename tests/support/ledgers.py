"""Runs without Beam: what reading would stage is given, and plain functions link it, batch by batch."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.linking.clustering import attach, relink
from pipeline.linking.clusters import Cluster
from pipeline.linking.reassignment import NeighbourhoodError
from pipeline.linking.rulings import NOTHING_RULED, Overrides
from pipeline.records.report import Filed
from pipeline.storage.database import bring_up_to_date
from pipeline.storage.load import load
from pipeline.storage.workspace import Batch, Ledger, open_ledger
from schemas.base import Record
from schemas.incident import RunRecord
from schemas.tables import from_row
from tests.support.staging import FACTS, stage


def files_of(batch: Batch) -> list[Filed]:
    """What goes with a batch."""
    return [from_row(Filed, row) for row in pq.read_table(batch.path).to_pylist()]


def linked(batch: Batch) -> list[Cluster]:
    """Link a batch, country by country."""
    countries: dict[str, list[Filed]] = defaultdict(list)
    for file in files_of(batch):
        countries[file.report.link_key].append(file)
    groups: Iterable[list[Filed]] = countries.values()
    link = relink if batch.is_dated else attach
    return [found for files in groups for found in link(files)]


class Work:
    """What a run did. `around` names reports of a batch around which it is widened before it is linked."""

    def __init__(self, around: Callable[[list[Filed]], list[str]] = lambda _: []) -> None:
        self._around = around
        self.batches: list[Batch] = []
        self.widened: list[frozenset[str]] = []

    @property
    def reports(self) -> int:
        """How many reports were read for linking."""
        return sum(pq.read_metadata(batch.path).num_rows for batch in self.batches)

    def link(self, ledger: Ledger, folder: Path, size: int) -> None:
        """Link all that a ledger has to be linked."""
        for batch in ledger.batches(size):
            around = self._around(files_of(batch)) if batch.is_dated else []
            if around:
                batch = ledger.wider(batch, around)
            self.batches.append(batch)
            while True:
                try:
                    clusters = linked(batch)
                    break
                except NeighbourhoodError as error:
                    self.widened.append(error.mentions)
                    batch = ledger.wider(batch, error.mentions)
            shutil.rmtree(folder, ignore_errors=True)
            ledger.enter(stage(folder, clusters=clusters))


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
    staged, books = folder / "staged", folder / "ledger"
    books.mkdir(parents=True)
    stage(staged, *records)
    with open_ledger(database, books) as ledger:
        ledger.take_stock(staged)
        (work or Work()).link(ledger, folder / "linked", size)
        ledger.unite(overrides)
        ledger.write(staged)
    return load(database, staged, FACTS)
