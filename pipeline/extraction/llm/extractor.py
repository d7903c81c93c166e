"""The extractor that reads the answers of a language model, which have been asked for before (`preparation`).

Aggregates are read by the rules, and so are articles about which there is no answer.
"""

from collections.abc import Sequence
from pathlib import Path

from pipeline.extraction.llm.asker import kept_answer
from pipeline.extraction.llm.grounding import GroundedReport, ground
from pipeline.extraction.llm.mentions import Passages, mentions_of
from pipeline.extraction.llm.options import LlmOptions
from pipeline.extraction.llm.passages import as_translated, as_written
from pipeline.extraction.llm.prompt import PROMPT_VERSION, is_asked_about, is_foreign, question_of
from pipeline.extraction.llm.store import AnswerStore
from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.records.identity import identified
from pipeline.runtime.memory import without_collecting
from schemas import Article, Mention, Tally

_READING = "1"
"""Raised whenever answers are read in another way."""


def version_of(options: LlmOptions) -> str:
    """Return the extractor's version: that of the rules, of this folder and of the prompt, and the model's name."""
    return f"{RulesExtractor.version}.{_READING}.{PROMPT_VERSION}:{options.model}"


class LlmExtractor:
    """Reads articles by the answers that the file at `answers` has about them, and by the rules."""

    name = "llm"

    def __init__(self, options: LlmOptions, answers: Path, rules: RulesExtractor) -> None:
        self.version = version_of(options)
        self._options, self._store, self._rules = options, AnswerStore(answers), rules

    @without_collecting()
    def extract(self, article: Article) -> list[Mention | Tally]:
        """Return what an article reports, in the order of the text."""
        foreign = is_foreign(article)
        answer = None
        if is_asked_about(article, self._options):
            answer = kept_answer(question_of(article, self._options), self._store)
        if answer is None:
            return [] if foreign else self._rules.extract(article)
        reports = ground(answer, article.text).reports
        passages = self._translated(reports, article) if foreign else self._written(article)
        tallies = [] if foreign else [one for one in self._rules.extract(article) if isinstance(one, Tally)]
        mentions = identified(article, list(mentions_of(reports, passages, article, (self.name, self.version))))
        found: list[Mention | Tally] = [*mentions, *tallies]
        return sorted(found, key=lambda one: one.evidence[0].start)

    def _written(self, article: Article) -> Passages:
        published = article.published_at
        document = self._rules.documents.read(
            article.text, published.date() if published else None, article.title or ""
        )
        return lambda words: as_written(document, words)

    def _translated(self, reports: Sequence[GroundedReport], article: Article) -> Passages:
        quotes = (words for report in reports for words in (report.anchor, *(words for _, words in report.quotes)))
        published = article.published_at
        return as_translated(quotes, published.date() if published else None, self._rules.documents).get
