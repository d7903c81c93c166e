"""What is to be linked, with what, and what came of it: the launcher's book-keeping between the stages of a run.

Reading stages mentions; the workspace works out how their articles stand to all others (copies, newer texts), which
reports have to be linked, and cuts them into batches that a worker can hold. With each batch go the assigned reports of
its neighbourhood, and what linking makes of it is entered before the next. When all reports are in groups, the groups
are united into incidents (`storage.unions`). Any cut into batches gives the same incidents, as any cut into runs does
(see `linking.clustering` and `linking.unions`).

It works in a DuckDB file of its own, beside the database, which it only reads.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.linking.rulings import Overrides
from pipeline.records.identity import incident_id
from pipeline.storage import dated_batches, undated_batches
from pipeline.storage.blocking_features import REPORT
from pipeline.storage.database import be_frugal, limit_memory, open_beside
from pipeline.storage.lineage import LINKS, find_continuations, name_incidents, renamed
from pipeline.storage.memory_budget import megabytes
from pipeline.storage.schema import show_known
from pipeline.storage.staged import (
    COPIES,
    FIRST_SAID,
    INCIDENT_COLUMNS,
    LINK_COLUMNS,
    LOST_LIKENESSES,
    RETRACTED,
    SUPERSEDED,
    copy_to,
    show_staged,
    write_staged,
)
from pipeline.storage.unions import unite_groups
from pipeline.storage.work_plan import plan_work
from schemas.tables import CONTINUATIONS, INCIDENT_MENTIONS, INCIDENTS, LIKENESSES, RULINGS

_LEAST_MEMORY_MB, _MEMORY_PER_KNOWN, _MEMORY_TO_SORT_MB = 48, 0.25, 88
"""What it should need beside the size of what is staged; for each byte of the database; and to sort reports.

Between batches, most of it would be of use to those who link them.
"""

_LITTLE_MB, _THREADS_FOR_LITTLE = 8, 2
"""Where no more than this is staged, the work is to scan what is known: threads share that, in little memory."""

_ASSIGNMENTS = f"""
WITH assignments AS (
    SELECT chosen.*, coalesce(a.group_id, k.group_id) AS group_id,
        coalesce(a.link_score, k.link_score) AS link_score,
        coalesce(a.link_reasons, k.link_reasons, []) AS link_reasons
    FROM chosen LEFT JOIN assigned a USING (mention_id) LEFT JOIN known_incident_mentions k USING (mention_id)
)
SELECT r.report, assignments.* EXCLUDE (mention_id) FROM assignments JOIN new_reports r USING (mention_id)
UNION ALL
SELECT {REPORT}, assignments.* EXCLUDE (mention_id)
FROM assignments JOIN held_mentions m USING (mention_id) LEFT JOIN origins USING (article_id)
"""

_ENTER = f"""
DELETE FROM fused WHERE incident_id IN (SELECT incident_id FROM staged_incidents);
INSERT INTO fused SELECT {INCIDENT_COLUMNS} FROM staged_incidents;
DELETE FROM entered WHERE mention_id IN (SELECT mention_id FROM staged_incident_mentions);
INSERT INTO entered SELECT {LINK_COLUMNS} FROM staged_incident_mentions;
"""

_INCIDENTS = """
FROM fused SEMI JOIN entered USING (incident_id) ANTI JOIN connected ON connected.group_id = fused.incident_id
UNION ALL
FROM united
"""


@dataclass(frozen=True)
class Batch:
    """Reports to be linked together: a Parquet file of `Assignment`. All pending ones have a date, or none has."""

    number: int
    path: str
    is_dated: bool


class Workspace:
    """The book-keeping of a run. Made by `open_workspace`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, known_mb: int, times: int) -> None:
        self._connection = connection
        self._folder = folder
        self._known_mb = known_mb
        self._needed_mb = _LEAST_MEMORY_MB
        self._times = times

    def plan_work(self, staged: Path) -> None:
        """Work out, from what reading has staged, what there is to link."""
        staged_mb = megabytes(*staged.glob("*.parquet"))
        self._needed_mb += int(_MEMORY_PER_KNOWN * self._known_mb) + staged_mb
        threads = _THREADS_FOR_LITTLE if staged_mb <= _LITTLE_MB else 1
        be_frugal(self._connection, self._needed_mb * self._times, self._folder, threads)
        with self._sorting():
            plan_work(self._connection, staged)
            find_continuations(self._connection)

    def batches(self, size: int) -> Iterator[Batch]:
        """Yield batches of about `size` pending reports, or more on crowded days; first those with a date.

        What came of a batch is to be entered before the next one is taken.
        """
        dated_batches.cut(self._connection, size)
        for number in self._numbers("dated_batches"):
            with self._sorting():
                dated_batches.begin(self._connection, number)
                batch = Batch(number, self._write(f"dated-{number}"), is_dated=True)
            yield batch
        with self._sorting():
            undated_batches.cut(self._connection, size)
        for number in self._numbers("undated_batches"):
            undated_batches.choose(self._connection, number)
            yield Batch(number, self._write(f"undated-{number}"), is_dated=False)

    def unite(self, overrides: Overrides) -> frozenset[str]:
        """Unite groups into incidents, once all batches are entered, as evidence and rulings have it.

        Returns the ids of rulings that no current report has. Raises ValidationError where the reports that its ids
        stand for show that rulings contradict one another.
        """
        unknown = unite_groups(self._connection, overrides)
        name_incidents(self._connection)
        return unknown

    def wider(self, batch: Batch, around: Iterable[str]) -> Batch:
        """Return the batch last yielded, with all that is around these assigned reports too, by their mention ids.

        Raises ValueError for reports without a date, which have no place in time around which to look.
        """
        if not batch.is_dated:
            raise ValueError("reports without a date have no neighbourhood")
        with self._sorting():
            dated_batches.widen(self._connection, batch.number, around)
            return Batch(batch.number, self._write(f"dated-{batch.number}"), is_dated=True)

    def enter(self, linked: Path) -> None:
        """Enter what linking a batch has staged in a folder."""
        for table in (INCIDENTS, INCIDENT_MENTIONS):
            show_staged(self._connection, table, linked)
        self._connection.execute(_ENTER)

    def write(self, staged: Path) -> None:
        """Stage what came of the run: copies, replaced articles, incidents, links, and how reports go on."""
        for query, table in (
            ("FROM copies", COPIES),
            ("FROM superseded", SUPERSEDED),
            (renamed(_INCIDENTS), INCIDENTS),
            (renamed(LINKS), INCIDENT_MENTIONS),
            ("SELECT mention_id FROM retracted", RETRACTED),
            ("FROM first_said", FIRST_SAID),
            ("FROM new_continuations", CONTINUATIONS),
            ("FROM found_likenesses", LIKENESSES),
            ("FROM lost_likenesses", LOST_LIKENESSES),
            ("FROM rulings", RULINGS),
        ):
            write_staged(self._connection, query, table, staged)

    @contextmanager
    def _sorting(self) -> Iterator[None]:
        """Allow what it takes to sort reports, while nobody else works."""
        limit_memory(self._connection, (self._needed_mb + _MEMORY_TO_SORT_MB) * self._times)
        yield
        limit_memory(self._connection, self._needed_mb * self._times)

    def _write(self, name: str) -> str:
        path = self._folder / f"{name}.parquet"
        copy_to(self._connection, _ASSIGNMENTS, path)
        return str(path)

    def _numbers(self, table: str) -> list[int]:
        rows = self._connection.execute(f"SELECT DISTINCT batch FROM {table} ORDER BY batch").fetchall()
        return [number for (number,) in rows]


@contextmanager
def open_workspace(database: Path, folder: Path, times: int = 1) -> Iterator[Workspace]:
    """Open a new workspace in `folder`, beside a database, which need not exist yet.

    It may take `times` as much memory as it should need.
    """
    with open_beside(folder / "workspace.duckdb", database) as connection:
        show_known(connection)
        connection.create_function("incident_of", incident_id, ["VARCHAR"], "VARCHAR")
        yield Workspace(connection, folder, megabytes(database), times)
