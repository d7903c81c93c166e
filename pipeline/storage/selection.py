"""Rows of a database that somebody takes along: incidents, or their revisions, with who reports them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import QueryError
from pipeline.storage.database import read_ours

_REPORTS = """
    SELECT l.incident_id, list(
        struct_pack(source := m.source, url := coalesce(m.url, a.url), title := a.title, published_at := m.published_at)
        ORDER BY m.published_at, m.source, m.mention_id
    ) AS reports
    FROM incident_mentions l JOIN mentions m USING (mention_id) LEFT JOIN articles a USING (article_id)
    GROUP BY l.incident_id
"""
_ORDERS = {
    "incidents": "date_earliest, date_latest, incident_id",
    "incident_revisions": "recorded_at DESC, incident_id, revision DESC",
}
_AT_A_TIME = 1_000


@dataclass(frozen=True)
class Selection:
    """Which incidents: those for which the SQL condition `where` holds, and that may lie between the days given.

    Both days are included. With either, what has no date is not selected.
    """

    where: str | None = None
    since: date | None = None
    until: date | None = None


def selected(path: Path, selection: Selection, revisions: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the rows of `incidents` (or `incident_revisions`) as values by column, and `reports`, in a fixed order.

    A report is a mapping with `source`, `url`, `title` and `published_at`. Raises NoDatabaseError or NotADatabaseError,
    and QueryError for a condition that DuckDB refuses.
    """
    table = "incident_revisions" if revisions else "incidents"
    with read_ours(path) as connection:
        try:
            answer = connection.execute(
                f"""
                SELECT i.*, coalesce(r.reports, []) AS reports
                FROM (SELECT * FROM {table} WHERE ({selection.where or "true"}\n)) i
                LEFT JOIN ({_REPORTS}) r USING (incident_id)
                WHERE ($since IS NULL OR date_latest >= $since) AND ($until IS NULL OR date_earliest <= $until)
                ORDER BY {_ORDERS[table]}
                """,
                {"since": selection.since, "until": selection.until},
            )
        except duckdb.Error as error:
            raise QueryError(str(error)) from error
        names = [column[0] for column in answer.description or ()]
        while rows := answer.fetchmany(_AT_A_TIME):
            for row in rows:
                yield dict(zip(names, row, strict=True))
