"""What HTTP does to a body on its way: transfer in chunks, and content codings (gzip, deflate, br, zstd), undone.

Crawlers keep bodies as they came or undone already, and do not always say which. So a body that is not coded in the
way that its header says is taken to be plain, and of one that breaks off, what came before is kept.
"""

import io
import zlib
from collections.abc import Callable, Iterator

import brotli
import pyarrow as pa

from pipeline.errors import TooLargeError
from pipeline.sources.compressed import CHUNK_BYTES

Unpacker = Callable[[bytes], Iterator[bytes]]
"""Yields what some packed bytes hold, a bounded piece at a time. Raises one of _BROKEN where they are damaged."""

_BROKEN = (zlib.error, brotli.error, OSError)
_DEFLATE_WITHOUT_HEADER = -zlib.MAX_WBITS
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


def decoded(body: bytes, codings: str | None, max_bytes: int) -> bytes:
    """Return a body without the content codings that its header names, in the order in which they were applied.

    Raises:
        TooLargeError: it unpacks to more than `max_bytes`; no more than a little beyond that was unpacked.
    """
    for coding in reversed((codings or "").lower().split(",")):
        if unpacker := _UNPACKERS.get(coding.strip()):
            body = _unpacked(body, unpacker, max_bytes)
    return body


def joined_chunks(body: bytes) -> bytes:
    """Return a body that was transferred in chunks as one; as it is if it was not, after all."""
    parts: list[bytes] = []
    position = 0
    while (end := body.find(b"\n", position, position + 64)) >= 0:
        try:
            size = int(body[position:end].split(b";")[0], 16)
        except ValueError:
            break
        if size <= 0:
            return b"".join(parts)
        parts.append(body[end + 1 : end + 1 + size])
        position = body.find(b"\n", end + 1 + size, end + 3 + size) + 1 or len(body)
    return b"".join(parts) if parts else body


def _unpacked(body: bytes, unpacker: Unpacker, max_bytes: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        for part in unpacker(body):
            parts.append(part)
            size += len(part)
            if size > max_bytes:
                raise TooLargeError("the page", max_bytes)
    except _BROKEN:
        pass
    return b"".join(parts) if parts else body


def _inflated(body: bytes) -> Iterator[bytes]:
    yield from _inflated_as(_GZIP_OR_ZLIB, body)


def _deflated(body: bytes) -> Iterator[bytes]:
    is_zlib = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0  # RFC 1950
    yield from _inflated_as(_GZIP_OR_ZLIB if is_zlib else _DEFLATE_WITHOUT_HEADER, body)


def _inflated_as(bits: int, body: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(bits)
    while body and not unpacker.eof:
        yield unpacker.decompress(body, CHUNK_BYTES)
        body = unpacker.unconsumed_tail


def _unbrotlied(body: bytes) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    while part := unpacker.process(body, output_buffer_limit=CHUNK_BYTES):
        yield part
        body = b""


def _zstd_unpacked(body: bytes) -> Iterator[bytes]:
    with pa.CompressedInputStream(pa.PythonFile(io.BytesIO(body), mode="r"), "zstd") as unpacked:
        while part := unpacked.read(CHUNK_BYTES):
            yield part


_UNPACKERS: dict[str, Unpacker] = {
    "gzip": _inflated,
    "x-gzip": _inflated,
    "deflate": _deflated,
    "br": _unbrotlied,
    "zstd": _zstd_unpacked,
}
