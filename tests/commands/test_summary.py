import io
import json
import time
from pathlib import Path

import pytest

from pipeline.commands.summary import live_line, summarise
from pipeline.run.brief import line_of
from pipeline.run.launcher import Outcome
from pipeline.runtime.progress import enter_phase
from pipeline.storage.database import connect
from pipeline.storage.schema import create_schema
from schemas.incident import RunRecord
from tests.support.staging import NOON


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def progress(tmp_path: Path) -> Path:
    for process, articles in ((1, 900), (2, 1_100)):
        counts = {"articles": articles, "extracted": 500, "mentions": 7, "rejects": 1}
        (tmp_path / f"{process}.json").write_text(json.dumps(counts), encoding="utf-8")
    return tmp_path


def test_a_terminal_sees_the_sum_of_all_workers_and_a_clean_line_in_the_end(progress: Path) -> None:
    terminal = Terminal()
    with live_line(progress, terminal):
        deadline = time.monotonic() + 10
        while not terminal.getvalue() and time.monotonic() < deadline:
            time.sleep(0.05)
    shown = terminal.getvalue()
    assert "2,000 articles read, 1,000 extracted" in shown
    assert "14 mentions, 2 rejects" in shown
    assert shown.endswith("\r\x1b[K")


def test_a_pipe_sees_nothing(progress: Path) -> None:
    pipe = io.StringIO()
    with live_line(progress, pipe):
        pass
    assert pipe.getvalue() == ""


def test_after_reading_the_line_tells_what_is_done_now_and_no_rate(progress: Path) -> None:
    enter_phase(progress, "linking them")
    terminal = Terminal()
    with live_line(progress, terminal):
        deadline = time.monotonic() + 10
        while not terminal.getvalue() and time.monotonic() < deadline:
            time.sleep(0.05)
    shown = terminal.getvalue()
    assert "2,000 articles read, 14 mentions; linking them (0 s)" in shown
    assert "/s)" not in shown


RUN = RunRecord(
    run_id=7, started_at=NOON, finished_at=NOON, version="0", extractor="rules", extractor_version="1", inputs=("in",),
    articles_read=3, articles_new=2, mentions_new=1, tallies_new=0, rejects_new=4, incidents_created=1,
    incidents_updated=0, incidents_superseded=0,
)  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Path:
    with connect(tmp_path / "x.duckdb") as connection:
        create_schema(connection)
    return tmp_path / "x.duckdb"


def test_what_was_not_read_is_named(database: Path) -> None:
    outcome = Outcome(RUN, {".pdf": 3, ".docx": 1}, feeds_polled=5, feeds_failed=2)
    shown = summarise(database, outcome)
    assert "4 files not read (1 .docx, 3 .pdf): see rejects" in shown
    assert "2 of 5 feeds failed: SELECT feed_url, last_error FROM feeds" in shown
    assert "2 of 5 feeds failed" in line_of(outcome)


def test_where_all_was_read_nothing_is_said_of_it(database: Path) -> None:
    outcome = Outcome(RUN, {}, feeds_polled=5)
    assert "not read" not in summarise(database, outcome)
    assert "failed" not in summarise(database, outcome) + line_of(outcome)


def test_the_advice_names_the_database_that_was_written(database: Path) -> None:
    assert f"./run_local.sh sql QUERY --db {database}" in summarise(database, Outcome(RUN))
