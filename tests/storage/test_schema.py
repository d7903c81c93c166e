"""Databases of older releases: what they lack is added, and read as it is meant until then."""

from pathlib import Path

import duckdb
import pytest

from pipeline.storage.database import connect, read_only
from pipeline.storage.schema import create_schema, show_known
from schemas import Mention
from schemas.tables import INCIDENT_MENTIONS, INCIDENTS, MENTIONS, TABLES, default_of, from_row
from tests.support.databases import contents, make_older, rows
from tests.support.records import article, report, yearless
from tests.support.workspaces import run

GROUPED = "incident_id = group_id, group_reasons"
GAINED = "EXCLUDE (date_month, date_day, date_days, wounded_best)"
PARTS = "CAST(targets AS STRUCT(name VARCHAR, text VARCHAR, actor_type VARCHAR)[]) AS targets"
WORDS = 'CAST(evidence AS STRUCT(field VARCHAR, "start" BIGINT, "end" BIGINT, quote VARCHAR)[]) AS evidence'
OLDER = {
    "mentions": (
        "* EXCLUDE (date_month, date_day, date_days, wounded_best, perpetrators)",
        f"{PARTS}, {WORDS}",
        "mention_id",
    ),
    "runs": ("* EXCLUDE (llm_articles, llm_requests)", "inputs AS inputs", "run_id"),
    "incidents": (f"* {GAINED}", PARTS, "incident_id"),
    "incident_revisions": (f"* {GAINED}", PARTS, "incident_id, revision"),
}


def of_the_release_before(database: Path) -> None:
    """Take away what the release before did not have: columns, parts of columns, a table."""
    with duckdb.connect(str(database)) as connection:
        for table, (columns, parts, key) in OLDER.items():
            connection.execute(f"CREATE TABLE older AS SELECT {columns} REPLACE ({parts}) FROM {table}")
            connection.execute(f"DROP TABLE {table}; ALTER TABLE older RENAME TO {table}")
            connection.execute(f"ALTER TABLE {table} ADD PRIMARY KEY ({key})")
        connection.execute("DROP TABLE blocking_features")


def test_a_database_gains_the_columns_of_the_models_by_itself(tmp_path: Path) -> None:
    database, fresh = tmp_path / "older.duckdb", tmp_path / "fresh.duckdb"
    told = [report(number, place="Hajin", **fields).mention for number, fields in enumerate(({}, {}, {"day": None}))]
    first = [article(f"Text {number}.", f"a-{number}") for number in range(3)]
    for path in (database, fresh):
        run(path, tmp_path / f"{path.stem}-1", *first[:2], *told[:2])
    of_the_release_before(database)
    new = (first[2], told[2].model_copy(update=yearless(11, 9) | {"wounded_best": 3}))
    for path in (database, fresh):
        run(path, tmp_path / f"{path.stem}-2", *new)
    for table in TABLES:
        columns = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '{}' ORDER BY 1"
        assert rows(database, columns.format(table.name)) == rows(fresh, columns.format(table.name))
    names = ", ".join(MENTIONS.columns)
    assert rows(database, f"SELECT {names} FROM mentions ORDER BY ALL") == rows(
        fresh, f"SELECT {names} FROM mentions ORDER BY ALL"
    )
    assert contents(database)["incident_mentions"] == contents(fresh)["incident_mentions"]


def test_what_is_only_read_is_shown_with_the_columns_of_the_models(tmp_path: Path) -> None:
    database = tmp_path / "older.duckdb"
    told = report(1, place="Hajin").mention
    run(database, tmp_path / "run", article("Text.", "a-1"), told)
    of_the_release_before(database)
    before = database.read_bytes()
    with read_only(database) as connection:
        show_known(connection, connection.execute("SELECT current_database()").fetchall()[0][0])
        found = connection.execute("FROM known_mentions")
        names = [column[0] for column in found.description or ()]
        assert from_row(Mention, dict(zip(names, found.fetchall()[0], strict=True))) == told
        assert connection.execute("FROM known_blocking_features").fetchall() == []
    assert database.read_bytes() == before


def test_a_group_is_an_incident_where_an_older_release_knew_no_groups(tmp_path: Path) -> None:
    database = tmp_path / "older.duckdb"
    run(database, tmp_path / "run", article("Text.", "a-1", article_id="a-1"), report(1, place="Hajin").mention)
    make_older(database)
    with read_only(database) as connection:
        show_known(connection, connection.execute("SELECT current_database()").fetchall()[0][0], [INCIDENT_MENTIONS])
        shown = connection.execute(
            "SELECT incident_id = group_id, group_reasons FROM known_incident_mentions"
        ).fetchall()
    with connect(database) as connection:
        create_schema(connection)
    assert (
        shown == rows(database, "SELECT incident_id = group_id, group_reasons FROM incident_mentions") == [(True, [])]
    )


def test_defaults_are_those_of_the_models() -> None:
    assert [default_of(MENTIONS, name) for name in ("killed_low", "targets", "background", "status", "confidence")] == [
        "NULL", "[]", "FALSE", "'asserted'", "0.5",
    ]  # fmt: skip
    with pytest.raises(TypeError, match="write a migration"):
        default_of(INCIDENTS, "mention_count")
