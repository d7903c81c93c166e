"""A watch of many cycles, compressed: whether memory stays flat, and whether every change of the feeds is seen once.

Between cycles no time passes but on the watch's clock, while the feeds go on: one has a new entry, one changes an
entry, one is down. Printed are the memory of the process and the size of the database as it goes, and in the end what
was published against what the database holds.

    python -m benchmarks.watch [CYCLES]
"""

import resource
import sys
import tempfile
import threading
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path

from benchmarks.generate import articles
from pipeline.run import launcher
from pipeline.run.options import FeedOptions, ReadOptions, RunOptions
from pipeline.run.watching import watch
from pipeline.runtime import logs
from tests.support.databases import rows
from tests.support.web import Reply, Site, item, rss, serving

FEEDS = 20
SHOWN = 10
"""How many entries a feed shows, the newest ones."""

EVERY_SECONDS = 900.0


class Papers:
    """What the feeds show, and all that they have ever shown."""

    def __init__(self, cycles: int) -> None:
        self._texts = (record["text"].split("\n\n")[0] for record in articles(FEEDS * SHOWN + 2 * cycles))
        self._shown: list[list[tuple[int, str]]] = [[] for _ in range(FEEDS)]
        self.published: set[tuple[int, int, str]] = set()
        for paper in range(FEEDS):
            for _ in range(SHOWN):
                self._add(paper)

    def go_on(self, cycle: int) -> None:
        self._add(cycle % FEEDS)
        paper = (cycle + 7) % FEEDS
        number, _ = self._shown[paper].pop()
        self._show(paper, number)

    def put_up(self, sites: list[Site], cycle: int) -> None:
        for paper, (site, shown) in enumerate(zip(sites, self._shown, strict=True)):
            entries = (item(number, description=text, pubDate=None) for number, text in reversed(shown))
            body = rss(*entries, title=f"Press {paper}")
            down = paper == (cycle + 3) % FEEDS
            site.pages["/feed"] = Reply(status=500) if down else Reply(body, etag=f'"{hash(body):x}"')

    def _add(self, paper: int) -> None:
        number = max((number for number, _ in self._shown[paper]), default=-1) + 1
        self._show(paper, number)
        del self._shown[paper][:-SHOWN]

    def _show(self, paper: int, number: int) -> None:
        text = next(self._texts)
        self._shown[paper].append((number, text))
        self.published.add((paper, number, text))


class Compressed(threading.Event):
    """What a watch waits for: it comes after so many cycles, and waiting takes no time but that of its clock."""

    def __init__(self, cycles: int, papers: Papers, sites: list[Site], output: Path) -> None:
        super().__init__()
        self.now = datetime(2024, 1, 15, 12, tzinfo=timezone.utc)
        self.cycle = 0
        self._cycles, self._papers, self._sites, self._output = cycles, papers, sites, output

    def wait(self, timeout: float | None = None) -> bool:
        self.now += timedelta(seconds=timeout or 0)
        self.cycle += 1
        for site in self._sites:
            site.requests.clear()
        if self.cycle % max(1, self._cycles // 20) == 0:
            print(
                f"cycle {self.cycle}: {_resident_mb():.0f} MB resident, {threading.active_count()} threads, "
                f"database {self._output.stat().st_size / 1e6:.1f} MB",
                flush=True,
            )
        if self.cycle >= self._cycles:
            self.set()
        elif self.cycle < self._cycles - FEEDS:  # in the last cycles every feed gets up again and nothing changes
            self._papers.go_on(self.cycle)
        self._papers.put_up(self._sites, self.cycle)
        return self.is_set()


def main() -> None:
    """Watch, and print what it comes to."""
    logs.configure(0)
    cycles = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        sites = [stack.enter_context(serving(Site())) for _ in range(FEEDS)]
        papers = Papers(cycles)
        papers.put_up(sites, -100)
        listing, output = Path(folder) / "feeds.txt", Path(folder) / "incidents.duckdb"
        listing.write_text("\n".join(f"{site.url}/feed {number}" for number, site in enumerate(sites)))
        options = RunOptions(ReadOptions(()), output, feeds=FeedOptions(listing))
        time = Compressed(cycles, papers, sites, output)
        failed: list[str] = []
        watch(
            lambda: launcher.run(options, clock=lambda: time.now), EVERY_SECONDS, lambda: time.now, time,
            lambda line: failed.append(line) if "failed" in line else None,
        )  # fmt: skip
        _report(output, papers, [site.url for site in sites], failed)


def _report(output: Path, papers: Papers, urls: list[str], failed: list[str]) -> None:
    published = {(f"{urls[paper]}/feed#story-{number}", text) for paper, number, text in papers.published}
    found = rows(output, "SELECT name, text FROM articles")
    current = rows(output, "SELECT name FROM articles WHERE superseded_by IS NULL")
    print(
        f"{len(published):,} texts published, {len(found):,} articles; missing {len(published - set(found))}, "
        f"unexpected {len(set(found) - published)}, double {len(found) - len(set(found))}; "
        f"{len(current):,} current for {len({name for name, _ in published}):,} entries; cycles failed: {len(failed)}"
    )
    lost = rows(output, "SELECT count(*) FROM mentions ANTI JOIN articles USING (article_id)")
    print(f"mentions without an article: {lost[0][0]}; peak {_peak_mb():.0f} MB")


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    main()
