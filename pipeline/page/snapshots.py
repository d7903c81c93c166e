"""The states of a live database that a server shows: copies, so that no reader is ever in the way of a run."""

import logging
import shutil
from collections import OrderedDict
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Lock

from pipeline.errors import NoDatabaseError, PipelineError
from pipeline.page.content import chunk_of, content_of
from pipeline.page.database import shown
from pipeline.page.document import LIVE_CHUNK, document
from pipeline.page.selection import PageSelection, Words

KEPT = 2
"""States that are kept: a page that is open while a run changes the database can still ask for its incidents."""

_TRIES = 20
_PAUSE_SECONDS = 0.25
_CHUNKS_KEPT = 500

_log = logging.getLogger(__name__)


class Snapshot:
    """One state of the database: the page, and what stands behind its incidents. Safe for many threads."""

    def __init__(self, name: str, path: Path, selection: PageSelection) -> None:
        self.name = name
        self.path = path
        self._opened = ExitStack()
        self._shown = self._opened.enter_context(shown(path, selection))
        self._lock = Lock()
        self._chunks: OrderedDict[int, bytes] = OrderedDict()
        data = content_of(self._shown, selection, Words.NONE, name)
        self.page = "".join(document("Incidents", data, is_live=True)).encode()
        self.chunk(0)  # what is prepared for the first answer is then ready for the first reader

    def chunk(self, number: int) -> bytes | None:
        """Return a pack of incidents' details, or None where there is none of that number."""
        if not 0 <= number * LIVE_CHUNK < self._shown.count:
            return None
        with self._lock:
            if number not in self._chunks:
                self._chunks[number] = chunk_of(self._shown, number)
            self._chunks.move_to_end(number)
            if len(self._chunks) > _CHUNKS_KEPT:
                self._chunks.popitem(last=False)
            return self._chunks[number]

    def close(self) -> None:
        """Close the copy and remove it."""
        with self._lock:
            self._opened.close()
            self.path.unlink(missing_ok=True)


class Snapshots:
    """The newest states of a database, taken anew when its file has changed."""

    def __init__(self, database: Path, folder: Path, selection: PageSelection) -> None:
        """Take the first. Raises what opening the database raises, and NoDatabaseError where it never holds still."""
        self._database = database
        self._folder = folder
        self._selection = selection
        self._states: OrderedDict[str, Snapshot] = OrderedDict()
        self._number = 0
        self._seen: tuple[int, ...] = ()
        self._take()

    @property
    def newest(self) -> Snapshot:
        """The newest state."""
        return next(reversed(self._states.values()))

    def named(self, name: str) -> Snapshot | None:
        """Return a state by its name; None where it is not kept any more, or never was."""
        return self._states.get(name)

    def refresh(self) -> None:
        """Take a new state if the file has changed. If that fails, the old one stays, and the next call tries again."""
        try:
            if _state_of(self._database) != self._seen:
                self._take()
        except (PipelineError, OSError) as error:
            _log.warning("goes on with the last state of %s: %s", self._database, error)

    def close(self) -> None:
        """Remove all copies."""
        for state in self._states.values():
            state.close()

    def _take(self) -> None:
        self._number += 1
        copy = self._folder / f"{self._number}.duckdb"
        self._seen = _copied(self._database, copy)
        state = Snapshot(f"{self._number}", copy, self._selection)
        self._states[state.name] = state
        while len(self._states) > KEPT:
            _, old = self._states.popitem(last=False)
            old.close()


def _copied(database: Path, copy: Path) -> tuple[int, ...]:
    """Copy a database while nothing is written to it; return its state. A run that is loading is waited for."""
    for _ in range(_TRIES):
        if not database.is_file():
            raise NoDatabaseError(str(database))
        before = _state_of(database)
        if not database.with_name(f"{database.name}.wal").exists():
            shutil.copyfile(database, copy)
            if _state_of(database) == before:
                return before
        Event().wait(_PAUSE_SECONDS)
    copy.unlink(missing_ok=True)
    raise NoDatabaseError(str(database))


def _state_of(database: Path) -> tuple[int, ...]:
    found = database.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size
