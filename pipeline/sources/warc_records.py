"""Records of a web archive (WARC 0.17 to 1.1, ISO 28500), one after the other, past whatever is damaged.

A record is a header, a block as long as the header says, and two line ends. Where that does not hold, the record is
reported as damaged, and reading goes on with the next place that looks like a record's header.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.sources.gzip_members import RECORD_BEGINS
from pipeline.sources.http_response import MAX_HEADER_BYTES, fields_of
from pipeline.sources.peekable import PeekableStream

_BEGIN = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
_NEXT_BEGIN = re.compile(rb"(?<=\n)WARC/\d\.\d+[ \t]*\r?\n")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_LINE_ENDS = b"\r\n"
_BLOCK_ENDS = (b"\r\n\r\n", b"\n\n")
_SEARCHED_BYTES = 64 * 1024
_MOST_READ_AGAIN = 10
"""How often, in blocks of the greatest length, blocks may be searched for records: else it could take for ever."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record by its `number` (from 1) and its `place` in the file, in bytes.

    `fields` are those of its header, by their names in lower case. `block` is null if it is not wanted, and its
    beginning if it is longer than wanted: `length` says how long it is, in bytes.
    """

    number: int
    place: int
    fields: Mapping[str, str]
    length: int
    block: bytes | None


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch that is no record, or one that is not whole; `head` is how it begins."""

    number: int
    place: int
    problem: str
    head: bytes


class Records:
    """Reads the records of a stream, the first of which has the number `first`.

    `is_wanted` tells by a record's fields whether its block is. Of blocks of more than `max_block_bytes`, the beginning
    is read.
    """

    def __init__(
        self,
        stream: PeekableStream,
        is_wanted: Callable[[Mapping[str, str]], bool],
        max_block_bytes: int,
        first: int = 1,
    ) -> None:
        self._stream = stream
        self._is_wanted = is_wanted
        self._max_block_bytes = max_block_bytes
        self._may_read_again = _MOST_READ_AGAIN * max_block_bytes
        self._number = first

    def __iter__(self) -> Iterator[Record | Damage]:
        """Yield records and what is none, in the order of the file."""
        while self._find_something():
            place, head = self._stream.place, self._stream.peek(MAX_HEADER_BYTES)
            yield self._next(place, head)
            self._number += 1

    def _find_something(self) -> bool:
        """Go on to the next byte that is not between records; false if there is none."""
        while True:
            while found := self._stream.peek(_SEARCHED_BYTES):
                text = found.lstrip(_LINE_ENDS)
                self._stream.read(len(found) - len(text))
                if text:
                    return True
            if self._stream.failure:  # between records, or before the first
                return True
            if not self._stream.advance():
                return False

    def _next(self, place: int, head: bytes) -> Record | Damage:
        if not head and self._stream.failure:
            return self._damage(place, head, "")
        end = _HEADER_END.search(head)
        if not _BEGIN.match(head) or end is None or _NEXT_BEGIN.search(head, 1, end.start()):
            self._go_to_next_record()
            return self._damage(place, head, "no header of a WARC record")
        self._stream.read(end.end())
        fields = fields_of(head[: end.start()])
        given = fields.get("content-length", "")
        if not (given.isascii() and given.isdigit()) or len(given) > len(str(2**63)):
            self._go_to_next_record()
            return self._damage(place, head, "its header does not say how long it is")
        return self._with_block(place, head, fields, int(given))

    def _with_block(self, place: int, head: bytes, fields: Mapping[str, str], length: int) -> Record | Damage:
        if self._stream.left is not None and length > self._stream.left:
            problem = f"it should have {length:,} bytes, and the file ends after {self._stream.left:,}"
            self._go_to_next_record()
            return self._damage(place, head, problem)
        most = length if length <= self._max_block_bytes else min(length, MAX_HEADER_BYTES)
        block = self._stream.read(most) if self._is_wanted(fields) else None
        found = len(block or b"")
        if block is None or found == most:
            found += self._stream.skip(length - found)
        if found < length:
            return self._damage(place, head, f"it should have {length:,} bytes, and ends after {found:,}")
        if not self._is_at_an_end():
            self._search_again(block if block is not None and len(block) == length else b"")
            return self._damage(place, head, f"it is not as long as its header says ({length:,} bytes)")
        return Record(self._number, place, fields, length, block)

    def _damage(self, place: int, head: bytes, problem: str) -> Damage:
        """Return that a record is damaged, because the packed stream is, if it is."""
        failure, self._stream.failure = self._stream.failure, None
        if failure:
            place, problem = self._stream.place, f"its {failure.kind} stream is damaged or cut off: {failure.problem}"
        return Damage(self._number, place, problem, head)

    def _is_at_an_end(self) -> bool:
        following = self._stream.peek(4 + len(RECORD_BEGINS))
        next_ = following.lstrip(_LINE_ENDS)
        return not next_ or following.startswith(_BLOCK_ENDS) or next_.startswith(RECORD_BEGINS)

    def _search_again(self, block: bytes) -> None:
        if len(block) <= self._may_read_again:
            self._may_read_again -= len(block)
            self._stream.put_back(block)
        self._go_to_next_record()

    def _go_to_next_record(self) -> None:
        """Go on to the next line that looks like the beginning of a record's header, or to an end."""
        self._stream.read(1)
        while window := self._stream.peek(_SEARCHED_BYTES):
            found = _NEXT_BEGIN.search(window)
            if found:
                self._stream.read(found.start())
                return
            self._stream.read(len(window) - 16 if len(window) == _SEARCHED_BYTES else len(window))
