"""JSON (.json): the articles of an array, or of objects one after the other, read one at a time however long it is.

The fields are those of `records`. An object that is no article is a wrapper, as programs that answer over the web give
it: the articles are those of its first list of objects.
"""

import json
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.errors import CompressionError, RecordError, SourceError, TooLargeError
from pipeline.records.rejects import reject
from pipeline.sources.compressed import plain_chunks
from pipeline.sources.decode import decode
from pipeline.sources.document import STAGE, Document, folder_of
from pipeline.sources.records import document_of, has_text, kind_of
from pipeline.sources.streams import Limits
from schemas import Reject

_SPACE = " \t\r\n"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_json(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Document | Reject]:
    """Yield the article of each object, or the reject of one that cannot be read as one.

    Raises:
        SourceError: the file as a whole is no JSON, as its beginning shows.
    """
    folder, number = folder_of(path), 0
    try:
        for value in _values(_text_in(stream), limits.max_line_bytes):
            for record in _records(value):
                number += 1
                yield _document(record, f"{path}:{number}", folder)
    except (CompressionError, RecordError, TooLargeError) as error:
        if not number:
            raise
        yield reject(STAGE, f"after record {number}: {error}", path)


def _document(record: object, where: str, folder: str) -> Document | Reject:
    try:
        if not isinstance(record, dict):
            raise RecordError(f"{kind_of(record)}, not an object: write an array of objects")
        return document_of(record, where, folder)
    except SourceError as error:
        return reject(STAGE, str(error), where, json.dumps(record, ensure_ascii=False, default=str))


def _records(value: object) -> Iterator[object]:
    if isinstance(value, dict) and not has_text(value):
        lists = (each for each in value.values() if isinstance(each, list) and each and isinstance(each[0], dict))
        inner = next(lists, None)
        if inner is not None:
            yield from inner
            return
    yield value


def _text_in(stream: BinaryIO) -> Iterator[str]:
    """Yield the text of a file some at a time; letters are never cut in two."""
    held, first = b"", True
    for chunk in plain_chunks(stream):
        if first and chunk.startswith(_UTF16_MARKS):
            raise RecordError("JSON in UTF-16: convert it to UTF-8")
        held += chunk.removeprefix(b"\xef\xbb\xbf") if first else chunk
        first = False
        end = _whole_letters(held)
        yield _decoded(held[:end])
        held = held[end:]
    yield _decoded(held)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data).text


def _whole_letters(data: bytes) -> int:
    """Return where the last letter that is whole ends, in UTF-8."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte < 0x80:
            return len(data)
        if byte >= 0xC0:
            size = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) if size <= back else len(data) - back
    return len(data)


def _values(chunks: Iterator[str], max_chars: int) -> Iterator[object]:
    """Yield the elements of an array, or values that stand one after the other."""
    decoder, held, tried = json.JSONDecoder(strict=False), "", 0
    in_array: bool | None = None
    ended = False
    while True:
        held = held.lstrip(_SPACE if in_array is None else _SPACE + ",")
        if held and in_array is None:
            in_array = held[0] == "["
            held = held[1:] if in_array else held
            continue
        if in_array and held.startswith("]"):
            return
        if held and (ended or len(held) >= 2 * tried):
            tried = len(held)
            try:
                value, end = decoder.raw_decode(held)
            except (ValueError, RecursionError) as error:
                if ended or isinstance(error, RecursionError):
                    raise RecordError(f"not JSON ({error}): write an array of objects, or one object a line") from error
            else:
                # A number or a word may go on in what is not read yet; an object cannot.
                if end > max_chars:
                    raise TooLargeError("the record", max_chars)
                if ended or end < len(held):
                    yield value
                    held, tried = held[end:], 0
                    continue
        if len(held) > max_chars:
            raise TooLargeError("the record", max_chars)
        if ended:
            return
        more = next(chunks, None)
        ended = more is None
        held += more or ""
