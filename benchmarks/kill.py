"""Runs that are killed (SIGKILL) at random moments: whether the next run makes the database what it should be.

Each trial begins without a database or with one, does a run or watches a feed, beside a program that has the database
open or not, and is killed. A run that is left in peace follows, and every table is compared with that of a database
that nothing happened to.

    python -m benchmarks.kill [TRIALS] [--seed N]
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import product
from pathlib import Path

import duckdb

from benchmarks.forked import finish, kill_after, start, warm_up
from benchmarks.generate import articles
from pipeline.run import launcher
from pipeline.run.options import FeedOptions, ReadOptions, RunOptions
from pipeline.run.watching import watch
from tests.support.databases import contents
from tests.support.web import item, rss

_BEFORE, _NOW = (datetime(2024, 1, day, tzinfo=timezone.utc) for day in (14, 15))
_TEXTS, _CYCLES = 40, 3
_CLOCKED = ("feeds",)  # holds when a feed was last asked, which one run more or less changes


@dataclass(frozen=True)
class Kind:
    """What a trial is like."""

    exists: bool
    watches: bool
    is_read: bool

    def __str__(self) -> str:
        database, how = ("old" if self.exists else "new"), ("watch" if self.watches else "run")
        return f"{database} database, {how}, {'with' if self.is_read else 'without'} a reader"


class Trials:
    """The folder of all trials: what is read, and how long it takes, and what should come of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fill()
        self._before = folder / "before.duckdb"
        self._run(self._options(self._before, "older"), _BEFORE)
        self._seconds: dict[tuple[bool, bool], float] = {}
        self._right: dict[tuple[bool, bool], dict[str, list[str]]] = {}
        for exists, watches in product((False, True), repeat=2):
            database = self._begin(exists)
            begun = time.monotonic()
            self._work(database, watches)
            self._seconds[exists, watches] = time.monotonic() - begun
            self._right[exists, watches] = contents(database, *_CLOCKED)

    def killed(self, kind: Kind, share: float) -> tuple[bool, str]:
        """Do a trial, killed after that share of the time; return whether it was, and what is wrong then."""
        database = self._begin(kind.exists)
        reader = self._reader(database) if kind.is_read and kind.exists else None
        seconds = self._seconds[kind.exists, kind.watches]
        words = self._folder / "words.txt"
        process = start(lambda: self._doing(database, kind.watches), words)
        was_killed = kill_after(process, share * seconds)
        status = finish(start(lambda: self._again(database, kind.watches), words))
        if reader is not None:
            os.kill(reader, signal.SIGTERM)
            finish(reader)
        if status:
            return was_killed, f"the next run failed: {words.read_text(encoding='utf-8')[-300:]}"
        found, right = contents(database, *_CLOCKED), self._right[kind.exists, kind.watches]
        wrong = [name for name in right if found.get(name) != right[name]]
        left = sorted(
            path.name for path in database.parent.iterdir() if path.name not in (database.name, "x.duckdb.lock")
        )
        return was_killed, f"tables {wrong}, left {left}" if wrong or left else ""

    def _begin(self, exists: bool) -> Path:
        folder = self._folder / "trial"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if exists:
            shutil.copy(self._before, folder / "x.duckdb")
        return folder / "x.duckdb"

    def _work(self, database: Path, watches: bool) -> None:
        status = finish(start(lambda: self._doing(database, watches), self._folder / "words.txt"))
        if status:
            raise RuntimeError((self._folder / "words.txt").read_text(encoding="utf-8"))

    def _doing(self, database: Path, watches: bool) -> None:
        if not watches:
            launcher.run(self._options(database, "news"), clock=lambda: _NOW)
            return
        stopping, told = threading.Event(), []

        def tell(line: str) -> None:
            told.append(line)
            if len(told) == _CYCLES:
                stopping.set()

        options = self._options(database, None)
        watch(lambda: launcher.run(options, clock=lambda: _NOW), 0.1, launcher.utc_now, stopping, tell)
        if any("failed" in line for line in told):
            raise RuntimeError(told)

    def _again(self, database: Path, watches: bool) -> None:
        launcher.run(self._options(database, None if watches else "news"), clock=lambda: _NOW)

    def _run(self, options: RunOptions, now: datetime) -> None:
        def work() -> None:
            launcher.run(options, clock=lambda: now)

        if finish(start(work, self._folder / "words.txt")):
            raise RuntimeError((self._folder / "words.txt").read_text(encoding="utf-8"))

    def _reader(self, database: Path) -> int:
        def read() -> None:
            with duckdb.connect(str(database), read_only=True) as held:
                held.execute("SELECT count(*) FROM articles").fetchall()
                signal.pause()

        return start(read, self._folder / "reader.txt")

    def _options(self, database: Path, name: str | None) -> RunOptions:
        if name is None:
            return RunOptions(ReadOptions(()), database, feeds=FeedOptions(self._folder / "feeds.txt", everything=True))
        return RunOptions(ReadOptions((str(self._folder / f"{name}.jsonl"),)), database)

    def _fill(self) -> None:
        records = list(articles(_TEXTS))
        for name, count in (("older", _TEXTS // 4), ("news", _TEXTS)):
            lines = "\n".join(map(json.dumps, records[:count]))
            (self._folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        entries = (item(number, description=record["text"], pubDate=None) for number, record in enumerate(records))
        (self._folder / "feed.xml").write_text(rss(*entries), encoding="utf-8")
        (self._folder / "feeds.txt").write_text("feed.xml\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Runs that are killed at random moments.")
    parser.add_argument("trials", type=int, nargs="?", default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    warm_up()
    sys.exit(try_out(options.trials, options.seed))


def try_out(trials: int, seed: int) -> int:
    """Do so many trials, print what came of them, and return how many went wrong."""
    moments, kinds = random.Random(seed), list(product((False, True), repeat=3))
    counts: Counter[str] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        prepared = Trials(Path(folder))
        for number in range(trials):
            kind = Kind(*kinds[number % len(kinds)])
            share = moments.uniform(0, 1.02)
            was_killed, problem = prepared.killed(kind, share)
            counts["killed at work"] += was_killed
            counts["right"] += not problem
            wrong += bool(problem)
            if problem:
                print(f"trial {number} ({kind}, at {share:.2f} of the time): {problem}", flush=True)
    print(f"{trials} trials, {counts['killed at work']} killed at work; {counts['right']} databases as they should be")
    return wrong


if __name__ == "__main__":
    main()
