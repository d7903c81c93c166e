"""Asking for a feed: over the web, or of a file that the list names by its path."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from pipeline.errors import FeedError, OverdueError, ReaderEndedError, SourceError
from pipeline.sources.bounded import Bounded
from pipeline.sources.feeds.deadline import Deadline
from pipeline.sources.feeds.fetch import Answer, Client, host_of
from pipeline.sources.feeds.parse import FeedContent, read_feed
from pipeline.sources.feeds.poll import Polled, address_of, question_for, take_in
from pipeline.sources.streams import read_whole
from schemas import Feed

LEAST_SECONDS = 4.0
"""How long a feed may be parsed for, however late it came in."""

_PARSERS = Bounded(read_feed)
"""feedparser takes time that grows with the square of a long attribute, a long author, a comment that never ends."""


def poll_all(feeds: Iterable[Feed], client: Client, now: datetime, pages_follow: bool) -> Iterator[Polled]:
    """Yield what the polls of feeds come to, one after the other. `now` (aware) is when they are said to be polled."""
    for feed in feeds:
        deadline = Deadline(client.policy.timeout_seconds)
        yield take_in(feed, _answer(feed, client), now, pages_follow, partial(_parsed, deadline))


def _parsed(deadline: Deadline, body: bytes, content_type: str | None, url: str | None) -> FeedContent:
    """Return what a feed says, within what is left of its time; the last to come in has some all the same."""
    seconds = max(deadline.left, LEAST_SECONDS)
    try:
        return _PARSERS.ask(seconds, body, content_type, url)
    except OverdueError as error:
        raise FeedError(f"{error}: if it is worth it, raise --feed-timeout") from error
    except ReaderEndedError as error:
        raise FeedError(str(error)) from error


def asked_host(feed: Feed) -> str:
    """Return the host that a feed is asked of, with its port; the path of a file for a feed that is one."""
    return host_of(address_of(feed))


def _answer(feed: Feed, client: Client) -> Answer | SourceError:
    try:
        if not _is_file(feed):
            return client.get(address_of(feed), question_for(feed), chosen=feed.feed_url)
        with Path(feed.feed_url).open("rb") as file:
            return Answer(200, {}, read_whole(file, client.policy.max_bytes), "")
    except SourceError as error:
        return error
    except OSError as error:
        return FeedError(f"cannot be read ({error.strerror or error}): check that it exists and that you may read it")


def _is_file(feed: Feed) -> bool:
    """Tell whether a feed is a file. Only its own URL says so, which is as listed: no redirect leads to a file."""
    return Path(feed.feed_url).is_absolute()
