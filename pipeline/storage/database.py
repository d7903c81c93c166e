"""The DuckDB file: opening it, and what makes it one of ours."""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from pipeline.errors import (
    DatabaseInUseError,
    ForbiddenError,
    ForeignDatabaseError,
    MissingFolderError,
    NewerSchemaError,
    NoDatabaseError,
    NotADatabaseError,
    PipelineError,
    UnreadableFormatError,
)
from pipeline.storage.schema import create_schema
from pipeline.storage.sql_text import quoted
from schemas.tables import SCHEMA_VERSION

_MAGIC, _MAGIC_END, _FORMAT_END = b"DUCK", 12, 20
"""A file begins with a checksum of eight bytes, these four, and the number of its storage format in eight more."""

_FORMAT, _FORMAT_NUMBER = "v1.2.0", 65
"""The storage format that is written, and its number: the oldest release of DuckDB that is known to read it.

`benchmarks/duckdb_versions.py` shows that releases from 1.2 on do. Newer formats are smaller by a tenth.
"""

_NEWER_FORMAT = "with version number"  # what DuckDB says of a format that it does not know
_UNORDERED = "SET preserve_insertion_order = false"
_IN_USE = ("Could not set lock", "used by another process")  # as Unix has it, and Windows
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_RETRY_SECONDS = 0.05
_PATIENCE_SECONDS = 5.0
"""How long a reader waits for a program that writes: our own runs never keep one waiting, others may for a moment."""


@contextmanager
def connect(path: Path, patience_seconds: float = 0.0) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database for writing, in UTC, and close it whatever happens.

    Raises NotADatabaseError for a file of another kind, UnreadableFormatError for one of a newer DuckDB, and
    DatabaseInUseError if another program still has it open after `patience_seconds`.
    """
    with closing(_open_patiently(path, patience_seconds)) as connection:
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
def read_only(path: Path, patience_seconds: float = _PATIENCE_SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database for reading, in UTC, and close it whatever happens.

    Raises NoDatabaseError if there is none, otherwise what `connect` raises. Other readers are in nobody's way.
    """
    if not path.exists():
        raise NoDatabaseError(str(path))
    with closing(_open_patiently(path, patience_seconds, read_only=True)) as connection:
        yield connection


@contextmanager
def read_ours(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database that a run has made for reading, in UTC.

    Raises ForeignDatabaseError for one of another program, NewerSchemaError for one of a newer release, otherwise what
    `read_only` raises.
    """
    with read_only(path) as connection:
        if connection.execute("FROM duckdb_tables()").fetchone() is None:
            raise ForeignDatabaseError(str(path))
        check_version(connection, path)
        yield connection


def counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how many rows each table has that is to stay."""
    tables = "SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY 1"
    names = [name for (name,) in connection.execute(tables).fetchall()]
    rows = [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() or (0,) for name in names]
    return {name: count for name, (count,) in zip(names, rows, strict=True)}


def is_too_new_a_file(path: Path) -> bool:
    """Return whether a database is in a newer storage format than the one that is written here."""
    with path.open("rb") as file:
        head = file.read(_FORMAT_END)
    return head[_MAGIC_END - len(_MAGIC) : _MAGIC_END] == _MAGIC and (
        int.from_bytes(head[_MAGIC_END:], "little") > _FORMAT_NUMBER
    )


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
            attach(connection, database, "known")
        else:
            connection.execute("ATTACH ':memory:' AS known; USE known")
            create_schema(connection)
            connection.execute(f"USE {path.stem}")
        yield connection


def attach(connection: duckdb.DuckDBPyConnection, database: Path, name: str) -> None:
    """Attach a database for reading. Raises DatabaseInUseError and the like, as `connect` does."""
    try:
        connection.execute(f"ATTACH {quoted(str(database))} AS {name} (READ_ONLY)")
    except duckdb.Error as error:
        raise _refused(database, str(error), for_writing=False) from error


def _has_tables(path: Path) -> bool:
    if not path.exists():
        return False
    with read_only(path) as connection:
        return connection.execute("FROM duckdb_tables()").fetchone() is not None


def _open_patiently(path: Path, patience_seconds: float, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            return _open(path, read_only)
        except DatabaseInUseError:
            if time.monotonic() >= deadline:
                raise
        time.sleep(_RETRY_SECONDS)


def _open(path: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    _check_kind(path)
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false"
    }  # for a SQLite file, DuckDB would go and fetch one
    if not read_only:
        config["storage_compatibility_version"] = _FORMAT
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.Error as error:
        raise _refused(path, str(error), for_writing=not read_only) from error
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _refused(path: Path, problem: str, for_writing: bool) -> PipelineError:
    """Return what it means that DuckDB does not open a file."""
    if any(sign in problem for sign in _IN_USE):
        return DatabaseInUseError(str(path))
    if _NEWER_FORMAT in problem:
        return UnreadableFormatError(str(path), duckdb.__version__)
    if any(os.strerror(number) in problem for number in _FORBIDDEN):
        return ForbiddenError(str(path), "written" if for_writing else "read")
    return NotADatabaseError(str(path))


def _check_kind(path: Path) -> None:
    """Raise an OutputError for a folder, a device or a file of another kind, none of which DuckDB should even open."""
    try:
        if path.is_dir() or (path.exists() and not path.is_file()) or (path.is_file() and not _looks_like_one(path)):
            raise NotADatabaseError(str(path))
    except PermissionError as error:
        raise ForbiddenError(str(path), "read") from error


def _looks_like_one(path: Path) -> bool:
    """Return whether a file is empty or begins as DuckDB files do. DuckDB itself would write over a short text."""
    with path.open("rb") as file:
        head = file.read(_MAGIC_END)
    return not head or head.endswith(_MAGIC)


def check_output(path: Path, patience_seconds: float = 0.0) -> None:
    """Raise an OutputError unless a run can write to `path`: a database of ours, or nothing yet, in a folder.

    It only reads, so that it is in nobody's way. Raises DatabaseInUseError where another program still writes to it
    after `patience_seconds`.
    """
    if not path.parent.is_dir():
        raise MissingFolderError(str(path))
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise ForbiddenError(str(path.parent), "written")
    if not path.exists():
        return
    _check_kind(path)
    if not os.access(path, os.W_OK):
        raise ForbiddenError(str(path), "written")
    with read_only(path, patience_seconds) as connection:
        check_version(connection, path)


def check_version(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise NewerSchemaError for a database of a newer release, NotADatabaseError for one of another program."""
    names = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not names:
        return
    if "schema_version" not in names:
        raise ForeignDatabaseError(str(path))
    found = connection.execute("SELECT max(version) FROM schema_version").fetchone()
    if found is not None and found[0] is not None and found[0] > SCHEMA_VERSION:
        raise NewerSchemaError(str(path), found[0], SCHEMA_VERSION)
