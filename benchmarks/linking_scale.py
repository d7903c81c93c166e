"""How linking grows: made-up reports through the project's own path, and beside it through splink and datasketch.

Each way at each size runs in a process of its own over the same staged reports, and prints what it took and how well it
found the truth, pair by pair of reports. `ours` is what a run does after reading: the workspace, linking on Beam batch
by batch, loading into DuckDB.

    python -m benchmarks.linking_scale [--sizes 10000 100000] [--ways ours splink datasketch] [--keep FOLDER] [BEAM...]
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from math import log
from pathlib import Path

import duckdb

TRUTH, ANSWER = "truth.parquet", "answer.parquet"
WAYS = ("ours", "splink", "datasketch")
Figures = dict[str, float]

_PAIRS = """
WITH matched AS (FROM '{truth}' AS truth JOIN '{answer}' AS answer USING (mention_id)),
pairs_in AS (
    SELECT
        (SELECT sum(n * (n - 1) // 2) FROM (SELECT count(*) AS n FROM matched GROUP BY event, found)) AS shared,
        (SELECT sum(n * (n - 1) // 2) FROM (SELECT count(*) AS n FROM matched GROUP BY event)) AS told,
        (SELECT sum(n * (n - 1) // 2) FROM (SELECT count(*) AS n FROM matched GROUP BY found)) AS held
)
SELECT shared / held, shared / told, (SELECT count(*) FROM matched) FROM pairs_in
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="How linking grows, beside two other linkers.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000], help="numbers of reports")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--limit", type=float, default=3600.0, metavar="SECONDS", help="give up on a way after this")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="keep the reports and databases there for the next time"
    )
    options, beam_arguments = parser.parse_known_args()
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
        _compare(options, beam_arguments, options.keep)
    else:
        with tempfile.TemporaryDirectory() as folder:
            _compare(options, beam_arguments, Path(folder))


def _compare(options: argparse.Namespace, beam_arguments: list[str], folder: Path) -> None:
    print(
        f"{'way':<11}{'reports':>10}{'wall s':>9}{'reports/s':>11}{'peak MB':>9}{'child MB':>9}"
        f"{'precision':>11}{'recall':>8}"
    )
    for way in options.ways:
        seconds = {}
        for size in options.sizes:
            figures = _measured(way, staged(folder, size), options.limit, beam_arguments)
            if figures is None:
                print(f"{way:<11}{size:>10,}  not done within {options.limit:,.0f} s")
                break
            seconds[size] = figures["seconds"]
            _show(way, size, figures)
        for smaller, larger in pairwise(seconds):
            exponent = log(seconds[larger] / seconds[smaller]) / log(larger * log(larger) / (smaller * log(smaller)))
            print(f"{way}: from {smaller:,} to {larger:,} reports the time grows as (n log n)^{exponent:.2f}")


def _show(way: str, size: int, figures: Figures) -> None:
    seconds = figures.pop("seconds")
    print(
        f"{way:<11}{size:>10,}{seconds:>9.1f}{size / seconds:>11,.0f}"
        f"{figures.pop('peak_mb'):>9,.0f}{figures.pop('child_mb'):>9,.0f}"
        f"{figures.pop('precision'):>11.4f}{figures.pop('recall'):>8.4f}   "
        + "  ".join(f"{name} {value:,.1f}" for name, value in figures.items()),
        flush=True,
    )


def staged(folder: Path, size: int) -> Path:
    """Return the folder with so many staged reports, made if need be: by another process, whose memory is not ours."""
    reports = folder / f"reports-{size}"
    if not reports.is_dir():
        unfinished = folder / f"unfinished-{size}"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        _python("-m", "benchmarks.staged_reports", str(unfinished), str(size))
        unfinished.rename(reports)
    return reports


def _measured(way: str, reports: Path, limit: float, beam_arguments: list[str]) -> Figures | None:
    try:
        answer = _python("-m", "benchmarks.linking_scale", "--way", way, str(reports), *beam_arguments, limit=limit)
    except subprocess.TimeoutExpired:
        return None
    figures: Figures = json.loads(answer.splitlines()[-1])
    return figures


def _python(*arguments: str, limit: float | None = None) -> str:
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=limit).stdout  # noqa: S603


def _run_one(way: str, reports: Path, beam_arguments: tuple[str, ...]) -> None:
    """Link, and print the figures: time and memory before anything is checked, then how well the truth was found."""
    link: Callable[..., Figures] = import_module(f"benchmarks.by_{way}").link
    begun = time.monotonic()
    figures = link(reports, *([beam_arguments] if way == "ours" else []))
    figures["seconds"] = time.monotonic() - begun
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    figures |= {"peak_mb": own.ru_maxrss / 1e3, "child_mb": children.ru_maxrss / 1e3}
    figures["cpu_s"] = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    query = _PAIRS.format(truth=reports / TRUTH, answer=reports / ANSWER)
    precision, recall, found = duckdb.execute(query).fetchall()[0]
    print(json.dumps(figures | {"precision": precision, "recall": recall, "found": found}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--way"]:
        _run_one(sys.argv[2], Path(sys.argv[3]), tuple(sys.argv[4:]))
    else:
        main()
