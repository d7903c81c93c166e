"""What Beam costs: the pipeline on the direct runner beside a plain loop over the same functions.

Each way runs in a process of its own over the same generated articles, and prints its wall time, its processor time and
its peak memory. The loop reads, fingerprints, extracts, links, fuses and writes the same Parquet files, one article
after the other.

    python -m benchmarks.pipeline_cost [ARTICLES]
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.generate import write
from benchmarks.row_writer import RowWriter
from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.linking.fusion import united_incident
from pipeline.linking.unions import incidents_among
from pipeline.records.identity import document_key
from pipeline.records.report import report_of
from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from pipeline.runtime import logs
from pipeline.sources.copies import MAX_COMPARED, Candidate, Copy, copy_of, fingerprint_of
from pipeline.sources.streams import Limits
from pipeline.sources.transform import matched_files, read_files
from pipeline.storage.staged import COPIES
from schemas import Article, Mention, check_quotes
from schemas.tables import (
    ARTICLES,
    FINGERPRINTS,
    INCIDENT_MENTIONS,
    INCIDENTS,
    MENTIONS,
    TALLIES,
    Fingerprint,
    arrow_schema,
    to_row,
)

_WINDOW_DAYS = 3
_ROW_GROUP = 5_000
_PARALLEL = ("--direct_num_workers", "2", "--direct_running_mode", "multi_processing")


def main() -> None:
    """Measure every way on the same articles and print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles"
        source.mkdir()
        write(source, count)
        print(f"{count:,} articles, {_megabytes(source):.0f} MB")
        loop = _measured("loop", source, Path(folder))
        print(f"staged output: {loop['staged_mb']:.1f} MB")
        _show("loop", loop, loop)
        for way in ("pipeline", "parallel"):
            _show(way, _measured(way, source, Path(folder)), loop)


def _show(way: str, figures: dict[str, float], loop: dict[str, float]) -> None:
    print(
        f"{way:<10} {figures['seconds']:8.1f} s {figures['seconds'] / loop['seconds']:5.2f} x loop   "
        f"processor {figures['cpu_seconds']:8.1f} s {figures['cpu_seconds'] / loop['cpu_seconds']:5.2f} x loop   "
        f"{figures['peak_mb']:5.0f} MB peak   {figures['largest_child_mb']:5.0f} MB largest child   "
        f"{figures['mentions']:,} mentions   {figures['incidents']:,} incidents",
        flush=True,
    )


def _measured(way: str, source: Path, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.pipeline_cost", "--way", way, str(source), str(folder)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 # our own
    figures: dict[str, float] = json.loads(answer.splitlines()[-1])
    return figures


def _run_loop(source: Path, folder: Path) -> dict[str, float]:
    staged = folder / "loop"
    staged.mkdir()
    begun = time.monotonic()
    counts = _loop(source, staged)
    return {"seconds": time.monotonic() - begun, "staged_mb": _megabytes(staged), **counts}


def _loop(source: Path, staged: Path) -> dict[str, float]:
    extractor = RulesExtractor()
    tables: dict[str, RowWriter] = {
        table.name: RowWriter(staged / f"{table.name}.parquet", arrow_schema(table.model), _ROW_GROUP)
        for table in (ARTICLES, FINGERPRINTS, COPIES, MENTIONS, TALLIES, INCIDENTS, INCIDENT_MENTIONS)
    }
    copies = _Copies()
    reports = []
    for article in _articles(source):
        fingerprint = fingerprint_of(article)
        copies.add(article, fingerprint)
        tables["articles"].add(to_row(article))
        tables["fingerprints"].add(to_row(fingerprint))
        for found in extractor.extract(article):
            check_quotes(found.evidence, article.text)
            tables["mentions" if isinstance(found, Mention) else "tallies"].add(to_row(found))
            if isinstance(found, Mention):
                reports.append(report_of(found))
    for copy in copies.found():
        tables["copies"].add(to_row(copy))
    for parts in incidents_among(reports):
        incident, links = united_incident(parts)
        tables["incidents"].add(to_row(incident))
        for each in links:
            tables["incident_mentions"].add(to_row(each))
    for table in tables.values():
        table.close()
    return {"mentions": tables["mentions"].rows, "incidents": tables["incidents"].rows}


class _Copies:
    """Finds copies among articles, by a dict of who shares a band."""

    def __init__(self) -> None:
        self._candidates: dict[str, Candidate] = {}
        self._bands: dict[int, list[Candidate]] = defaultdict(list)

    def add(self, article: Article, fingerprint: Fingerprint) -> None:
        if article.article_id in self._candidates:
            return
        candidate = Candidate(
            article_id=article.article_id,
            document=document_key(article.source, article.name, article.article_id),
            published_at=article.published_at,
            signature=fingerprint.signature,
        )
        self._candidates[article.article_id] = candidate
        for band in fingerprint.bands:
            self._bands[band].append(candidate)

    def found(self) -> Iterator[Copy]:
        earlier: dict[str, dict[str, Candidate]] = defaultdict(dict)
        for sharing in self._bands.values():
            reported = sorted(sharing, key=lambda candidate: candidate.seniority)
            for position, later in enumerate(reported):
                for other in reported[: min(position, MAX_COMPARED)]:
                    earlier[later.article_id][other.article_id] = other
        for later_id, others in earlier.items():
            found = copy_of(self._candidates[later_id], others.values())
            if found is not None:
                yield found


def _articles(source: Path) -> Iterator[Article]:
    for found in read_files(matched_files([f"{source}/*"]), Limits()):
        if isinstance(found, Article):
            yield found


def _run_pipeline(source: Path, folder: Path, *beam_arguments: str) -> dict[str, float]:
    options = RunOptions(
        reading=ReadOptions(inputs=(str(source),)),
        output=folder / f"pipeline-{len(beam_arguments)}.duckdb",
        window_days=_WINDOW_DAYS,
        beam_arguments=beam_arguments,
    )
    begun = time.monotonic()
    record = launcher.run(options).record
    return {
        "seconds": time.monotonic() - begun,
        "mentions": record.mentions_new,
        "incidents": record.incidents_created,
    }


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6


_WAYS: dict[str, Callable[[Path, Path], dict[str, float]]] = {
    "loop": _run_loop,
    "pipeline": _run_pipeline,
    "parallel": lambda source, folder: _run_pipeline(source, folder, *_PARALLEL),
}


def _run_one(way: str, source: Path, folder: Path) -> None:
    logs.configure(0)
    figures = _WAYS[way](source, folder)
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    figures["peak_mb"], figures["largest_child_mb"] = own.ru_maxrss / 1e3, children.ru_maxrss / 1e3
    figures["cpu_seconds"] = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    print(json.dumps(figures))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--way"]:
        _run_one(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
