"""Feeds on which parsers take for ever: whether each is given up in time, the others are read, and a stop is heard.

Five kinds of what is quadratic for feedparser, each of so many MB, are served on loopback beside a good feed.

    python -m benchmarks.slow_feeds [--mb 14] [--feed-timeout 5]
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.support.databases import rows
from tests.support.web import item, rss

_GOOD = rss(item(1, description="A bomb killed three people in Mosul on Tuesday, police said."))


def main() -> None:
    parser = argparse.ArgumentParser(description="Feeds on which parsers take for ever.")
    parser.add_argument("--mb", type=float, default=14, help="the size of each feed (one of 15 or more is not read)")
    parser.add_argument("--feed-timeout", type=float, default=5, metavar="SECONDS")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kinds = slow_feeds(int(options.mb * 1e6))
        for kind, feed in {**kinds, "good": _GOOD}.items():
            (folder / f"{kind}.xml").write_text(feed, encoding="utf-8")
        handler = partial(_Quiet, directory=name)
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            site = f"http://127.0.0.1:{server.server_address[1]}"
            alone = _one(folder, site, "good", options.feed_timeout, 0.0)
            for kind in kinds:
                _one(folder, site, kind, options.feed_timeout, alone)
            _stopped(folder, site, list(kinds), options.feed_timeout)
            server.shutdown()


def slow_feeds(size: int) -> dict[str, str]:
    """Return a feed of each kind, of about `size` characters."""
    opening = '<rss version="2.0"><channel><title>T</title><item><title>One</title><description>'
    closing = "</description></item></channel></rss>"
    style = f'&lt;p style="{"a:b;" * (size // 4)}"&gt;x&lt;/p&gt;'
    attributes = "&lt;p " + " ".join(f'a{number}="x"' for number in range(size // 12)) + "&gt;x&lt;/p&gt;"
    return {
        "style": f"{opening}{style}{closing}",
        "attributes": f"{opening}{attributes}{closing}",
        "comments": f"{opening}{'&lt;!--' * (size // 7)}{closing}",
        "nesting": f"{opening}{'&lt;div&gt;' * (size // 11)}{closing}",
        "author": f"{opening}x</description><author>{'a (' * (size // 3)}</author><description>{closing}",
    }


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # so it is called
        """Say nothing."""


def _command(folder: Path, name: str, listed: list[str], timeout: float, *more: str) -> list[str]:
    feeds = folder / f"{name}.txt"
    feeds.write_text("\n".join(listed), encoding="utf-8")
    return [
        *(sys.executable, "-m", "pipeline", more[0], "--feeds", str(feeds), "--output", str(folder / f"{name}.duckdb")),
        *("--feed-timeout", str(timeout), "--allow-private-hosts", *more[1:]),
    ]


def _one(folder: Path, site: str, kind: str, timeout: float, alone: float) -> float:
    """Poll a slow feed beside a good one, and tell what became of both; return the seconds that the run took.

    `alone` is what a run over the good feed takes.
    """
    command = _command(folder, kind, sorted({f"{site}/{kind}.xml", f"{site}/good.xml"}), timeout, "run")
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)  # noqa: S603  # our own command
    wall = time.monotonic() - began
    database = folder / f"{kind}.duckdb"
    errors = dict(rows(database, "SELECT split_part(feed_url, '/', 4), last_error FROM feeds"))
    good = rows(database, "SELECT count(*) FROM articles WHERE text LIKE '%Mosul%'")[0][0]
    told = {"kind": kind, "exit": done.returncode, "seconds": round(wall, 1), "more": round(wall - alone, 1)}
    print(json.dumps(told | {"good articles": good, "error": str(errors.get(f"{kind}.xml"))[:80]}), flush=True)
    return wall


def _stopped(folder: Path, site: str, kinds: list[str], timeout: float) -> None:
    """Stop a watch while it parses all of them, and tell how long that took."""
    listed = [f"{site}/{kind}.xml" for kind in kinds]
    command = _command(folder, "watched", listed, 20 * timeout, "watch", "--every", "1h")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as watch:  # noqa: S603
        time.sleep(4 * timeout)
        began = time.monotonic()
        os.kill(watch.pid, signal.SIGTERM)
        status = watch.wait(120)
    print(f"SIGTERM while parsing: exit {status} after {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
