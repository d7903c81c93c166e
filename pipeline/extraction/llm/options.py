"""What the language model can be asked for, checked. `commands.arguments` makes an option of each field."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.extraction.llm.answer import FORMATS, JSON_SCHEMA

KEYS = ("INCIDENT_STREAM_LLM_KEY", "OPENAI_API_KEY")
"""The variables of the environment that may hold the server's key; the first that is set counts."""


def _said(help_: str, metavar: str | None = None, **more: Any) -> dict[str, Any]:
    return {"help": help_, "metavar": metavar, **more}


@dataclass(frozen=True)
class LlmOptions:
    """Where the model is, how it is asked, and how much that may cost. Raises ValueError for what cannot be meant.

    `budget` and `max_answer` are in tokens, `timeout` in seconds, `max_chars` in code points of an article as the model
    is shown it. `only_languages` are codes of ISO 639-1. `parameters` is a JSON object.
    """

    base_url: str = field(
        default="http://127.0.0.1:8000/v1",
        metadata=_said(
            f"where the server is (default http://127.0.0.1:8000/v1); its key is read from {' or '.join(KEYS)}", "URL"
        ),
    )
    model: str = field(default="", metadata=_said("the name under which the server knows the model", "NAME"))
    cache: Path | None = field(
        default=None, metadata=_said("where answers are kept (default: beside the database)", "FILE")
    )
    offline: bool = field(default=False, metadata=_said("ask nothing: read the answers that are kept, and no others"))
    estimate: bool = field(
        default=False, metadata=_said("say how many articles would be asked about, and how long they are; do no more")
    )
    budget: int | None = field(
        default=None, metadata=_said("make no request that may take the run beyond so many tokens", "TOKENS", type=int)
    )
    only_languages: tuple[str, ...] = field(
        default=(),
        metadata=_said(
            "ask only about articles in these languages, say ar,uk,ru,fr,es; the rules read English, and others are "
            "set aside (default: ask about English)",
            "CODES",
        ),
    )
    concurrency: int = field(
        default=4, metadata=_said("how many requests a worker has under way at most (default 4)", "N", type=int)
    )
    per_minute: float | None = field(
        default=None, metadata=_said("how many requests a worker begins in a minute at most", "N", type=float)
    )
    timeout: float = field(
        default=120.0, metadata=_said("wait no longer for an answer (default 120)", "SECONDS", type=float)
    )
    max_answer: int = field(
        default=4_000, metadata=_said("how long an answer may be (default 4000)", "TOKENS", type=int)
    )
    max_chars: int = field(
        default=60_000, metadata=_said("the rules read what is longer (default 60000)", "N", type=int)
    )
    format: str = field(
        default=JSON_SCHEMA,
        metadata=_said("how the answer's form is asked for, if the server takes no schema", choices=FORMATS),
    )
    parameters: str = field(
        default="{}",
        metadata=_said(
            'members that every request has, as JSON, say {"temperature": null, "seed": 1}; null leaves one out', "JSON"
        ),
    )

    def __post_init__(self) -> None:
        if not self.base_url.startswith(("http://", "https://")):
            raise ValueError(f"--llm-base-url must begin with http:// or https://, not {self.base_url!r}")
        for name in ("budget", "concurrency", "per_minute", "timeout", "max_answer", "max_chars"):
            value = getattr(self, name)
            if value is not None and value <= 0:
                raise ValueError(f"--llm-{name.replace('_', '-')} must be more than 0, not {value}")
        if not self.model:
            raise ValueError("--extractor llm needs --llm-model NAME, the name under which the server knows the model")
        if not isinstance(self.members, dict):
            raise ValueError(f"--llm-parameters must be a JSON object, not {self.parameters!r}")

    @property
    def members(self) -> dict[str, Any]:
        """The members that the user gives every request."""
        try:
            members: dict[str, Any] = json.loads(self.parameters)
        except ValueError:
            raise ValueError(f"--llm-parameters must be a JSON object, not {self.parameters!r}") from None
        return members

    @property
    def url(self) -> str:
        """Where requests go."""
        return f"{self.base_url.rstrip('/')}/chat/completions"
