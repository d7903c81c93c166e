from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.extraction.llm.asker import Asked
from pipeline.extraction.llm.extractor import LlmExtractor
from pipeline.extraction.llm.options import LlmOptions
from pipeline.extraction.llm.preparation import preparation_of
from pipeline.extraction.rules.extractor import RulesExtractor
from schemas import Article, Mention, Tally, check_quotes


@dataclass
class Reader:
    """Asks about articles and reads the answers, which are kept in one file; every quote is checked."""

    answers: Path
    rules: RulesExtractor

    def ask(self, article: Article, options: LlmOptions) -> Asked:
        return preparation_of(options, self.answers).asker().ask(article)

    def read(self, article: Article, options: LlmOptions) -> list[Mention | Tally]:
        found = LlmExtractor(options, self.answers, self.rules).extract(article)
        for record in found:
            check_quotes(record.evidence, article.text)
        return found

    def mentions(self, article: Article, options: LlmOptions) -> list[Mention]:
        """Ask, then read."""
        self.ask(article, options)
        return [one for one in self.read(article, options) if isinstance(one, Mention)]


@pytest.fixture
def reader(tmp_path: Path, extractor: RulesExtractor) -> Reader:
    return Reader(tmp_path / "answers.sqlite", extractor)
