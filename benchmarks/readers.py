"""Readers beside a watch: whether any run or any query ever fails, and whether anything is lost or double.

A feed has a new entry, and a changed one, in each cycle of a `watch`. Meanwhile one program holds the database open
from the first cycle to the last, one opens and asks it every 5 ms, and `sql` and `why` are asked in a loop.

    python -m benchmarks.readers [CYCLES]
"""

import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import duckdb

from benchmarks.forked import finish, start, warm_up
from benchmarks.generate import articles
from pipeline.commands import cli
from pipeline.run import launcher
from pipeline.run.options import FeedOptions, ReadOptions, RunOptions
from pipeline.run.watching import watch
from tests.support.databases import rows
from tests.support.web import item, rss

_SHOWN = 10
_POLL_SECONDS = 0.005
_COUNTS = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM runs), (SELECT count(*) FROM incidents)"


class Paper:
    """A feed in a file, whose entries change from cycle to cycle; `published` are all that it ever showed."""

    def __init__(self, folder: Path, cycles: int) -> None:
        self.listing = folder / "feeds.txt"
        self.listing.write_text("feed.xml\n", encoding="utf-8")
        self._feed = folder / "feed.xml"
        self._texts = (record["text"].split("\n\n")[0] for record in articles(_SHOWN + 2 * cycles + 2))
        self._entries = {number: next(self._texts) for number in range(_SHOWN)}
        self.published: set[tuple[int, str]] = set()
        self._show()

    def go_on(self) -> None:
        newest = max(self._entries)
        self._entries[newest + 1] = next(self._texts)
        self._entries[newest - 3] = next(self._texts)
        self._entries.pop(min(self._entries))
        self._show()

    def _show(self) -> None:
        self.published |= set(self._entries.items())
        items = (item(number, description=text, pubDate=None) for number, text in self._entries.items())
        fresh = self._feed.with_suffix(".new")
        fresh.write_text(rss(*items), encoding="utf-8")
        fresh.replace(self._feed)


def _watched(paper: Paper, database: Path, cycles: int, told: Path) -> None:
    """Watch for so many cycles; leave what was published, and the lines of the cycles that failed."""
    stopping, lines = threading.Event(), []

    def tell(line: str) -> None:
        lines.append(line)
        if len(lines) == cycles:
            stopping.set()
        else:
            paper.go_on()

    options = RunOptions(ReadOptions(()), database, feeds=FeedOptions(paper.listing, everything=True))
    watch(lambda: launcher.run(options), 0.01, launcher.utc_now, stopping, tell)
    failed = [line for line in lines if "failed" in line]
    told.write_text(json.dumps({"published": sorted(paper.published), "failed": failed}), encoding="utf-8")


def _until_told(work: Callable[[], None], told: Path) -> None:
    """Do some work again and again until SIGTERM; leave how often it was done, and what went wrong."""
    done, problems, going, parent = 0, [], [True], os.getppid()
    signal.signal(signal.SIGTERM, lambda *_: going.clear())
    while going and os.getppid() == parent:
        try:
            work()
        except BaseException as error:
            problems.append(repr(error))
        done += 1
    told.write_text(json.dumps({"done": done, "problems": problems}), encoding="utf-8")


def _polling(database: Path) -> Callable[[], None]:
    before = [(0, 0, 0)]

    def poll() -> None:
        with duckdb.connect(str(database), read_only=True) as connection:
            found = connection.execute(_COUNTS).fetchall()[0]
        if found[:2] < before[0][:2]:
            raise RuntimeError(f"{before[0]} became {found}")
        before[0] = found
        time.sleep(_POLL_SECONDS)

    return poll


def _asking(*arguments: str) -> Callable[[], None]:
    def ask() -> None:
        with redirect_stdout(StringIO()) as printed:
            status = cli.main(arguments)
        if status or not printed.getvalue().strip():
            raise RuntimeError(f"{arguments[0]} exits with {status}")
        time.sleep(_POLL_SECONDS)

    return ask


def _holding(database: Path) -> Callable[[], None]:
    connection = duckdb.connect(str(database), read_only=True)
    first = connection.execute(_COUNTS).fetchall()

    def look() -> None:
        if connection.execute(_COUNTS).fetchall() != first:
            raise RuntimeError("what is held open has changed")
        time.sleep(0.1)

    return look


def try_out(cycles: int) -> int:
    """Watch with readers, print what came of it, and return how much went wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paper, database = Paper(folder, cycles), folder / "incidents.duckdb"
        finish(start(lambda: _watched(paper, database, 1, folder / "first.json"), folder / "words.txt"))
        paper.go_on()
        incident = rows(database, "SELECT min(incident_id) FROM incident_revisions")[0][0]
        readers = {
            "a holder": lambda: _holding(database),
            "polls every 5 ms": lambda: _polling(database),
            "sql": lambda: _asking("sql", "SELECT count(*) FROM incidents", "--db", str(database)),
            "why": lambda: _asking("why", incident, "--db", str(database)),
        }
        begun = {
            reader: start(
                lambda make=make, reader=reader: _until_told(make(), folder / f"{reader}.json"), folder / "said"
            )
            for reader, make in readers.items()
        }
        moment = time.monotonic()
        status = finish(
            start(lambda: _watched(paper, database, cycles - 1, folder / "watch.json"), folder / "words.txt")
        )
        seconds = time.monotonic() - moment
        for process in begun.values():
            os.kill(process, signal.SIGTERM)
            finish(process)
        return _report(folder, database, list(begun), cycles, seconds, status)


def _report(folder: Path, database: Path, readers: list[str], cycles: int, seconds: float, status: int) -> int:
    told = json.loads((folder / "watch.json").read_text(encoding="utf-8"))
    published = {(f"story-{number}", text) for number, text in told["published"]}
    found = [(name.rpartition("#")[2], text) for name, text in rows(database, "SELECT name, text FROM articles")]
    runs = rows(database, "SELECT count(*) FROM runs")[0][0]
    wrong = status + len(told["failed"]) + len(found) - len(set(found)) + (runs != cycles)
    lost = published - set(found)
    print(
        f"{cycles} cycles, {seconds / (cycles - 1):.2f} s each; {runs} runs, {len(told['failed'])} failed; "
        f"{len(published)} texts published, {len(lost)} lost, {len(found) - len(set(found))} double, "
        f"{len(set(found) - published)} unexpected"
    )
    for reader in readers:
        asked = json.loads((folder / f"{reader}.json").read_text(encoding="utf-8"))
        wrong += len(asked["problems"])
        print(f"{reader}: {asked['done']:,} times, {len(asked['problems'])} failed {asked['problems'][:3] or ''}")
    return wrong + len(lost ^ (set(found) - published))


def main() -> None:
    cycles = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    warm_up()
    sys.exit(try_out(cycles))


if __name__ == "__main__":
    main()
