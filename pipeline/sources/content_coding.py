"""What HTTP does to a body on its way: transfer in chunks, and content codings (gzip, deflate, br, zstd), undone.

Crawlers keep bodies as they came or undone already, and do not always say which. So a body that is not coded in the
way that its header says is taken to be plain, and of one that breaks off, what came before is kept.
"""

import io
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

import brotli
import pyarrow as pa

from pipeline.errors import TooLargeError
from pipeline.sources.compressed import CHUNK_BYTES, GZIP_MAGIC

Unpacker = Callable[[bytes], Iterator[bytes]]
"""Yields what some packed bytes hold, a bounded piece at a time. Raises one of _BROKEN where they are damaged."""

_BROKEN = (zlib.error, brotli.error, OSError)
_DEFLATE_WITHOUT_HEADER = -zlib.MAX_WBITS
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


class Unpacked(NamedTuple):
    """A body without its content codings; `cut` tells that it ended before it was whole."""

    body: bytes
    cut: bool


def decoded(body: bytes, codings: str | None, max_bytes: int, what: str = "the page") -> Unpacked:
    """Return a body without the content codings that its header names, in the order in which they were applied.

    A body that is packed although no coding says so (a file .xml.gz) is unpacked too. `what` is what it is called.

    Raises:
        TooLargeError: it unpacks to more than `max_bytes`; no more than a little beyond that was unpacked.
    """
    cut = False
    for coding in reversed((codings or "").lower().split(",")):
        if unpacker := _UNPACKERS.get(coding.strip()):
            body, broken = _unpacked(body, unpacker, max_bytes, what)
            cut = cut or broken
    if body.startswith(GZIP_MAGIC):
        body, broken = _unpacked(body, _inflated, max_bytes, what)
        cut = cut or broken
    return Unpacked(body, cut)


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


def _unpacked(body: bytes, unpacker: Unpacker, max_bytes: int, what: str) -> Unpacked:
    parts: list[bytes] = []
    size, cut = 0, False
    try:
        for part in unpacker(body):
            parts.append(part)
            size += len(part)
            if size > max_bytes:
                raise TooLargeError(what, max_bytes)
    except _BROKEN:
        cut = size > 0
    return Unpacked(b"".join(parts) if size else body, cut)


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
    if not unpacker.eof:
        raise zlib.error("cut off")


def _unbrotlied(body: bytes) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    while part := unpacker.process(body, output_buffer_limit=CHUNK_BYTES):
        yield part
        body = b""
    if not unpacker.is_finished():
        raise brotli.error("cut off")


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
