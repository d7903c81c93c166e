"""A run every so often, in one process, until it is told to stop."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import FrameType

from pipeline.errors import PipelineError, UsageError
from pipeline.run.brief import line_of
from pipeline.run.launcher import Outcome
from pipeline.runtime.memory import give_back, use_one_heap
from pipeline.sources.feeds.hosts import GIVE_UP

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopped(BaseException):
    """The process was asked to stop, wherever it was. No Exception, so that nobody takes it for a failure."""


@contextmanager
def signals() -> Iterator[threading.Event]:
    """Let the first SIGTERM or SIGINT raise Stopped in the main thread; yield what is set then. Others change nothing.

    Stopped does not leave the block.
    """
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        if not stopping.is_set():
            stopping.set()
            GIVE_UP.set()  # Beam waits for its workers, and they for hosts
            raise Stopped

    before = {number: signal.signal(number, stop) for number in _SIGNALS}
    try:
        yield stopping
    except Stopped:
        pass
    finally:
        GIVE_UP.clear()
        for number, handler in before.items():
            signal.signal(number, handler)


def watch(
    run: Callable[[], Outcome],
    every_seconds: float,
    clock: Callable[[], datetime],
    stopping: threading.Event,
    tell: Callable[[str], None],
) -> None:
    """Call `run` every so many seconds until `stopping` is set, and tell of each time in one line.

    A run that takes longer than that is followed by the next at once. A run that fails is told of; the next one may
    work. Only a first run that cannot be meant is the end.

    Raises:
        UsageError: the first run asks for something that cannot be done.
    """
    use_one_heap()
    number = 0
    while not stopping.is_set():
        number, begun = number + 1, clock()
        try:
            line = line_of(run())
        except Exception as error:  # a fault of ours must not end a watch either
            if stopping.is_set():  # some libraries make another error of Stopped
                return
            if number == 1 and isinstance(error, UsageError):
                raise
            line = f"failed: {error}" if isinstance(error, PipelineError) else f"failed: {error!r}"
        give_back()
        tell(f"{begun:%Y-%m-%dT%H:%M:%SZ} cycle {number}: {' '.join(line.split())}")
        stopping.wait(max(0.0, (begun + timedelta(seconds=every_seconds) - clock()).total_seconds()))
