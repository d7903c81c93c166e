"""Bytes from open files, never more of them in memory than a limit allows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import BinaryIO, NamedTuple

from pipeline.errors import TooLargeError
from pipeline.sources.compressed import read_up_to

HEAD_BYTES = 2_000
"""How much is kept of something too long to read."""

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an input may be, in bytes when unpacked.

    `max_article_bytes`: a text in a file of its own, a page of a web archive. `max_line_bytes`: a line, row or record.
    """

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
    data = read_up_to(stream, max_bytes + 1)
    if len(data) > max_bytes:
        raise TooLargeError("the file", max_bytes)
    return data


def read_lines(chunks: Iterable[bytes], max_line_bytes: int, first: int = 1) -> Iterator[Line]:
    r"""Yield the lines that `chunks` hold together, which end with `\n`. They are counted from `first`.

    A line of more than `max_line_bytes` is passed over without being held in memory. What `chunks` raises is raised
    after the whole lines before it have been yielded.
    """
    number, held, too_long = first, bytearray(), False
    for chunk in chunks:
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
