"""Disks that fill up while a run writes: whether it says so, loses nothing, and is made good by a run with room.

Each trial runs with too little room, of twenty sizes from hardly any to nearly enough, for a database that is new and
for one that exists: on a file system in memory (tmpfs, which takes root to mount) that holds the database and, in turn,
the intermediate files too or not, or under a limit on the size of each file (`ulimit -f`). A run that fails must exit
with 1, in words, with the database as it was; one that does not must have done all of it; the next one, with room, too.

    python -m benchmarks.disk_full [SIZES]
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, product
from pathlib import Path

from benchmarks.forked import finish, start, warm_up
from benchmarks.generate import articles
from pipeline.commands import cli
from tests.support.databases import contents

_TEXTS = 60
_MEGABYTE = 1_000_000
_HOWS = ("tmpfs, staging beside", "tmpfs, staging elsewhere", "ulimit -f")


class Trials:
    """The folder of all trials: what is read, what should come of it, and how much room that takes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        records = list(articles(_TEXTS))
        for name, count in (("older", _TEXTS // 4), ("news", _TEXTS)):
            lines = "\n".join(map(json.dumps, records[:count]))
            (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        self._before, self._whole = folder / "before.duckdb", folder / "whole.duckdb"
        assert self._run("older", self._before) == self._run("older", self._whole) == 0  # noqa: S101
        assert self._run("news", self._whole) == 0  # noqa: S101
        new = folder / "new.duckdb"
        assert self._run("news", new) == 0  # noqa: S101
        self._right = {True: contents(self._whole), False: contents(new)}
        self.bytes = {True: 2 * self._whole.stat().st_size, False: new.stat().st_size}

    def without_room(self, exists: bool, share: float, how: str) -> tuple[int, str]:
        """Do a trial with a share of the room; return the exit status, and what is wrong then."""
        room = int(share * self.bytes[exists])
        if how == "ulimit -f":
            with self._disk(64 * _MEGABYTE) as disk:
                return self._tried(disk, exists, "beside", room // (2 if exists else 1))
        held = self._before.stat().st_size if exists else 0
        with self._disk(held + room) as disk:
            return self._tried(disk, exists, how.rsplit(maxsplit=1)[-1], None)

    def _tried(self, disk: Path, exists: bool, staging: str, most: int | None) -> tuple[int, str]:
        database = disk / "x.duckdb"
        if exists:
            shutil.copy(self._before, database)
        before = database.read_bytes() if exists else None
        elsewhere = ["--staging", str(self._folder / "elsewhere")] if staging == "elsewhere" else []
        (self._folder / "elsewhere").mkdir(exist_ok=True)
        status, problem = self._run("news", database, *elsewhere, most=most), ""
        words = (self._folder / "words.txt").read_text(encoding="utf-8")
        if status == 0:
            problem = "" if contents(database) == self._right[exists] else "exit 0, and not all of it is there"
        elif status != 1 or "Traceback" in words or not words.startswith("pipeline: "):
            problem = f"exit {status}: {words[-300:]}"
        elif (database.read_bytes() if database.exists() else None) != before:
            problem = "exit 1, and the database is not as it was"
        _give_room(disk)
        if not problem and (self._run("news", database, *elsewhere) or contents(database) != self._right[exists]):
            problem = f"after exit {status}, a run with room does not make it whole"
        return status, problem

    def _run(self, name: str, database: Path, *more: str, most: int | None = None) -> int:
        arguments = ["run", str(self._folder / f"{name}.jsonl"), "--brief", "--db", str(database), *more]

        def work() -> int:
            if most is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            return cli.main(arguments)

        return finish(start(work, self._folder / "words.txt"))

    @contextmanager
    def _disk(self, size: int) -> Iterator[Path]:
        disk = self._folder / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={max(1, size // 1024)}k", "tmpfs", disk], check=True)
        try:
            yield disk
        finally:
            subprocess.run(["umount", disk], check=True)
            disk.rmdir()


def _give_room(disk: Path) -> None:
    subprocess.run(["mount", "-o", f"remount,size={64 * _MEGABYTE}", disk], check=True)


def main() -> None:
    sizes = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    if os.geteuid():
        sys.exit("run it as root, who may mount a tmpfs")
    warm_up()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        trials, hows = Trials(Path(folder)), cycle(_HOWS)
        for exists, number in product((False, True), range(sizes)):
            share, how = 0.02 + 1.1 * number / sizes, next(hows)
            status, problem = trials.without_room(exists, share, how)
            counts[f"exit {status}"] += 1
            counts["right"] += not problem
            print(
                f"{'old' if exists else 'new'} database, {how}, {share:.2f} of the room: exit {status}"
                f"{' WRONG: ' + problem if problem else ''}",
                flush=True,
            )
    print(f"{2 * sizes} trials: {dict(counts)}")
    sys.exit(counts["right"] != 2 * sizes)


if __name__ == "__main__":
    main()
