"""Who is who: the ids of articles, mentions, tallies, incidents and rejects.

Every id is a prefix and a BLAKE2b-96 hash of what makes the thing itself, under a version number, so that the same
content read again, on any machine, has the same id. The hashes are pinned by literals in the tests: a change here
changes every id in every database, and needs a new version.
"""

from datetime import datetime
from hashlib import blake2b

_VERSION = "1"


def _derive(prefix: str, *parts: str | None) -> str:
    hasher = blake2b(digest_size=12)
    for part in (_VERSION, prefix, *parts):
        encoded = b"\x00" if part is None else b"\x01" + part.encode("utf-8", "surrogatepass")
        hasher.update(len(encoded).to_bytes(8, "big") + encoded)
    return f"{prefix}-{hasher.hexdigest()}"


def article_id(name: str | None, title: str | None, text: str, published_at: datetime | None) -> str:
    """Return the id of an article.

    `name` is what the document is called where it comes from: its URL, its id, or its file's name without the folder
    (null when it has none). Folders are left out, so that a document read from another folder is the same article;
    the name is in, so that the same words under another name or URL are an article of their own, and a copy.
    """
    return _derive("a", name, title, text, published_at.isoformat() if published_at else None)


def mention_id(article: str, start: int, end: int, extractor_version: str) -> str:
    """Return the id of a mention, from its article's id, its anchor span and the extractor's version."""
    return _derive("m", article, str(start), str(end), extractor_version)


def tally_id(article: str, start: int, end: int, extractor_version: str) -> str:
    """Return the id of a tally, from its article's id, its anchor span and the extractor's version."""
    return _derive("t", article, str(start), str(end), extractor_version)


def incident_id(founding_mention: str) -> str:
    """Return the id of an incident, from the id of the mention that founds it."""
    return _derive("i", founding_mention)


def reject_id(stage: str, reason: str, ref: str, record: str | None) -> str:
    """Return the id of a reject, from all that it says."""
    return _derive("r", stage, reason, ref, record)
