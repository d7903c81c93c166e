"""An article as it came in."""

from pydantic import model_validator
from typing_extensions import Self

from schemas.base import NonEmpty, Record, UtcDatetime
from schemas.enums import PublishedBasis


class Article(Record):
    """One text by one publisher.

    `article_id` is derived from the content, so that the same document read again is the same article. `name` is what
    the document is called where it comes from: its URL, its id, or its file's name without the folder (null for an
    anonymous line of an archive); the same `source` and `name` with another text is a revision. `text` is the text that
    evidence offsets count in (Unicode code points). `published_at` is what relative dates in the text are read against;
    null when neither the source nor the text gives one. `fetched_at` is when this copy was obtained (for a file: its
    modification time). `language` is ISO 639-1. `duplicate_of` names the article that this one is a syndicated copy of;
    `superseded_by` names the next revision of the same document (same `source` and `name`, other text).
    """

    article_id: NonEmpty
    ref: NonEmpty
    name: NonEmpty | None = None
    url: str | None = None
    title: str | None = None
    text: NonEmpty
    source: NonEmpty
    published_at: UtcDatetime | None = None
    published_basis: PublishedBasis = PublishedBasis.NONE
    fetched_at: UtcDatetime | None = None
    language: str | None = None
    duplicate_of: str | None = None
    superseded_by: str | None = None

    @model_validator(mode="after")
    def _publication_date_has_a_basis(self) -> Self:
        if (self.published_at is None) != (self.published_basis is PublishedBasis.NONE):
            raise ValueError("published_at and published_basis go together: both known, or null and none")
        return self
