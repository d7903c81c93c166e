"""The commands `report` and `serve`, as a person calls them."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from pipeline.commands.cli import main
from tests.support.pages import database_of, revision, run_record
from tests.support.records import DAY, incident

DATED = {"date_earliest": DAY, "date_latest": DAY, "date_precision": "day", "date_basis": "explicit"}
HERE = {"latitude": 33.5, "longitude": 36.3, "geo_precision": "locality", "country": "SYR"}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    one, two = incident(1, **DATED, **HERE), incident(2, country="IRQ", geo_precision="country")
    return database_of(tmp_path / "incidents.duckdb", one, two, revision(one), revision(two), run_record())


def test_a_page_and_a_map(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, picture = tmp_path / "report.html", tmp_path / "map.svg"
    assert main(["report", "--db", str(database), "-o", str(page), "--svg", str(picture)]) == 0
    told = capsys.readouterr()
    assert f"{page}: 2 incidents, 0.2 MB" in told.out
    assert f"{picture}: the map; 1 incidents have no point" in told.out
    assert told.err == ""
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert picture.read_text(encoding="utf-8").startswith("<svg ")


def test_what_is_left_out_is_told(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "report.html"
    chosen = ["--since", "2023-11-01", "--where", "country <> 'FRA'", "--evidence", "quotes"]
    assert main(["report", "--db", str(database), "-o", str(page), *chosen]) == 0
    told = capsys.readouterr()
    assert ": 1 incidents" in told.out
    assert "1 incidents without a date are left out" in told.err


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ([], "say where to write"),
        (["-o", "report.html", "--where", "contry = 1"], "--where"),
        (["-o", "report.html", "--since", "2023-11-09", "--until", "2023-11-01"], "--since 2023-11-09 is after"),
        (["-o", "report.html", "--max-mb", "0.01"], "raise --max-mb"),
    ],
)
def test_wrong_usage(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    wrong: list[str], words: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["report", "--db", str(database), *wrong]) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "report.html").exists()


def test_a_day_that_is_none(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["report", "--db", str(database), "--as-known-on", "yesterday", "-o", "x.html"])
    assert stopped.value.code == 2
    assert "'yesterday' is no day" in capsys.readouterr().err


def test_serving_ends_when_it_is_told_to(database: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "serve", "--db", str(database), "--port", "0"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            address = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
            assert address is not None
            with urllib.request.urlopen(address[0], timeout=60) as answer:  # noqa: S310  # our own server
                assert answer.status == 200
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()
