"""Loading what a run has staged into DuckDB: all of it in one transaction, or nothing.

Articles and rejects never change once they are stored: what is staged is added unless its key is known. Mentions and
tallies stand with the newest text of their document (`storage.renewal`). Incidents do change: what is staged for an
incident replaces what is stored where the two differ, and each difference is a row in `incident_revisions`. An incident
whose reports have all moved elsewhere is superseded by the one that took most of them; one that is made of reports of
an incident that stays is split from it. What is staged of a feed replaces what is stored of it, and the rulings that
the run obeyed replace those of the run before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from pipeline.storage.database import be_frugal, check_version, read_or_empty
from pipeline.storage.gazetteer import fill_gazetteer
from pipeline.storage.incident_changes import update_incidents
from pipeline.storage.memory_budget import megabytes, with_enough_memory
from pipeline.storage.publication import revise
from pipeline.storage.renewal import SAID, keep_lineage, renew
from pipeline.storage.schema import create_schema
from pipeline.storage.staged import APPENDED, STAGED, listed, show_staged
from schemas.incident import RunRecord
from schemas.tables import BLOCKING_FEATURES, FEEDS, RUNS, SCHEMA_VERSION, Table, to_row

_LEAST_MEMORY_MB, _MEMORY_PER_STAGED, _MEMORY_PER_KNOWN = 80, 1.0, 0.1
"""What loading should need: all new keys have to fit, which take about as much as what is staged in Parquet.

The checkpoint goes through what the database knows.
"""

_APPEND = """
INSERT INTO {table} ({columns})
SELECT {columns}
FROM staged_{table}
ANTI JOIN {table} USING ({key})
ANTI JOIN (SELECT {key} FROM staged_{table} GROUP BY {key} HAVING count(*) > 1) USING ({key})
UNION ALL
SELECT {columns}
FROM staged_{table}
ANTI JOIN {table} USING ({key})
SEMI JOIN (SELECT {key} FROM staged_{table} GROUP BY {key} HAVING count(*) > 1) USING ({key})
QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {order}) = 1
"""
"""The few rows that are staged twice go apart: choosing among all would take all of them in memory."""

_STANDINGS = """
UPDATE articles SET duplicate_of = c.original FROM staged_copies c WHERE c.article_id = articles.article_id;
UPDATE articles SET superseded_by = s.superseded_by FROM staged_superseded s WHERE s.article_id = articles.article_id;
"""

_UNIONS = """
DELETE FROM likenesses
    WHERE (met, one, other) IN (SELECT (met, one, other) FROM staged_lost_likenesses);
INSERT INTO likenesses BY NAME FROM staged_likenesses;
DELETE FROM rulings;
INSERT INTO rulings BY NAME FROM staged_rulings;
"""

_DERIVED = """
DELETE FROM blocking_features WHERE mention_id IN (SELECT mention_id FROM staged_derived_features);
INSERT INTO blocking_features BY NAME FROM staged_derived_features;
"""

_FEEDS = """
DELETE FROM feeds WHERE feed_url IN (SELECT feed_url FROM staged_feeds);
INSERT INTO feeds BY NAME
    SELECT {columns} FROM staged_feeds QUALIFY row_number() OVER (PARTITION BY feed_url) = 1 ORDER BY feed_url;
"""


@dataclass(frozen=True)
class RunFacts:
    """What the launcher knows of a run, for its row in `runs`: `preparation` are further fields of that."""

    started_at: datetime
    finished_at: datetime
    version: str
    extractor: str
    extractor_version: str
    inputs: tuple[str, ...]
    articles_read: int
    places_digest: str | None = None
    actors_digest: str | None = None
    preparation: Mapping[str, int] = field(default_factory=dict)


def load(database: Path, staged: Path, facts: RunFacts, patience_seconds: float = 0.0) -> RunRecord:
    """Load the Parquet files in `staged` into `database`, made if it does not exist. Returns the run's row.

    All of it is seen at once by whoever opens the database from then on, or nothing is (`storage.publication`).
    Another program that writes to it is waited for up to `patience_seconds`.
    """
    known_mb, staged_mb = megabytes(database), megabytes(*staged.glob("*.parquet"))
    memory_mb = _LEAST_MEMORY_MB + int(_MEMORY_PER_STAGED * staged_mb + _MEMORY_PER_KNOWN * known_mb)
    return with_enough_memory(
        "loading", lambda times: _load_within(times * memory_mb, database, staged, facts, patience_seconds)
    )


def bring_up_to_date(database: Path, patience_seconds: float = 0.0) -> None:
    """Make of a database of an older release one of this release; do nothing to one that is, or is not there yet."""

    def work(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("BEGIN")
        create_schema(connection)
        fill_gazetteer(connection)
        connection.execute("COMMIT")

    with read_or_empty(database) as connection:
        check_version(connection, database)
        (found,) = connection.execute("SELECT max(version) FROM schema_version").fetchone() or (None,)
    if found != SCHEMA_VERSION:
        revise(database, work, patience_seconds)


def _load_within(memory_mb: int, database: Path, staged: Path, facts: RunFacts, patience_seconds: float) -> RunRecord:
    def work(connection: duckdb.DuckDBPyConnection) -> RunRecord:
        check_version(connection, database)
        be_frugal(connection, memory_mb, staged)
        connection.execute("BEGIN")
        create_schema(connection)
        fill_gazetteer(connection)
        record = _load(connection, staged, facts)
        connection.execute("COMMIT")
        return record

    return revise(database, work, patience_seconds)


def _load(connection: duckdb.DuckDBPyConnection, staged: Path, facts: RunFacts) -> RunRecord:
    for table in STAGED:
        show_staged(connection, table, staged)
    new = {table.name: _append(connection, table) for table in APPENDED}
    run_id = _count(connection, "SELECT coalesce(max(run_id), 0) + 1 FROM runs")
    connection.execute(_STANDINGS)
    new |= {table.name: renew(connection, table) for table in SAID}
    _append(connection, BLOCKING_FEATURES)
    keep_lineage(connection, _means(facts))
    connection.execute(_FEEDS.format(columns=listed(FEEDS.columns)))
    update_incidents(connection, run_id, facts.finished_at)
    connection.execute(_UNIONS)
    connection.execute(_DERIVED)
    record = RunRecord(
        run_id=run_id,
        started_at=facts.started_at,
        finished_at=facts.finished_at,
        version=facts.version,
        extractor=facts.extractor,
        extractor_version=facts.extractor_version,
        inputs=facts.inputs,
        places_digest=facts.places_digest,
        actors_digest=facts.actors_digest,
        articles_read=facts.articles_read,
        articles_reread=_count(connection, "SELECT count(*) FROM staged_reread"),
        articles_new=new["articles"],
        mentions_new=new["mentions"],
        tallies_new=new["tallies"],
        rejects_new=new["rejects"],
        incidents_created=_count(connection, "SELECT count(*) FROM changed WHERE is_new"),
        incidents_updated=_count(connection, "SELECT count(*) FROM changed WHERE NOT is_new"),
        incidents_superseded=_count(connection, "SELECT count(*) FROM gone"),
        **facts.preparation,
    )
    row = to_row(record)
    connection.execute(
        f"INSERT INTO {RUNS.name} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",  # own names
        list(row.values()),
    )
    return record


def _means(facts: RunFacts) -> dict[str, str | None]:
    return {
        "extractor": facts.extractor,
        "version": facts.extractor_version,
        "places": facts.places_digest,
        "actors": facts.actors_digest,
    }


def _append(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Add the staged rows whose keys are not stored yet; return how many there were.

    What was read in two places is staged twice: the row with the first `ref` stays, and of several the first `source`.
    """
    columns, key = listed(table.columns), listed(table.key)
    order = listed(tuple(name for name in ("ref", "source") if name in table.columns)) or key
    return _count(connection, _APPEND.format(table=table.name, columns=columns, key=key, order=order))


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
