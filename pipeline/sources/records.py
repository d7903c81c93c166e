"""Records of an archive: an article as a set of named fields, the same in JSON, JSON Lines, CSV and Parquet.

Fields: `text`, which is required, and `id`, `url`, `title`, `published_at` and `source`, in any case. Null, empty and
what other programs write for nothing (`NaN`, `NaT`, `None`) are the same as missing. `id` may be a number.
`published_at` is an ISO 8601 date or datetime (UTC unless it has a zone), an RFC 2822 datetime or a date with the month
in words, or where the archive has types a date or a timestamp; one that cannot be read costs the article its date only.
Other fields are passed over: a record may come from someone's larger export.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timezone

from pipeline.errors import RecordError
from pipeline.sources.document import Document, publisher_of
from pipeline.sources.moments import read_moment

FIELDS = ("id", "url", "title", "text", "published_at", "source")
"""The names of the fields that are read."""

_NOTHING = frozenset(("nat", "nan", "none", "null", "n/a", "na", "<na>", "nil", "undefined", "-", "--"))
"""What programs write where there is no value, in lower case."""


def document_of(record: Mapping[str, object], where: str, folder: str) -> Document:
    """Return the document that a record holds. `where` is its place: the file and the number of the line or row.

    Raises:
        RecordError: it has no text, or a field of a kind that cannot be meant.
    """
    fields = {field: record[name] for field, name in columns_of(record).items()}
    text = _text_field(fields, "text", frozenset())
    if text is None:
        raise RecordError(f"no text: give the article's text as a string in `text` (there are {_names(record)})")
    url, given_id = _text_field(fields, "url"), _id_field(fields)
    published_at, doubt = _moment_field(fields, "published_at")
    return Document(
        ref=given_id or url or where,
        name=url or given_id,
        folder=folder,
        text=text,
        url=url,
        title=_text_field(fields, "title"),
        publisher=_text_field(fields, "source") or publisher_of(url, None),
        published_at=published_at,
        doubt=doubt,
    )


def columns_of(names: Iterable[str]) -> dict[str, str]:
    """Return which of `names` are fields: the field's own name, or else one that differs in case and joints only."""
    found: dict[str, str] = {}
    for name in names:
        field = re.sub(r"[\s.-]+", "_", name.strip().lower())
        if field in FIELDS and (field not in found or name == field):
            found[field] = name
    return found


def has_text(record: Mapping[str, object]) -> bool:
    """Tell whether a record is meant to be an article."""
    return "text" in columns_of(record)


def kind_of(value: object) -> str:
    """Return what a value is, in words that people use of JSON."""
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    kinds |= {bytes: "binary", datetime: "a timestamp", date: "a date"}
    return kinds.get(type(value), "a number")


def _text_field(record: Mapping[str, object], name: str, nothing: frozenset[str] = _NOTHING) -> str | None:
    value = record.get(name)
    if value is None or _is_nan(value):
        return None
    if not isinstance(value, str):
        raise RecordError(f"`{name}` must be a string, not {kind_of(value)}")
    return value if value.strip() and value.strip().lower() not in nothing else None


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and value != value  # as it is defined


def _id_field(record: Mapping[str, object]) -> str | None:
    value = record.get("id")
    if isinstance(value, float) and value.is_integer():  # what spreadsheets make of a number
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and not _is_nan(value):
        return str(value)
    return _text_field(record, "id")


def _moment_field(record: Mapping[str, object], name: str) -> tuple[datetime | None, str | None]:
    """Return the moment that a field says, and why it cannot be read if it cannot."""
    value = record.get(name)
    if isinstance(value, datetime):
        return _zoned(value), None
    if isinstance(value, date):
        return datetime.combine(value, time(), timezone.utc), None
    written = value if isinstance(value, str) else "" if value is None or _is_nan(value) else str(value)
    moment = read_moment(written)
    if moment is None and written.strip() and written.strip().lower() not in _NOTHING:
        return None, (
            f"`{name}` cannot be read: {written.strip()[:40]!r}; write an ISO 8601 date or datetime such as 2023-11-14 "
            "or 2023-11-14T09:30:00Z, or an RFC 2822 datetime, or leave it out"
        )
    return moment, None


def _zoned(moment: datetime) -> datetime:
    """Return a timestamp of an archive: in UTC where it has no zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _names(record: Mapping[str, object]) -> str:
    return ", ".join(f"`{name[:40]}`" for name in sorted(record)[:10]) or "no fields"
