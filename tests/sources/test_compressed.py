import gzip
import io
import zlib

import pyarrow as pa
import pytest

from pipeline.errors import CompressionError
from pipeline.sources.compressed import is_compressed, plain_chunks

LINES = b"".join(b"line %d of %d\n" % (number, number * 7919) for number in range(50_000))


class Trickle(io.BytesIO):
    """A stream that gives a few bytes at a time, as remote ones may."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(1_000, size) if size and size > 0 else 1_000)


class Failing(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 0:
            raise TimeoutError(110, "Connection timed out")
        return super().read(size)


def zstd(data: bytes) -> bytes:
    return pa.compress(data, "zstd", asbytes=True)


PACKED = {"gzip": gzip.compress(LINES), "zstd": zstd(LINES)}


@pytest.mark.parametrize("kind", PACKED)
def test_what_was_packed_is_unpacked(kind: str) -> None:
    assert is_compressed(PACKED[kind])
    assert b"".join(plain_chunks(Trickle(PACKED[kind]))) == LINES
    assert b"".join(plain_chunks(io.BytesIO(PACKED[kind] * 2))) == LINES * 2


@pytest.mark.parametrize("data", [b"", b"a", b"abc", LINES, zlib.compress(LINES)])
def test_anything_else_is_left_as_it_is(data: bytes) -> None:
    assert not is_compressed(data)
    assert b"".join(plain_chunks(Trickle(data))) == data


@pytest.mark.parametrize("kind", PACKED)
def test_what_precedes_the_damage_is_given(kind: str) -> None:
    packed = PACKED[kind]
    given = b""
    with pytest.raises(CompressionError, match=kind):  # noqa: PT012  # it is the loop that fails, after a while
        for chunk in plain_chunks(io.BytesIO(packed[: len(packed) * 3 // 4])):
            given += chunk
    assert LINES.startswith(given)
    assert len(given) > len(LINES) // 4
    with pytest.raises(CompressionError):
        list(plain_chunks(io.BytesIO(packed + b"what is this?")))
    with pytest.raises(CompressionError):
        list(plain_chunks(io.BytesIO(packed[:9])))


@pytest.mark.parametrize("kind", PACKED)
def test_an_error_of_the_disk_stays_one(kind: str) -> None:
    with pytest.raises(TimeoutError):
        list(plain_chunks(Failing(PACKED[kind])))


@pytest.mark.parametrize("kind", PACKED)
def test_what_unpacks_to_a_lot_is_given_in_small_pieces(kind: str) -> None:
    zeros = bytes(50_000_000)
    packed = gzip.compress(zeros) if kind == "gzip" else zstd(zeros)
    assert len(packed) < 100_000
    sizes = [len(chunk) for chunk in plain_chunks(io.BytesIO(packed))]
    assert sum(sizes) == len(zeros)
    assert max(sizes) <= 64 * 1024
