"""What is done before articles are read, so that reading needs no network: the model is asked, its answers are kept."""

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any

from pipeline.errors import ModelRefusedError
from pipeline.extraction.llm.asker import Asker, most_tokens
from pipeline.extraction.llm.client import REFUSALS, ModelClient, key_in
from pipeline.extraction.llm.options import LlmOptions
from pipeline.extraction.llm.pace import Pace
from pipeline.extraction.llm.prompt import is_asked_about, key_of, question_of
from pipeline.extraction.llm.store import AnswerStore
from schemas import Article, Reject
from schemas.incident import RunRecord

_MAKING = Lock()
_ROUNDS = 8
"""How many requests one after the other a batch of articles may lead to; nothing else of a worker waits for more."""


@dataclass(frozen=True)
class ModelPreparation:
    """How the answers of a run are come by. It pickles, and has no key in it: workers find that where they are."""

    options: LlmOptions
    answers: Path
    since: int

    @property
    def together(self) -> int:
        """How many articles are asked about at a time."""
        return self.options.concurrency * _ROUNDS

    def asker(self) -> Asker:
        """Return what asks in this process: one for all its threads, so that what it bounds is bounded."""
        return _shared_asker(self)

    def step(self) -> Any:
        """Return the Beam transform that articles go through before they are read."""
        from pipeline.extraction.llm.transform import AskModel  # Beam takes most of a second to import

        return AskModel(self)

    def done(self, articles: Iterable[Article | Reject]) -> Iterator[Article | Reject]:
        """Yield articles, and rejects, once the articles are prepared, some at a time and without a pipeline.

        Raises ModelRefusedError.
        """
        asker, waiting = self.asker(), iter(articles)
        while some := list(islice(waiting, self.together)):
            with ThreadPoolExecutor(self.options.concurrency) as pool:
                asked = pool.map(lambda one: asker.ask(one) if isinstance(one, Article) else None, some)
            for one, outcome in zip(some, asked, strict=True):
                if outcome is not None:
                    self.facts(outcome.counts)
                    if outcome.reject is not None:
                        yield outcome.reject
                yield one

    def facts(self, counters: Mapping[str, int]) -> Mapping[str, int]:
        """Return what the run's row says of the model.

        Raises ModelRefusedError if the server would answer nothing at all: then the run is to be had again.
        """
        for status in REFUSALS:
            if counters.get(f"llm_refused_{status}"):
                raise ModelRefusedError(status, self.options.url)
        return {name: counters.get(name, 0) for name in RunRecord.model_fields if name.startswith("llm_")}

    def estimate(self, articles: Iterable[Article]) -> str | None:
        """Return how many articles the model would be asked about, and what that may take, if that was asked."""
        if not self.options.estimate:
            return None
        store, asked, kept, tokens = AnswerStore(self.answers), 0, 0, 0
        for article in articles:
            if not is_asked_about(article, self.options):
                continue
            request = question_of(article, self.options).request()
            if store.get(key_of(request)) is not None:
                kept += 1
            else:
                asked += 1
                tokens += most_tokens(request, self.options) - self.options.max_answer
        return (
            f"{self.options.model} would be asked about {asked:,} articles: some {tokens:,} tokens in, and up to "
            f"{asked * self.options.max_answer:,} out; {kept:,} answers are kept already"
        )


def preparation_of(options: LlmOptions, answers: Path) -> ModelPreparation:
    """Return the preparation of a run that begins now, whose answers are kept in a file."""
    return ModelPreparation(options, answers, AnswerStore(answers).last())


def _shared_asker(preparation: ModelPreparation) -> Asker:
    with _MAKING:  # threads that begin together share one
        return _asker(preparation)


@lru_cache(maxsize=1)
def _asker(preparation: ModelPreparation) -> Asker:
    options = preparation.options
    client = None
    if not options.offline:
        client = ModelClient(options.url, key_in(os.environ), options.timeout, Pace(options.per_minute))
    return Asker(options, AnswerStore(preparation.answers), client, preparation.since)
