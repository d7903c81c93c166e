"""Loading what documents say: rows of mentions and tallies that are new, said again of a newer text, or no longer said.

What the newest text of a document says stands with that text: a row that is there already is replaced where it differs.
What older texts alone have said stays with them, as a record. Of an article that was read again, nothing stays that is
no longer read.
"""

from collections.abc import Mapping

import duckdb

from pipeline.storage.staged import differing, listed
from schemas.tables import BLOCKING_FEATURES, CONTINUATIONS, MENTIONS, READING_LISTS, READINGS, TALLIES, Table

SAID = (MENTIONS, TALLIES)
"""The tables that are loaded so; their articles have to be there, with what is known of newer texts."""

_REPLACE = """
CREATE TEMP TABLE renewed_{table} AS
SELECT {of_staged}
FROM staged_{table} s
JOIN {table} k ON k.{key} = s.{key}
LEFT JOIN articles a ON a.article_id = s.article_id
WHERE {differs} AND a.superseded_by IS NULL AND coalesce(a.ref, s.ref) = s.ref
QUALIFY row_number() OVER (PARTITION BY s.{key}) = 1;

CREATE TEMP TABLE unsaid_{table} AS
SELECT {key} FROM {table} SEMI JOIN staged_reread USING (article_id) ANTI JOIN staged_{table} USING ({key});

DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM renewed_{table} UNION ALL SELECT {key} FROM unsaid_{table});
INSERT INTO {table} ({columns}) SELECT {columns} FROM renewed_{table};
"""

_FORGET_FEATURES = """
DELETE FROM blocking_features
    WHERE mention_id IN (SELECT mention_id FROM unsaid_mentions)
        OR mention_id IN (SELECT mention_id FROM staged_blocking_features ANTI JOIN mentions USING (mention_id));
"""

_APPEND = """
CREATE TEMP VIEW loadable_{table} AS
SELECT s.*, a.superseded_by IS NOT NULL AS is_old
FROM staged_{table} s LEFT JOIN articles a ON a.article_id = s.article_id
ANTI JOIN {table} k ON k.{key} = s.{key}
WHERE coalesce(a.ref, s.ref) = s.ref;

CREATE TEMP TABLE staged_again AS SELECT {key} FROM staged_{table} GROUP BY {key} HAVING count(*) > 1;

INSERT INTO {table} ({columns})
SELECT {columns} FROM loadable_{table} ANTI JOIN staged_again USING ({key})
UNION ALL
SELECT {columns} FROM loadable_{table} SEMI JOIN staged_again USING ({key})
QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY is_old, ref) = 1;

DROP VIEW loadable_{table};
DROP TABLE staged_again;
"""
"""The few rows that are staged twice go apart: choosing among all would take all of them in memory."""

_FIRST_SAID = """
UPDATE {table} SET published_at = f.published_at
FROM staged_first_said f
WHERE f.mention_id = {table}.mention_id AND f.published_at IS DISTINCT FROM {table}.published_at
"""

_CONTINUATIONS = """
DELETE FROM continuations
    WHERE mention_id IN (
        SELECT mention_id FROM staged_incident_mentions UNION ALL SELECT mention_id FROM staged_continuations
    );
INSERT INTO continuations BY NAME SELECT {columns} FROM staged_continuations;
"""

_READINGS = """
DELETE FROM readings WHERE article_id IN (SELECT article_id FROM staged_readings);
INSERT INTO readings BY NAME SELECT {columns} FROM staged_readings SEMI JOIN articles USING (article_id);
"""
_NEW_READINGS = """
INSERT INTO readings BY NAME
    SELECT DISTINCT article_id, $extractor AS extractor, $version AS extractor_version, $places AS places,
        $actors AS actors
    FROM staged_articles ANTI JOIN readings USING (article_id)
"""
_LISTS = """
INSERT INTO reading_lists BY NAME SELECT {columns} FROM staged_reading_lists ANTI JOIN reading_lists USING (digest);
DELETE FROM reading_lists
    WHERE digest NOT IN (SELECT places FROM readings WHERE places IS NOT NULL)
        AND digest NOT IN (SELECT actors FROM readings WHERE actors IS NOT NULL);
"""


def renew(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Load what is staged of mentions or tallies; return how many of them are new."""
    (key,) = table.key
    columns = listed(table.columns)
    unkept = ("published_at",) if table is MENTIONS else ()
    connection.execute(
        _REPLACE.format(
            table=table.name,
            key=key,
            columns=columns,
            of_staged=listed(table.columns, "s."),
            differs=differing(table, unkept, "s", "k"),
        )
    )
    before = _count(connection, table)
    connection.execute(_APPEND.format(table=table.name, key=key, columns=columns))
    return _count(connection, table) - before


def keep_lineage(connection: duckdb.DuckDBPyConnection, means: Mapping[str, str | None]) -> None:
    """Load when mentions were first published, what continues what, and what articles were read with.

    New articles were read with `means` (`storage.rereading.ReadingMeans.parameters`).
    """
    connection.execute(_FORGET_FEATURES)
    for table in (MENTIONS, BLOCKING_FEATURES):
        connection.execute(_FIRST_SAID.format(table=table.name))
    connection.execute(_CONTINUATIONS.format(columns=listed(CONTINUATIONS.columns)))
    connection.execute(_READINGS.format(columns=listed(READINGS.columns)))
    connection.execute(_NEW_READINGS, dict(means))
    connection.execute(_LISTS.format(columns=listed(READING_LISTS.columns)))


def _count(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()
    return int(row[0]) if row else 0
