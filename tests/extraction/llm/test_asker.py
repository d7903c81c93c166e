"""The ladder: what becomes of an article, whatever the server does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from pipeline.extraction.llm.preparation import preparation_of
from schemas import Reject
from tests.extraction.llm.conftest import Reader
from tests.support.model_answers import BOMB, DRONES, GOOD, TEXT, answer, options, quote
from tests.support.model_server import Said, Says, always, answering, in_turn
from tests.support.records import article

CLOCK = date(2023, 11, 8)
ONE = article(TEXT, "one.txt", CLOCK)


def settle(reader: Reader, says: Says, **more: Any) -> tuple[int, dict[str, int], Reject | None, list[str]]:
    """Ask about ONE; return how many requests came, what was counted, what was rejected, and who read what."""
    with answering(says) as server:
        chosen = options(server.url, **more)
        asked = reader.ask(ONE, chosen)
        read = [f"{one.extractor} {one.event_type}" for one in reader.read(ONE, chosen) if hasattr(one, "extractor")]
        return len(server.calls), {k: v for k, v in asked.counts.items() if v}, asked.reject, read


BY_MODEL = ["llm drone_attack", "llm ied_mine"]
BY_RULES = ["rules drone_attack", "rules ied_mine"]
USED = {"llm_requests": 1, "llm_prompt_tokens": 1_000, "llm_completion_tokens": 200}
TWICE = {name: 2 * count for name, count in USED.items()}


@pytest.mark.parametrize("said", [GOOD, f"Sure! Here it is:\n```json\n{GOOD}\n```"], ids=["good", "prose"])
def test_a_good_answer_is_read(reader: Reader, said: str) -> None:
    assert settle(reader, always(Said(said))) == (1, USED | {"llm_articles": 1}, None, BY_MODEL)


@pytest.mark.parametrize(
    "bad",
    [
        Said(GOOD[:-40], finish_reason="length"),
        Said("I would rather not."),
        Said(answer(DRONES | {"event_type": "explosion"})),
        Said(answer(DRONES | {"country": "IRQ"})),
        Said(""),
    ],
    ids=["cut off", "prose", "wrong value", "a field of its own", "nothing"],
)
def test_what_cannot_be_used_is_asked_for_once_more(reader: Reader, bad: Said) -> None:
    assert settle(reader, in_turn(bad, Said(GOOD))) == (2, TWICE | {"llm_articles": 1}, None, BY_MODEL)


def test_the_second_request_says_what_was_wrong_and_has_the_article_in_the_users_turn(reader: Reader) -> None:
    with answering(in_turn(Said(GOOD[:-40], finish_reason="length"), Said(GOOD))) as server:
        reader.ask(ONE, options(server.url))
    first, second = server.calls
    assert [turn["role"] for turn in second.body["messages"]] == ["system", "user"]
    assert second.body["messages"][0] == first.body["messages"][0]
    assert second.user.startswith(first.user)
    assert "it was cut off before its end" in second.user


def test_an_answer_that_cannot_be_used_twice_is_left_to_the_rules_and_rejected(reader: Reader) -> None:
    requests, counted, reject, read = settle(reader, always(Said("No.")))
    assert (requests, counted, read) == (2, TWICE | {"llm_fallbacks": 1}, BY_RULES)
    assert reject is not None
    assert (reject.stage, reject.ref) == ("extraction", "one.txt")
    assert reject.reason == (
        "test-model did not read it (its answer cannot be used: it has no JSON object): the rules read it instead"
    )
    again = settle(reader, always(Said(GOOD)))
    assert again == (0, {"llm_fallbacks": 1}, reject, BY_RULES)


@pytest.mark.parametrize(
    ("says", "requests", "reason"),
    [
        (always(Said(status=400, body="context length exceeded")), 1, "400: context length exceeded"),
        (always(Said(status=429, headers={"Retry-After": "9999"})), 1, "429"),
        (in_turn(*[Said(status=500, headers={"Retry-After": "0"})]), 5, "500"),
        (always(Said(wait_seconds=9)), 2, "no whole answer within 0.3 seconds"),
        (always(Said(GOOD, drip_seconds=0.05)), 2, "no whole answer within 0.3 seconds"),
        (always(Said(body="<html>")), 1, "no chat completion"),
    ],
    ids=["400", "429", "500", "silent", "dripping", "a web page"],
)
def test_where_there_is_no_answer_the_rules_read_and_it_is_said(
    reader: Reader, says: Says, requests: int, reason: str
) -> None:
    made, counted, reject, read = settle(reader, says, timeout=0.3)
    assert (made, counted, read) == (requests, {"llm_fallbacks": 1}, BY_RULES)
    assert reject is not None
    assert reason in reject.reason


def test_after_a_pause_that_was_asked_for_the_answer_is_read(reader: Reader) -> None:
    says = in_turn(
        Said(status=429, headers={"Retry-After": "0"}), Said(status=503, headers={"Retry-After": "0"}), Said(GOOD)
    )
    assert settle(reader, says)[0::3] == (3, BY_MODEL)


def test_no_invented_words_are_stored(reader: Reader) -> None:
    lies = [
        quote(3, "17 soldiers died", "killed"),
        quote(3, "in Berlin", "where"),
        quote(1, "near Mosul", "where"),
        quote(2, "on 1 January 1999", "when"),
        quote(2, "Martians", "by"),
    ]
    bomb = BOMB | {"quotes": lies}
    elsewhere = DRONES | {"anchor": quote(2, "Two drones were launched")}
    made = DRONES | {"anchor": quote(1, "A submarine sank")}
    _, counted, reject, read = settle(reader, always(Said(answer(bomb, elsewhere, made))))
    assert counted == USED | {"llm_articles": 1, "llm_quotes_dropped": 5, "llm_reports_dropped": 2}
    assert (reject, read) == (None, ["llm ied_mine"])


def test_nothing_is_asked_twice(reader: Reader) -> None:
    assert settle(reader, always(Said(GOOD)))[0] == 1
    assert settle(reader, always(Said(status=500))) == (0, {"llm_articles": 1}, None, BY_MODEL)


def test_of_those_who_want_the_same_answer_one_asks(reader: Reader) -> None:
    with answering(always(Said(GOOD, wait_seconds=0.2))) as server:
        asker = preparation_of(options(server.url), reader.answers).asker()
        with ThreadPoolExecutor(8) as pool:
            asked = list(pool.map(asker.ask, [ONE] * 8))
    assert len(server.calls) == 1
    assert sum(one.counts.get("llm_requests", 0) for one in asked) == 1


@pytest.mark.parametrize("changed", [{"max_answer": 99}, {"parameters": '{"seed": 1}'}, {"format": "none"}])
def test_another_question_is_another_answer(reader: Reader, changed: dict[str, Any]) -> None:
    with answering(always(Said(GOOD))) as server:
        reader.ask(ONE, options(server.url))
        reader.ask(ONE, options(server.url, **changed))
    assert len(server.calls) == 2


def test_offline_nothing_is_asked(reader: Reader) -> None:
    requests, counted, reject, read = settle(reader, always(Said(GOOD)), offline=True)
    assert (requests, counted, read) == (0, {"llm_fallbacks": 1}, BY_RULES)
    assert reject is not None
    assert "no answer is kept" in reject.reason
    settle(reader, always(Said(GOOD)))
    assert settle(reader, always(Said(GOOD)), offline=True) == (0, {"llm_articles": 1}, None, BY_MODEL)


def test_a_budget_is_never_gone_beyond_and_that_is_counted(reader: Reader) -> None:
    articles = [article(f"{TEXT} No. {n}.", f"{n}.txt", CLOCK) for n in range(6)]
    with answering(always(Said(GOOD))) as server:
        asker = preparation_of(options(server.url, budget=5_000, max_answer=1_000), reader.answers).asker()
        asked = [asker.ask(one) for one in articles]
    spent = sum(one.counts.get("llm_prompt_tokens", 0) + one.counts.get("llm_completion_tokens", 0) for one in asked)
    over = [one for one in asked if one.counts.get("llm_over_budget")]
    assert len(server.calls) == 3
    assert spent == 3_600
    assert len(over) == 3
    assert all(one.reject is None and one.counts["llm_fallbacks"] == 1 for one in over)


def test_a_budget_is_that_of_one_run(reader: Reader) -> None:
    with answering(always(Said(GOOD))) as server:
        chosen = options(server.url, budget=3_000, max_answer=1_000)
        for number in range(3):
            one = article(f"{TEXT} No. {number}.", "a.txt", CLOCK)
            assert not preparation_of(chosen, reader.answers).asker().ask(one).counts.get("llm_over_budget")


def test_a_refusal_is_the_last_word_for_all(reader: Reader) -> None:
    with answering(always(Said(status=401, body="no such key"))) as server:
        asker = preparation_of(options(server.url), reader.answers).asker()
        asked = [asker.ask(article(f"{TEXT} {n}", f"{n}.txt", CLOCK)) for n in range(3)]
    assert len(server.calls) == 1
    assert all(one.counts["llm_refused_401"] == 1 for one in asked)


def test_a_server_that_is_gone_is_left_alone(reader: Reader) -> None:
    with answering(always(Said(status=422))) as server:
        asker = preparation_of(options(server.url), reader.answers).asker()
        asked = [asker.ask(article(f"{TEXT} {n}", f"{n}.txt", CLOCK)) for n in range(9)]
    assert len(server.calls) == 5
    assert all(one.counts["llm_fallbacks"] == 1 for one in asked)
    assert asked[-1].reject is not None
    assert "left alone" in asked[-1].reject.reason


def test_what_is_too_long_is_left_to_the_rules(reader: Reader) -> None:
    requests, _, reject, read = settle(reader, always(Said(GOOD)), max_chars=100)
    assert (requests, read) == (0, BY_RULES)
    assert reject is not None
    assert "--llm-max-chars 100" in reject.reason
