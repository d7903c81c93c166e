"""The database says itself what its tables, views and columns hold."""

from pathlib import Path

import duckdb
import pytest

from pipeline.storage.database import connect
from pipeline.storage.schema import create_schema

_SILENT = """
SELECT table_name, column_name FROM duckdb_columns()
WHERE NOT internal AND table_name <> 'schema_version' AND coalesce(trim(comment), '') = ''
"""
_SAID = "SELECT comment FROM duckdb_columns() WHERE table_name = $table AND column_name = $column"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "x.duckdb"
    with connect(path) as connection:
        create_schema(connection)
    return path


def said(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> object:
    return connection.execute(_SAID, {"table": table, "column": column}).fetchone()


def test_every_column_is_described(database: Path) -> None:
    with connect(database) as connection:
        assert connection.execute(_SILENT).fetchall() == []


def test_tables_and_views_are_described(database: Path) -> None:
    with connect(database) as connection:
        tables = "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL"
        assert connection.execute(tables).fetchall() in ([("schema_version",)], [("gazetteer",), ("schema_version",)])
        assert (
            connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL").fetchall()
            == []
        )


def test_coded_columns_name_their_values(database: Path) -> None:
    with connect(database) as connection:
        assert said(connection, "incidents", "outcome") == (
            "What the attack came to, whatever its type. One of hit, partial, foiled, unknown.",
        )


def test_a_view_says_what_its_own_columns_are_and_takes_the_rest_from_the_models(database: Path) -> None:
    with connect(database) as connection:
        assert said(connection, "incidents_per_week", "killed_low") == ("Their dead, at least.",)
        assert said(connection, "evidence", "mention_id") == said(connection, "mentions", "mention_id")


def test_what_another_release_said_is_replaced(database: Path) -> None:
    with connect(database) as connection:
        before = said(connection, "mentions", "country")
        connection.execute("COMMENT ON COLUMN mentions.country IS 'as it was called once'")
        create_schema(connection)
        assert said(connection, "mentions", "country") == before
