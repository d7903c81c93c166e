"""From an article to the model's answer, and what is done instead where there is none.

The ladder: an answer that is kept is taken; otherwise the server is asked, and the answer is kept before it is looked
at; one that cannot be used is asked for once more, with what was wrong. Where that fails too, where the server gives
no answer, or where the budget does not reach, the rules read the article.
"""

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.extraction.llm.answer import Answer, AnswerError, parse
from pipeline.extraction.llm.client import ModelClient, NoAnswerError, RefusedError, tokens_in
from pipeline.extraction.llm.grounding import ground
from pipeline.extraction.llm.options import LlmOptions
from pipeline.extraction.llm.prompt import Question, is_asked_about, is_foreign, key_of, question_of
from pipeline.extraction.llm.store import AnswerStore, Kept
from pipeline.records.rejects import reject
from schemas import Article, Reject

STAGE = "extraction"
_CUT_OFF = "length"
_IN_A_ROW = 5
"""After so many articles in a row that got no answer from the server, it is left alone for the rest of the process."""

_LOCKS = 256

Fetch = Callable[[dict[str, Any]], Kept]
"""Returns the answer to a request. Raises NoAnswerError."""


class OverBudgetError(NoAnswerError):
    """The request might take the run beyond its budget."""


class TooLongError(NoAnswerError):
    """The article is longer than the model may be asked about."""


class NotKeptError(NoAnswerError):
    """No answer is kept, and none may be asked for."""


def settled(question: Question, fetch: Fetch) -> Answer:
    """Return the answer to a question, or the second one. Raises AnswerError if neither can be used, NoAnswerError."""
    if len(question.article) > question.options.max_chars:
        raise TooLongError(f"it is longer than --llm-max-chars {question.options.max_chars}")
    try:
        return _parsed(fetch(question.request()))
    except AnswerError as error:
        return _parsed(fetch(question.request(problem=str(error))))


def _parsed(kept: Kept) -> Answer:
    try:
        return parse(kept.content)
    except AnswerError as error:
        if kept.finish_reason == _CUT_OFF:
            raise AnswerError("it was cut off before its end") from error
        raise


def kept_answer(question: Question, store: AnswerStore) -> Answer | None:
    """Return the answer to a question that is kept, null if there is none that can be used."""
    try:
        return settled(question, lambda request: _kept(request, store))
    except (AnswerError, NoAnswerError):
        return None


def _kept(request: dict[str, Any], store: AnswerStore) -> Kept:
    found = store.get(key_of(request))
    if found is None:
        raise NotKeptError("no answer is kept, and --llm-offline lets none be asked for")
    return found


@dataclass(frozen=True)
class Asked:
    """What came of one article: what is counted of it, and why the rules read it, where they do and it is no plan."""

    counts: Mapping[str, int] = field(default_factory=dict)
    reject: Reject | None = None


class Asker:
    """Sees to it that answers are kept. Threads share one. `client` is null where nothing may be asked.

    `since` is the number of the last answer that was kept before the run: what came after it, the run has paid for.
    """

    def __init__(self, options: LlmOptions, store: AnswerStore, client: ModelClient | None, since: int) -> None:
        self._options, self._store, self._client, self._since = options, store, client, since
        self._lock = threading.Lock()
        self._under_way = 0
        self._asking = [threading.Lock() for _ in range(_LOCKS)]
        self._failed_in_a_row = 0
        self._gone: NoAnswerError | None = None

    def ask(self, article: Article) -> Asked:
        """Have the answer about an article kept, if the model is to read it."""
        if not is_asked_about(article, self._options):
            return Asked()
        spent: Counter[str] = Counter()
        try:
            answer = settled(question_of(article, self._options), lambda request: self._fetch(request, spent))
        except OverBudgetError:
            return Asked(spent + Counter(llm_fallbacks=1, llm_over_budget=1))
        except RefusedError as error:
            return self._instead(article, error, spent + Counter({f"llm_refused_{error.status}": 1}))
        except (AnswerError, NoAnswerError) as error:
            return self._instead(article, error, spent)
        grounded = ground(answer, article.text)
        dropped = {"llm_quotes_dropped": grounded.quotes_dropped, "llm_reports_dropped": grounded.reports_dropped}
        return Asked(spent + Counter(llm_articles=1) + Counter(dropped))

    def _instead(self, article: Article, error: Exception, spent: Counter[str]) -> Asked:
        """Say that and why the rules read an article; one in another language, nobody does."""
        who = "it is set aside" if is_foreign(article) else "the rules read it"
        kind = "its answer cannot be used: " if isinstance(error, AnswerError) else ""
        reason = f"{self._options.model} did not read it ({kind}{error}): {who} instead"
        return Asked(spent + Counter(llm_fallbacks=1), reject(STAGE, reason, article.ref, article.text))

    def _fetch(self, request: dict[str, Any], spent: Counter[str]) -> Kept:
        """Return the answer that is kept, or else ask for it; of those who want the same one, one asks."""
        key = key_of(request)
        with self._asking[hash(key) % _LOCKS]:
            found = self._store.get(key)
            return found if found is not None else self._paid(key, request, spent)

    def _paid(self, key: str, request: dict[str, Any], spent: Counter[str]) -> Kept:
        if self._client is None:
            raise NotKeptError("no answer is kept, and --llm-offline lets none be asked for")
        if self._gone is not None:
            raise self._gone
        most = self._reserve(request)
        try:
            answer = self._client.complete(request)
            self._store.put(key, self._options.model, answer)
        except NoAnswerError as error:
            self._note_failure(error)
            raise
        finally:
            with self._lock:
                self._under_way -= most
        self._failed_in_a_row = 0
        spent.update(
            llm_requests=1, llm_prompt_tokens=answer.prompt_tokens, llm_completion_tokens=answer.completion_tokens
        )
        return answer

    def _reserve(self, request: dict[str, Any]) -> int:
        """Set the tokens aside that a request may take, and return them. Raises OverBudgetError."""
        most = most_tokens(request, self._options)
        with self._lock:
            budget = self._options.budget
            if budget is not None:
                spent = self._store.tokens_since(self._since) + self._under_way
                if spent + most > budget:
                    raise OverBudgetError("the budget is reached")
            self._under_way += most
        return most

    def _note_failure(self, error: NoAnswerError) -> None:
        self._failed_in_a_row += 1
        if isinstance(error, RefusedError):
            self._gone = error
        elif self._failed_in_a_row >= _IN_A_ROW:
            self._gone = NoAnswerError(f"{error}; it has not answered {_IN_A_ROW} times in a row, and is left alone")


def most_tokens(request: Mapping[str, Any], options: LlmOptions) -> int:
    """Return how many tokens a request may take: those of its messages, about, and the longest answer."""
    return sum(tokens_in(message["content"]) for message in request["messages"]) + options.max_answer
