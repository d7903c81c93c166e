"""What a database answers to queries, in the forms that people and programs read."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from datetime import date, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from pipeline.errors import QueryError
from pipeline.storage.database import read_only

_MOST_ROWS, _WIDEST = 10_000, 1_000_000


def answers(path: Path, queries: str, form: str, width: int, limit: int | None = None) -> Iterator[str]:
    """Yield the answer to each statement of `queries` that has one, as text of one of FORMS.

    `limit` is how many rows of each are given (null: all). A table wider than `width` characters is written a row
    after the other, so that no column is left out. Raises QueryError for what DuckDB refuses, or if nothing answers.
    """
    with read_only(path) as connection:
        found = False
        for relation in _relations(connection, queries):
            found = True
            with _explained():
                yield FORMS[form](relation if limit is None else relation.limit(limit), width)
        if not found:
            raise QueryError(f"there is no answer to {queries!r}: ask with SELECT, SHOW, DESCRIBE or FROM")


def write_parquet(path: Path, query: str, output: Path, limit: int | None = None) -> None:
    """Write the answer to one statement to a Parquet file. Raises QueryError as `answers` does."""
    with read_only(path) as connection:
        relations = list(_relations(connection, query))
        if len(relations) != 1:
            raise QueryError("--format parquet takes one query that has an answer")
        with _explained():
            (relations[0] if limit is None else relations[0].limit(limit)).write_parquet(str(output))


@contextmanager
def _explained() -> Iterator[None]:
    """Turn DuckDB's errors into ours."""
    try:
        yield
    except duckdb.Error as error:
        raise QueryError(str(error)) from error


def _relations(connection: duckdb.DuckDBPyConnection, queries: str) -> Iterator[duckdb.DuckDBPyRelation]:
    with _explained():
        statements = duckdb.extract_statements(queries)
    for statement in statements:
        with _explained():
            relation = connection.sql(statement.query)
        if relation is not None and duckdb.ExpectedResultType.QUERY_RESULT in statement.expected_result_type:
            yield relation


def _table(relation: duckdb.DuckDBPyRelation, width: int) -> str:
    """Return a table with all its columns; a row after the other where that is wider than the screen."""
    drawn = io.StringIO()
    with redirect_stdout(drawn):
        relation.show(max_width=_WIDEST, max_rows=_MOST_ROWS)
    table = drawn.getvalue().rstrip("\n") + "\n"
    return table if max(map(len, table.splitlines()), default=0) <= width else _one_by_one(relation)


def _one_by_one(relation: duckdb.DuckDBPyRelation) -> str:
    longest = max(map(len, relation.columns))
    blocks = []
    for number, row in enumerate(relation.fetchall(), 1):
        told = (f"{name:>{longest}}  {_cell(value)}" for name, value in zip(relation.columns, row, strict=True))
        blocks.append("\n".join([f"── row {number} ──", *told]))
    return "\n".join([*blocks, f"{len(blocks)} rows"])


def _csv(relation: duckdb.DuckDBPyRelation, width: int) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(relation.columns)
    writer.writerows([_cell(value, null="") for value in row] for row in relation.fetchall())
    return text.getvalue().rstrip("\n")


def _json(relation: duckdb.DuckDBPyRelation, width: int) -> str:
    return "[\n" + ",\n".join(_objects(relation)) + "\n]"


def _json_lines(relation: duckdb.DuckDBPyRelation, width: int) -> str:
    return "\n".join(_objects(relation))


def _objects(relation: duckdb.DuckDBPyRelation) -> Iterator[str]:
    for row in relation.fetchall():
        yield _to_json(dict(zip(relation.columns, row, strict=True)))


def _markdown(relation: duckdb.DuckDBPyRelation, width: int) -> str:
    rows = [relation.columns, ["---"] * len(relation.columns), *relation.fetchall()]
    return "\n".join("| " + " | ".join(_escaped(_cell(value, null="")) for value in row) + " |" for row in rows)


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", " ")


def _cell(value: Any, null: str = "NULL") -> str:
    if value is None:
        return null
    if isinstance(value, (list, dict, tuple)):
        return _to_json(value)
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_cell)


FORMS: Mapping[str, Callable[[duckdb.DuckDBPyRelation, int], str]] = MappingProxyType(
    {"table": _table, "csv": _csv, "json": _json, "jsonl": _json_lines, "md": _markdown}
)
"""How an answer can be written, by name."""
