"""That a feed is parsed within its time, whatever it is made of."""

import time
from collections.abc import Iterator

import pytest

from pipeline.errors import FeedError
from pipeline.sources.feeds.parsing import Parsers
from tests.support.web import item, rss

ATTRIBUTES = b" ".join(b'a%d="1"' % number for number in range(200_000))
ENDLESS = b'<rss version="2.0"><channel><item ' + ATTRIBUTES + b"><title>x</title></item></channel></rss>"


@pytest.fixture(scope="module")
def parsers() -> Iterator[Parsers]:
    parsers = Parsers(at_once=2)
    yield parsers
    parsers.end()


def test_a_feed_is_read_as_without_a_process_of_its_own(parsers: Parsers) -> None:
    content = parsers.read(rss(item(1), item(2)).encode(), "application/rss+xml", None, 60)
    assert [entry.title for entry in content.entries] == ["Story 1", "Story 2"]


def test_what_is_no_feed_is_told(parsers: Parsers) -> None:
    with pytest.raises(FeedError, match="empty"):
        parsers.read(b" ", None, None, 60)


def test_a_feed_that_takes_for_ever_ends_at_the_deadline_and_the_next_is_read(parsers: Parsers) -> None:
    begun = time.monotonic()
    with pytest.raises(FeedError, match="takes longer than 1 s to parse"):
        parsers.read(ENDLESS, None, None, 1)
    assert time.monotonic() - begun < 1 + 30  # a process may have to be started first, on a machine that is busy
    assert parsers.read(rss(item()).encode(), None, None, 60).title == "Local News"


def test_what_is_at_work_can_be_ended() -> None:
    parsers = Parsers()
    parsers.read(rss(item()).encode(), None, None, 60)
    parsers.end()
    assert parsers.read(rss(item()).encode(), None, None, 60).entries
    parsers.end()
