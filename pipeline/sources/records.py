"""Records of an archive: an article as a set of named fields, the same in JSON Lines, CSV and Parquet.

Fields: `text`, which is required, and `id`, `url`, `title`, `published_at` and `source`. Null and empty are the same as
missing. `id` may be a number. `published_at` is an ISO 8601 date or datetime (UTC unless it has a zone) or an RFC 2822
datetime, or where the archive has types a date or a timestamp. Other fields are passed over: a record may come from
someone's larger export.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timezone

from pipeline.errors import RecordError
from pipeline.sources.document import Document, publisher_of
from pipeline.sources.moments import read_moment

FIELDS = ("id", "url", "title", "text", "published_at", "source")
"""The names of the fields that are read."""


def document_of(record: Mapping[str, object], where: str, folder: str) -> Document:
    """Return the document that a record holds. `where` is its place: the file and the number of the line or row.

    Raises:
        RecordError: it has no text, or a field of a kind that cannot be meant.
    """
    text = _text_field(record, "text")
    if text is None:
        raise RecordError(f"no text: give the article's text as a string in `text` (there are {_names(record)})")
    url, given_id = _text_field(record, "url"), _id_field(record)
    return Document(
        ref=given_id or url or where,
        name=url or given_id,
        folder=folder,
        text=text,
        url=url,
        title=_text_field(record, "title"),
        publisher=_text_field(record, "source") or publisher_of(url, None),
        published_at=_moment_field(record, "published_at"),
    )


def kind_of(value: object) -> str:
    """Return what a value is, in words that people use of JSON."""
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    kinds |= {bytes: "binary", datetime: "a timestamp", date: "a date"}
    return kinds.get(type(value), "a number")


def _text_field(record: Mapping[str, object], name: str) -> str | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise RecordError(f"`{name}` must be a string, not {kind_of(value)}")
    return value if value.strip() else None


def _id_field(record: Mapping[str, object]) -> str | None:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text_field(record, "id")


def _moment_field(record: Mapping[str, object], name: str) -> datetime | None:
    value = record.get(name)
    if isinstance(value, datetime):
        return _in_utc(value)
    if isinstance(value, date):
        return datetime.combine(value, time(), timezone.utc)
    written = _text_field(record, name)
    moment = read_moment(written) if written else None
    if written and moment is None:
        raise RecordError(
            f"`{name}` cannot be read: {written[:40]!r}; write an ISO 8601 date or datetime such as 2023-11-14 or "
            "2023-11-14T09:30:00Z, or an RFC 2822 datetime, or leave it out"
        )
    return moment


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(timezone.utc) if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _names(record: Mapping[str, object]) -> str:
    return ", ".join(f"`{name[:40]}`" for name in sorted(record)[:10]) or "no fields"
