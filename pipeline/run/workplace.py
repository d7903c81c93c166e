"""The folders of one run, and what becomes of them: work that is done is kept until the database has it."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from pydantic import TypeAdapter, ValidationError

from pipeline.errors import FailedRunError, StagingError
from pipeline.storage.load import RunFacts

_DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EIO)
_READY = "ready.json"


@dataclass(frozen=True)
class Ready:
    """What is told of a run that has only to be loaded: its facts, and the database's last run when it was linked."""

    facts: RunFacts
    last_run: int


_AS_JSON = TypeAdapter(Ready)


@dataclass(frozen=True)
class Workplace:
    """The folders of one run: what the launcher exports, what the workers stage and link, and how far they are."""

    root: Path

    @property
    def workspace(self) -> Path:
        """What the launcher exports, and its book-keeping."""
        return self.root / "workspace"

    @property
    def staged(self) -> Path:
        """What is to be loaded."""
        return self.root / "staged"

    @property
    def linked(self) -> Path:
        """What linking one batch came to."""
        return self.root / "linked"

    @property
    def progress(self) -> Path:
        """How far the workers are."""
        return self.root / "progress"

    @property
    def ready(self) -> Ready | None:
        """What is told of a run whose results are staged whole, and not loaded yet; None where there is none."""
        try:
            return _AS_JSON.validate_json((self.root / _READY).read_bytes())
        except (FileNotFoundError, ValidationError):  # a broken one was being written when its run died
            return None

    def keep(self, ready: Ready) -> None:
        """Have what is staged outlive this run, until it is loaded."""
        written = self.root / f"{_READY}.new"
        written.write_bytes(_AS_JSON.dump_json(ready))
        written.replace(self.root / _READY)

    def release(self) -> None:
        """Have what is staged end with this run: the database has it, or can never have it."""
        (self.root / _READY).unlink(missing_ok=True)

    def clear(self) -> None:
        """Make the folders anew, empty."""
        shutil.rmtree(self.root, ignore_errors=True)
        for folder in (self.workspace, self.staged, self.linked, self.progress):
            folder.mkdir(parents=True)


@contextmanager
def open_workplace(root: Path) -> Iterator[Workplace]:
    """Yield a run's folders, made if they are not there, and remove them in the end but for what is kept.

    Raises RunError for whatever goes wrong in between.
    """
    workplace = Workplace(root)
    try:
        if workplace.ready is None:
            workplace.clear()
        yield workplace
    except (OSError, RuntimeError, duckdb.Error) as error:
        problem = disk_problem(error)
        raise (StagingError(str(root), problem) if problem else FailedRunError(str(error))) from error
    finally:
        if workplace.ready is None:
            shutil.rmtree(root, ignore_errors=True)


def disk_problem(error: BaseException) -> str | None:
    """Return what a disk refused, None if it was something else.

    Runners hand on a worker's error as text only, so that is where its cause is found.
    """
    return next((text for text in map(os.strerror, _DISK_ERRORS) if text in str(error)), None)
