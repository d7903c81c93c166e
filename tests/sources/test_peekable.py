import gzip
import io
import random

import pytest

from pipeline.sources.peekable import GzipPeekableStream, PeekableStream, PlainPeekableStream
from tests.support.warcs import packed

RECORDS = [b"WARC/1.0 " + random.Random(number).randbytes(90_000) for number in range(4)]  # noqa: S311  # not secret


def all_of(stream: PeekableStream) -> list[bytes]:
    """What lies between the ends."""
    found = [stream.read(10**7)]
    while stream.advance():
        found.append(stream.read(10**7))
    return [each for each in found if each]


@pytest.mark.parametrize(
    "stream",
    [PlainPeekableStream(io.BytesIO(b"abcdefgh"), 1, 7), GzipPeekableStream(io.BytesIO(gzip.compress(b"bcdefg")))],
)
def test_looking_ahead_reading_passing_over_and_putting_back(stream: PeekableStream) -> None:
    assert (stream.peek(2), stream.read(1), stream.skip(2), stream.peek(99)) == (b"bc", b"b", 2, b"efg")
    stream.put_back(b"cd")
    assert (stream.read(3), stream.skip(99), stream.read(1), stream.failure) == (b"cde", 2, b"", None)
    assert not stream.advance()


def test_a_plain_tape_knows_its_place() -> None:
    stream = PlainPeekableStream(io.BytesIO(b"x" * 300_000), 100, 200_000)
    stream.peek(10)
    stream.skip(150_000)
    assert (stream.place, stream.left) == (150_100, 49_900)


def test_a_packed_tape_ends_where_records_begin() -> None:
    stream = GzipPeekableStream(io.BytesIO(packed(RECORDS)))
    places = []
    assert stream.read(1) == b""
    while stream.advance():
        places.append(stream.place)
        stream.peek(10**7)
        stream.peek(10**7)
    assert places == [sum(len(gzip.compress(each)) for each in RECORDS[:number]) for number in range(4)]
    assert all_of(GzipPeekableStream(io.BytesIO(packed(RECORDS)))) == RECORDS


def test_members_that_begin_no_record_go_on_with_the_one_before() -> None:
    pieces = [RECORDS[0], b"more", b"", b"WAR", RECORDS[1]]
    assert all_of(GzipPeekableStream(io.BytesIO(packed(pieces)))) == [RECORDS[0] + b"moreWAR", RECORDS[1]]


@pytest.mark.parametrize("position", [3, 50_000, -3])
def test_a_damaged_member_is_an_end_and_the_next_is_found(position: int) -> None:
    members = [gzip.compress(each) for each in RECORDS]
    broken = bytearray(members[1])
    broken[position] ^= 0xFF
    stream = GzipPeekableStream(io.BytesIO(b"".join([members[0], bytes(broken), *members[2:]])))
    found = all_of(stream)
    assert stream.failure is not None
    assert (found[0], found[-2:]) == (RECORDS[0], RECORDS[2:])
