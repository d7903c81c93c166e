"""Asking an OpenAI-compatible server for one completion, again where that may help, and what its answers mean."""

import json
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from pipeline.extraction.llm.options import KEYS
from pipeline.extraction.llm.pace import Pace
from pipeline.extraction.llm.post import NoResponse, Response, post
from pipeline.extraction.llm.store import Kept

REFUSALS = (401, 403, 404)
"""Statuses that every request would be answered with: the key, the address or the model's name is wrong."""

_AGAIN = (408, 425, 429, 500, 502, 503, 504, 529)
_TRIES, _LATE_TRIES = 5, 2
"""How often one request is made, and how often if the server takes all the time there is."""

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 120.0
_BYTES_A_TOKEN = 4
_SHOWN = 300


class NoAnswerError(Exception):
    """The server gave no completion; the text says why, without the key."""


class RefusedError(NoAnswerError):
    """The server would refuse any request, with this `status`."""

    def __init__(self, problem: str, status: int) -> None:
        super().__init__(problem)
        self.status = status


class _TryAgain(Exception):  # noqa: N818  # it is no error yet
    """There was no completion, and there may be one after a pause of so many seconds (null: as long as is usual)."""

    def __init__(self, problem: str, pause: float | None = None, late: bool = False) -> None:
        super().__init__(problem)
        self.pause, self.late = pause, late


def key_in(environment: Mapping[str, str]) -> str | None:
    """Return the server's key, null if the environment has none."""
    return next((environment[name] for name in KEYS if environment.get(name)), None)


class ModelClient:
    """Asks the server at `url`. The key is in no message and no error of it."""

    def __init__(self, url: str, key: str | None, timeout_seconds: float, pace: Pace) -> None:
        self._url, self._key, self._timeout, self._pace = url, key, timeout_seconds, pace

    def complete(self, request: Mapping[str, Any]) -> Kept:
        """Return the completion of a request. Raises RefusedError and NoAnswerError."""
        late = 0
        for tries in range(1, _TRIES + 1):
            self._pace.wait()
            try:
                return self._ask(request)
            except _TryAgain as error:
                late += error.late
                pause = _FIRST_PAUSE * 2 ** (tries - 1) if error.pause is None else error.pause
                if tries == _TRIES or late == _LATE_TRIES or pause > _LONGEST_PAUSE:
                    raise NoAnswerError(f"{error}; asked {tries} times") from error
            self._pace.rest(pause)
        raise AssertionError("the last try returns or raises")

    def _ask(self, request: Mapping[str, Any]) -> Kept:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        try:
            response = post(self._url, headers, request, self._timeout)
        except NoResponse as error:
            raise _TryAgain(str(error), late=error.late) from error
        if response.status == 200:
            return _completion(request, response)
        problem = self._problem(response)
        if response.status in REFUSALS:
            raise RefusedError(problem, response.status)
        if response.status in _AGAIN:
            raise _TryAgain(problem, _pause_of(response))
        raise NoAnswerError(problem)

    def _problem(self, response: Response) -> str:
        """Return what a server says is wrong, without the key: some repeat it."""
        said = response.body.decode("utf-8", "replace")
        said = said.replace(self._key, "…") if self._key else said
        return f"the server answers {response.status}: {' '.join(said.split())[:_SHOWN]}"


def _pause_of(response: Response) -> float | None:
    """Return for how many seconds a server wants to be left alone, null if it does not say."""
    asked = response.headers.get("retry-after", "").strip()
    if asked.replace(".", "", 1).isdigit():
        return float(asked)
    until, now = _moment(asked), _moment(response.headers.get("date", ""))  # by the server's own clock
    return None if until is None or now is None else max(0.0, (until - now).total_seconds())


def _moment(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written)
    except (TypeError, ValueError):
        return None


def _completion(request: Mapping[str, Any], response: Response) -> Kept:
    try:
        body = json.loads(response.body)
        choice = body["choices"][0]
        content = choice["message"].get("content") or ""
        usage = body.get("usage") or {}
        finish = choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise NoAnswerError("the server's answer is no chat completion: check --llm-base-url") from error
    asked = "".join(message["content"] for message in request["messages"])
    return Kept(
        content if isinstance(content, str) else json.dumps(content),
        str(finish) if finish else None,
        _tokens(usage, "prompt_tokens", asked),
        _tokens(usage, "completion_tokens", str(content)),
    )


def _tokens(usage: Any, name: str, text: str) -> int:
    """Return how many tokens a server counts, or how many there may be where it does not say."""
    said = usage.get(name) if isinstance(usage, dict) else None
    return said if isinstance(said, int) and said >= 0 else tokens_in(text)


def tokens_in(text: str) -> int:
    """Return about how many tokens a text has; no two models cut words alike."""
    return -(-len(text.encode("utf-8", "replace")) // _BYTES_A_TOKEN)
