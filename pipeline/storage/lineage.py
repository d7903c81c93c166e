"""How incidents of this run go on from known ones: which report continues which, and what incidents are called.

The theory is in `records.identity`; DuckDB finds the few reports and incidents that are to be looked at.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.linking.continuation import continued
from pipeline.linking.naming import Shared, inherited, newly_named
from pipeline.records.report import Report
from pipeline.storage.blocking_features import REPORT
from schemas import Mention
from schemas.lineage import Continuation
from schemas.tables import arrow_schema, from_row, to_row

_FETCHED = 1_000

_RETOLD = f"""
WITH documents AS (SELECT article_id, document FROM all_articles),
before AS (
    SELECT document, {REPORT} AS report
    FROM known_mentions m SEMI JOIN retracted USING (mention_id) JOIN documents USING (article_id)
    LEFT JOIN origins USING (article_id)
),
now AS (
    SELECT document, report FROM new_reports JOIN documents ON documents.article_id = report.mention.article_id
    ANTI JOIN (FROM renewed WHERE is_linked) AS same USING (mention_id)
)
SELECT document, true AS is_old, report FROM before SEMI JOIN now USING (document)
UNION ALL
SELECT document, false, report FROM now SEMI JOIN before USING (document)
ORDER BY document
"""

LINKS = "FROM entered ANTI JOIN united_links USING (mention_id) UNION ALL FROM united_links"
"""Which incident each report is in that was linked in this run."""

_PREPARE = f"""
CREATE TEMP TABLE final_links AS SELECT mention_id, incident_id FROM ({LINKS});

CREATE TEMP TABLE shared AS
WITH kept AS (
    SELECT mention_id, mention_id AS was FROM final_links
    UNION ALL
    SELECT continued_by, mention_id FROM new_continuations
)
SELECT now.incident_id AS found, k.incident_id AS known, count(*) AS reports,
    now.incident_id NOT IN (SELECT incident_id FROM fused UNION ALL SELECT incident_id FROM united) AS is_dropped
FROM final_links now JOIN kept USING (mention_id) JOIN known_incident_mentions k ON k.mention_id = kept.was
GROUP BY ALL;

CREATE TABLE names (found VARCHAR, incident_id VARCHAR);
"""

_FOUNDERS = """
CREATE TEMP TABLE unsettled AS
SELECT DISTINCT incident_id FROM final_links
WHERE incident_id NOT IN (SELECT found FROM names)
    AND (incident_id IN (SELECT found FROM shared) OR incident_id IN (SELECT incident_id FROM known_incident_mentions)
        OR incident_id IN (SELECT incident_id FROM names));

CREATE TEMP TABLE founders AS
WITH RECURSIVE past AS (
    FROM new_continuations
    UNION ALL
    SELECT mention_id, continued_by FROM known_continuations ANTI JOIN new_continuations USING (mention_id)
),
ancestors AS (
    SELECT mention_id, mention_id AS founder FROM final_links SEMI JOIN unsettled USING (incident_id)
    UNION
    SELECT a.mention_id, past.mention_id FROM ancestors a JOIN past ON past.continued_by = a.founder
)
SELECT incident_id, list(founder ORDER BY published_at NULLS LAST, mention_id, founder) AS mentions
FROM ancestors JOIN final_links USING (mention_id) JOIN blocking_features USING (mention_id)
GROUP BY incident_id;
"""

_CANDIDATES = "(SELECT incident_of(unnest(mentions)) AS incident_id FROM founders)"
_TAKEN = f"""
SELECT DISTINCT incident_id FROM known_incident_mentions SEMI JOIN {_CANDIDATES} USING (incident_id)
WHERE mention_id NOT IN (SELECT mention_id FROM final_links) AND mention_id NOT IN (SELECT mention_id FROM retracted)
"""
_ONCE_USED = f"SELECT DISTINCT incident_id FROM known_incident_revisions SEMI JOIN {_CANDIDATES} USING (incident_id)"


def find_continuations(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the table `new_continuations`: what takes the place of mentions that are gone from their documents."""
    connection.execute("CREATE TABLE new_continuations (mention_id VARCHAR, continued_by VARCHAR)")
    found = [
        Continuation(mention_id=one, continued_by=other)
        for before, after in _retold(connection)
        for one, other in continued(before, after).items()
    ]
    _insert(connection, "new_continuations", [to_row(each) for each in found], arrow_schema(Continuation))


def name_incidents(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the table `names` with what incidents are called, where that is not the id that linking derives.

    Needs the workspace's tables once groups are united.
    """
    connection.execute(_PREPARE)
    names = inherited(Shared(*row) for row in _rows(connection, "SELECT found, known, reports, is_dropped FROM shared"))
    _note(connection, names)
    connection.execute(_FOUNDERS)
    founders: dict[str, list[str]] = dict(_rows(connection, "FROM founders"))
    if founders:
        taken = {name for (name,) in _rows(connection, _TAKEN)} | set(names.values())
        once_used = {name for (name,) in _rows(connection, _ONCE_USED)}
        _note(connection, newly_named(founders, taken, once_used))


def _note(connection: duckdb.DuckDBPyConnection, names: dict[str, str]) -> None:
    rows = [{"found": found, "incident_id": name} for found, name in names.items()]
    _insert(connection, "names", rows, pa.schema([("found", pa.string()), ("incident_id", pa.string())]))


def renamed(query: str) -> str:
    """Return a query for rows with an `incident_id` as one that gives the ids that incidents are known by."""
    return f"""
        SELECT found.* REPLACE (coalesce(names.incident_id, found.incident_id) AS incident_id)
        FROM ({query}) AS found LEFT JOIN names ON names.found = found.incident_id
    """


def _retold(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[list[Mention], list[Mention]]]:
    """Yield, document by document, the mentions that it no longer has and those that are new in it."""
    for _, rows in groupby(_fetched(connection), key=itemgetter(0)):
        told: dict[bool, list[Mention]] = defaultdict(list)
        for _, is_old, report in rows:
            told[is_old].append(from_row(Report, report).mention)
        yield told[True], told[False]


def _fetched(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    cursor = connection.execute(_RETOLD)
    while rows := cursor.fetchmany(_FETCHED):
        yield from rows


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]], schema: pa.Schema) -> None:
    if rows:
        connection.register("rows_to_insert", pa.Table.from_pylist(rows, schema))
        connection.execute(f"INSERT INTO {table} BY NAME FROM rows_to_insert")
        connection.unregister("rows_to_insert")


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()
