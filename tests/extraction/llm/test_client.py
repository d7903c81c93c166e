from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from pipeline.extraction.llm.client import ModelClient, NoAnswerError, RefusedError, key_in
from pipeline.extraction.llm.pace import Pace
from pipeline.extraction.llm.store import Kept
from tests.support.model_server import ModelServer, Said, Says, always, answering, in_turn

KEY = "sk-never-shown"
REQUEST: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "x" * 400}]}
HI = Said("hi")


class Clock:
    """A clock that only sleeping moves on."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@contextmanager
def asking(says: Says, timeout: float = 5.0, key: str | None = KEY) -> Iterator[tuple[ModelServer, Clock, ModelClient]]:
    clock = Clock()
    with answering(says) as server:
        pace = Pace(None, lambda: clock.now, clock.sleep)
        yield server, clock, ModelClient(f"{server.url}/chat/completions", key, timeout, pace)


def test_a_completion_comes_with_what_it_took() -> None:
    with asking(always(HI)) as (server, clock, client):
        assert client.complete(REQUEST) == Kept("hi", "stop", 1_000, 200)
    (call,) = server.calls
    assert (call.path, call.headers["Authorization"], call.body) == ("/v1/chat/completions", f"Bearer {KEY}", REQUEST)
    assert clock.slept == []


def test_without_a_key_none_is_sent() -> None:
    with asking(always(HI), key=None) as (server, _, client):
        client.complete(REQUEST)
    assert "Authorization" not in server.calls[0].headers


def test_what_a_server_does_not_count_is_estimated() -> None:
    with asking(always(Said("twelve chars", usage=None))) as (_, _, client):
        assert client.complete(REQUEST)[2:] == (100, 3)


@pytest.mark.parametrize(
    ("headers", "slept"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "0.5"}, 0.5),
        ({"Retry-After": "Wed, 08 Nov 2023 10:00:30 GMT", "Date": "Wed, 08 Nov 2023 10:00:00 GMT"}, 30.0),
        ({"Retry-After": "soon"}, 1.0),
        ({}, 1.0),
    ],
)
def test_a_server_that_is_busy_is_left_alone_as_long_as_it_says(headers: dict[str, str], slept: float) -> None:
    with asking(in_turn(Said(status=429, headers=headers), HI)) as (server, clock, client):
        assert client.complete(REQUEST).content == "hi"
    assert clock.slept == [slept]
    assert len(server.calls) == 2


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again_and_not_for_ever(status: int) -> None:
    with (
        asking(always(Said(status=status))) as (server, clock, client),
        pytest.raises(NoAnswerError, match=str(status)),
    ):
        client.complete(REQUEST)
    assert clock.slept == [1.0, 2.0, 4.0, 8.0]
    assert len(server.calls) == 5


def test_who_wants_to_be_left_alone_for_long_is() -> None:
    said = Said(status=429, headers={"Retry-After": "3600"})
    with asking(always(said)) as (server, clock, client), pytest.raises(NoAnswerError, match="429"):
        client.complete(REQUEST)
    assert (len(server.calls), clock.slept) == (1, [])


@pytest.mark.parametrize("status", [400, 402, 413, 422, 302])
def test_what_is_wrong_with_the_request_is_not_tried_again(status: int) -> None:
    said = Said(status=status, body="too long for this model", headers={"Location": "/elsewhere"})
    with asking(always(said)) as (server, _, client), pytest.raises(NoAnswerError, match="too long for this model"):
        client.complete(REQUEST)
    assert len(server.calls) == 1


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_is_told_apart_and_never_repeats_the_key(status: int) -> None:
    said = Said(status=status, body=f'{{"error": "wrong key: Bearer {KEY}"}}')
    with asking(always(said)) as (server, _, client), pytest.raises(RefusedError) as caught:
        client.complete(REQUEST)
    assert caught.value.status == status
    assert KEY not in str(caught.value)
    assert "wrong key" in str(caught.value)
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    "body", ["<html>Welcome", "[]", '{"choices": []}', '{"choices": [{"text": "old"}]}', "null", ""]
)
def test_what_is_no_chat_completion_is_no_answer(body: str) -> None:
    with (
        asking(always(Said(body=body))) as (server, _, client),
        pytest.raises(NoAnswerError, match="no chat completion"),
    ):
        client.complete(REQUEST)
    assert len(server.calls) == 1


def test_a_model_that_says_nothing_has_said_so() -> None:
    body = '{"choices": [{"finish_reason": "content_filter", "message": {"content": null, "refusal": "no"}}]}'
    with asking(always(Said(body=body))) as (_, _, client):
        assert client.complete(REQUEST)[:2] == ("", "content_filter")


@pytest.mark.parametrize(
    "said", [Said("hi", wait_seconds=5), Said("hi", drip_seconds=0.02)], ids=["silent", "dripping"]
)
def test_who_takes_too_long_is_hung_up_on_and_tried_once_more(said: Said) -> None:
    with asking(always(said), timeout=0.3) as (server, _, client), pytest.raises(NoAnswerError, match=r"within 0\.3"):
        client.complete(REQUEST)
    assert len(server.calls) == 2


def test_an_answer_that_breaks_off_is_asked_for_again() -> None:
    with asking(in_turn(Said("hi", headers={"Content-Length": "9999"}), HI)) as (server, _, client):
        assert client.complete(REQUEST).content == "hi"
    assert len(server.calls) == 2


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/v1", "http://[::1", "ftp://there/", "http://"])
def test_where_nobody_is_there_is_no_answer(url: str) -> None:
    clock = Clock()
    with pytest.raises(NoAnswerError, match=r"no answer|no web address"):
        ModelClient(url, KEY, 1.0, Pace(None, lambda: clock.now, clock.sleep)).complete(REQUEST)


@pytest.mark.parametrize(
    ("environment", "key"),
    [
        ({}, None),
        ({"OPENAI_API_KEY": "a"}, "a"),
        ({"OPENAI_API_KEY": "a", "INCIDENT_STREAM_LLM_KEY": "b"}, "b"),
        ({"OPENAI_API_KEY": "a", "INCIDENT_STREAM_LLM_KEY": ""}, "a"),
    ],
)
def test_the_key_is_in_the_environment(environment: dict[str, str], key: str | None) -> None:
    assert key_in(environment) == key


def test_requests_begin_no_faster_than_they_may() -> None:
    clock = Clock()
    pace = Pace(120, lambda: clock.now, clock.sleep)
    begun: list[float] = []
    for _ in range(4):
        pace.wait()
        begun.append(clock.now)
    assert begun == [0.0, 0.5, 1.0, 1.5]
    pace.rest(10.0)
    pace.wait()
    assert clock.now == 11.5
