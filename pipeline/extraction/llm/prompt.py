"""What the model is asked: the same words for every article, and the article itself, its sentences numbered.

The article is in the user's turn and nowhere else, no tools are offered, and whatever comes back is only ever used to
point into the article: an article that gives orders can at worst have its own words pointed at.
"""

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.extraction.llm.answer import JSON_OBJECT, JSON_SCHEMA, PLAIN, schema
from pipeline.extraction.llm.options import LlmOptions
from pipeline.extraction.text.sentences import split_sentences
from pipeline.extraction.text.spans import Span, span_of
from schemas import Article

PROMPT_VERSION = "1"
"""Raised whenever the words in `data`, or the form of an answer, change: it is part of the extractor's version."""

_DATA = Path(__file__).parent / "data"
_AGAIN = "\n\n(The last answer could not be used: {problem}. Answer again with the one JSON object, and nothing else.)"


@dataclass(frozen=True)
class Question:
    """What is asked about one article. `translated` tells that quotes are to come with their English."""

    options: LlmOptions
    article: str
    translated: bool

    def request(self, problem: str | None = None) -> dict[str, Any]:
        """Return the request; `problem` is why the last answer to the same question could not be used, if there was."""
        said = self.article + (_AGAIN.format(problem=problem) if problem else "")
        members: dict[str, Any] = {
            "model": self.options.model,
            "messages": [
                {"role": "system", "content": instructions(self.translated)},
                {"role": "user", "content": said},
            ],
            "temperature": 0,
            "max_tokens": self.options.max_answer,
            "response_format": self._format(),
        }
        members |= self.options.members
        return {name: value for name, value in members.items() if value is not None}

    def _format(self) -> dict[str, Any] | None:
        if self.options.format == PLAIN:
            return None
        if self.options.format == JSON_OBJECT:
            return {"type": JSON_OBJECT}
        form = {"name": "reports", "strict": True, "schema": schema(self.translated)}
        return {"type": JSON_SCHEMA, JSON_SCHEMA: form}


@cache
def instructions(translated: bool) -> str:
    """Return what the model is told of its task, the same for every article of a kind."""
    names = ("instructions.txt", "translation.txt") if translated else ("instructions.txt",)
    return "\n".join((_DATA / name).read_text(encoding="utf-8").strip() for name in names)


def key_of(request: dict[str, Any]) -> str:
    """Return what an answer is kept under: all that may change it."""
    return sha256(json.dumps([PROMPT_VERSION, request], sort_keys=True).encode()).hexdigest()


def question_of(article: Article, options: LlmOptions) -> Question:
    """Return the question about an article."""
    return Question(options, _numbered(article.text), is_foreign(article))


def is_foreign(article: Article) -> bool:
    """Return whether an article is in another language than English."""
    return article.language not in (None, "en")


def is_asked_about(article: Article, options: LlmOptions) -> bool:
    """Return whether the model is to read an article, as far as its language goes."""
    language = article.language or "en"
    return language in (options.only_languages or ("en",))


def sentences_of(text: str) -> list[Span]:
    """Return the sentences of a text as the model is shown them; number 0 is its header, and may be empty."""
    found = [span_of(text, sentence.start, sentence.end) for sentence in split_sentences(text)]
    return [span_of(text, 0, found[0].start if found else len(text)), *found]


def _numbered(text: str) -> str:
    lines = ((number, " ".join(sentence.text.split())) for number, sentence in enumerate(sentences_of(text)))
    return "\n".join(f"[{number}] {line}" for number, line in lines if line)
