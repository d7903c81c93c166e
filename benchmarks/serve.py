"""The page over a live database: how soon it is seen, and how long requests take when twenty ask at once.

The rows are those of `benchmarks.report`. The twenty ask for the page, or each for incidents that nobody has asked for
before, as when twenty readers open an incident each; then a page is opened in headless Chromium.

    python -m benchmarks.serve [INCIDENTS]
"""

import sys
import threading
import time
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from benchmarks.report import make
from pipeline.page.selection import PageSelection
from pipeline.page.server import serving
from tests.support.browser import browsing

_READERS = 20
_ROUNDS = 5
_PAINTED = "(performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime"


def main(incidents: int) -> None:
    with TemporaryDirectory() as folder:
        database = Path(folder) / "x.duckdb"
        make(database, incidents)
        began = time.perf_counter()
        with serving(database, PageSelection(), "127.0.0.1", 0) as (address, snapshots):
            print(f"{incidents:,} incidents: served after {time.perf_counter() - began:.1f} s")
            details = f"{address}detail/{snapshots.newest.name}/"
            for what, asked in (("incidents", details), ("pages", address)):
                taken = _taken(asked, what == "incidents")
                p95 = quantiles(taken, n=20)[-1]
                print(f"{_READERS} {what} at once: p95 {p95:.0f} ms, slowest {max(taken):.0f} ms")
            with browsing(Path(folder)) as browser:
                for _ in range(3):
                    browser.open(address)
                    ready = browser.ask("document.body.dataset.ready")
                    print(f"first paint after {browser.wait(_PAINTED):.0f} ms, ready after {ready} ms")


def _taken(asked: str, is_numbered: bool) -> list[float]:
    """Ask again and again, with all readers at once; return the milliseconds of each request."""
    taken: list[float] = []
    for turn in range(_ROUNDS):
        addresses = [f"{asked}{turn * _READERS + at}" if is_numbered else asked for at in range(_READERS)]
        threads = [threading.Thread(target=_ask, args=(address, taken)) for address in addresses]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return taken


def _ask(address: str, taken: list[float]) -> None:
    began = time.perf_counter()
    with urlopen(address) as answer:  # noqa: S310  # our own server
        answer.read()
    taken.append(1e3 * (time.perf_counter() - began))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
