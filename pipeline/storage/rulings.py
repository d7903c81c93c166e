"""What an analyst's rulings name, as far as there are reports for it, and the table that keeps what a run obeyed.

A mention's id stands for its report, or for what has taken its place. An incident's id stands for a report of the
incident that is known by it: the one that it is named after, or else the one published first. Where no incident is
known by it any more, it stands for the report that it was named after or for what has taken its place; else for the
one that it stood for in the last run; else for a report of the incident that took its reports over.
"""

from collections.abc import Collection, Mapping

import duckdb
import pyarrow as pa

from pipeline.linking.rulings import APART, DROP, MERGE, SET, Overrides
from pipeline.storage.staged import listed
from schemas.tables import RULINGS, Ruled, arrow_schema, to_row

_PREPARE = """
CREATE OR REPLACE TEMP TABLE named (id VARCHAR);

CREATE OR REPLACE TEMP VIEW past AS
FROM new_continuations
UNION ALL
SELECT mention_id, continued_by FROM known_continuations ANTI JOIN new_continuations USING (mention_id);

CREATE OR REPLACE TEMP VIEW assigned_now AS
SELECT mention_id, published_at FROM assigned JOIN blocking_features USING (mention_id);
"""

_CHAIN = """
WITH RECURSIVE chain AS (
    SELECT id, mention_id FROM ({begin})
    UNION
    SELECT chain.id, past.continued_by FROM chain JOIN past USING (mention_id)
)
SELECT id, min_by(mention_id, ({order})) FROM chain JOIN assigned_now USING (mention_id) GROUP BY id
"""
"""From mentions on, by what takes their place, to those that count."""

_BY_MENTION = "SELECT id, id AS mention_id FROM named"
_BY_HOLDER = "SELECT id, mention_id FROM named JOIN known_incident_mentions ON incident_id = id"
_BY_FOUNDER = """
SELECT id, mention_id FROM named
JOIN (SELECT mention_id, incident_of(mention_id) AS founded
    FROM (SELECT mention_id FROM assigned_now UNION SELECT mention_id FROM past)) ON founded = id
"""
_BY_LAST_RUN = "SELECT id, mention_id FROM named JOIN known_rulings ON named.id = known_rulings.named"
_BY_PATH = """
WITH RECURSIVE path AS (
    SELECT id, id AS incident_id FROM named
    UNION
    SELECT id, superseded_by FROM path JOIN known_incident_revisions USING (incident_id) WHERE superseded_by IS NOT NULL
)
SELECT id, mention_id FROM path JOIN known_incident_mentions USING (incident_id)
"""
_SENIOR = "incident_of(mention_id) <> id, published_at IS NULL, published_at, mention_id"


def understood(connection: duckdb.DuckDBPyConnection, overrides: Overrides) -> dict[str, str]:
    """Return which mention each id stands for that rulings name; ids that there is no report for are left out.

    Only for an incident's id that no incident has, every report is looked at.
    """
    connection.execute(_PREPARE)
    names: dict[str, str] = {}
    for begin, prefix in (
        (_BY_MENTION, "m-"),
        (_BY_HOLDER, "i-"),
        (_BY_FOUNDER, "i-"),
        (_BY_LAST_RUN, "i-"),
        (_BY_PATH, "i-"),
    ):
        asked = sorted(name for name in overrides.ids - names.keys() if name.startswith(prefix))
        if asked:
            names |= _found(connection, begin, asked)
    return names


def _found(connection: duckdb.DuckDBPyConnection, begin: str, asked: Collection[str]) -> dict[str, str]:
    connection.execute("DELETE FROM named")
    connection.execute("INSERT INTO named SELECT unnest($1)", [list(asked)])
    return dict(connection.execute(_CHAIN.format(begin=begin, order=_SENIOR)).fetchall())


def note(connection: duckdb.DuckDBPyConnection, overrides: Overrides, names: Mapping[str, str]) -> None:
    """Fill the table `rulings` with what is obeyed."""
    connection.execute(f"CREATE TABLE rulings AS SELECT {listed(RULINGS.columns)} FROM known_rulings LIMIT 0")
    rows = [to_row(each) for each in _ruled(overrides, names)]
    if rows:
        connection.register("ruled", pa.Table.from_pylist(rows, arrow_schema(Ruled)))
        connection.execute("INSERT INTO rulings BY NAME FROM ruled")
        connection.unregister("ruled")


def _ruled(overrides: Overrides, names: Mapping[str, str]) -> list[Ruled]:
    told = [
        *((MERGE, each.ids, each.note, None, None) for each in overrides.merge),
        *((APART, each.ids, each.note, None, None) for each in overrides.apart),
        *((SET, (each.id,), each.note, each.field, each.as_json) for each in overrides.set),
        *((DROP, (each.id,), each.note, None, None) for each in overrides.drop),
    ]
    ruled = {
        (number, names[name]): Ruled(
            ruling=number, verdict=verdict, mention_id=names[name], note=note, named=name, field=field, value=value
        )
        for number, (verdict, ids, note, field, value) in enumerate(told, 1)
        for name in ids
        if name in names
    }
    return list(ruled.values())
