"""One run per database at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from pipeline.errors import ForbiddenError, LockedError


@contextmanager
def hold(database: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the lock of a database. The operating system frees it when its process ends, however it ends.

    Waits up to `wait_seconds` for another run to finish (0: not at all); raises LockedError after that. Raises
    ForbiddenError where no lock can be made beside the database.
    """
    path = Path(f"{database}.lock")
    lock = filelock.FileLock(path, timeout=wait_seconds)
    try:
        path.touch()
        lock.acquire()
    except filelock.Timeout as error:
        raise LockedError(str(database)) from error
    except OSError as error:
        raise ForbiddenError(str(path.parent), "written") from error
    try:
        yield
    finally:
        lock.release()
