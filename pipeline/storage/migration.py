"""Giving the records of a database of an older release the ids that they have today (`records.identity`).

Before schema version 4, an article's id was made of the bytes of its text, and a mention's of its article, its place in
the text and the extractor's version. Ids are made anew from what the database holds. Incidents keep theirs. Whatever an
older id names, in a file of rulings or in somebody's notes, is still found by it: each old mention is continued by the
new one. Where several records come to one id, as the texts of a page that only its counter tells apart, the one that
counts has it, and the others keep what they had.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.records.identity import article_id, document_key, mention_id, reading_of, tally_id
from schemas import Mention, Tally
from schemas.tables import ARTICLES, MENTIONS, TALLIES, Table, from_row

NEW_IDS_SINCE = 4
"""The schema version from which on ids are today's."""

_FETCHED = 1_000
_BATCH = 50_000

_ARTICLES = """
SELECT article_id, name, title, text, published_at FROM articles
ORDER BY superseded_by IS NOT NULL, fetched_at DESC NULLS LAST, article_id
"""
_SAID = """
SELECT t.*, a.source AS of_source, a.name AS of_name
FROM {table} t LEFT JOIN articles a USING (article_id)
ORDER BY a.superseded_by IS NOT NULL, t.article_id, t.evidence[1]."start", t.{key}
"""
_REFERENCES = {
    "articles": (("articles", "article_id"), ("articles", "duplicate_of"), ("articles", "superseded_by"),
                 ("fingerprints", "article_id"), ("mentions", "article_id"), ("tallies", "article_id")),
    "mentions": (("mentions", "mention_id"), ("incident_mentions", "mention_id"), ("rulings", "mention_id"),
                 ("blocking_features", "mention_id")),
    "tallies": (("tallies", "tally_id"),),
}  # fmt: skip


def renew_ids(connection: duckdb.DuckDBPyConnection) -> None:
    """Give articles, mentions and tallies today's ids, inside the caller's transaction. All tables have to be there."""
    _rename(connection, ARTICLES, _articles(connection))
    for table in (MENTIONS, TALLIES):
        _rename(connection, table, _said(connection, table))
    _rename_in_conflicts(connection)
    connection.execute(
        "INSERT INTO continuations SELECT was, now FROM renamed_mentions "
        "WHERE was NOT IN (SELECT mention_id FROM mentions)"
    )


def _articles(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    for was, name, title, text, published_at in _fetched(connection, _ARTICLES):
        yield was, article_id(name, title, text, published_at)


def _said(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[tuple[str, str]]:
    (key,) = table.key
    cursor = connection.execute(_SAID.format(table=table.name, key=key))
    names = [column[0] for column in cursor.description or ()]
    rows = (dict(zip(names, row, strict=True)) for row in _rows(cursor))
    for article, theirs in groupby(rows, key=lambda row: str(row["article_id"])):
        seen: dict[str, int] = {}
        for row in theirs:
            report = from_row(Mention, row) if table is MENTIONS else from_row(Tally, row)
            document = document_key(row["of_source"] or "", row["of_name"], article)
            reading = reading_of(report)
            seen[reading] = number = seen.get(reading, -1) + 1
            name_of = mention_id if table is MENTIONS else tally_id
            yield str(row[key]), name_of(document, reading, number)


def _rename(connection: duckdb.DuckDBPyConnection, table: Table, names: Iterator[tuple[str, str]]) -> None:
    """Rename what `names` gives new ids for, the first of several that come to the same one."""
    chosen: dict[str, str] = {}
    for was, now in names:
        chosen.setdefault(now, was)
    renamed = f"renamed_{table.name}"
    connection.execute(f"CREATE TEMP TABLE {renamed} (was VARCHAR PRIMARY KEY, now VARCHAR)")
    pairs = [(was, now) for now, was in chosen.items() if was != now]
    for first in range(0, len(pairs), _BATCH):
        batch = pairs[first : first + _BATCH]
        connection.register("pairs", pa.table({"was": [was for was, _ in batch], "now": [now for _, now in batch]}))
        connection.execute(f"INSERT INTO {renamed} FROM pairs")
        connection.unregister("pairs")
    for where, column in _REFERENCES[table.name]:
        connection.execute(f"UPDATE {where} SET {column} = r.now FROM {renamed} r WHERE r.was = {where}.{column}")


def _rename_in_conflicts(connection: duckdb.DuckDBPyConnection) -> None:
    names: dict[str, str] = dict(connection.execute("FROM renamed_mentions").fetchall())
    for table, key in (("incidents", ("incident_id",)), ("incident_revisions", ("incident_id", "revision"))):
        rows = connection.execute(
            f"SELECT {', '.join(key)}, conflicts FROM {table} WHERE len(conflicts) > 0"
        ).fetchall()
        where = " AND ".join(f"{column} = ?" for column in key)
        for *of, conflicts in rows:
            connection.execute(f"UPDATE {table} SET conflicts = ? WHERE {where}", [_renamed(conflicts, names), *of])


def _renamed(conflicts: list[dict[str, Any]], names: dict[str, str]) -> list[dict[str, Any]]:
    return [each | {"mention_ids": [names.get(name, name) for name in each["mention_ids"]]} for each in conflicts]


def _fetched(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    return _rows(connection.execute(query))


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(_FETCHED):
        yield from rows
