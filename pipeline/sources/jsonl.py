"""JSON Lines: an article a line (.jsonl, .jsonl.gz, .jsonl.zst), read line by line however long the file is.

The fields are those of `records`. Blank lines are passed over. A line that cannot be read becomes a reject, and the
next line is read.
"""

import json
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.errors import CompressionError, RecordError, SourceError, TooLargeError
from pipeline.records.rejects import reject
from pipeline.sources.compressed import plain_chunks, read_up_to
from pipeline.sources.decode import decode
from pipeline.sources.document import STAGE, Document, folder_of
from pipeline.sources.parts import WHOLE, Part, chunks_of, cut_at_lines
from pipeline.sources.records import document_of, kind_of
from pipeline.sources.streams import HEAD_BYTES, Limits, Line, read_lines
from schemas import Reject


def read_jsonl(stream: BinaryIO, path: str, limits: Limits, part: Part = WHOLE) -> Iterator[Document | Reject]:
    """Yield the article of each line, or the reject of a line that cannot be read as one.

    Where a compressed stream is damaged or cut off, the lines before that are read, and one reject stands for the rest.

    Raises:
        SourceError: the file as a whole is no text in UTF-8, as its first line shows.
    """
    folder, number = folder_of(path), 0
    chunks = plain_chunks(stream) if part == WHOLE else chunks_of(stream, part)
    try:
        for line in read_lines(chunks, limits.max_line_bytes, part.first):
            number = line.number
            if number == 1:
                check_is_utf8(line.data, "JSON Lines")
            if line.data.strip():
                yield _read_line(line, f"{path}:{number}", folder, limits)
    except CompressionError as error:
        yield reject(STAGE, f"after line {number}: {error}", path)


def cut_jsonl(stream: BinaryIO, part_bytes: int) -> list[Part]:
    """Return the parts of a file, each of which begins a line and has `part_bytes` or somewhat more.

    Raises:
        SourceError: it is compressed, or as a whole no text in UTF-8.
    """
    check_is_utf8(read_up_to(stream, HEAD_BYTES), "JSON Lines")
    return cut_at_lines(stream, part_bytes)


def check_is_utf8(head: bytes, kind: str) -> None:
    """Raise SourceError if a file of lines begins with what is no text, or text whose lines bytes do not tell apart."""
    encoding = decode(head[:HEAD_BYTES].partition(b"\n")[0]).encoding
    if encoding.startswith(("utf-16", "utf-32")):
        raise RecordError(f"{kind} in {encoding}: convert it to UTF-8")


def _read_line(line: Line, where: str, folder: str, limits: Limits) -> Document | Reject:
    try:
        if line.too_long:
            raise TooLargeError("the line", limits.max_line_bytes)
        return document_of(_parse(line.data), where, folder)
    except SourceError as error:
        return reject(STAGE, str(error), where, line.data.decode("utf-8", "backslashreplace"))


def _parse(data: bytes) -> dict[str, object]:
    try:
        record = json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:  # RecursionError: lists within lists within lists
        raise RecordError(f"not JSON ({error}): write one JSON object a line") from error
    if not isinstance(record, dict):
        raise RecordError(f"{kind_of(record)}, not an object: write one JSON object a line")
    return record
