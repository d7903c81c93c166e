"""Reading what strangers wrote within a bound of time, whatever it is made of.

Some parsers take time that grows with the square of what they are given, and nothing in Python stops one that is at
work. So they work in processes of their own, each on one thing at a time, that are ended when the time is over; a
process that has done is used again. While one works, whoever waits for it can be interrupted.

Run as a module, it is such a process: it reads questions from its standard input and writes answers to its output.
"""

import atexit
import importlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Generic, TypeVar, cast

from pipeline.errors import OverdueError, ReaderEndedError, SourceError

AT_ONCE = 8
"""How many are at work at the same time, at most."""

_LENGTH_BYTES = 8
_GRACE_SECONDS = 3
_READY = b"ready"
Found = TypeVar("Found")
Question = tuple[tuple[object, ...], float]


class Bounded(Generic[Found]):
    """Processes that call a function of a module, by its name there. Safe to use from many threads.

    What the function is given, returns (never None) and raises is pickled; what it raises is a SourceError.
    """

    def __init__(self, function: Callable[..., Found], at_once: int = AT_ONCE) -> None:
        self._name = f"{function.__module__}:{function.__qualname__}"
        self._places = threading.Semaphore(at_once)
        self._lock = threading.Lock()
        self._idle: list[subprocess.Popen[bytes]] = []
        self._busy: set[subprocess.Popen[bytes]] = set()
        atexit.register(self.end)

    def ask(self, seconds: float, *given: object) -> Found:
        """Return what the function returns for what is given.

        Raises:
            OverdueError: it takes longer than `seconds`.
            ReaderEndedError: its process ends before it answers.
            SourceError: the function raises it.
        """
        with self._places, self._process() as process:
            overdue = threading.Event()
            timer = threading.Timer(seconds, _end, [process, overdue])
            timer.daemon = True
            timer.start()
            try:
                answer = _ask(process, (given, seconds))
            finally:
                timer.cancel()
        if answer is None:
            raise OverdueError(seconds) if overdue.is_set() else ReaderEndedError
        if isinstance(answer, SourceError):
            raise answer
        return cast(Found, answer)

    def end(self) -> None:
        """End all processes, those at work too."""
        with self._lock:
            processes = [*self._idle, *self._busy]
            self._idle.clear()
        for process in processes:
            process.kill()
            process.wait()
            _tidy_up(process)

    @contextmanager
    def _process(self) -> Iterator[subprocess.Popen[bytes]]:
        """Lend a process, and take it back if it still lives."""
        with self._lock:
            idle = self._idle.pop() if self._idle else None
        process = idle or _start(self._name)
        with self._lock:
            self._busy.add(process)
        try:
            yield process
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            lives = process.poll() is None
            with self._lock:
                self._busy.discard(process)
                self._idle += [process] if lives else []
            if not lives:
                _tidy_up(process)


def _start(function: str) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(path for path in map(os.path.abspath, sys.path) if path)
    process = subprocess.Popen(  # noqa: S603  # this very interpreter, and a module of ours
        [sys.executable, "-m", __name__, function],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )
    if process.stdout is not None:
        _read(process.stdout)  # it says when it is ready: to load the parser takes time that is not the input's
    return process


def _end(process: subprocess.Popen[bytes], overdue: threading.Event) -> None:
    overdue.set()
    process.kill()
    process.wait()


def _tidy_up(process: subprocess.Popen[bytes]) -> None:
    """Close the pipes of a process that has ended."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what was still to be written has nobody to read it
                pipe.close()


def _ask(process: subprocess.Popen[bytes], question: Question) -> object | None:
    """Return what a process answers; None if it ends instead."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        _write(process.stdin, pickle.dumps(question))
        answer = _read(process.stdout)
    except OSError:
        answer = None
    if answer is None:
        process.kill()
        process.wait()
        return None
    found: object = pickle.loads(answer)  # noqa: S301  # what our own process has written
    return found


def _write(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes | None:
    """Return the next message; None at the end."""
    length = stream.read(_LENGTH_BYTES)
    if len(length) < _LENGTH_BYTES:
        return None
    data = stream.read(int.from_bytes(length, "big"))
    return data if len(data) == int.from_bytes(length, "big") else None


def main() -> None:
    """Answer questions until there are no more. Ends by itself when nobody is left to end it."""
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks decides
    # What libraries print must not get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    module, _, name = sys.argv[1].partition(":")
    function = getattr(importlib.import_module(module), name)
    _write(answers, _READY)
    while (asked := _read(sys.stdin.buffer)) is not None:
        given, seconds = pickle.loads(asked)  # noqa: S301  # what the process above has written
        _set_alarm(int(seconds) + _GRACE_SECONDS)
        _write(answers, pickle.dumps(_answer(function, given)))
        _set_alarm(0)


def _answer(function: Callable[..., object], given: tuple[object, ...]) -> object:
    try:
        return function(*given)
    except SourceError as error:
        return error
    except MemoryError:
        return ReaderEndedError()


def _set_alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


if __name__ == "__main__":
    main()
