"""Give every reader, and `extract`, inputs that nobody thought of: bounded, and the same again by their seed.

    python -m benchmarks.fuzz [--seconds 60] [--seed 0] [--only NAME ...]

Each target takes bytes that are made by breaking good ones: pieces are cut out, doubled, turned round, put elsewhere,
and replaced by what parsers trip over. What counts as a finding: an exception, a reject of the extractor's, a quote
that does not stand at its offsets, or an input of a few kilobytes that takes longer than `SLOW_SECONDS` of processor
time. It prints a line per target, and every finding with the seed that makes it again; exit status 1 if there is one.
"""

import argparse
import gzip
import io
import itertools
import json
import random
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.errors import PipelineError
from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.extraction.safely import extract_safely
from pipeline.sources.document import articles_of
from pipeline.sources.feeds.fetch import Answer
from pipeline.sources.feeds.listing import read_list
from pipeline.sources.feeds.poll import take_in
from pipeline.sources.reader import read_file
from pipeline.sources.streams import Limits
from schemas import Article, Feed, PublishedBasis, Reject

SLOW_SECONDS = 5.0
MAX_BYTES = 20_000
NOW = datetime(2023, 11, 20, 12, tzinfo=timezone.utc)
LIMITS = Limits(1_000_000, 1_000_000)

STORY = (
    "A car bomb exploded near a hospital in Tikrit on Tuesday, killing 14 people and wounding 37, police said.\n\n"
    "Gunmen killed eleven villagers near Jos, Nigeria, on 12 November 2023. A roadside bomb wounded 1 250 in Kirkuk."
)
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Blast</title>'
    '<meta property="article:published_time" content="2023-11-14T10:00:00+03:00">'
    '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-11-14"}</script></head><body>'
    f"<article><h1>Blast kills 14</h1><p>{STORY}</p><ul><li>One</li></ul><table><tr><th>Place</th><th>Killed</th></tr>"
    "<tr><td>Kano</td><td>3</td></tr></table></article><footer>2019</footer></body></html>"
)
ITEM = (
    "<item><title>Blast</title><link>https://a.example/1</link><guid>1</guid><pubDate>Tue, 14 Nov 2023 09:00:00 +0300"
    f"</pubDate><description><![CDATA[<p>{STORY}</p><br>x]]></description><media:description>m</media:description></item>"
)
RSS = f'<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>T</title>{ITEM}</channel></rss>'
JSON = json.dumps({"id": 1, "url": "https://a.example/1", "title": "T", "text": STORY, "published_at": "2023-11-14"})
MAIL = f"From: Desk <d@a.example>\nDate: Tue, 14 Nov 2023 09:00:00 +0300\nSubject: Brief\n\n{STORY}"
CSV = 'id,text,published_at\n1,"' + STORY.replace('"', "") + '",2023-11-14\n'
OPML = '<?xml version="1.0"?><opml><body><outline text="A" xmlUrl="https://a.example/f"/></body></opml>'

TRIPS = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xc3",
        b"&#55357;",
        b"&#x110000;",
        b"&nbsp",
        b"]]>",
        b"<![CDATA[",
    ),
    *(
        b"<!--",
        b"<",
        b">",
        b'"',
        b"\r",
        b"\n\n\n",
        b"\t|",
        b"| ",
        b"- ",
        b"* ",
        b"1. ",
        b"(",
        b")",
        b"[1]",
        b"](http://x)",
        b"=\n",
    ),
    *(
        b"\xc2\xad",
        b"\xe2\x80\x8b",
        b"\xe2\x80\xa6",
        b"\xef\xac\x81",
        b"e\xcc\x81",
        b"9" * 40,
        b"0001-01-01",
        b"9999-12-31",
        b"a" * 400,
    ),
    *(
        b"A" * 200,
        b". ",
        b"killed ",
        b"on Tuesday ",
        b"Kabul: ",
        b"and ",
        b"Correction: ",
        b'style="' + b"a:b;" * 50 + b'"',
        b"{",
        b"}",
        b"[[",
    ),
)


def broken(seed: int, good: bytes) -> bytes:
    """Return bytes that were good, broken in a few places: the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # to be repeated
    data = bytearray(good)
    for _ in range(chance.choice((1, 2, 3, 5, 8, 20))):
        at, size = chance.randrange(len(data) + 1), chance.choice((0, 1, 2, 8, 50, 300))
        piece = bytes(data[at : at + size])
        match chance.randrange(6):
            case 0:
                del data[at : at + size]
            case 1:
                data[at:at] = piece * chance.choice((1, 2, 10, 50))
            case 2:
                data[at:at] = chance.choice(TRIPS)
            case 3:
                data[at : at + len(piece)] = piece[::-1]
            case 4:
                data[at:at] = chance.choice(TRIPS) * chance.choice((2, 20, 100))
            case _:
                data[at : at + 1] = bytes([chance.randrange(256)])
    return bytes(data[:MAX_BYTES])


def docx(text: str) -> bytes:
    """Return a small Word document."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("word/document.xml", f'<w:document xmlns:w="{name}"><w:body>{paragraphs}</w:body></w:document>')
    return packed.getvalue()


def warc(page: str) -> bytes:
    """Return a web archive of one page."""
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2023-11-15T00:00:00Z\r\n"
    )
    return (
        f"{head}Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
    )


class Fuzz:
    """The targets, and what is found."""

    def __init__(self) -> None:
        self.extractor = RulesExtractor()
        self.targets: dict[str, tuple[bytes, Callable[[bytes], None]]] = {
            "extract": (STORY.encode(), self.extract),
            "feed": (RSS.encode(), self.feed),
            "json feed": (b'{"version":"https://jsonfeed.org/version/1","items":[' + JSON.encode() + b"]}", self.feed),
            "list": (OPML.encode(), self.list),
            ".txt": (MAIL.encode(), partial(self.file, ".txt")),
            ".html": (PAGE.encode(), partial(self.file, ".html")),
            ".jsonl": (JSON.encode() + b"\n" + JSON.encode(), partial(self.file, ".jsonl")),
            ".jsonl.gz": (gzip.compress(JSON.encode(), mtime=0), partial(self.file, ".jsonl.gz")),
            ".json": (b"[" + JSON.encode() + b"," + JSON.encode() + b"]", partial(self.file, ".json")),
            ".csv": (CSV.encode(), partial(self.file, ".csv")),
            ".eml": (MAIL.encode(), partial(self.file, ".eml")),
            ".docx": (docx(STORY), partial(self.file, ".docx")),
            ".warc": (warc(PAGE), partial(self.file, ".warc")),
        }

    def extract(self, data: bytes) -> None:
        text = data.decode("utf-8", "replace") or "x"
        self.read(
            Article(
                article_id="a-1",
                ref="x",
                text=text,
                source="S",
                published_at=NOW,
                published_basis=PublishedBasis.METADATA,
            )
        )

    def read(self, article: Article) -> None:
        found = extract_safely(self.extractor, article)
        if isinstance(found, Reject):
            raise AssertionError(found.reason)

    def feed(self, data: bytes) -> None:
        polled = take_in(Feed(feed_url="https://a.example/f"), Answer(200, {}, data, "https://a.example/f"), NOW)
        for document in polled.documents:
            self.articles(articles_of(document, NOW))

    def file(self, suffix: str, data: bytes) -> None:
        self.articles(read_file(f"in/x{suffix}", lambda path: io.BytesIO(data), NOW, LIMITS))

    def list(self, data: bytes) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "feeds.txt"
            path.write_bytes(data)
            try:
                read_list(path)
            except PipelineError:
                return

    def articles(self, found: Iterator[Article | Reject]) -> None:
        for each in found:
            if isinstance(each, Article):
                self.read(each)


def finding(target: Callable[[bytes], None], data: bytes) -> str | None:
    """Return what is wrong with how a target takes some bytes; None if nothing is."""
    begun = time.process_time()
    try:
        target(data)
    except Exception as error:  # whatever it is, it is a finding
        return f"{type(error).__name__}: {str(error)[:300]}"
    taken = time.process_time() - begun
    return f"{taken:.1f} s for {len(data):,} bytes" if taken > SLOW_SECONDS else None


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--seconds", type=float, default=60, help="how long in all")
    options.add_argument("--seed", type=int, default=0, help="the first seed; the next inputs have the next ones")
    options.add_argument("--only", nargs="*", help="these targets")
    given = options.parse_args()
    fuzz = Fuzz()
    names = [name for name in fuzz.targets if not given.only or name in given.only]
    end, runs, found = time.monotonic() + given.seconds, dict.fromkeys(names, 0), 0
    for seed in itertools.count(given.seed):
        for name in names:
            good, target = fuzz.targets[name]
            if time.monotonic() > end:
                print(", ".join(f"{name} {count:,}" for name, count in runs.items()), f"inputs; {found} findings")
                return int(found > 0)
            runs[name] += 1
            if problem := finding(target, broken(seed, good)):
                found += 1
                print(f"{name}, seed {seed}: {problem}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
