import io
import json
import time
from pathlib import Path

import pytest

from pipeline.commands.summary import live_line


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
