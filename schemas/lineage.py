"""How records go on when texts are edited and articles are read again (internal tables)."""

from schemas.base import NonEmpty, Record


class Continuation(Record):
    """That a report is continued by another one of its document (internal)."""

    mention_id: NonEmpty
    """A report that its document no longer has as it was read."""
    continued_by: NonEmpty
    """The report of the same document that continues it."""


class ReadWith(Record):
    """What an article was last read with: which extractor, and which lists of the user's (internal)."""

    article_id: NonEmpty
    """The article."""
    extractor: NonEmpty
    """Who read it last."""
    extractor_version: NonEmpty
    """That extractor's version."""
    places: str | None = None
    """The digest of the user's list of places that it was read with; null without one."""
    actors: str | None = None
    """The digest of the user's list of actors; null without one."""


class ListEntry(Record):
    """A row of a list of the user's (internal)."""

    digest: NonEmpty
    """What stands for the list."""
    number: int
    """The row's number in it."""
    names: tuple[str, ...]
    """The words that the row may be found by."""
    row: str
    """The row itself."""
