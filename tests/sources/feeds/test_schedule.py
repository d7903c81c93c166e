from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.feeds.schedule import (
    GONE_WAIT,
    LONGEST_WAIT,
    after_answer,
    after_failure,
    after_farewell,
    is_due,
)
from schemas import Feed

NOW = datetime(2023, 11, 10, 12, tzinfo=timezone.utc)
URL = "https://news.example/feed"
headers = st.dictionaries(
    st.sampled_from(["cache-control", "expires", "retry-after", "date"]),
    st.text() | st.integers().map(str) | st.integers().map(lambda age: f"max-age={age}") | st.datetimes().map(str),
)


def seconds(moment: datetime) -> float:
    return (moment - NOW).total_seconds()


@pytest.mark.parametrize(
    ("header", "ttl", "expected"),
    [
        ({}, 0, 0),
        ({}, 3600, 3540),
        ({}, 60, 54),
        ({"cache-control": "max-age=1800"}, 0, 1740),
        ({"cache-control": "public,MAX-AGE=1800, must-revalidate"}, 3600, 3540),
        ({"cache-control": "s-maxage=1800"}, 0, 0),
        ({"cache-control": "no-cache, max-age=1800"}, 0, 0),
        ({"expires": "Fri, 10 Nov 2023 13:00:00 GMT"}, 0, 3540),
        ({"expires": "Fri, 10 Nov 2023 13:00:00 GMT", "date": "Fri, 10 Nov 2023 12:30:00 GMT"}, 0, 1740),
        ({"expires": "0"}, 0, 0),
        ({"expires": "-1"}, 0, 0),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0, 0),
        ({"expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, 0, LONGEST_WAIT.total_seconds() - 60),
        ({}, 10**9, LONGEST_WAIT.total_seconds() - 60),
    ],
)
def test_after_an_answer(header: dict[str, str], ttl: int, expected: float) -> None:
    assert seconds(after_answer(header, ttl, NOW)) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", 120),
        (" 7200 ", 7200),
        ("Fri, 10 Nov 2023 12:10:00 GMT", 600),
        ("99999999999999999999", LONGEST_WAIT.total_seconds()),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT.total_seconds()),
    ],
)
def test_retry_after_is_kept_to(header: str, expected: float) -> None:
    assert seconds(after_failure(URL, 1, {"retry-after": header}, NOW)) == expected


@pytest.mark.parametrize("header", ["", "0", "-5", "soon", "Fri, 10 Nov 2023 11:00:00 GMT", "٣"])
def test_a_retry_after_that_says_nothing_is_no_reason_to_hurry(header: str) -> None:
    assert after_failure(URL, 1, {"retry-after": header}, NOW) == after_failure(URL, 1, {}, NOW)


def test_failures_put_off_ever_longer_but_not_for_ever() -> None:
    waits = [seconds(after_failure(URL, failures, {}, NOW)) for failures in range(1, 40)]
    assert 480 <= waits[0] <= 720
    assert all(later >= earlier for earlier, later in pairwise(waits[:8]))
    assert max(waits) <= LONGEST_WAIT.total_seconds()
    assert min(waits[10:]) >= 0.8 * LONGEST_WAIT.total_seconds()


def test_feeds_that_fail_together_come_back_apart_and_always_at_the_same_time() -> None:
    waits = [seconds(after_failure(f"{URL}/{number}", 1, {}, NOW)) for number in range(100)]
    assert len(set(waits)) == 100
    assert waits == [seconds(after_failure(f"{URL}/{number}", 1, {}, NOW)) for number in range(100)]


def test_what_is_gone_is_asked_for_now_and_then() -> None:
    assert 0.8 * GONE_WAIT <= after_farewell(URL, 1, NOW) - NOW <= 1.2 * GONE_WAIT


@pytest.mark.parametrize(
    ("next_poll_at", "due"),
    [
        (None, True),
        (NOW, True),
        (NOW - timedelta(days=400), True),
        (NOW + timedelta(seconds=1), False),
        (NOW + timedelta(days=8), False),
        (NOW + timedelta(days=400), True),
    ],
)
def test_due(next_poll_at: datetime | None, due: bool) -> None:
    assert is_due(Feed(feed_url=URL, next_poll_at=next_poll_at), NOW) is due


@given(headers, st.integers(0, 10**12), st.integers(1, 10**6))
def test_no_server_can_put_a_feed_off_for_ever(header: dict[str, str], ttl: int, failures: int) -> None:
    assert NOW <= after_answer(header, min(ttl, 10**9), NOW) <= NOW + LONGEST_WAIT
    assert NOW < after_failure(URL, failures, header, NOW) <= NOW + LONGEST_WAIT
