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
    """A polled RSS or Atom feed, what its server said last, and when it is to be asked again."""

    feed_url: NonEmpty
    """The feed as listed: a URL, or the absolute path of a file."""
    name: str | None = None
    """Its name as listed; null if it was given none."""
    title: str | None = None
    """The first title that it gave itself."""
    moved_to: str | None = None
    """Where a permanent redirect leads."""
    etag: str | None = None
    """The ETag of the last answer that was read whole, word for word."""
    last_modified: str | None = None
    """Its Last-Modified, word for word."""
    body_digest: str | None = None
    """A hash of that answer's body."""
    identity: EntryIdentity = EntryIdentity.GUID
    """What tells the feed's entries apart."""
    last_fetched_at: UtcDatetime | None = None
    """When it was last asked, UTC."""
    last_status: int | None = None
    """The last HTTP status; null where there was no answer."""
    last_error: str | None = None
    """What was wrong with the last answer; null if nothing was."""
    failures: Count = 0
    """How many polls in a row gave nothing."""
    ttl_seconds: Count = 0
    """For how long the feed itself asks not to be asked again, in seconds."""
    next_poll_at: UtcDatetime | None = None
    """When it is due, UTC."""
    entries: tuple[FeedEntry, ...] = ()
    """The entries of its last answer, by which changes are noticed."""
