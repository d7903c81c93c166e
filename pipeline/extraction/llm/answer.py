"""The form of a model's answer: what is asked for, and what is taken.

Servers do not all keep to a schema, and some fail to without a word, so every answer is checked here. What is sent is
flat (no references, no alternatives, no patterns), since those are what servers ignore or refuse.
"""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas import EventType, Outcome, Status
from schemas.enums import Code

JSON_SCHEMA, JSON_OBJECT, PLAIN = "json_schema", "json_object", "none"
FORMATS = (JSON_SCHEMA, JSON_OBJECT, PLAIN)
"""How the form of an answer may be asked for: by its schema, as any JSON, or in words only."""

_MOST_REPORTS, _MOST_QUOTES, _LONGEST_QUOTE = 60, 40, 600
_MOST_TRIES = 50
"""In how many places of an answer the JSON may begin; prose has braces too."""


class Pointed(Code):
    """What a quote is said to tell of its incident."""

    WHEN = "when"
    WHERE = "where"
    BY = "by"
    AGAINST = "against"
    CLAIMED_BY = "claimed_by"
    KILLED = "killed"
    WOUNDED = "wounded"
    BROUGHT_DOWN = "brought_down"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Anchor(_Part):
    """The words that tell of an incident: a quote, and the number of the sentence that it is said to stand in."""

    sentence: int
    quote: str = Field(max_length=_LONGEST_QUOTE)
    english: str = Field(default="", max_length=2 * _LONGEST_QUOTE)


class Quote(Anchor):
    """Words that tell something of an incident."""

    field: Pointed


class Report(_Part):
    """One incident, as the model points at it."""

    event_type: EventType
    status: Status
    outcome: Outcome
    background: bool
    anchor: Anchor
    quotes: tuple[Quote, ...] = Field(max_length=_MOST_QUOTES)


class Answer(_Part):
    """All incidents of an article."""

    reports: tuple[Report, ...] = Field(max_length=_MOST_REPORTS)


class AnswerError(ValueError):
    """An answer cannot be used. Its text says why, and quotes nothing of the answer."""


def schema(translated: bool) -> dict[str, Any]:
    """Return the JSON schema of an answer; with `translated`, every quote comes with its English."""
    text, number = {"type": "string"}, {"type": "integer"}
    words = {"sentence": number, "quote": text, **({"english": text} if translated else {})}
    report = {
        "event_type": _one_of(EventType),
        "status": _one_of(Status),
        "outcome": _one_of(Outcome),
        "background": {"type": "boolean"},
        "anchor": _object(words),
        "quotes": {"type": "array", "items": _object({"field": _one_of(Pointed), **words})},
    }
    return _object({"reports": {"type": "array", "items": _object(report)}})


def _one_of(codes: type[Code]) -> dict[str, Any]:
    return {"type": "string", "enum": [code.value for code in codes]}


def _object(members: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


def parse(content: str) -> Answer:
    """Return the answer that a model's words hold, with or without prose around it. Raises AnswerError."""
    problem = "it has no JSON object"
    for found in _objects(content):
        try:
            return Answer.model_validate(found, strict=False)
        except ValidationError as error:
            problem = _first_problem(error)
    raise AnswerError(problem)


def _objects(content: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a text that are not within others, the last ones first: models think before they say.

    A brace that begins no object is passed over.
    """
    decoder, at = json.JSONDecoder(), content.find("{")
    found: list[dict[str, Any]] = []
    for _ in range(_MOST_TRIES):
        if at < 0:
            break
        try:
            value, end = decoder.raw_decode(content, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            found.append(value)
        at = content.find("{", end)
    yield from reversed(found)


def _first_problem(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = first["loc"][:-1] if first["type"] == "extra_forbidden" else first["loc"]  # the name is the model's
    return f"{'.'.join(map(str, where)) or 'the object'}: {first['msg']}"
