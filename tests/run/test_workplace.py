"""What becomes of a run's folders, and of work that could not be loaded."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import FailedRunError, LoadError, StagingError
from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from pipeline.run.workplace import Ready, Workplace, open_workplace
from pipeline.storage.exports import last_run_of
from pipeline.storage.load import RunFacts
from tests.support.databases import contents, rows
from tests.support.staging import FACTS

ATTACK = "Two rockets hit a base near {}, Iraq, on Wednesday, wounding three soldiers, the army said."
NOW = datetime(2024, 1, 15, tzinfo=timezone.utc)
READY = Ready(FACTS, 3)


def test_folders_are_there_and_then_gone(tmp_path: Path) -> None:
    with open_workplace(tmp_path / "x.run") as workplace:
        assert all(folder.is_dir() for folder in (workplace.workspace, workplace.staged, workplace.linked))
    assert list(tmp_path.iterdir()) == []


def test_what_a_dead_run_left_half_done_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "x.run" / "staged").mkdir(parents=True)
    (tmp_path / "x.run" / "staged" / "mentions.parquet").touch()
    (tmp_path / "x.run" / "ready.json").write_text('{"facts": {"started_at": "2023')
    with open_workplace(tmp_path / "x.run") as workplace:
        assert workplace.ready is None
        assert list(workplace.staged.iterdir()) == []


def test_what_is_ready_outlives_a_run_and_is_told_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(FailedRunError), open_workplace(tmp_path / "x.run") as workplace:  # noqa: PT012 # all of it
        (workplace.staged / "mentions.parquet").touch()
        workplace.keep(READY)
        raise RuntimeError("broken")
    kept = Workplace(tmp_path / "x.run")
    assert kept.ready == READY
    assert [path.name for path in kept.staged.iterdir()] == ["mentions.parquet"]
    with open_workplace(tmp_path / "x.run") as workplace:
        workplace.release()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS])
def test_a_disk_that_refuses_is_named(number: int, tmp_path: Path) -> None:
    with pytest.raises(StagingError, match=os.strerror(number)), open_workplace(tmp_path / "x.run"):
        raise RuntimeError(f"worker: {OSError(number, os.strerror(number))!r}")


@pytest.fixture
def options(tmp_path: Path) -> RunOptions:
    news = tmp_path / "news.jsonl"
    records = [{"id": town, "published_at": "2023-11-09", "text": ATTACK.format(town)} for town in ("Kirkuk", "Mosul")]
    news.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return RunOptions(ReadOptions((str(news),)), tmp_path / "x.duckdb")


@contextmanager
def open_for_writing(database: Path) -> Iterator[None]:
    """Let another process have a database open, so that nobody else may write to it."""
    hold = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
        holder.communicate("\n")


class Interrupted:
    """A clock that lets another program open the database when a run is about to load."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._asked = 0
        self.held = open_for_writing(database)

    def __call__(self) -> datetime:
        self._asked += 1
        if self._asked == 2:
            self.held.__enter__()
        return NOW + timedelta(seconds=self._asked)


def test_what_cannot_be_loaded_is_loaded_by_the_next_run(
    options: RunOptions, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with duckdb.connect(str(options.output)):  # an empty database
        pass
    clock = Interrupted(options.output)
    with pytest.raises(LoadError, match="the next run loads it") as caught:
        launcher.run(options, clock=clock)
    clock.held.__exit__(None, None, None)
    assert caught.value.kept == str(options.run_folder)
    assert last_run_of(options.output) == 0
    Path(options.reading.inputs[0]).write_text("", encoding="utf-8")  # nothing is left to read again
    outcome = launcher.run(options)
    assert outcome.record.run_id == 2
    assert rows(options.output, "SELECT run_id, articles_new FROM runs ORDER BY 1") == [(1, 2), (2, 0)]
    assert rows(options.output, "SELECT count(*) FROM incidents") == [(2,)]
    assert "loading first what was read" in caplog.text
    assert not options.run_folder.exists()


def test_work_that_was_loaded_before_its_run_was_killed_is_not_loaded_again(options: RunOptions) -> None:
    record = launcher.run(options).record
    before = contents(options.output)
    with open_workplace(options.run_folder) as workplace:
        workplace.keep(Ready(_facts_of(record.started_at, record.finished_at), 0))
    launcher.run(options)
    assert contents(options.output) == before
    assert last_run_of(options.output) == 2


def _facts_of(started_at: datetime, finished_at: datetime) -> RunFacts:
    return replace(FACTS, started_at=started_at, finished_at=finished_at)
