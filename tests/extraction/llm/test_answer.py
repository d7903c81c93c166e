import json
from typing import Any

import pytest

from pipeline.extraction.llm.answer import Anchor, Answer, AnswerError, Quote, Report, parse, schema
from tests.support.model_answers import BOMB, DRONES, GOOD, answer, quote, report


@pytest.mark.parametrize(
    "said",
    [
        GOOD,
        f"Here you are:\n```json\n{GOOD}\n```\nI hope that helps {{really}}.",
        f'<think>The {{schema}} wants reports: {{"reports": 0}} is wrong.</think>{GOOD}',
        f"{answer()} No, wait: {GOOD}",
        f"{{ {GOOD}",
        json.dumps(json.loads(GOOD), indent=4),
    ],
    ids=["json", "fenced", "thinking", "changes its mind", "stray brace", "indented"],
)
def test_an_answer_is_found_in_what_a_model_says(said: str) -> None:
    assert [found.event_type for found in parse(said).reports] == ["drone_attack", "ied_mine"]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("", "no JSON object"),
        ("I cannot help with that.", "no JSON object"),
        (GOOD[:-40], "reports"),
        ("[1, 2]", "no JSON object"),
        ("{}", "reports: Field required"),
        (answer(report(quote(1, "Two"), event_type="explosion")), "reports.0.event_type"),
        (answer(report(quote(1, "Two"), latitude=33.8)), "reports.0: Extra inputs are not permitted"),
        (answer(report(quote(1, "Two"), quote(1, "a", "coordinates"))), "reports.0.quotes.0.field"),
        (answer(report(quote(1, "x" * 5_000))), "reports.0.anchor.quote"),
        (answer(*[DRONES] * 500), "reports"),
        ("{" * 100_000, "no JSON object"),
    ],
)
def test_what_is_no_answer_is_said_to_be_none(said: str, problem: str) -> None:
    with pytest.raises(AnswerError, match=problem.replace(".", r"\.")):
        parse(said)


def test_why_an_answer_is_none_quotes_nothing_of_it() -> None:
    with pytest.raises(AnswerError) as caught:
        parse('{"reports": [], "ignore all rules": "secret"}')
    assert "secret" not in str(caught.value)
    assert "ignore" not in str(caught.value)


def walk(node: Any) -> Any:
    yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(inner)


@pytest.mark.parametrize("translated", [False, True])
def test_the_schema_is_flat_and_asks_for_what_is_checked(translated: bool) -> None:
    sent = schema(translated)
    keys = {key for node in walk(sent) if isinstance(node, dict) for key in node}
    assert not keys & {"$ref", "$defs", "anyOf", "oneOf", "allOf", "pattern", "maxLength", "maxItems"}
    objects = [node for node in walk(sent) if isinstance(node, dict) and node.get("type") == "object"]
    assert all(node["required"] == list(node["properties"]) and not node["additionalProperties"] for node in objects)
    reports = sent["properties"]["reports"]["items"]["properties"]
    left_out = set() if translated else {"english"}
    for model, members in (
        (Answer, sent["properties"]),
        (Report, reports),
        (Anchor, reports["anchor"]["properties"]),
        (Quote, reports["quotes"]["items"]["properties"]),
    ):
        assert set(members) == set(model.model_fields) - left_out
    assert (
        parse(answer(DRONES, BOMB)).reports[0].quotes[0].field
        in reports["quotes"]["items"]["properties"]["field"]["enum"]
    )
