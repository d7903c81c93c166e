"""What reading a web archive costs beside what trafilatura alone takes for the same pages, and whether memory is flat.

Both take turns, a hundred pages at a time, in one process, and it is the processor's time that counts: other programs
do not. Trafilatura is given the pages as text; the reader unpacks the archive, finds the pages, decodes them, has
trafilatura read them, tells their language and their clock, and makes articles. The whole sources stage then runs on
Beam over the same archive, in a process of its own.

    python -m benchmarks.web_archive [PAGES]
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

import apache_beam as beam
import trafilatura
from apache_beam.runners.portability.fn_api_runner import FnApiRunner

from benchmarks.generate import pages, write_archive
from pipeline.sources.copies import fingerprint_of
from pipeline.sources.language import identify
from pipeline.sources.streams import Limits
from pipeline.sources.transform import DropKnown, ReadArticles, matched_files, read_files
from pipeline.storage.exports import export_articles
from schemas import Article

_AT_A_TIME = 100
_MEMORY_AT = (1_000, 5_000, 10_000)

T = TypeVar("T")


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "pages.warc.gz"
        write_archive(archive, count)
        print(f"{count:,} pages in {archive.stat().st_size / 1e6:.0f} MB")
        _take_turns(archive, count)
        command = [sys.executable, "-m", "benchmarks.web_archive", "--stage", str(archive)]
        subprocess.run(command, check=True)  # noqa: S603 # our own


def _take_turns(archive: Path, count: int) -> None:
    _warm_up()
    alone, reader, done, read = 0.0, 0.0, 0, 0
    found = iter(read_files(matched_files([str(archive)]), Limits()))
    for batch in _batches((html for _, html in pages(count)), _AT_A_TIME):
        begun = time.process_time()
        for html in batch:
            trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
        turned = time.process_time()
        outcomes = list(islice(found, len(batch)))
        alone, reader = alone + turned - begun, reader + time.process_time() - turned
        read += sum(isinstance(each, Article) for each in outcomes)
        done += len(outcomes)
        if done in _MEMORY_AT:
            print(f"{done:>7,} pages   {_resident_mb():6.0f} MB in memory", flush=True)
    print(f"trafilatura alone  {count / alone:7.1f} pages/s")
    print(f"reader             {count / reader:7.1f} pages/s   {alone / reader:.2f} x   {read:,} articles")


def _warm_up() -> None:
    """Have loaded what either loads when first used."""
    identify("Which language is this?")
    trafilatura.bare_extraction(next(pages(1))[1], with_metadata=True)


def _run_stage(archive: Path) -> None:
    known = export_articles(Path("none.duckdb"), Path(tempfile.mkdtemp(dir=archive.parent)))
    root = beam.Pipeline(runner=FnApiRunner())
    read = root | ReadArticles([str(archive)])
    _ = read.articles | DropKnown(known) | beam.Map(fingerprint_of)
    begun = time.process_time()
    result = root.run()
    result.wait_until_finish()
    seconds = time.process_time() - begun
    count = sum(
        metric.committed for metric in result.metrics().query()["counters"] if metric.key.metric.name == "articles_read"
    )
    print(f"sources stage      {count / seconds:7.1f} pages/s   on Beam's direct runner, {_resident_mb():.0f} MB")


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _resident_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1e3


if __name__ == "__main__":
    if sys.argv[1:2] == ["--stage"]:
        _run_stage(Path(sys.argv[2]))
    else:
        main()
