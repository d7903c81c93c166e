"""Publishing: a run changes a copy of the database, which takes the database's name once it is whole.

Whoever has the database open keeps what they opened, for as long as they like; whoever opens it later has what the
last complete run left. No moment lies between: a rename replaces the name in one step, and there is no journal (WAL)
beside it, then or ever. So a reader stops no run, a run stops no reader, and a run that is killed, or that the disk
has no room for, leaves a file beside the database that the next one removes.

The alternatives lost. Loading into the database itself shuts readers out while it lasts and is shut out by them:
DuckDB lets either one writer or many readers have a file. Waiting for readers to go waits for a notebook that is open
all day. Exporting everything anew costs several times what a copy does (`benchmarks/publication.py` has the figures;
where the file system can share blocks between files, as Btrfs, XFS and APFS do, the copy costs next to nothing).

A copy must not replace what somebody else has written meanwhile. While the name is taken the database is held open for
reading, so that nobody can begin to write; if it changed since it was copied, all is done again with what it is now.
"""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import TypeVar

import duckdb

from pipeline.errors import DatabaseInUseError, NotWholeError
from pipeline.storage.database import attach, connect, counts, is_too_new_a_file, read_only

_MOST_TIMES = 3
_RETRY_SECONDS = 0.2
_CAN_REPLACE_OPEN_FILES = os.name != "nt"

ResultT = TypeVar("ResultT")
Stamp = tuple[int, int, int]


def revise(
    database: Path, work: Callable[[duckdb.DuckDBPyConnection], ResultT], patience_seconds: float = 0.0
) -> ResultT:
    """Let `work` change a database, which is made if it does not exist; return what it returns.

    The database is as it was until all of it is done and safe on disk. A program that writes to the database, or on
    some platforms has it open at all, is waited for up to `patience_seconds`.

    Raises:
        DatabaseInUseError: such a program goes on.
        NotWholeError: what was written does not read as it should; the database is as it was.
    """
    target = database.resolve()
    copy = target.with_name(target.name + ".new")
    try:
        for _ in range(_MOST_TIMES):
            _fold_journal(target, patience_seconds)
            before = _stamp(target)
            result = _work_on_copy(target, copy, work)
            if _take_name(copy, target, before, patience_seconds):
                return result
    finally:
        _remove(copy)
    raise DatabaseInUseError(str(database))


def _work_on_copy(target: Path, copy: Path, work: Callable[[duckdb.DuckDBPyConnection], ResultT]) -> ResultT:
    _remove(copy)
    if target.exists():
        _copy(target, copy)
    with connect(copy) as connection:
        result = work(connection)
        connection.execute("CHECKPOINT")  # closing would do so too, and keep quiet when it fails
        held = counts(connection)
    _check(copy, held)
    return result


def _check(copy: Path, held: dict[str, int]) -> None:
    """Raise NotWholeError unless a file by itself, without a journal, holds so many rows of each table."""
    if _journal(copy).exists():
        raise NotWholeError(str(copy))
    with read_only(copy) as connection:
        if counts(connection) != held:
            raise NotWholeError(str(copy))
    with copy.open("rb") as file:
        os.fsync(file.fileno())


def _copy(source: Path, target: Path) -> None:
    """Copy a database; one in a storage format that older releases of DuckDB cannot read is written anew."""
    if is_too_new_a_file(source):
        with connect(target) as connection:
            attach(connection, source, "given")
            (name,) = connection.execute("SELECT current_database()").fetchone() or ("",)
            connection.execute(f'COPY FROM DATABASE given TO "{name}"')
            connection.execute("DETACH given")
    else:
        copy_bytes(source, target)
    shutil.copymode(source, target)


def copy_bytes(source: Path, target: Path) -> None:
    """Copy a file, sharing its blocks where the file system can."""
    if not hasattr(os, "copy_file_range"):
        shutil.copyfile(source, target)
        return
    with source.open("rb") as given, target.open("wb") as taken:
        left = os.fstat(given.fileno()).st_size
        with suppress(OSError):  # not between these file systems, or no room: what is left is copied, or fails, below
            while left and (copied := os.copy_file_range(given.fileno(), taken.fileno(), left)):
                left -= copied
        given.seek(taken.tell())
        shutil.copyfileobj(given, taken)


def _take_name(copy: Path, target: Path, before: Stamp | None, patience_seconds: float) -> bool:
    """Give a copy the database's name, unless the database has changed since; return whether it has it."""
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            with _kept_from_writers(target, patience_seconds):
                if _stamp(target) != before or _journal(target).exists():
                    return False
                copy.replace(target)
                break
        except PermissionError as error:  # Windows replaces no file that anybody has open
            if time.monotonic() >= deadline:
                raise DatabaseInUseError(str(target)) from error
            time.sleep(_RETRY_SECONDS)
    _sync_folder(target.parent)
    return True


def _kept_from_writers(target: Path, patience_seconds: float) -> AbstractContextManager[object]:
    if not (_CAN_REPLACE_OPEN_FILES and target.exists()):
        return nullcontext()
    return read_only(target, patience_seconds)


def _fold_journal(target: Path, patience_seconds: float) -> None:
    """Bring into a database what a program that died has left in its journal."""
    if _journal(target).exists():
        with connect(target, patience_seconds) as connection:
            connection.execute("CHECKPOINT")


def _stamp(path: Path) -> Stamp | None:
    """Return what changes whenever a file does; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _journal(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _remove(copy: Path) -> None:
    for path in (copy, _journal(copy)):
        path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Have a rename survive a loss of power, where folders can be synced."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
