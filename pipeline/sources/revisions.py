"""Revisions of documents: the same document of the same source, met again with another text.

The newest revision is the one obtained last; the reports of older ones stay in the database, and stop counting
towards incidents.
"""

from schemas.base import Record


class Superseded(Record):
    """That an article has been replaced by a newer revision of its document."""

    article_id: str
    superseded_by: str
