"""What a streaming job needs beyond a run: to remember what feeds said, and to know what it has passed on already."""

import threading
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from pipeline.records.identity import article_id
from pipeline.sources.feeds.ask import asked_host, poll_all
from pipeline.sources.feeds.fetch import Client
from pipeline.sources.feeds.poll import Found
from pipeline.sources.feeds.schedule import is_due
from schemas import Feed, Reject


def key_of(found: Found | Feed | Reject) -> str:
    """Return by what something found is known again: what has the same key says nothing new."""
    if isinstance(found, Reject):
        return found.reject_id
    if isinstance(found, Feed):
        parts = (
            found.moved_to,
            found.etag,
            found.last_modified,
            found.body_digest,
            found.last_error,
        )
        return "\n".join(map(str, (found.feed_url, *parts)))
    document = found.document
    return article_id(document.name, document.title, document.text, document.published_at)


class Standing:
    """What the feeds of a job said last, as far as this process has asked them."""

    _by_job: ClassVar[dict[str, "Standing"]] = {}
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self) -> None:
        self._known: dict[str, Feed] = {}
        self._hosts: dict[str, threading.Lock] = {}

    @classmethod
    def of(cls, job: str) -> "Standing":
        """Return what this process knows of a job. Runners make and drop their workers' objects as they like."""
        with cls._lock:
            return cls._by_job.setdefault(job, cls())

    def poll(
        self, feeds: Sequence[Feed], client: Client, now: datetime, pages_follow: bool
    ) -> Iterator[Found | Feed | Reject]:
        """Yield what those feeds of a host say that are due now, and what is known of them then."""
        for feed in feeds:
            known = self._known.get(feed.feed_url, feed)
            if not is_due(known, now):
                continue
            with self._host(asked_host(known)):
                polls = list(poll_all([known], client, now, pages_follow))
            for polled in polls:
                self._known[feed.feed_url] = polled.feed
                yield polled.feed
                yield from polled.rejects
                yield from (Found(document, now) for document in polled.documents)

    def _host(self, host: str) -> threading.Lock:
        with self._lock:
            return self._hosts.setdefault(host, threading.Lock())
