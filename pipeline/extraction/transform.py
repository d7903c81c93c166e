"""The second stage on Beam: articles → what they report."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import apache_beam as beam
from apache_beam.metrics import Metrics
from apache_beam.pvalue import TaggedOutput

from pipeline.extraction.interface import Extractor
from pipeline.extraction.safely import extract_safely
from pipeline.runtime.progress import Meter
from schemas import Article, Mention, Reject

REJECTS = "rejects"
TALLIES = "tallies"


@dataclass
class ExtractMentions(beam.PTransform):
    """Read every article. Yields mentions, and tallies and rejects under tags of these names.

    `make_extractor` is called once per worker thread; it must pickle. What it returns may be shared by threads, as
    `choice` does.
    """

    make_extractor: Callable[[], Extractor]
    meter: Meter = field(default_factory=lambda: Meter(None))

    # The result is quoted because Beam can check one collection only, and warns of a type that is more.
    def expand(self, articles: beam.PCollection[Article]) -> "beam.pvalue.DoOutputsTuple":
        return articles | "Extract" >> beam.ParDo(_Extract(self.make_extractor, self.meter)).with_outputs(
            TALLIES, REJECTS, main="mentions"
        )


@beam.typehints.with_input_types(Article)
@beam.typehints.with_output_types(Mention)
class _Extract(beam.DoFn):
    def __init__(self, make_extractor: Callable[[], Extractor], meter: Meter) -> None:
        self._make_extractor = make_extractor
        self._meter = meter
        self._found = Metrics.counter("extraction", "mentions")

    def setup(self) -> None:
        self._extractor = self._make_extractor()

    def process(self, article: Article) -> Iterator[Any]:
        reports = extract_safely(self._extractor, article)
        if isinstance(reports, Reject):
            yield TaggedOutput(REJECTS, reports)
            return
        self._meter.add(extracted=1, mentions=sum(isinstance(report, Mention) for report in reports))
        for report in reports:
            if isinstance(report, Mention):
                self._found.inc()
                yield report
            else:
                yield TaggedOutput(TALLIES, report)

    def finish_bundle(self) -> None:
        self._meter.flush()
