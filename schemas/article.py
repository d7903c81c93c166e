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

    `article_id` is derived from the content, so that the same document read again is the same article, also when only
    what no reader takes in has changed (`pipeline.records.identity`). `name` is what
    the document is called where it comes from: its URL, its id, or its file's name without the folder (null for an
    anonymous line of an archive); the same `source` and `name` with another text is a revision. `text` is the text that
    evidence offsets count in (Unicode code points). `published_at` is what relative dates in the text are read against;
    null when neither the source nor the text gives one. `published_offset_minutes` is how far the publisher's clock was
    ahead of UTC then, null when the source does not say (UTC is taken): days that the text names are that clock's.
    `blocks` are the paragraphs, headings, list items and so on that the text is made of, in order and not overlapping;
    none where the source does not say. `fetched_at` is when this copy was obtained (for a file: its
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
    published_offset_minutes: int | None = Field(default=None, ge=-OFFSET_MINUTES, le=OFFSET_MINUTES)
    fetched_at: UtcDatetime | None = None
    language: str | None = None
    duplicate_of: str | None = None
    superseded_by: str | None = None
    blocks: tuple[Block, ...] = ()

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
