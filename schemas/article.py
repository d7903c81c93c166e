"""An article as it came in."""

from datetime import date, timedelta

from pydantic import Field, model_validator
from typing_extensions import Self

from schemas.base import NonEmpty, Record, UtcDatetime
from schemas.enums import BlockKind, PublishedBasis

OFFSET_MINUTES = 14 * 60
"""The most that a zone is ahead of UTC, or behind it, in minutes."""


class Block(Record):
    """A block of an article's text, from `start` to `end` in code points, as its source has it.

    The cells of a table's row are parted by ` | `.
    """

    kind: BlockKind
    start: int = Field(ge=0)
    end: int = Field(ge=1)


class Article(Record):
    """One text by one publisher.

    The same document read again is the same article, also when only what no reader takes in has changed
    (`pipeline.records.identity`).
    """

    article_id: NonEmpty
    """Derived from the content: the same text of the same document has the same id for ever."""
    ref: NonEmpty
    """The id, URL or path that the source gave."""
    name: NonEmpty | None = None
    """What the document is called where it comes from; the same source and name with another text is a revision."""
    url: str | None = None
    """Its address."""
    title: str | None = None
    """Its headline."""
    text: NonEmpty
    """The text that evidence counts in, in Unicode code points."""
    source: NonEmpty
    """The publisher, feed or folder."""
    published_at: UtcDatetime | None = None
    """When it was published, UTC: relative dates are read against it; null when nothing says so."""
    published_basis: PublishedBasis = PublishedBasis.NONE
    """Where the time of publication comes from."""
    published_offset_minutes: int | None = Field(default=None, ge=-OFFSET_MINUTES, le=OFFSET_MINUTES)
    """How far the publisher's clock was ahead of UTC then; null when the source does not say."""
    fetched_at: UtcDatetime | None = None
    """When this copy was obtained, UTC; of a file, when it was changed last."""
    language: str | None = None
    """ISO 639-1."""
    duplicate_of: str | None = None
    """The article that this one is a syndicated copy of."""
    superseded_by: str | None = None
    """The next revision of the same document."""
    blocks: tuple[Block, ...] = ()
    """The paragraphs, headings, list items and so on that the text is made of; empty where the source does not say."""

    @property
    def published_on(self) -> date | None:
        """The day of publication where it was published; null when `published_at` is."""
        if self.published_at is None:
            return None
        return (self.published_at + timedelta(minutes=self.published_offset_minutes or 0)).date()

    @model_validator(mode="after")
    def _publication_date_has_a_basis(self) -> Self:
        if (self.published_at is None) != (self.published_basis is PublishedBasis.NONE):
            raise ValueError("published_at and published_basis go together: both known, or null and none")
        return self
