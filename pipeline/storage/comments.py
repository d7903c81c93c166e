"""Comments in the database itself on each table, view and column, so that `duckdb_columns()` explains them."""

from collections.abc import Iterator

import duckdb

from pipeline.storage.sql_text import quoted
from schemas.comments import described
from schemas.tables import GAZETTEER

_COLUMNS = "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
_OBJECTS = """
SELECT 'TABLE', table_name, comment FROM duckdb_tables() WHERE NOT temporary
UNION ALL SELECT 'VIEW', view_name, comment FROM duckdb_views() WHERE NOT internal AND NOT temporary
"""


def comment(connection: duckdb.DuckDBPyConnection) -> None:
    """Say of each table, view and column what it holds, where the database does not say so yet."""
    columns: dict[str, dict[str, str | None]] = {}
    for name, column, said in connection.execute(_COLUMNS).fetchall():
        columns.setdefault(name, {})[column] = said
    objects = {name: said for _, name, said in connection.execute(_OBJECTS).fetchall()}
    for statement in _statements(objects, columns):
        connection.execute(statement)


def _statements(objects: dict[str, str | None], columns: dict[str, dict[str, str | None]]) -> Iterator[str]:
    for one in described():
        # the gazetteer's comment also tells which places it holds
        if objects[one.name] != one.about and one.name != GAZETTEER.name:
            yield f"COMMENT ON {one.kind} {one.name} IS {quoted(one.about)}"
        for column, said in columns[one.name].items():
            wanted = one.columns.get(column)
            if wanted and wanted != said:
                yield f'COMMENT ON COLUMN {one.name}."{column}" IS {quoted(wanted)}'
