"""How records go on when texts are edited and articles are read again (internal tables)."""

from schemas.base import NonEmpty, Record


class Continuation(Record):
    """That a mention, which its document no longer has as it was read, is continued by another one of it."""

    mention_id: NonEmpty
    continued_by: NonEmpty


class ReadWith(Record):
    """What an article was last read with: which extractor, and which lists of the user's (digests; null for none)."""

    article_id: NonEmpty
    extractor: NonEmpty
    extractor_version: NonEmpty
    places: str | None = None
    actors: str | None = None


class ListEntry(Record):
    """A row of a list of the user's, by the digest of the list. `names` are the words that it may be found by."""

    digest: NonEmpty
    number: int
    names: tuple[str, ...]
    row: str
