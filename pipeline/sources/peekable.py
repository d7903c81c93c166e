"""The bytes of a web archive, unpacked, as a stream that can be peeked at, passed over and put back.

An archive that is packed record by record (.warc.gz) says by that where records begin, even where a record lies about
its length, and even beyond a stretch that is damaged. So the stream stops at each place where a packed record begins,
and goes on when it is asked to.
"""

import os
from abc import ABC, abstractmethod
from typing import BinaryIO

from typing_extensions import override

from pipeline.errors import CompressionError
from pipeline.sources.compressed import CHUNK_BYTES
from pipeline.sources.gzip_members import RECORD_BEGINS, Members, find_member


class PeekableStream(ABC):
    """Bytes that can be looked ahead at.

    An end is where the stream stops: at the file's end, where a packed record begins, and where the packed stream is
    damaged. `failure` then says how, until somebody has reported it.
    """

    def __init__(self) -> None:
        self.failure: CompressionError | None = None
        self._held = bytearray()

    @property
    @abstractmethod
    def place(self) -> int:
        """Where in the file the stream is, in bytes.

        In a packed file: where the packed record begins that was advanced to, or what is damaged.
        """

    @property
    @abstractmethod
    def left(self) -> int | None:
        """How many bytes follow up to the file's end; null if that is not known."""

    @abstractmethod
    def advance(self) -> bool:
        """Go on beyond an end, leaving what lies before it; false if nothing follows."""

    @abstractmethod
    def _more(self) -> bytes:
        """Return the next bytes, none at an end."""

    def peek(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer if there is an end before, and stay."""
        while len(self._held) < size and (more := self._more()):
            self._held += more
        return bytes(self._held[:size])

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer if there is an end before."""
        data = self.peek(size)
        del self._held[: len(data)]
        return data

    def skip(self, size: int) -> int:
        """Pass over `size` bytes, fewer if there is an end before; return how many."""
        passed = 0
        while passed < size and (part := self.read(min(CHUNK_BYTES, size - passed))):
            passed += len(part)
        return passed

    def put_back(self, data: bytes) -> None:
        """Undo the reading of `data`."""
        self._held[:0] = data


class PlainPeekableStream(PeekableStream):
    """A stretch of a file that is not packed, from `start` to `stop` (null: to its end). It has one end."""

    def __init__(self, stream: BinaryIO, start: int = 0, stop: int | None = None) -> None:
        super().__init__()
        self._stream = stream
        self._stop = stream.seek(0, os.SEEK_END) if stop is None else stop
        self._position = stream.seek(start)

    @property
    @override
    def place(self) -> int:
        return self._position - len(self._held)

    @property
    @override
    def left(self) -> int | None:
        return self._stop - self.place

    @override
    def skip(self, size: int) -> int:
        passed = min(size, self._stop - self.place)
        if passed <= len(self._held):
            del self._held[:passed]
        else:
            self._position = self._stream.seek(self.place + passed)
            self._held.clear()
        return passed

    @override
    def advance(self) -> bool:
        return False

    @override
    def _more(self) -> bytes:
        data = self._stream.read(min(CHUNK_BYTES, self._stop - self._position))
        self._position += len(data)
        return data


class GzipPeekableStream(PeekableStream):
    """A file of gzip: packed record by record, or in any other way."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._place = 0
        self._beyond = b""
        self._broken = False
        self._begin_at(0)

    @property
    @override
    def place(self) -> int:
        return self._place

    @property
    @override
    def left(self) -> int | None:
        return None

    @override
    def advance(self) -> bool:
        while not self._beyond and self._more():
            pass
        self._held[:] = self._beyond
        self._beyond = b""
        if not self._held and self._broken:
            return self._recover()
        self._place = self._members.begun_at
        return bool(self._held)

    def _begin_at(self, place: int) -> None:
        self._members = Members(self._stream, place)
        self._pieces = self._members.pieces()

    def _recover(self) -> bool:
        """Go on with the next packed record beyond the one that is damaged; false if there is none."""
        found = find_member(self._stream, self._members.begun_at + 1)
        self._broken = False
        if found is not None:
            self._begin_at(found)
        return found is not None

    @override
    def _more(self) -> bytes:
        if self._beyond or self._broken:
            return b""
        try:
            first, piece = next(self._pieces, (False, b""))
        except CompressionError as error:
            self.failure, self._broken, self._place = error, True, self._members.begun_at
            return b""
        if first and piece.startswith(RECORD_BEGINS):
            self._beyond = piece
            return b""
        return piece
