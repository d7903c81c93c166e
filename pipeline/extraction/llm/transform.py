"""Asking the model on Beam: articles → the same articles, once their answers are kept."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
from apache_beam.metrics import Metrics
from apache_beam.pvalue import TaggedOutput

from pipeline.extraction.llm.preparation import ModelPreparation
from schemas import Article

REJECTS = "rejects"


@dataclass
class AskModel(beam.PTransform):
    """Have the model's answer about every article kept. Yields the articles, and rejects under that tag.

    A worker has a bounded number of requests under way. What the model could not be asked, or did not answer well, is
    a reject that says so; its article goes on all the same.
    """

    preparation: ModelPreparation

    # The result is quoted because Beam can check one collection only, and warns of a type that is more.
    def expand(self, articles: beam.PCollection[Article]) -> "beam.pvalue.DoOutputsTuple":
        together = self.preparation.together
        return (
            articles
            | "Some together" >> beam.BatchElements(min_batch_size=together, max_batch_size=together)
            | "Ask" >> beam.ParDo(_Ask(self.preparation)).with_outputs(REJECTS, main="articles")
        )


@beam.typehints.with_input_types(list[Article])
@beam.typehints.with_output_types(Article)
class _Ask(beam.DoFn):
    def __init__(self, preparation: ModelPreparation) -> None:
        self._preparation = preparation

    def setup(self) -> None:
        self._asker = self._preparation.asker()

    def process(self, articles: list[Article]) -> Iterator[Any]:
        with ThreadPoolExecutor(self._preparation.options.concurrency) as pool:
            asked = list(pool.map(self._asker.ask, articles))
        for article, one in zip(articles, asked, strict=True):
            for name, count in one.counts.items():
                Metrics.counter("llm", name).inc(count)
            if one.reject is not None:
                yield TaggedOutput(REJECTS, one.reject)
            yield article
