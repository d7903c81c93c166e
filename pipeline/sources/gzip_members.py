"""Members of a gzip file: the packed pieces that make it up, one after the other, each of which unpacks alone."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.errors import CompressionError
from pipeline.sources.compressed import CHUNK_BYTES, read_up_to

RECORD_BEGINS = b"WARC/"
"""What every record of a web archive begins with."""

_MEMBER_BEGINS = b"\x1f\x8b\x08"
_PEEK_BYTES = 4 * 1024
_GZIP = zlib.MAX_WBITS | 16


class Members:
    """The members of a gzip file from `start` on. `begun_at` is where the one lies that is being unpacked."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self.begun_at = stream.seek(start)
        self._stream = stream
        self._packed = b""
        self._position = start

    def pieces(self) -> Iterator[tuple[bool, bytes]]:
        """Yield what members hold, a bounded piece at a time, and whether it is a member's first.

        The first piece is long enough to tell what the member begins with. Raises CompressionError where a member is
        damaged or cut off.
        """
        while self._fill():
            self.begun_at = self._position
            is_first, held = True, b""
            for piece in self._unpacked():
                held += piece
                if len(held) >= len(RECORD_BEGINS) or not is_first:
                    yield is_first, held
                    is_first, held = False, b""
            if held:
                yield is_first, held

    def _unpacked(self) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(_GZIP)
        while not unpacker.eof:
            is_more = self._fill()
            try:
                piece = unpacker.decompress(self._packed, CHUNK_BYTES)
            except zlib.error as error:
                raise CompressionError("gzip", str(error)) from error
            self._keep(unpacker.unused_data.lstrip(b"\0") if unpacker.eof else unpacker.unconsumed_tail)
            if piece:
                yield piece
            elif not is_more and not unpacker.eof:
                raise CompressionError("gzip", "ends early")

    def _keep(self, packed: bytes) -> None:
        self._position += len(self._packed) - len(packed)
        self._packed = packed

    def _fill(self) -> bool:
        """Have packed bytes to go on with; false at the file's end."""
        self._packed = self._packed or read_up_to(self._stream, CHUNK_BYTES)
        return bool(self._packed)


def find_member(stream: BinaryIO, start: int) -> int | None:
    """Return where the first gzip member from `start` on begins that holds a record; null if there is none."""
    position, window, more = stream.seek(start), b"", b" "
    while more:
        more = read_up_to(stream, CHUNK_BYTES)
        window += more
        seen = max(0, len(window) - _PEEK_BYTES) if more else len(window)
        found = window.find(_MEMBER_BEGINS, 0, seen)
        while found >= 0:
            if _holds_a_record(window[found : found + _PEEK_BYTES]):
                return position + found
            found = window.find(_MEMBER_BEGINS, found + 1, seen)
        kept = max(0, seen - len(_MEMBER_BEGINS) + 1) if more else seen
        position, window = position + kept, window[kept:]
    return None


def _holds_a_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(packed, len(RECORD_BEGINS)) == RECORD_BEGINS
    except zlib.error:
        return False
