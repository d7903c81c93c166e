"""What a run prints: a live line while it runs on a terminal, and what it found when it is done."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from pipeline.runtime.progress import read_totals
from pipeline.storage.database import read_only
from schemas.incident import RunRecord

_REFRESH_SECONDS = 0.5

QUERY = "SELECT date_earliest, country, place_name, event_type, wounded_low, source_count FROM incidents ORDER BY ALL"
"""The query that a summary offers to try."""


@contextmanager
def live_line(progress: Path, stream: TextIO = sys.stderr) -> Iterator[None]:
    """Show how far the workers are, on a terminal; do nothing elsewhere."""
    if not stream.isatty():
        yield
        return
    done = threading.Event()
    thread = threading.Thread(target=_show, args=(progress, stream, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        stream.write("\r\x1b[K")
        stream.flush()


def _show(progress: Path, stream: TextIO, done: threading.Event) -> None:
    begun = time.monotonic()
    while not done.wait(_REFRESH_SECONDS):
        totals = read_totals(progress)
        rate = totals["extracted"] / (time.monotonic() - begun)
        stream.write(
            f"\r\x1b[K{totals['articles']:,} articles read, {totals['extracted']:,} extracted "
            f"({rate:,.0f}/s), {totals['mentions']:,} mentions, {totals['rejects']:,} rejects"
        )
        stream.flush()


def summarise(database: Path, run: RunRecord) -> str:
    """Return what a run found and what the database now holds, with a query to try."""
    with read_only(database) as connection:
        held = {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # type: ignore[index] # noqa: S608
            for name in ("articles", "mentions", "incidents", "tallies", "rejects")
        }
    new = {
        "articles": run.articles_new,
        "mentions": run.mentions_new,
        "incidents": run.incidents_created,
        "tallies": run.tallies_new,
        "rejects": run.rejects_new,
    }
    seconds = (run.finished_at - run.started_at).total_seconds()
    lines = [f"run {run.run_id}: {run.articles_read:,} articles read in {seconds:.1f} s"]
    lines += [f"  {name:<10} {new[name]:>7,} new {held[name]:>9,} in all" for name in held]
    lines += [f"  {run.incidents_updated:,} incidents updated, {run.incidents_superseded:,} superseded"]
    lines += [f"{database} is ready. Ask it with 'duckdb {database}' or './run_local.sh sql QUERY', say:", f"  {QUERY}"]
    return "\n".join(lines)
