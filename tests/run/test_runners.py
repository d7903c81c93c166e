"""Runs whose workers are elsewhere: in another process and another folder, or on machines that do not see the input."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import NoJobServerError, UnseenInputError
from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from pipeline.run.runners import anywhere, is_local, with_copied_lists
from pipeline.runtime.progress import Meter
from tests.support.databases import contents

SEEDS = Path("seeds").absolute()


@pytest.mark.parametrize(
    ("runner", "local"),
    [
        (None, True),
        ("DirectRunner", True),
        ("directrunner", True),
        ("FnApiRunner", True),
        ("apache_beam.runners.direct.direct_runner.DirectRunner", True),
        ("PortableRunner", False),
        ("FlinkRunner", False),
    ],
)
def test_which_runners_share_this_machine(runner: str | None, local: bool) -> None:
    assert is_local([f"--runner={runner}"] if runner else []) is local


def test_patterns_mean_the_same_in_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert anywhere(["./news/**.txt", "/a/b.txt", "s3://bucket/*.jsonl"]) == (
        f"{tmp_path}/news/**.txt",
        "/a/b.txt",
        "s3://bucket/*.jsonl",
    )


def test_lists_are_copied_where_workers_reach_them(tmp_path: Path) -> None:
    places = tmp_path / "mine.csv"
    places.write_text("name\n", encoding="utf-8")
    folder = tmp_path / "run"
    folder.mkdir()
    copied = with_copied_lists(ReadOptions(("x",), places=places), folder)
    assert copied.places == folder / "places.csv"
    assert copied.places.read_text(encoding="utf-8") == "name\n"
    assert copied.actors is None


def test_a_file_that_workers_do_not_see_fails_the_run(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("A bomb killed three people in Mosul on Monday.", encoding="utf-8")
    database = tmp_path / "incidents.duckdb"
    options = RunOptions(ReadOptions((str(tmp_path / "*.txt"),)), database)

    @contextlib.contextmanager
    def while_one_vanishes(progress: Path) -> Iterator[None]:
        (tmp_path / "1.txt").unlink()
        yield

    with pytest.raises(UnseenInputError, match="2 of the 3 files"):
        launcher.run(options, watch=while_one_vanishes)
    assert not database.exists()


def test_a_job_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    beam = ("--runner=PortableRunner", f"--job_endpoint=127.0.0.1:{free_port()}", "--job_server_timeout=1")
    options = RunOptions(ReadOptions((str(SEEDS),)), tmp_path / "incidents.duckdb", beam_arguments=beam)
    with pytest.raises(NoJobServerError, match="job_endpoint"):
        launcher.run(options)


def test_counting_without_a_folder_costs_nobody_a_bundle(tmp_path: Path) -> None:
    meter = Meter(str(tmp_path / "gone"))
    meter.add(articles=1)
    meter.flush()


@pytest.mark.slow
def test_workers_in_another_folder_come_to_the_same_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    news, elsewhere = tmp_path / "news", tmp_path / "elsewhere"
    for folder in (news, elsewhere):
        folder.mkdir()
    for seed in SEEDS.glob("*.txt"):
        (news / seed.name).write_bytes(seed.read_bytes())
    monkeypatch.chdir(tmp_path)
    here, there = tmp_path / "here.duckdb", tmp_path / "there.duckdb"
    launcher.run(RunOptions(ReadOptions((str(news),)), here))
    with portable(elsewhere) as arguments:
        launcher.run(RunOptions(ReadOptions(("news",)), there, beam_arguments=arguments))
    assert contents(there) == contents(here)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextlib.contextmanager
def portable(folder: Path) -> Iterator[tuple[str, ...]]:
    """Beam's own job server and a pool of workers, in a folder that is not the launcher's; yields Beam's arguments."""
    jobs, pool = free_port(), free_port()
    commands = (
        ("apache_beam.runners.portability.local_job_service_main", "--port", str(jobs)),
        ("apache_beam.runners.worker.worker_pool_main", "--service_port", str(pool)),
    )
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))  # a pool starts the `python` of it
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=folder,
            env={**os.environ, "PATH": path},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    try:
        for port in (jobs, pool):
            wait_for(port)
        yield (
            "--runner=PortableRunner",
            f"--job_endpoint=127.0.0.1:{jobs}",
            "--environment_type=EXTERNAL",
            f"--environment_config=127.0.0.1:{pool}",
        )
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(30)


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens at {port}")
