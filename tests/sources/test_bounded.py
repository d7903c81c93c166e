"""That what strangers wrote is read within its time, whatever it is made of."""

import time
from collections.abc import Iterator

import pytest

from pipeline.errors import FeedError, OverdueError, ReaderEndedError
from pipeline.sources.bounded import Bounded
from pipeline.sources.feeds.parse import FeedContent, read_feed
from tests.support.web import item, rss

ATTRIBUTES = b" ".join(b'a%d="1"' % number for number in range(200_000))
ENDLESS = b'<rss version="2.0"><channel><item ' + ATTRIBUTES + b"><title>x</title></item></channel></rss>"


@pytest.fixture(scope="module")
def parsers() -> Iterator[Bounded[FeedContent]]:
    parsers = Bounded(read_feed, at_once=2)
    yield parsers
    parsers.end()


def test_a_feed_is_read_as_without_a_process_of_its_own(parsers: Bounded[FeedContent]) -> None:
    content = parsers.ask(60, rss(item(1), item(2)).encode(), "application/rss+xml", None)
    assert [entry.title for entry in content.entries] == ["Story 1", "Story 2"]


def test_what_the_function_raises_is_raised(parsers: Bounded[FeedContent]) -> None:
    with pytest.raises(FeedError, match="empty"):
        parsers.ask(60, b" ", None, None)


def test_what_takes_for_ever_ends_at_the_deadline_and_the_next_is_read(parsers: Bounded[FeedContent]) -> None:
    begun = time.monotonic()
    with pytest.raises(OverdueError, match="takes longer than 1 s to read"):
        parsers.ask(1, ENDLESS, None, None)
    assert time.monotonic() - begun < 1 + 30  # a process may have to be started first, on a machine that is busy
    assert parsers.ask(60, rss(item()).encode(), None, None).title == "Local News"


def exits(status: int) -> str:
    raise SystemExit(status)


def starves() -> str:
    raise MemoryError


def test_a_process_that_ends_is_told_and_another_takes_its_place() -> None:
    for function, given in ((exits, (3,)), (starves, ())):
        bounded = Bounded(function)
        for _ in range(2):
            with pytest.raises(ReaderEndedError, match="memory"):
                bounded.ask(60, *given)
        bounded.end()


def test_what_is_at_work_can_be_ended() -> None:
    parsers = Bounded(read_feed)
    parsers.ask(60, rss(item()).encode(), None, None)
    parsers.end()
    assert parsers.ask(60, rss(item()).encode(), None, None).entries
    parsers.end()
