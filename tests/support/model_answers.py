"""Articles of our own, and answers that a language model may give about them."""

import json
from typing import Any

from pipeline.extraction.llm.options import LlmOptions
from tests.support.model_server import Call

TEXT = (
    "Two drones were launched at Ain al-Asad air base in Iraq on Wednesday, and US forces shot both down.\n\n"
    "The Islamic Resistance in Iraq claimed responsibility.\n\n"
    "On Monday a roadside bomb killed three soldiers and wounded seven near Mosul, police said."
)
"""Published on 2023-11-08, a Wednesday. The model is shown its sentences under the numbers 1 to 3."""


def quote(sentence: int, words: str, field: str | None = None, english: str | None = None) -> dict[str, Any]:
    told = {"sentence": sentence, "quote": words}
    return told | ({"field": field} if field else {}) | ({"english": english} if english is not None else {})


def report(anchor: dict[str, Any], *quotes: dict[str, Any], **judged: Any) -> dict[str, Any]:
    told = {"event_type": "attack", "status": "asserted", "outcome": "unknown", "background": False}
    return told | judged | {"anchor": anchor, "quotes": list(quotes)}


DRONES = report(
    quote(1, "Two drones were launched"),
    quote(1, "on Wednesday", "when"),
    quote(1, "Ain al-Asad air base in Iraq", "where"),
    quote(1, "US forces", "against"),
    quote(2, "The Islamic Resistance in Iraq", "claimed_by"),
    quote(1, "shot both down", "brought_down"),
    event_type="drone_attack",
    status="claimed",
    outcome="foiled",
)
BOMB = report(
    quote(3, "a roadside bomb killed three soldiers"),
    quote(3, "On Monday", "when"),
    quote(3, "near Mosul", "where"),
    quote(3, "three soldiers", "killed"),
    quote(3, "seven", "wounded"),
    quote(3, "three soldiers", "against"),
    event_type="ied_mine",
    outcome="hit",
)


def answer(*reports: dict[str, Any]) -> str:
    return json.dumps({"reports": list(reports)})


GOOD = answer(DRONES, BOMB)


def options(url: str, **more: Any) -> LlmOptions:
    return LlmOptions(base_url=url, model="test-model", **{"timeout": 5.0, **more})


def of_its_text(answers: dict[str, str]) -> Any:
    """What a server says that knows its answer by some words of the article; nothing happened in others."""
    from tests.support.model_server import Said

    def says(call: Call, number: int) -> Said:
        return Said(next((said for words, said in answers.items() if words in call.user), answer()))

    return says
