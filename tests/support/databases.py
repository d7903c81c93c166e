"""Looking into the databases that runs leave."""

from pathlib import Path
from typing import Any

import duckdb

CLOCKED = {"incident_revisions": ("recorded_at",)}
"""Columns that hold when a run was, which no two runs share."""


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


_AFTER_REPORTS = (
    "SELECT t.* REPLACE (first AS incident_id) FROM {table} t "
    "JOIN (SELECT incident_id, min(mention_id) AS first FROM incident_mentions GROUP BY 1) USING (incident_id)"
)


def incidents_by_report(database: Path) -> dict[str, list[str]]:
    """All rows as `contents` gives them without history, with incidents called by the least of their mentions' ids.

    What an incident is called depends on which of its reports came first; what it is does not. What was continued by
    what is history, too: it depends on whether a text was there before it was edited.
    """
    called = {
        name: sorted(str(row) for row in rows(database, _AFTER_REPORTS.format(table=name)))
        for name in ("incidents", "incident_mentions")
    }
    return contents(database, "incident_revisions", "continuations") | called


def contents(database: Path, *left_out: str) -> dict[str, list[str]]:
    """All rows of all tables but `runs` and those named, as sorted text; places come of the release, not of a run."""
    names = [name for (name,) in rows(database, "SELECT table_name FROM duckdb_tables() ORDER BY 1")]
    return {
        name: sorted(str(row) for row in rows(database, f"SELECT * {_but(name)} FROM {name}"))
        for name in names
        if name not in ("runs", "gazetteer", *left_out)
    }


def _but(table: str) -> str:
    columns = CLOCKED.get(table, ())
    return f"EXCLUDE ({', '.join(columns)})" if columns else ""


def make_older(database: Path) -> None:
    """Make of a database what the release before groups and rulings would have left: schema version 2."""
    with duckdb.connect(str(database)) as connection:
        for statement in (
            "UPDATE schema_version SET version = 2",
            "DROP TABLE likenesses",
            "DROP TABLE rulings",
            "DROP TABLE continuations",
            "DROP TABLE readings",
            "DROP TABLE reading_lists",
            "ALTER TABLE incident_revisions DROP COLUMN cause",
            "ALTER TABLE runs DROP COLUMN places_digest",
            "ALTER TABLE runs DROP COLUMN actors_digest",
            "ALTER TABLE runs DROP COLUMN articles_reread",
            "ALTER TABLE incident_mentions DROP COLUMN group_id",
            "ALTER TABLE incident_mentions DROP COLUMN group_reasons",
            "ALTER TABLE incident_revisions DROP COLUMN split_from",
        ):
            connection.execute(statement)
