"""The DuckDB file: opening it, and what makes it one of ours."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from pipeline.errors import (
    DatabaseInUseError,
    MissingFolderError,
    NewerSchemaError,
    NoDatabaseError,
    NotADatabaseError,
    QueryError,
)
from pipeline.storage.schema import create_schema
from schemas.tables import SCHEMA_VERSION

_MAGIC, _MAGIC_END = b"DUCK", 12  # after a checksum of eight bytes
_UNORDERED = "SET preserve_insertion_order = false"
_IN_USE = ("Could not set lock", "used by another process")  # as Unix has it, and Windows


@contextmanager
def connect(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database for writing, in UTC, and close it whatever happens.

    Raises NotADatabaseError for a file of another kind, DatabaseInUseError while another program has it open.
    """
    with closing(_open(path)) as connection:
        yield connection


def be_frugal(connection: duckdb.DuckDBPyConnection, memory_mb: int, folder: Path, threads: int = 1) -> None:
    """Bound the memory that a connection takes, at the cost of time and of the order of rows that are not sorted.

    What does not fit is put into `folder`; the keys of the tables that rows are added to have to fit. Every thread
    wants memory of its own.
    """
    connection.execute(f"SET threads = {threads}; {_UNORDERED}; SET temp_directory = {quoted(str(folder / 'spilled'))}")
    limit_memory(connection, memory_mb)


def limit_memory(connection: duckdb.DuckDBPyConnection, memory_mb: int) -> None:
    """Set the bound of a connection's memory anew; what it holds beyond that, it gives back."""
    connection.execute(f"SET memory_limit = '{memory_mb}MB'")


@contextmanager
def read_only(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database for reading, in UTC. Raises NoDatabaseError if there is none, otherwise what `connect` raises."""
    if not path.is_file():
        raise NoDatabaseError(str(path))
    with closing(_open(path, read_only=True)) as connection:
        yield connection


@contextmanager
def read_or_empty(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database for reading; one that does not exist yet, or has no tables, is as one without rows."""
    if _has_tables(path):
        with read_only(path) as connection:
            yield connection
    else:
        with connect(Path(":memory:")) as connection:
            create_schema(connection)
            yield connection


@contextmanager
def open_beside(path: Path, database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a new working file, and with it, as `known` and for reading, a database.

    A database that does not exist yet, or has no tables, is as one without rows. What `path` was before is lost.
    """
    path.unlink(missing_ok=True)
    with connect(path) as connection:
        if _has_tables(database):
            connection.execute(f"ATTACH {quoted(str(database))} AS known (READ_ONLY)")
        else:
            connection.execute("ATTACH ':memory:' AS known; USE known")
            create_schema(connection)
            connection.execute(f"USE {path.stem}")
        yield connection


def _has_tables(path: Path) -> bool:
    if not path.exists():
        return False
    with read_only(path) as connection:
        return connection.execute("FROM duckdb_tables()").fetchone() is not None


def _open(path: Path, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    if path.is_file() and not _looks_like_a_database(path):
        raise NotADatabaseError(str(path))
    try:
        # For a SQLite file, DuckDB would go and fetch an extension.
        connection = duckdb.connect(str(path), read_only=read_only, config={"autoinstall_known_extensions": "false"})
    except duckdb.Error as error:
        if any(sign in str(error) for sign in _IN_USE):
            raise DatabaseInUseError(str(path)) from error
        raise NotADatabaseError(str(path)) from error
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _looks_like_a_database(path: Path) -> bool:
    """Return whether a file is empty or begins as DuckDB files do. DuckDB itself would write over a short text."""
    with path.open("rb") as file:
        head = file.read(_MAGIC_END)
    return not head or head.endswith(_MAGIC)


def quoted(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def answer(path: Path, query: str) -> str:
    """Return the answer to a query as a table to read. Raises QueryError for a query that DuckDB refuses."""
    with read_only(path) as connection:
        try:
            return str(connection.sql(query))
        except duckdb.Error as error:
            raise QueryError(str(error)) from error


def check_output(path: Path) -> None:
    """Raise an OutputError unless a run can write to `path`; DatabaseInUseError if it cannot do so now."""
    if not path.parent.is_dir():
        raise MissingFolderError(str(path))
    if not path.exists():
        return
    if not path.is_file():
        raise NotADatabaseError(str(path))
    with connect(path) as connection:
        check_version(connection, path)


def check_version(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise NewerSchemaError for a database of a newer release, NotADatabaseError for one of another program."""
    names = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not names:
        return
    if "schema_version" not in names:
        raise NotADatabaseError(str(path))
    found = connection.execute("SELECT max(version) FROM schema_version").fetchone()
    if found is not None and found[0] is not None and found[0] > SCHEMA_VERSION:
        raise NewerSchemaError(str(path), found[0], SCHEMA_VERSION)
