"""The whole journey on one screen: articles → mentions → incidents → tables.

It goes in steps, each a pipeline of its own that any runner can run: reading comes before linking, because which
reports of earlier runs matter is known only when the new ones are. The launcher keeps the book between the steps.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.transforms.error_handling import ErrorHandler

from pipeline.extraction.interface import Extractor, Preparation
from pipeline.extraction.transform import ExtractMentions
from pipeline.linking.blocking_features import features_of
from pipeline.linking.transform import INCOMPLETE, AttachUndated, LinkIncidents
from pipeline.records.report import Assignment
from pipeline.records.transform import ReadRecords, WriteTable
from pipeline.run.runners import answered, is_local
from pipeline.runtime.progress import Meter
from pipeline.sources.copies import fingerprint_of
from pipeline.sources.feeds.transform import PollFeeds, Polling
from pipeline.sources.streams import Limits
from pipeline.sources.transform import DropKnown, ReadArticles
from schemas import Article
from schemas.tables import (
    ARTICLES,
    BLOCKING_FEATURES,
    FEEDS,
    FINGERPRINTS,
    INCIDENT_MENTIONS,
    INCIDENTS,
    MENTIONS,
    REJECTS,
    TALLIES,
    Table,
)


@dataclass(frozen=True)
class Reading:
    """What is read: where the inputs and the ids of known articles are, which feeds are polled, where results go.

    `preparation` is what articles go through before they are read, `languages` are those beside English.
    `held` is where the articles are that the database holds and that are read again, null if none are.
    """

    patterns: tuple[str, ...]
    known_articles: str
    staged: str
    make_extractor: Callable[[], Extractor]
    limits: Limits = field(default_factory=Limits)
    meter: Meter = field(default_factory=lambda: Meter(None))
    polling: Polling | None = None
    preparation: Preparation | None = None
    languages: frozenset[str] = frozenset()
    held: str | None = None

    def build(self, root: beam.Pipeline) -> None:
        """Lay out the pipeline: articles, and what they report."""
        with ErrorHandler(_write(self.staged, REJECTS)) as rejects:
            articles = self._sources(root, rejects) | "Drop known articles" >> DropKnown(self.known_articles)
            read = self._prepared(self._with_held(root, articles), rejects)
            found = read | "Extract mentions" >> ExtractMentions(self.make_extractor, self.meter)
            rejects.add_error_pcollection(found.rejects)

            fingerprints = articles | "Fingerprint" >> beam.Map(fingerprint_of)
            features = found.mentions | "Derive blocking features" >> beam.Map(features_of)
            _ = articles | "Write articles" >> _write(self.staged, ARTICLES)
            _ = fingerprints | "Write fingerprints" >> _write(self.staged, FINGERPRINTS)
            _ = found.mentions | "Write mentions" >> _write(self.staged, MENTIONS)
            _ = features | "Write blocking features" >> _write(self.staged, BLOCKING_FEATURES)
            _ = found.tallies | "Write tallies" >> _write(self.staged, TALLIES)

    def _prepared(self, articles: beam.PCollection[Article], rejects: ErrorHandler) -> beam.PCollection[Article]:
        """Do what the extractor needs done about articles first."""
        if self.preparation is None:
            return articles
        prepared = articles | "Prepare articles" >> self.preparation.step()
        rejects.add_error_pcollection(prepared.rejects)
        return prepared.articles

    def _sources(self, root: beam.Pipeline, rejects: ErrorHandler) -> beam.PCollection[Article]:
        """Read the inputs, and poll the feeds if there are any."""
        read = root | "Read articles" >> ReadArticles(list(self.patterns), self.limits, self.meter, self.languages)
        rejects.add_error_pcollection(read.rejects)
        if self.polling is None:
            return read.articles
        polled = root | "Poll feeds" >> PollFeeds(self.polling, self.meter)
        rejects.add_error_pcollection(polled.rejects)
        _ = polled.feeds | "Write feeds" >> _write(self.staged, FEEDS)
        return (read.articles, polled.articles) | "Files and feeds" >> beam.Flatten()

    def _with_held(self, root: beam.Pipeline, articles: beam.PCollection[Article]) -> beam.PCollection[Article]:
        """Add the articles that are read again, of which only what they report is written."""
        if self.held is None:
            return articles
        held = root | "Read held articles" >> ReadRecords(self.held, Article)
        return (articles, held) | "New and held" >> beam.Flatten()


@dataclass(frozen=True)
class Linking:
    """What is linked: where the reports are, whether the pending ones have a date, and where results go."""

    assignments: str
    is_dated: bool
    staged: str
    window_days: int

    def build(self, root: beam.Pipeline) -> None:
        """Lay out the pipeline: reports, and the incidents that they are of."""
        assignments = root | "Read reports" >> ReadRecords(self.assignments, Assignment)
        if not self.is_dated:
            linked = assignments | "Attach undated" >> AttachUndated()
        else:
            linked = assignments | "Link incidents" >> LinkIncidents(self.window_days)
            _ = linked.incomplete | "Write incomplete" >> beam.io.WriteToText(f"{self.staged}/{INCOMPLETE}")
        _ = linked.incidents | "Write incidents" >> _write(self.staged, INCIDENTS)
        _ = linked.links | "Write links" >> _write(self.staged, INCIDENT_MENTIONS)


def _write(staged: str, table: Table) -> WriteTable:
    return WriteTable(f"{staged}/{table.name}", table.model)


def execute(step: Reading | Linking, beam_arguments: Sequence[str]) -> Counter[str]:
    """Run a step to its end and return its counters.

    Beam's direct runner first looks for a runner of another language to download and start; the one named here is
    what it falls back to, and needs nothing from outside. Raises NoJobServerError where a cluster does not answer.
    """
    runner = FnApiRunner() if is_local(beam_arguments) else None
    root = beam.Pipeline(runner=runner, options=PipelineOptions(list(beam_arguments)))
    step.build(root)
    with answered(beam_arguments):
        result = root.run()
        result.wait_until_finish()
        return _counters(result)


def _counters(result: Any) -> Counter[str]:
    totals: Counter[str] = Counter()
    for metric in result.metrics().query()["counters"]:
        totals[metric.key.metric.name] += metric.committed or metric.attempted or 0
    return totals
