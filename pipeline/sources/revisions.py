"""Revisions of documents: the same document of the same source, met again with another text.

The newest revision is the one obtained last; the reports of older ones stay in the database, and stop counting
towards incidents.
"""

from collections.abc import Iterable
from itertools import pairwise

from schemas.base import Record, UtcDatetime


class Edition(Record):
    """One text of a document, as far as needed to put a document's texts in order."""

    article_id: str
    document: str
    published_at: UtcDatetime | None = None
    fetched_at: UtcDatetime | None = None
    superseded_by: str | None = None

    @property
    def recency(self) -> tuple[str, str, str]:
        """The order of editions: by when they were obtained, then published, then by id."""
        fetched = self.fetched_at.isoformat() if self.fetched_at else ""
        published = self.published_at.isoformat() if self.published_at else ""
        return fetched, published, self.article_id


class Superseded(Record):
    """That an article has been replaced by a newer revision of its document."""

    article_id: str
    superseded_by: str


def document_key(source: str, name: str) -> str:
    """Return what makes two articles texts of one document."""
    return f"{source}\n{name}"


def superseded_among(editions: Iterable[Edition]) -> list[Superseded]:
    """Return what is newly superseded among all the editions of one document."""
    distinct = {edition.article_id: edition for edition in editions}
    ordered = sorted(distinct.values(), key=lambda edition: edition.recency)
    return [
        Superseded(article_id=older.article_id, superseded_by=newer.article_id)
        for older, newer in pairwise(ordered)
        if older.superseded_by != newer.article_id
    ]
