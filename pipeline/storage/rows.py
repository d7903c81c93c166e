"""Rows between Python and the tables of the linking workspace."""

from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow as pa

from schemas.base import Record
from schemas.tables import Table, arrow_schema, to_row


def fetch(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """Return all rows of a query."""
    return connection.execute(query).fetchall()


def insert_records(connection: duckdb.DuckDBPyConnection, name: str, table: Table, records: Iterable[Record]) -> None:
    """Add records to a table called `name` that has the columns of `table`."""
    insert(connection, name, table_of(table.model, records))


def table_of(model: type[Record], records: Iterable[Record]) -> pa.Table:
    """Return records as an Arrow table."""
    return pa.Table.from_pylist([to_row(record) for record in records], arrow_schema(model))


def insert(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Add rows to a table, column by column by their names."""
    if rows.num_rows:
        connection.register("rows", rows)
        connection.execute(f"INSERT INTO {name} BY NAME FROM rows")
        connection.unregister("rows")
