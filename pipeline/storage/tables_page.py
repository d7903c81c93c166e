"""docs/tables.md: every table, view and column of the database, as the database itself describes them.

python -m pipeline.storage.tables_page > docs/tables.md
"""

import re
import sys
from collections.abc import Iterator

import duckdb

from pipeline.storage.schema import create_schema
from schemas.comments import Described, described

_HEAD = """\
# Tables

What each table, view and column of the database holds. The database says so itself:
`FROM duckdb_columns() SELECT column_name, comment WHERE table_name = 'incidents'`. Null is "nobody says", a
number of 0 is "the reports say none". Times are UTC, days are those of the text, points are degrees of WGS 84. This
page is made by `python -m pipeline.storage.tables_page`; [questions.md](questions.md) shows what to do with it.
"""
_COLUMNS = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = $name ORDER BY column_index"
_INTERNAL = " (internal)"
_WIDEST_TYPE = 40


def page() -> str:
    """Return the page."""
    with duckdb.connect() as connection:
        create_schema(connection)
        parts = sorted(described(), key=lambda one: (one.about.endswith(f"{_INTERNAL}."), one.kind == "VIEW"))
        return "\n".join([_HEAD, *(line for one in parts for line in _section(connection, one))])


def _section(connection: duckdb.DuckDBPyConnection, one: Described) -> Iterator[str]:
    yield f"## {one.name}\n\n{'View: ' if one.kind == 'VIEW' else ''}{one.about}\n"
    yield "| column | type | holds |"
    yield "|---|---|---|"
    for name, kind in connection.execute(_COLUMNS, {"name": one.name}).fetchall():
        yield f"| `{name}` | {_short(kind)} | {one.columns[name].replace('|', '¦')} |"
    yield ""


def _short(kind: str) -> str:
    """Return a type as a person reads it: a list of structs by the names of its parts."""
    parts = re.findall(r'[(,] ?"?(\w+)"? (?=[A-Z])', kind)
    shown = kind.replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")
    return (
        shown if len(shown) <= _WIDEST_TYPE or not parts else f"STRUCT[] of {', '.join(f'`{part}`' for part in parts)}"
    )


if __name__ == "__main__":
    sys.stdout.write(page())
