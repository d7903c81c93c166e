"""A watch, with a clock and a wait of its own."""

import os
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from pipeline.errors import FailedRunError, WrongOptionError
from pipeline.run.watching import Stopped, signals, watch
from schemas.incident import RunRecord

NOON = datetime(2023, 11, 10, 12, tzinfo=timezone.utc)
RECORD = RunRecord(
    run_id=1, started_at=NOON, finished_at=NOON, version="0", extractor="test", extractor_version="1", inputs=(),
    articles_read=9, articles_new=3, mentions_new=5, tallies_new=0, rejects_new=1, incidents_created=2,
    incidents_updated=1, incidents_superseded=0,
)  # fmt: skip


class Wait(threading.Event):
    """Waiting that takes no time, and ends the watch after so many waits."""

    def __init__(self, waits: int) -> None:
        super().__init__()
        self.waited: list[float] = []
        self._waits = waits

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout or 0)
        if len(self.waited) == self._waits:
            self.set()
        return self.is_set()


def watched(run: Callable[[int], RunRecord], cycles: int, seconds_each: float = 60) -> tuple[list[str], list[float]]:
    """What is told of so many cycles, and how long was waited after each. A clock goes on while runs run."""
    wait, lines, now, runs = Wait(cycles), [], [NOON], [0]

    def one() -> RunRecord:
        runs[0] += 1
        now[0] += timedelta(seconds=seconds_each)
        return run(runs[0])

    watch(one, 900, lambda: now[0], wait, lines.append)
    return lines, wait.waited


def test_one_line_a_cycle() -> None:
    lines, waited = watched(lambda number: RECORD, 2)
    assert lines[0] == (
        "2023-11-10T12:00:00Z cycle 1: 9 articles read, 3 new, 5 mentions, 2 incidents new, "
        "1 updated, 1 rejects in 0.0 s"
    )
    assert len(lines) == 2
    assert waited == [840, 840]


def test_a_cycle_that_takes_too_long_is_followed_at_once() -> None:
    assert watched(lambda number: RECORD, 1, seconds_each=2_000)[1] == [0]


def fails(error: Exception) -> Callable[[int], RunRecord]:
    def run(number: int) -> RunRecord:
        if number == 2:
            raise error
        return RECORD

    return run


@pytest.mark.parametrize(
    "error",
    [FailedRunError("disk full\non fire"), WrongOptionError("feeds.txt is gone"), ZeroDivisionError("our fault")],
)
def test_a_bad_cycle_is_told_of_and_survived(error: Exception) -> None:
    lines, _ = watched(fails(error), 3)
    assert [("failed" in line) for line in lines] == [False, True, False]
    assert "\n" not in lines[1]


def test_a_first_cycle_that_cannot_be_meant_is_the_end() -> None:
    def run(number: int) -> RunRecord:
        raise WrongOptionError("--feeds: nothing there")

    with pytest.raises(WrongOptionError):
        watched(run, 3)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_run_wherever_it_is(number: int) -> None:
    reached = []
    with signals() as stopping:
        try:
            os.kill(os.getpid(), number)
            reached.append("what comes after")
        finally:
            os.kill(os.getpid(), number)  # a second one does not disturb the clearing up
            reached.append("clearing up")
    assert reached == ["clearing up"]
    assert stopping.is_set()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_stopped_is_no_failure() -> None:
    assert not issubclass(Stopped, Exception)


def test_an_error_that_a_stop_turned_into_is_not_told_of() -> None:
    lines: list[str] = []
    stopping = threading.Event()

    def run() -> RunRecord:
        stopping.set()
        raise RuntimeError("Query interrupted")

    watch(run, 900, lambda: NOON, stopping, lines.append)
    assert lines == []
