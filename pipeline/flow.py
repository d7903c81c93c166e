"""The whole journey on one screen: articles → mentions → incidents → tables."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.transforms.error_handling import ErrorHandler

from pipeline.extraction.interface import Extractor
from pipeline.extraction.transform import ExtractMentions
from pipeline.linking.transform import GatherReports, LinkIncidents
from pipeline.progress import Meter
from pipeline.sources.streams import Limits
from pipeline.sources.transform import CompareArticles, DropKnown, ReadArticles
from pipeline.storage.history import History
from pipeline.storage.load import COPIES, SUPERSEDED
from pipeline.storage.transform import WriteTable
from schemas.tables import ARTICLES, FINGERPRINTS, INCIDENT_MENTIONS, INCIDENTS, MENTIONS, REJECTS, TALLIES, Table


@dataclass(frozen=True)
class Job:
    """What a run works on: where its inputs and its history are, and where its results go."""

    patterns: tuple[str, ...]
    history: History
    staged: str
    make_extractor: Callable[[], Extractor]
    window_days: int
    limits: Limits = field(default_factory=Limits)
    meter: Meter = field(default_factory=lambda: Meter(None))


def build(root: beam.Pipeline, job: Job) -> None:
    """Lay out the pipeline of a job."""
    with ErrorHandler(_write(job, REJECTS)) as rejects:
        read = root | "Read articles" >> ReadArticles(list(job.patterns), job.limits, job.meter)
        rejects.add_error_pcollection(read.rejects)

        articles = read.articles | "Drop known articles" >> DropKnown(job.history.articles)
        standing = articles | "Compare articles" >> CompareArticles(job.history.articles, job.history.fingerprints)

        found = articles | "Extract mentions" >> ExtractMentions(job.make_extractor, job.meter)
        rejects.add_error_pcollection(found.rejects)

        reports = found.mentions | "Gather reports" >> GatherReports(
            job.history.reports, standing.copies, standing.superseded
        )
        linked = reports | "Link incidents" >> LinkIncidents(job.window_days)

        _ = articles | "Write articles" >> _write(job, ARTICLES)
        _ = standing.fingerprints | "Write fingerprints" >> _write(job, FINGERPRINTS)
        _ = standing.copies | "Write copies" >> _write(job, COPIES)
        _ = standing.superseded | "Write superseded" >> _write(job, SUPERSEDED)
        _ = found.mentions | "Write mentions" >> _write(job, MENTIONS)
        _ = found.tallies | "Write tallies" >> _write(job, TALLIES)
        _ = linked.incidents | "Write incidents" >> _write(job, INCIDENTS)
        _ = linked.links | "Write links" >> _write(job, INCIDENT_MENTIONS)


def _write(job: Job, table: Table) -> WriteTable:
    return WriteTable(f"{job.staged}/{table.name}", table.model)


def execute(job: Job, beam_arguments: Sequence[str]) -> Counter[str]:
    """Run the pipeline of a job to its end and return its counters.

    Beam's direct runner first looks for a runner of another language to download and start; the one named here is
    what it falls back to, and needs nothing from outside.
    """
    options = PipelineOptions(list(beam_arguments))
    local = options.view_as(StandardOptions).runner in (None, "DirectRunner")
    root = beam.Pipeline(runner=FnApiRunner() if local else None, options=options)
    build(root, job)
    result = root.run()
    result.wait_until_finish()
    return _counters(result)


def _counters(result: Any) -> Counter[str]:
    totals: Counter[str] = Counter()
    for metric in result.metrics().query()["counters"]:
        totals[metric.key.metric.name] += metric.committed or metric.attempted or 0
    return totals
