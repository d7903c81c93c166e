"""What a run stages of documents that it read anew."""

from schemas.base import NonEmpty, Record, UtcDatetime


class Reread(Record):
    """That an article which the database holds was read again, from its stored text."""

    article_id: NonEmpty


class Retracted(Record):
    """That a mention no longer counts: its document no longer says so, or is no longer read so."""

    mention_id: NonEmpty


class FirstSaid(Record):
    """When a mention was first published, where that is not the date of the article that it now stands in."""

    mention_id: NonEmpty
    published_at: UtcDatetime | None = None
