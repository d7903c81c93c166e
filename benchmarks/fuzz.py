"""Give every reader, and `extract`, inputs that nobody thought of: bounded, and the same again by their seed.

    python -m benchmarks.fuzz [--seconds 60] [--seed 0] [--only NAME ...]

Each target takes bytes that are made by breaking good ones: pieces are cut out, doubled, turned round, put elsewhere,
and replaced by what parsers trip over. What counts as a finding: an exception, a reject of the extractor's or one
that names a fault, a quote that does not stand at its offsets, or an input of a few kilobytes that takes longer than
`SLOW_SECONDS` of processor time. It prints every finding with the seed that makes it again, and how many inputs each
target was given; exit status 1 if there is a finding.
"""

import argparse
import io
import itertools
import logging
import random
import re
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.fuzz_inputs import GOOD, packed_as_docx
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
FAULT = re.compile(r"\ba fault (?:of|in)\b|\bfails on\b")
"""What rejects say that are our own fault, or a library's."""

TRIPS = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3", b"&#55357;", b"&#x110000;", b"&nbsp", b"]]>"),
    *(b"<![CDATA[", b"<!--", b"<", b">", b'"', b"\r", b"\n\n\n", b"\t|", b"| ", b"- ", b"* ", b"1. ", b"(", b")"),
    *(b"[1]", b"](http://x)", b"=\n", b"\xc2\xad", b"\xe2\x80\x8b", b"\xe2\x80\xa6", b"\xef\xac\x81", b"e\xcc\x81"),
    *(b"9" * 40, b"0001-01-01", b"9999-12-31", b"a" * 400, b"A" * 200, b". ", b"killed ", b"on Tuesday ", b"Kabul: "),
    *(b"and ", b"Correction: ", b"{", b"}", b"[[", b'style="' + b"a:b;" * 50 + b'"'),
)  # fmt: skip
"""What parsers trip over."""


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


class Fuzz:
    """The targets, and what is found."""

    def __init__(self) -> None:
        self._extractor = RulesExtractor()
        other = {"extract": self._extract, "feed": self._feed, "json feed": self._feed, "list": self._list}
        self.targets: dict[str, Callable[[bytes], None]] = {
            name: other.get(name) or partial(self._file, name) for name in GOOD
        }

    def _extract(self, data: bytes) -> None:
        text = data.decode("utf-8", "replace") or "x"
        basis = PublishedBasis.METADATA
        self._read(Article(article_id="a-1", ref="x", text=text, source="S", published_at=NOW, published_basis=basis))

    def _read(self, article: Article) -> None:
        found = extract_safely(self._extractor, article)
        if isinstance(found, Reject):
            raise AssertionError(found.reason)

    def _feed(self, data: bytes) -> None:
        polled = take_in(Feed(feed_url="https://a.example/f"), Answer(200, {}, data, "https://a.example/f"), NOW)
        self._articles(polled.rejects)
        for document in polled.documents:
            self._articles(articles_of(document, NOW))

    def _file(self, name: str, data: bytes) -> None:
        packed = packed_as_docx(data) if name == "xml.docx" else data
        self._articles(read_file(f"in/{name}", lambda path: io.BytesIO(packed), NOW, LIMITS))

    def _list(self, data: bytes) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "feeds.txt"
            path.write_bytes(data)
            with suppress(PipelineError):
                read_list(path)

    def _articles(self, found: Iterable[Article | Reject]) -> None:
        for each in found:
            if isinstance(each, Article):
                self._read(each)
            elif FAULT.search(each.reason):
                raise AssertionError(each.reason)


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
    logging.disable(logging.WARNING)  # a list of feeds that is broken is warned of
    fuzz = Fuzz()
    names = [name for name in fuzz.targets if not given.only or name in given.only]
    end, runs, found = time.monotonic() + given.seconds, dict.fromkeys(names, 0), 0
    for seed in itertools.count(given.seed):
        for name in names:
            if time.monotonic() > end:
                print(", ".join(f"{name} {count:,}" for name, count in runs.items()), f"inputs; {found} findings")
                return int(found > 0)
            runs[name] += 1
            if problem := finding(fuzz.targets[name], broken(seed, GOOD[name])):
                found += 1
                print(f"{name}, seed {seed}: {problem}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
