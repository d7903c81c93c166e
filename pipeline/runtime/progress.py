"""How far a run is, told from worker processes to the launcher through small files.

Runners differ in what they report while they run, and the local one reports nothing; but local workers share a disk
with the launcher. Each process keeps one file of running totals in the run's progress folder, rewritten at most
twice a second. Where there is no such folder (a cluster has its own dashboard), counting costs nothing.
"""

import json
import os
import socket
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

_REWRITE_SECONDS = 0.5
_PHASE = "phase"


class Meter:
    """Counts what a worker process has done. Cheap to make and to pickle: totals live per process, not per meter."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder

    def add(self, **counts: int) -> None:
        """Add to the running totals of this process."""
        if self._folder is not None:
            _totals_in(self._folder).add(counts)

    def flush(self) -> None:
        """Write the totals now: at the end of a bundle, nothing may come for a while."""
        if self._folder is not None:
            _totals_in(self._folder).write()


class _Totals:
    def __init__(self, folder: str) -> None:
        self._path = Path(folder) / f"{socket.gethostname()}-{os.getpid()}.json"
        self._counts: Counter[str] = Counter()
        self._written_at = 0.0
        self._lock = threading.Lock()

    def add(self, counts: dict[str, int]) -> None:
        with self._lock:
            self._counts.update(counts)
            due = time.monotonic() - self._written_at > _REWRITE_SECONDS
        if due:
            self.write()

    def write(self) -> None:
        with self._lock, suppress(OSError):  # nothing is lost but how far the run is
            self._written_at = time.monotonic()
            fresh = self._path.with_suffix(".new")
            fresh.write_text(json.dumps(self._counts), encoding="utf-8")
            fresh.replace(self._path)


_by_folder: dict[tuple[int, str], _Totals] = {}


def _totals_in(folder: str) -> _Totals:
    key = (os.getpid(), folder)
    if key not in _by_folder:
        _by_folder[key] = _Totals(folder)
    return _by_folder[key]


def enter_phase(folder: Path, phase: str) -> None:
    """Tell what a run is doing once its workers have read everything: work of the launcher's, which nobody counts."""
    fresh = folder / f"{_PHASE}.new"
    fresh.write_text(phase, encoding="utf-8")
    fresh.replace(folder / _PHASE)


def read_phase(folder: Path) -> str | None:
    """Return what the launcher is doing; None while articles are read."""
    path = folder / _PHASE
    return path.read_text(encoding="utf-8") if path.exists() else None


def read_totals(folder: Path) -> Counter[str]:
    """Return the sum of all processes' totals."""
    totals: Counter[str] = Counter()
    for path in folder.glob("*.json"):
        totals.update(json.loads(path.read_text(encoding="utf-8")))
    return totals
