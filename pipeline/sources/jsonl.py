"""JSON Lines: an article a line (.jsonl, .jsonl.gz), read line by line however long the file is.

Fields: `text`, which is required, and `id`, `url`, `title`, `published_at` and `source`. Null and empty are the same as
missing. `id` may be a number. `published_at` is an ISO 8601 date or datetime (UTC unless it has a zone) or an RFC 2822
datetime. Other fields are passed over: a line may come from someone's larger export. Blank lines are passed over too.
A line that cannot be read becomes a reject, and the next line is read.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from pipeline.errors import CompressionError, RecordError, SourceError, TooLargeError
from pipeline.rejects import reject
from pipeline.sources.decode import decode
from pipeline.sources.document import STAGE, Document, folder_of, publisher_of
from pipeline.sources.moments import read_moment
from pipeline.sources.streams import Limits, Line, read_lines
from schemas import Reject


def read_jsonl(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Document | Reject]:
    """Yield the article of each line, or the reject of a line that cannot be read as one.

    Where a gzip stream is damaged or cut off, the lines before that are read, and one reject stands for the rest.

    Raises:
        SourceError: the file as a whole is no text in UTF-8, as its first line shows.
    """
    folder, number = folder_of(path), 0
    try:
        for line in read_lines(stream, limits.max_line_bytes):
            number = line.number
            if number == 1 and not line.too_long:
                _check_is_utf8(line.data)
            if line.data.strip():
                yield _read_line(line, f"{path}:{number}", folder, limits)
    except CompressionError as error:
        yield reject(STAGE, f"after line {number}: {error}", path)


def _check_is_utf8(first_line: bytes) -> None:
    encoding = decode(first_line).encoding
    if encoding.startswith(("utf-16", "utf-32")):
        raise RecordError(f"JSON Lines in {encoding}: convert it to UTF-8")


def _read_line(line: Line, where: str, folder: str, limits: Limits) -> Document | Reject:
    try:
        if line.too_long:
            raise TooLargeError("the line", limits.max_line_bytes)
        return _to_document(_parse(line.data), where, folder)
    except SourceError as error:
        return reject(STAGE, str(error), where, line.data.decode("utf-8", "backslashreplace"))


def _parse(data: bytes) -> dict[str, object]:
    try:
        record = json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:  # RecursionError: lists within lists within lists
        raise RecordError(f"not JSON ({error}): write one JSON object a line") from error
    if not isinstance(record, dict):
        raise RecordError(f"{_kind(record)}, not an object: write one JSON object a line")
    return record


def _to_document(record: dict[str, object], where: str, folder: str) -> Document:
    text = _text_field(record, "text")
    if text is None:
        raise RecordError(f"no text: give the article's text as a string in `text` (the line has {_fields(record)})")
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


def _text_field(record: dict[str, object], name: str) -> str | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise RecordError(f"`{name}` must be a string, not {_kind(value)}")
    return value if value.strip() else None


def _id_field(record: dict[str, object]) -> str | None:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text_field(record, "id")


def _moment_field(record: dict[str, object], name: str) -> datetime | None:
    written = _text_field(record, name)
    moment = read_moment(written) if written else None
    if written and moment is None:
        raise RecordError(
            f"`{name}` cannot be read: {written[:40]!r}; write an ISO 8601 date or datetime such as 2023-11-14 or "
            "2023-11-14T09:30:00Z, or an RFC 2822 datetime, or leave it out"
        )
    return moment


def _fields(record: dict[str, object]) -> str:
    return ", ".join(f"`{name[:40]}`" for name in sorted(record)[:10]) or "no fields"


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")
