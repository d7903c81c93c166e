"""Ctrl-C (SIGINT): how it stops a command, at whatever moment it comes.

The first one raises KeyboardInterrupt in the main thread. Libraries make other errors of that, in their threads or in
the main one; so what a command fails of after it was asked to stop is taken for the stop. The second one ends the
process on the spot, which is safe at any moment: a database changes in one step (`storage.publication`).
"""

import os
import signal
import sys
import threading
from types import FrameType

EXIT_STATUS = 130
_asked = threading.Event()


def listen() -> None:
    """Have SIGINT stop this process, from now on."""
    _asked.clear()
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _stop)


def was_asked() -> bool:
    """Return whether the process was asked to stop."""
    return _asked.is_set()


def stop_listening() -> None:
    """Let SIGINT change nothing any more: what was asked for is done, and has only to be told."""
    if signal.getsignal(signal.SIGINT) is _stop and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def stopped() -> int:
    """Say that the process was stopped; return its exit status."""
    print("pipeline: stopped; nothing was changed", file=sys.stderr)
    return EXIT_STATUS


def leave(status: int) -> None:
    """End the process; at once if it was asked to stop, whatever its threads still do."""
    if status == EXIT_STATUS:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


def _stop(number: int, frame: FrameType | None) -> None:
    if _asked.is_set():
        os._exit(EXIT_STATUS)
    _asked.set()
    raise KeyboardInterrupt
