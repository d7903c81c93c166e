"""The state of a polled RSS or Atom feed."""

from schemas.base import Count, NonEmpty, Record, UtcDatetime
from schemas.enums import EntryIdentity


class FeedEntry(Record):
    """An entry as the feed last showed it: what its article is called, and what tells whether it has changed.

    `digest` is a hash of what the entry says; `published_at` is the date that it gives.
    """

    name: NonEmpty
    link: str | None = None
    published_at: UtcDatetime | None = None
    digest: NonEmpty


class Feed(Record):
    """A feed, what its server said last, and when it is to be asked again. All times are UTC.

    `feed_url` is the feed as listed: a URL, or the absolute path of a file. `name` is its name as listed, null
    if it was given none; `title` is the first that it gave itself, and stays, since the one or else the other is the
    `source` of its articles. `moved_to` is where a permanent redirect leads.
    `etag` and `last_modified` are kept verbatim, to be sent back; they are those of the last answer that was read
    whole. `body_digest` is a hash of that answer's body. `identity` is what tells the feed's entries apart; it
    never becomes surer again.

    `last_status` is the last HTTP status, null where there was no answer. `last_error` says
    what was wrong with the last answer, null if nothing was; `failures` counts the polls in a row that gave nothing.
    `ttl_seconds` is for how long the feed itself asks not to be asked again; `next_poll_at` is when it is due.
    `entries` are those of its last answer.
    """

    feed_url: NonEmpty
    name: str | None = None
    title: str | None = None
    moved_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None
    identity: EntryIdentity = EntryIdentity.GUID
    last_fetched_at: UtcDatetime | None = None
    last_status: int | None = None
    last_error: str | None = None
    failures: Count = 0
    ttl_seconds: Count = 0
    next_poll_at: UtcDatetime | None = None
    entries: tuple[FeedEntry, ...] = ()
