"""Work done in a process of its own, forked from one that has everything loaded: hundreds of runs in minutes."""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.extraction.choice import shared_extractor
from pipeline.extraction.interface import Setup
from pipeline.extraction.registry import DEFAULT
from pipeline.runtime import logs
from pipeline.sources.language import load_model


def warm_up() -> None:
    """Load what every run needs, for all that are forked later."""
    logs.configure(0)
    load_model()
    shared_extractor(DEFAULT, Setup())


def start(work: Callable[[], int | None], words: Path) -> int:
    """Begin some work in a process group of its own; return its process id. What it says goes to the file `words`."""
    sys.stdout.flush()
    process = os.fork()
    if process:
        return process
    os.setsid()
    with words.open("w", encoding="utf-8") as said:
        os.dup2(said.fileno(), sys.stdout.fileno())
        os.dup2(said.fileno(), sys.stderr.fileno())
    os._exit(_status_of(work))


def _status_of(work: Callable[[], int | None]) -> int:
    try:
        status = work() or 0
    except PipelineError as error:
        print(error, file=sys.stderr)
        status = error.exit_status
    except BaseException as error:
        print(f"Traceback: {error!r}", file=sys.stderr)
        status = 70
    sys.stdout.flush()
    sys.stderr.flush()
    return status


def finish(process: int) -> int:
    """Wait for a process to end, and return its exit status, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def kill_after(process: int, seconds: float) -> bool:
    """Kill a process and its children at a moment; return whether it was still at work."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if os.waitpid(process, os.WNOHANG)[0]:
            return False
        time.sleep(0.005)
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return True
