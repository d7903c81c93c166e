"""What one new article costs: `pipeline run` over it, into databases of as many reports as asked for.

The article tells of an attack in the city of which a tenth of all reports tell, and of one in its country. The time is
that of the whole command, start-up included; the steps are read from its log. The databases are those that
`benchmarks.linking_scale --ways ours --keep FOLDER` has left in the folder; each is copied before the run.

    python -m benchmarks.one_article FOLDER [--sizes 10000 100000]
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

from benchmarks.made_up_reports import DAYS, FIRST_DAY, HOT_CITY

_PUBLISHED = datetime(FIRST_DAY.year + DAYS // 730, 7, 2, 10, tzinfo=timezone.utc)
_TEXT = (
    f"Four people were killed and nine wounded on Friday when a car bomb exploded near a market in the northern Iraqi "
    f"city of {HOT_CITY}, police said. The Islamic State group claimed responsibility for the attack. On Thursday, "
    f"gunmen attacked an army checkpoint in Iraq, killing two soldiers."
)


def main() -> None:
    parser = argparse.ArgumentParser(description="What one new article costs.")
    parser.add_argument("folder", type=Path, help="where benchmarks.linking_scale has kept its databases")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000], help="numbers of reports")
    options = parser.parse_args()
    for size in options.sizes:
        database = options.folder / f"reports-{size}" / "ours.duckdb"
        if not database.is_file():
            parser.error(f"there is no {database}: make it with 'linking_scale --sizes {size} --keep {options.folder}'")
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            _measure(size, Path(shutil.copy(database, folder)))


def _measure(size: int, database: Path) -> None:
    article = database.with_name("article.jsonl")
    record = {"id": "one-new", "source": "new-press", "published_at": _PUBLISHED.isoformat(), "text": _TEXT}
    article.write_text(json.dumps(record) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "run", str(article), "--output", str(database), "-v"]
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:  # noqa: S603
        lines = [(time.monotonic() - begun, line) for line in process.stdout or ()]
    seconds = time.monotonic() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        sys.exit("".join(line for _, line in lines))
    cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3
    print(f"{size:,} reports: {seconds:.1f} s wall, {cpu:.1f} s of CPU so far, {peak:,.0f} MB peak")
    for moment, line in lines:
        if line.startswith("{"):
            entry = json.loads(line)
            print(f"    {moment:6.1f} s  {entry['message'].splitlines()[0]} {entry.get('batch', '')}")


if __name__ == "__main__":
    main()
