"""The state of a polled RSS or Atom feed."""

from schemas.base import NonEmpty, Record, UtcDatetime


class Feed(Record):
    """A feed and what its server said last. `etag` and `last_modified` are kept verbatim, to be sent back."""

    feed_url: NonEmpty
    name: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    last_fetched_at: UtcDatetime | None = None
    last_status: int | None = None
    last_error: str | None = None
