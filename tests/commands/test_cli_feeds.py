"""Feeds from the command line: run by a scheduler, and watched until a signal comes."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.support.databases import contents, rows
from tests.support.web import Reply, Site, item, no_answer, rss, serving, slow_body

ATTACK = "Two rockets hit a base near Kirkuk, Iraq, on Wednesday, wounding three soldiers, the army said."


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as site:
        site.pages["/feed"] = Reply(rss(item(description=ATTACK)), etag='"1"')
        yield site


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "pipeline", *map(str, arguments)]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False, timeout=120)


def listing(folder: Path, *lines: str) -> Path:
    path = folder / "feeds.txt"
    path.write_text("\n".join(lines))
    return path


def test_a_run_over_feeds(site: Site, tmp_path: Path) -> None:
    output = tmp_path / "incidents.duckdb"
    feeds = listing(tmp_path, f"{site.url}/feed Press")
    first = run("run", "--feeds", feeds, "--output", output)
    assert (first.returncode, first.stderr) == (0, "")
    assert "1 articles read" in first.stdout
    assert rows(output, "SELECT country, wounded_low FROM incidents") == [("IRQ", 3)]
    assert rows(output, "SELECT source, url FROM articles") == [("Press", "http://news.example/story/1")]
    before = contents(output, "feeds")
    again = run("run", "--feeds", feeds, "--output", output, "--contact", "me@news.example", "--brief")
    assert again.returncode == 0
    assert re.fullmatch(r"0 articles read, 0 new, .* in \d+\.\d s\n", again.stdout)
    assert contents(output, "feeds") == before
    assert [request.status for request in site.requests] == [200, 304]
    assert site.requests[1].headers["User-Agent"].endswith("(+me@news.example)")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--feeds", "{tmp}/none.txt", "--output", "{tmp}/o.duckdb"], "none.txt"),
        (["run", "--feeds", "{tmp}/empty.txt", "--output", "{tmp}/o.duckdb"], "no feed in it"),
        (["run", "--feeds", "{tmp}/empty.txt", "--feed-timeout", "0", "--output", "{tmp}/o.duckdb"], "--feed-timeout"),
        (["run", "--output", "{tmp}/o.duckdb"], "no INPUT"),
        (["watch", "--output", "{tmp}/o.duckdb"], "--feeds"),
        (["watch", "--feeds", "{tmp}/empty.txt", "--output", "{tmp}/o.duckdb"], "no feed in it"),
        (
            ["watch", "--feeds", "{tmp}/empty.txt", "--every", "soon", "--output", "{tmp}/o.duckdb"],
            "90s, 15m, 6h or 1d",
        ),
        (["watch", "--feeds", "{tmp}/empty.txt", "--every", "0m", "--output", "{tmp}/o.duckdb"], "--every"),
    ],
)
def test_wrong_usage(arguments: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = run(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def watching(feeds: Path, output: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        command("watch", "--feeds", feeds, "--every", "1s", "--output", output),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def lines_of(stream: IO[str] | None, count: int) -> list[str]:
    assert stream is not None
    return [stream.readline() for _ in range(count)]


@pytest.mark.slow
def test_a_watch_goes_on_until_it_is_told_to_stop(site: Site, tmp_path: Path) -> None:
    output = tmp_path / "incidents.duckdb"
    with watching(listing(tmp_path, f"{site.url}/feed"), output) as watch:
        first, second = lines_of(watch.stdout, 2)
        watch.send_signal(signal.SIGTERM)
        assert watch.wait(30) == 0
        assert watch.stderr is not None
        assert watch.stderr.read() == ""
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ cycle 1: 1 articles read, 1 new, .* in \d+\.\d s\n", first)
    assert "cycle 2: 0 articles read, 0 new" in second
    assert rows(output, "SELECT count(*) FROM incidents") == [(1,)]
    assert {path.name for path in tmp_path.iterdir()} <= {"feeds.txt", "incidents.duckdb", "incidents.duckdb.lock"}


@pytest.mark.slow
def test_a_watch_stops_in_the_middle_of_a_cycle(site: Site, tmp_path: Path) -> None:
    output = tmp_path / "incidents.duckdb"
    site.pages["/slow"] = slow_body
    with watching(listing(tmp_path, f"{site.url}/feed", f"{site.url}/slow"), output) as watch:
        while not site.asked("/slow"):
            assert watch.poll() is None
            site.over.wait(0.02)
        watch.send_signal(signal.SIGINT)
        assert watch.wait(10) == 0  # the server would have had twenty seconds
    assert not output.exists()
    assert not (tmp_path / "incidents.duckdb.run").exists()
    assert run("run", "--feeds", listing(tmp_path, f"{site.url}/feed"), "--output", output).returncode == 0


BROKEN = (Reply(status=500), Reply(status=404), Reply(b""), Reply("<html></html>"), Reply(rss(item())[:90]), no_answer)
CLOCKED = ("feeds", "articles", "incident_revisions")


@pytest.mark.slow
def test_many_feeds_are_read_whole_once_and_whatever_happens(site: Site, tmp_path: Path) -> None:
    """Each good entry once; nothing twice; nothing transferred twice; nothing lost by a kill."""
    numbers = range(40)
    for number in numbers:
        entries = (item(n, description=ATTACK.replace("three", str(number * 3 + n + 2))) for n in range(3))
        site.pages[f"/{number}"] = Reply(rss(*entries), etag=f'"{number}"')
    for number, broken in zip(numbers[::7], BROKEN, strict=True):
        site.pages[f"/{number}"] = broken
    good = [number for number in numbers if number % 7]
    feeds = listing(tmp_path, *(f"{site.url}/{number} Press {number}" for number in numbers))
    whole, killed = tmp_path / "whole.duckdb", tmp_path / "killed.duckdb"

    assert run("run", "--feeds", feeds, "--output", whole).returncode == 0
    names = rows(whole, "SELECT name FROM articles")
    assert sorted(names) == sorted((f"{site.url}/{number}#story-{n}",) for number in good for n in range(3))
    before = contents(whole, "feeds")

    site.requests.clear()
    assert run("run", "--feeds", feeds, "--output", whole).returncode == 0
    assert {request.path: request.status for request in site.requests} == {f"/{number}": 304 for number in good}
    assert sum(request.body_bytes for request in site.requests) == 0
    assert contents(whole, "feeds") == before

    site.requests.clear()
    with subprocess.Popen(command("run", "--feeds", feeds, "--output", killed)) as doomed:
        while len(site.requests) < 20:
            assert doomed.poll() is None
            site.over.wait(0.005)
        doomed.kill()
    assert not killed.exists()
    assert run("run", "--feeds", feeds, "--output", killed).returncode == 0
    assert contents(killed, *CLOCKED) == contents(whole, *CLOCKED)
    assert rows(killed, "SELECT name FROM articles ORDER BY ALL") == rows(
        whole, "SELECT name FROM articles ORDER BY ALL"
    )
