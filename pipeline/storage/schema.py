"""The tables of a database: made where they are missing, and brought up to date where an older release made them.

A column that a model has gained is added by itself, with the model's default. A migration is written only where an
older release meant something else by what it stored. Whoever only reads sees each table as the models have it now.
"""

from collections.abc import Iterable

import duckdb

from pipeline.storage.comments import comment
from pipeline.storage.migration import NEW_IDS_SINCE, renew_ids
from schemas.tables import (
    INCIDENT_MENTIONS,
    SCHEMA_VERSION,
    TABLES,
    Table,
    create_table,
    default_of,
)
from schemas.views import KM_MACRO, VIEWS

_MIGRATIONS = (
    (2, "feeds", "DROP TABLE feeds"),
    (3, INCIDENT_MENTIONS.name, "ALTER TABLE incident_mentions ADD COLUMN group_id VARCHAR"),
    (3, INCIDENT_MENTIONS.name, "UPDATE incident_mentions SET group_id = incident_id"),
)
"""What to do to a table of a database older than a version.

Before version 2, `feeds` was another table, and always empty; before version 3, every incident was one group.
"""

_MEANT = {(INCIDENT_MENTIONS.name, "group_id"): "incident_id"}
"""What a column of a table means where it is missing, if not its default: what the migration makes of it."""

_VERSION_TABLE = "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)"


def create_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables, columns and views that are missing, inside the caller's transaction."""
    connection.execute(_VERSION_TABLE)
    (found,) = connection.execute("SELECT max(version) FROM schema_version").fetchone() or (None,)
    names = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    for version, name, statement in _MIGRATIONS:
        if found is not None and found < version and name in names:
            connection.execute(statement)
    connection.execute(
        "INSERT INTO schema_version SELECT $version WHERE NOT EXISTS (FROM schema_version WHERE version = $version)",
        {"version": SCHEMA_VERSION},
    )
    for table in TABLES:
        connection.execute(create_table(table))
        _complete(connection, table)
    if found is not None and found < NEW_IDS_SINCE:
        renew_ids(connection)
    for view in VIEWS:
        connection.execute(view.create)
    connection.execute(KM_MACRO)
    comment(connection)


def show_known(
    connection: duckdb.DuckDBPyConnection, database: str = "known", tables: Iterable[Table] = TABLES
) -> None:
    """Make the tables of a database readable as `known_<name>`, with the columns that their models have now.

    What an older release wrote is shown as it is meant, until the next run brings it up to date.
    """
    for table in tables:
        held = _held(connection, f"{database}.{table.name}")
        if not held:
            _create_empty(connection, table, f"known_{table.name}")
            continue
        columns = ", ".join(
            _shown(table, name, kind, held.get(name)) for name, kind in _wanted(connection, table).items()
        )
        connection.execute(f"CREATE TEMP VIEW known_{table.name} AS SELECT {columns} FROM {database}.{table.name}")


def _complete(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Add the columns that a table lacks, and the parts that the columns lack which are made of parts."""
    held = _held(connection, table.name)
    for name, kind in _wanted(connection, table).items():
        if name not in held:
            default = default_of(table, name)
            connection.execute(f'ALTER TABLE {table.name} ADD COLUMN "{name}" {kind} DEFAULT {default}')
        elif held[name] != kind:
            connection.execute(f'ALTER TABLE {table.name} ALTER COLUMN "{name}" TYPE {kind}')


def _shown(table: Table, name: str, kind: str, held: str | None) -> str:
    if held == kind:
        return f'"{name}"'
    stored = f'"{name}"' if held is not None else _MEANT.get((table.name, name)) or default_of(table, name)
    return f'CAST({stored} AS {kind}) AS "{name}"'


def _wanted(connection: duckdb.DuckDBPyConnection, table: Table) -> dict[str, str]:
    """Return the types of the columns that a table should have, as DuckDB calls them."""
    name = f"wanted_{table.name}"
    _create_empty(connection, table, name)
    wanted = _held(connection, name)
    connection.execute(f"DROP TABLE {name}")
    return wanted


def _create_empty(connection: duckdb.DuckDBPyConnection, table: Table, name: str) -> None:
    connection.execute(create_table(table._replace(name=name)).replace("CREATE TABLE", "CREATE TEMP TABLE"))


def _held(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    """Return the types of the columns that a table has; none for one that is missing."""
    try:
        return {column: kind for column, kind, *_ in connection.execute(f"DESCRIBE {name}").fetchall()}
    except duckdb.CatalogException:
        return {}
