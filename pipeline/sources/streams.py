"""Bytes from open files, never more of them in memory than a limit allows."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import BinaryIO, NamedTuple

from pipeline.errors import CompressionError, TooLargeError

CHUNK_BYTES = 64 * 1024
"""How much is asked for at a time."""

HEAD_BYTES = 2_000
"""How much is kept of something too long to read."""

_GZIP_MAGIC = b"\x1f\x8b"
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an input may be: an article in a file of its own, and a line of JSON Lines, both in bytes."""

    max_article_bytes: int = 10 * _MEGABYTE
    max_line_bytes: int = 10 * _MEGABYTE

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) <= 0:
                raise ValueError(f"{field.name} must be positive, not {getattr(self, field.name)}")


class Line(NamedTuple):
    """One line of a stream. `number` counts from 1; `data` is without its line end, its first bytes if `too_long`."""

    number: int
    data: bytes
    too_long: bool


def read_whole(stream: BinaryIO, max_bytes: int) -> bytes:
    """Return all that is left in `stream`.

    Raises:
        TooLargeError: there is more than `max_bytes`; no more than that was read.
    """
    data = b"".join(_chunks(stream.read, max_bytes + 1))
    if len(data) > max_bytes:
        raise TooLargeError("the file", max_bytes)
    return data


def read_lines(stream: BinaryIO, max_line_bytes: int) -> Iterator[Line]:
    r"""Yield the lines of `stream`, which ends them with `\n`. It may be gzip, which its first bytes tell.

    A line of more than `max_line_bytes` is passed over without being held in memory.

    Raises:
        CompressionError: the gzip stream is damaged or cut off. The whole lines before that have been yielded.
    """
    number, held, too_long = 1, bytearray(), False
    for chunk in _plain_chunks(stream):
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            yield _line(number, held + piece, too_long, max_line_bytes)
            number, held, too_long = number + 1, bytearray(), False
        if not too_long:
            held += rest
        if len(held) > max_line_bytes:
            del held[HEAD_BYTES:]
            too_long = True
    if held:
        yield _line(number, held, too_long, max_line_bytes)


def _line(number: int, data: bytearray, too_long: bool, max_line_bytes: int) -> Line:
    if too_long or len(data) > max_line_bytes:
        return Line(number, bytes(data[:HEAD_BYTES]), True)
    return Line(number, bytes(data), False)


def _chunks(read: Callable[[int], bytes], most: int) -> Iterator[bytes]:
    while most > 0 and (chunk := read(min(CHUNK_BYTES, most))):
        most -= len(chunk)
        yield chunk


def _plain_chunks(stream: BinaryIO) -> Iterator[bytes]:
    head = b"".join(_chunks(stream.read, len(_GZIP_MAGIC)))
    replayed = _Replayed(head, stream)
    if head == _GZIP_MAGIC:
        yield from _unzipped_chunks(replayed)
    else:
        while chunk := replayed.read(CHUNK_BYTES):
            yield chunk


def _unzipped_chunks(stream: "_Replayed") -> Iterator[bytes]:
    try:
        with gzip.GzipFile(fileobj=stream) as unzipped:  # type: ignore[call-overload]  # it needs no more than read()
            while chunk := unzipped.read1(CHUNK_BYTES):  # read() would lose what precedes the damage
                yield chunk
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise CompressionError(str(error)) from error


class _Replayed:
    """A stream with the bytes put back that were taken off its head: remote streams cannot all seek."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        if self._head:
            head, self._head = self._head, b""
            return head
        return self._stream.read(size)
