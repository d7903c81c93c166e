"""The commands as a shell sees them: exit statuses, messages, and what a failure leaves behind."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import duckdb
import filelock
import pytest

from tests.support.databases import contents, rows

ATTACK = "Two rockets hit a base near Kirkuk, Iraq, on Wednesday, wounding three soldiers, the army said."


def pipeline(*arguments: object, **settings: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **settings)  # type: ignore[call-overload]


def record(**fields: object) -> str:
    return json.dumps({"id": "n1", "published_at": "2023-11-09", "text": ATTACK} | fields)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_text(record(), encoding="utf-8")
    return path


def test_run_prints_a_summary_and_nothing_else(news: Path, tmp_path: Path) -> None:
    done = pipeline("run", news, "--output", tmp_path / "out.duckdb")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 articles read" in done.stdout
    assert "SELECT" in done.stdout
    assert rows(tmp_path / "out.duckdb", "SELECT count(*) FROM incidents") == [(1,)]


def test_run_leaves_nothing_beside_the_database(news: Path, tmp_path: Path) -> None:
    pipeline("run", news, "--output", tmp_path / "out.duckdb")
    assert {path.name for path in tmp_path.iterdir()} <= {"news.jsonl", "out.duckdb", "out.duckdb.lock"}


def test_beam_options_pass_through_anywhere(news: Path, tmp_path: Path) -> None:
    done = pipeline(
        "run", "--runner", "DirectRunner", news, "--output", tmp_path / "out.duckdb", "--direct_num_workers=2"
    )
    assert done.returncode == 0, done.stderr


def test_extract_prints_mentions_as_json_lines(news: Path) -> None:
    done = pipeline("extract", news)
    (mention,) = map(json.loads, done.stdout.splitlines())
    assert (mention["ref"], mention["country"], mention["date_earliest"]) == ("n1", "IRQ", "2023-11-08")


def test_help_needs_no_inputs() -> None:
    for command in ([], ["run"], ["extract"], ["sql"]):
        done = pipeline(*command, "--help")
        assert (done.returncode, done.stderr) == (0, "")
        assert "usage: python -m pipeline" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "nowhere/*.txt", "--output", "{tmp}/o.duckdb"], "nowhere/*.txt"),
        (["run", "{news}", "--output", "{tmp}/missing/o.duckdb"], "folder does not exist"),
        (["run", "{news}", "--output", "{news}"], "not a DuckDB file"),
        (["run", "{news}", "--output", "{tmp}"], "not a DuckDB file"),
        (["run", "{news}", "--output", "{tmp}/o.duckdb", "--window-days", "0"], "--window-days"),
        (["run", "{news}", "--output", "{tmp}/o.duckdb", "--places", "{tmp}/none.csv"], "none.csv"),
        (["run", "{news}", "--output", "{tmp}/o.duckdb", "--ouput", "x"], "--ouput"),
        (["extract", "nowhere.txt"], "nowhere.txt"),
        (["sql", "SELECT 1", "--db", "{tmp}/none.duckdb"], "none.duckdb"),
        (["fly"], "fly"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_is_wrong(
    arguments: list[str], message: str, news: Path, tmp_path: Path
) -> None:
    done = pipeline(*(argument.format(tmp=tmp_path, news=news) for argument in arguments))
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*.duckdb"))


def test_a_database_of_another_program_is_left_alone(news: Path, tmp_path: Path) -> None:
    output = tmp_path / "other.duckdb"
    with duckdb.connect(str(output)) as connection:
        connection.execute("CREATE TABLE mine AS SELECT 42 AS answer")
    done = pipeline("run", news, "--output", output)
    assert done.returncode == 2
    assert rows(output, "FROM mine") == [(42,)]


def test_a_newer_database_is_left_alone(news: Path, tmp_path: Path) -> None:
    output = tmp_path / "newer.duckdb"
    pipeline("run", news, "--output", output)
    with duckdb.connect(str(output)) as connection:
        connection.execute("UPDATE schema_version SET version = 999")
    done = pipeline("run", news, "--output", output)
    assert done.returncode == 2
    assert "999" in done.stderr
    assert "upgrade" in done.stderr


@pytest.mark.slow
def test_a_second_run_on_one_database_is_refused_or_waits(news: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.duckdb"
    lock = filelock.FileLock(f"{output}.lock")
    with lock:
        refused = pipeline("run", news, "--output", output)
        with subprocess.Popen(
            [sys.executable, "-m", "pipeline", "run", str(news), "--output", str(output), "--wait", "60"]
        ) as waiting:
            time.sleep(2)
            assert waiting.poll() is None
            lock.release()
            assert waiting.wait(60) == 0
    assert refused.returncode == 1
    assert "another run" in refused.stderr


def test_bad_inputs_become_rejects_and_the_good_ones_rows(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "utf16.txt").write_text(ATTACK, encoding="utf-16")
    (folder / "latin.txt").write_bytes(f"{ATTACK} Más tarde, según José.".encode("latin-1"))
    (folder / "broken.txt").write_bytes(ATTACK.encode() * 3 + b"\xff\xfe caf\xc3\xa9")
    (folder / "huge.txt").write_bytes(b"word " * 10_000_000)
    lines = ["not json", "[1, 2]", '{"id": "x"}', record(id="n2", published_at="yesterday"), record(id="n3")]
    (folder / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    output = tmp_path / "out.duckdb"
    done = pipeline("run", folder, "--output", output)
    assert done.returncode == 0, done.stderr
    good = {ref.rsplit("/", 1)[-1] for (ref,) in rows(output, "SELECT ref FROM articles")}
    assert good == {"utf16.txt", "latin.txt", "broken.txt", "n2", "n3"}  # n2 without its date
    rejected = rows(output, "SELECT ref, reason, stage FROM rejects ORDER BY ref")
    assert len(rejected) == 7
    assert all(len(reason) > 20 and stage == "sources" for _, reason, stage in rejected)
    again = contents(output)
    pipeline("run", folder, "--output", output)
    assert contents(output) == again


def _small_files_only() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))


def test_a_full_disk_fails_the_run_and_leaves_the_database(news: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.duckdb"
    pipeline("run", news, "--output", output)
    before = output.read_bytes()
    news.write_text("\n".join(record(id=f"m{number}") for number in range(50)), encoding="utf-8")
    done = pipeline("run", news, "--output", output, preexec_fn=_small_files_only)
    assert done.returncode == 1
    assert "space" in done.stderr
    assert output.read_bytes() == before
    assert not (tmp_path / "out.duckdb.run").exists()


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [1.0, 2.5])
def test_a_killed_run_leaves_nothing_that_a_rerun_does_not_mend(seconds: float, news: Path, tmp_path: Path) -> None:
    killed, whole = tmp_path / "killed.duckdb", tmp_path / "whole.duckdb"
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline", "run", "seeds", str(news), "--output", str(killed)], start_new_session=True
    ) as doomed:
        time.sleep(seconds)
        os.killpg(doomed.pid, signal.SIGKILL)
    for output in (killed, whole):
        assert pipeline("run", "seeds", news, "--output", output).returncode == 0
    assert contents(killed) == contents(whole)


def _begun(output: Path, process: subprocess.Popen[str]) -> None:
    """Wait until a run is at work."""
    while not Path(f"{output}.run").exists():
        assert process.poll() is None
        time.sleep(0.01)


def _listening(command: list[str]) -> "subprocess.Popen[str]":
    """Start a command that hears Ctrl-C, also where the tests run in the background, which do not."""
    hears = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, text=True, preexec_fn=hears, **pipes)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_ctrl_c_stops_a_run_and_changes_nothing(seconds: float, news: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.duckdb"
    command = [sys.executable, "-m", "pipeline", "run", "seeds", str(news), "--db", str(output)]
    with _listening(command) as process:
        _begun(output, process)
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        printed, complained = process.communicate(timeout=60)
    assert (process.returncode, printed, complained) == (130, "", "pipeline: stopped; nothing was changed\n")
    assert {path.name for path in tmp_path.iterdir()} <= {"news.jsonl", "out.duckdb.lock"}


@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_ctrl_c_stops_what_has_only_begun(seconds: float, news: Path) -> None:
    command = [sys.executable, "-c", "import pipeline.__main__ as m; print(flush=True); m.main()", "extract", str(news)]
    with _listening(command) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds + 0.05)
        process.send_signal(signal.SIGINT)
        _, complained = process.communicate(timeout=60)
    assert (process.returncode, complained) == (130, "pipeline: stopped; nothing was changed\n")
