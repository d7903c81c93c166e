"""Parts of files: how a large file is shared between workers.

A file is cut once, where it is listed, by skimming it for the places where an item begins; then its parts are read
wherever there is room. What is read, and the numbers that it is called by, are the same as if it were read in one go.
Which kinds of file can be cut is said in `reader`.
"""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from pipeline.sources.compressed import CHUNK_BYTES

PART_BYTES = 16 * 1024 * 1024
"""How large a part is, about. A file that is no larger is not cut."""


class Part(NamedTuple):
    """A stretch of a file, from `start` up to `stop` (null: to the end); `first` is the number of its first item.

    `start` and `stop` count bytes, or whatever else the kind of file is cut by; items are lines, rows or records, and
    their numbers begin with 1.
    """

    start: int
    stop: int | None
    first: int


WHOLE = Part(0, None, 1)
"""A file that is read in one go."""


def chunks_of(stream: BinaryIO, part: Part) -> Iterator[bytes]:
    """Yield the bytes of a part of a file that is not compressed, some at a time."""
    stream.seek(part.start)
    position = part.start
    while part.stop is None or position < part.stop:
        most = CHUNK_BYTES if part.stop is None else min(CHUNK_BYTES, part.stop - position)
        if not (chunk := stream.read(most)):
            return
        position += len(chunk)
        yield chunk


def cut_at_lines(stream: BinaryIO, part_bytes: int) -> list[Part]:
    """Return the parts of a file of lines, each of which begins a line and has `part_bytes` or somewhat more."""
    parts, part, position, lines = [], WHOLE, 0, 0
    for chunk in chunks_of(stream, WHOLE):
        while end := chunk.find(b"\n", max(0, part.start + part_bytes - 1 - position)) + 1:
            parts.append(part._replace(stop=position + end))
            part = Part(position + end, None, lines + chunk.count(b"\n", 0, end) + 1)
        position += len(chunk)
        lines += chunk.count(b"\n")
    return [*parts, part]
