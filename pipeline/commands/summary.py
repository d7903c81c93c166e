"""What a run prints: a live line while it runs on a terminal, and what it found when it is done."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from pipeline.commands.arguments import DEFAULT_DB
from pipeline.run.launcher import Outcome
from pipeline.runtime.progress import read_phase, read_totals
from pipeline.storage.database import read_ours
from schemas.incident import RunRecord

_REFRESH_SECONDS = 0.5

QUERY = "SELECT date_earliest, country, place_name, event_type, wounded_low, source_count FROM incidents ORDER BY ALL"
"""The query that a summary offers to try."""

_FAILED_FEEDS = "SELECT feed_url, last_error FROM feeds WHERE failures > 0"


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
    begun, phase_begun = time.monotonic(), None
    while not done.wait(_REFRESH_SECONDS):
        totals, phase, now = read_totals(progress), read_phase(progress), time.monotonic()
        if phase is None:
            line = (
                f"{totals['articles']:,} articles read, {totals['extracted']:,} extracted "
                f"({totals['extracted'] / (now - begun):,.0f}/s), {totals['mentions']:,} mentions, "
                f"{totals['rejects']:,} rejects"
            )
        else:
            phase_begun = phase_begun or now
            seconds = f"{now - phase_begun:.0f} s"
            line = f"{totals['articles']:,} articles read, {totals['mentions']:,} mentions; {phase} ({seconds})"
        stream.write(f"\r\x1b[K{line}")
        stream.flush()


def summarise(database: Path, outcome: Outcome) -> str:
    """Return what a run found and what the database now holds, with a query to try."""
    run = outcome.record
    with read_ours(database) as connection:
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
    lines = [f"run {run.run_id}: {run.articles_read:,} articles read in {_seconds(run):.1f} s"]
    lines += [f"  {name:<10} {new[name]:>7,} new {held[name]:>9,} in all" for name in held]
    lines += [f"  {run.incidents_updated:,} incidents updated, {run.incidents_superseded:,} superseded"]
    lines += _model_lines(run)
    lines += _missed(outcome)
    lines += [f"{database} is ready. Ask it with 'duckdb {database}' or './run_local.sh {_ask(database)}', say:"]
    return "\n".join([*lines, f"  {QUERY}"])


def _model_lines(run: RunRecord) -> Iterator[str]:
    """Tell what a language model did, if one was to read."""
    if run.llm_articles is None:
        return
    tokens = (run.llm_prompt_tokens or 0) + (run.llm_completion_tokens or 0)
    yield f"  {run.llm_articles:,} articles read by the model: {run.llm_requests:,} requests, {tokens:,} tokens"
    if run.llm_quotes_dropped or run.llm_reports_dropped:
        yield (
            f"  {run.llm_quotes_dropped:,} of its quotes and {run.llm_reports_dropped:,} of its reports dropped: "
            "they stand nowhere in the text"
        )
    if run.llm_fallbacks:
        over = f", {run.llm_over_budget:,} because the budget was reached" if run.llm_over_budget else ""
        yield f"  {run.llm_fallbacks:,} articles not read by it{over}: see rejects for others"


def _missed(outcome: Outcome) -> list[str]:
    """Return what a run was pointed at and did not read, in words; nothing where it read everything."""
    lines = []
    if outcome.unread:
        kinds = ", ".join(f"{count:,} {suffix}" for suffix, count in sorted(outcome.unread.items()))
        lines.append(f"  {sum(outcome.unread.values()):,} files not read ({kinds}): see rejects")
    if outcome.feeds_failed:
        lines.append(f"  {outcome.feeds_failed:,} of {outcome.feeds_polled:,} feeds failed: {_FAILED_FEEDS}")
    return lines


def _ask(database: Path) -> str:
    return "sql QUERY" if database == DEFAULT_DB else f"sql QUERY --db {database}"


def _seconds(run: RunRecord) -> float:
    return (run.finished_at - run.started_at).total_seconds()
