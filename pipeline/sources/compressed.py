"""Compressed streams, told by their first bytes whatever the file is called: gzip and Zstandard, unpacked as read.

Neither the packed nor the unpacked bytes are ever in memory as a whole, so that a small file that unpacks to a huge one
costs no more than what its reader asks for.
"""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from pipeline.errors import CompressionError

CHUNK_BYTES = 64 * 1024
"""How much is read at a time."""

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


def is_compressed(head: bytes) -> bool:
    """Tell whether a file that begins with `head` (4 bytes or more) is compressed in a way that is read here."""
    return head.startswith((GZIP_MAGIC, ZSTD_MAGIC))


def plain_chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield what a stream holds, unpacked if it is compressed, some bytes at a time.

    Raises:
        CompressionError: the compressed stream is damaged or cut off. What precedes that has been yielded.
    """
    head = read_up_to(stream, len(ZSTD_MAGIC))
    replayed = _Replayed(head, stream)
    if head.startswith(GZIP_MAGIC):
        yield from _gunzipped(replayed)
    elif head.startswith(ZSTD_MAGIC):
        yield from _zstd_unpacked(replayed)
    else:
        while chunk := replayed.read(CHUNK_BYTES):
            yield chunk


def read_up_to(stream: BinaryIO, size: int) -> bytes:
    """Return the next `size` bytes, fewer at the end only: remote streams may give fewer at a time."""
    parts = []
    while size > 0 and (part := stream.read(min(size, CHUNK_BYTES))):
        size -= len(part)
        parts.append(part)
    return b"".join(parts)


def _gunzipped(stream: "_Replayed") -> Iterator[bytes]:
    try:
        with gzip.GzipFile(fileobj=stream) as unzipped:
            while chunk := unzipped.read1(CHUNK_BYTES):  # read() would lose what precedes the damage
                yield chunk
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise CompressionError("gzip", str(error)) from error


def _zstd_unpacked(stream: "_Replayed") -> Iterator[bytes]:
    # Arrow's, since it bounds its memory and notices a stream that is cut off; zstandard's own reader does not.
    unpacked = pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")
    while True:
        try:
            chunk = unpacked.read(CHUNK_BYTES)
        except OSError as error:
            if stream.failure:
                raise
            raise CompressionError("zstd", str(error)) from error
        if not chunk:
            return
        yield chunk


class _Replayed(io.RawIOBase):
    """A stream with the bytes put back that were taken off its head: remote streams cannot all seek.

    `failure` is the error of the stream itself, to tell it from those of what it holds.
    """

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream
        self.failure: OSError | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self._head:
            size = len(self._head) if size < 0 else size
            head, self._head = self._head[:size], self._head[size:]
            return head
        try:
            return self._stream.read(size)
        except OSError as error:
            self.failure = error
            raise
