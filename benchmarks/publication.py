"""What it costs to publish a run: the copy of the database that a run loads into, beside the load itself.

Made-up reports are loaded into a new database, and then some hundred more into that one, as a run over a few new
articles does. Printed are the size of the database, the seconds that the second load takes in all, and those of its
parts that publishing adds: copying, reading back, and syncing to the disk.

    python -m benchmarks.publication [--sizes 100000 1000000] [--keep FOLDER]
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.linking_scale import staged
from pipeline.storage import publication
from pipeline.storage.database import counts, read_only
from pipeline.storage.load import load
from tests.support.staging import FACTS

_FEW = 100


def main() -> None:
    parser = argparse.ArgumentParser(description="What it costs to publish a run.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000], help="numbers of reports")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the reports there for the next time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.keep) as folder:
        kept = options.keep or Path(folder)
        for size in options.sizes:
            _measure(kept, Path(folder) / f"{size}.duckdb", size)


def _measure(kept: Path, database: Path, size: int) -> None:
    few = staged(kept, _FEW)
    first, _ = _timed(lambda: load(database, staged(kept, size), FACTS))
    second, _ = _timed(lambda: load(database, few, FACTS))
    copy = database.with_suffix(".copy")
    copying, _ = _timed(lambda: publication.copy_bytes(database, copy))
    syncing, _ = _timed(lambda: _sync(copy))
    reading, _ = _timed(lambda: _read_back(copy))
    print(
        f"{size:>9,} reports: database {database.stat().st_size / 1e6:,.0f} MB, first load {first:.1f} s, "
        f"{_FEW} more {second:.2f} s; of a whole copy: copying {copying:.2f} s, syncing {syncing:.2f} s, "
        f"reading back {reading:.2f} s",
        flush=True,
    )
    copy.unlink()
    database.unlink()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _read_back(path: Path) -> None:
    with read_only(path) as connection:
        counts(connection)


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    begun = time.monotonic()
    done = work()
    return time.monotonic() - begun, done


if __name__ == "__main__":
    main()
