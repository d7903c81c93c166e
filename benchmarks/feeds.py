"""A thousand feeds, one in twenty of them broken: what a cycle costs, what a second one transfers, what a kill loses.

The feeds are served by this machine from many ports, each standing for a host. Printed are the wall time of a first
and of a second cycle, the bytes that the second transfers, what it writes, and whether every entry that can be read
is in the database exactly once: after the first cycle, and after one that was killed and run again.

    python -m benchmarks.feeds [FEEDS]
"""

import gzip
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta, timezone
from itertools import islice
from pathlib import Path

from benchmarks.generate import articles
from pipeline.run import launcher
from pipeline.run.options import FeedOptions, ReadOptions, RunOptions
from pipeline.runtime import logs
from tests.support.databases import contents, rows
from tests.support.web import (
    Behaviour,
    Reply,
    Request,
    Site,
    endless_body,
    item,
    no_answer,
    rss,
    serving,
    slow_body,
    slow_headers,
)

ENTRIES = 5
FEEDS_PER_HOST = 20
TIMEOUT_SECONDS = 2.0
NOW = datetime(2024, 1, 15, 12, tzinfo=timezone.utc)
_BROKEN_OF_20 = 7
CLOCKED = ("feeds", "articles", "incident_revisions")
KILLED_AFTER_SECONDS = (5.0, 10.0, 20.0)

BROKEN: tuple[Behaviour, ...] = (
    Reply(status=500), Reply(status=404), Reply(status=410), Reply(status=429, headers={"Retry-After": "3600"}),
    Reply(status=503, headers={"Retry-After": "Mon, 15 Jan 2024 14:00:00 GMT"}), Reply(b""), Reply("<html>Hi</html>"),
    Reply("<rss version='2.0'><channel><title>cut"), Reply(status=302, headers={"Location": "http://10.0.0.1/"}),
    Reply(status=301, headers={"Location": "file:///etc/passwd"}), Reply(status=302, headers={"Location": "{url}/"}),
    Reply(gzip.compress(bytes(100_000_000), 1), headers={"Content-Encoding": "gzip"}),
    Reply(b"not gzip", headers={"Content-Encoding": "gzip"}), slow_headers, slow_body, endless_body, no_answer,
)  # fmt: skip


def main() -> None:
    """Run the cycles and print what they come to."""
    logs.configure(0)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as folder, _served(count) as (sites, urls, expected):
        listing = Path(folder) / "feeds.txt"
        listing.write_text("\n".join(urls))
        print(f"{count:,} feeds on {len(sites)} hosts, {len(expected):,} entries that can be read")
        whole = Path(folder) / "whole.duckdb"
        _cycle("first cycle", listing, whole, NOW, sites)
        _check(whole, expected)
        before = contents(whole, "feeds")
        _cycle("second cycle", listing, whole, NOW + timedelta(minutes=15), sites)
        print(f"  rows written beside the feeds' own: {0 if contents(whole, 'feeds') == before else 'SOME'}")
        reference = contents(whole, *CLOCKED)
        for seconds in KILLED_AFTER_SECONDS:
            killed = Path(folder) / f"killed-{seconds}.duckdb"
            state = _kill(listing, killed, seconds)
            _cycle(f"killed after {seconds} s ({state}), run again", listing, killed, NOW, sites)
            _check(killed, expected)
            print(f"  as if never killed: {contents(killed, *CLOCKED) == reference}")


@contextmanager
def _served(count: int) -> Iterator[tuple[list[Site], list[str], set[str]]]:
    """Serve feeds; yield the sites, the feeds' URLs, and the names of the entries that can be read."""
    texts = (record["text"].split("\n\n")[0] for record in articles(count * ENTRIES))
    sites, urls, expected = [], [], set()
    with ExitStack() as stack:
        for number in range(count):
            if number % FEEDS_PER_HOST == 0:
                sites.append(stack.enter_context(serving(Site())))
            site = sites[-1]
            site.pages["/"] = Reply(status=302, headers={"Location": "/"})
            path = f"/feed-{number}"
            urls.append(f"{site.url}{path}")
            reported = list(islice(texts, ENTRIES))
            if number % 20 == _BROKEN_OF_20:
                site.pages[path] = BROKEN[number // 20 % len(BROKEN)]
                continue
            entries = (
                item(n, description=text, link=f"http://news.example/{number}/{n}") for n, text in enumerate(reported)
            )
            validators = {"etag": f'"{number}"'} if number % 2 else {"last_modified": f"version {number}"}
            site.pages[path] = Reply(rss(*entries, title=f"Press {number}"), **validators)  # type: ignore[arg-type]
            expected |= {f"{urls[-1]}#story-{n}" for n in range(ENTRIES)}
        yield sites, urls, expected


def _is_broken(request: Request) -> bool:
    return not request.path.startswith("/feed-") or int(request.path[6:]) % 20 == _BROKEN_OF_20


def _cycle(label: str, listing: Path, output: Path, now: datetime, sites: list[Site]) -> None:
    for site in sites:
        site.requests.clear()
    feeds = FeedOptions(listing, timeout_seconds=TIMEOUT_SECONDS)
    begun = time.monotonic()
    record = launcher.run(RunOptions(ReadOptions(()), output, feeds=feeds), clock=lambda: now).record
    requests = [request for site in sites for request in site.requests]
    statuses = Counter(request.status for request in requests)
    print(
        f"{label}: {time.monotonic() - begun:.1f} s, {len(requests):,} requests {dict(sorted(statuses.items()))}, "
        f"{sum(request.body_bytes for request in requests if not _is_broken(request)):,} bytes of good feeds; "
        f"{record.articles_new:,} articles new, {record.incidents_created:,} incidents, {record.rejects_new:,} rejects"
    )


def _check(database: Path, expected: set[str]) -> None:
    found = Counter(name for (name,) in rows(database, "SELECT name FROM articles"))
    print(
        f"  entries missing: {len(expected - found.keys())}, unexpected: {len(found.keys() - expected)}, "
        f"double: {sum(count > 1 for count in found.values())}"
    )


def _kill(listing: Path, output: Path, seconds: float) -> str:
    """Start a cycle as a scheduler would, kill it after so many seconds, and return what it had come to."""
    command = [sys.executable, "-m", "pipeline", "run", "--feeds", str(listing), "--output", str(output)]
    with subprocess.Popen(  # noqa: S603 # our own
        [*command, "--feed-timeout", str(TIMEOUT_SECONDS)], stdout=subprocess.DEVNULL, start_new_session=True
    ) as doomed:
        try:
            doomed.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(doomed.pid, signal.SIGKILL)
            return "no database yet" if not output.exists() else "database complete"
        return "it had ended"


if __name__ == "__main__":
    main()
