import gzip
import io
import random

import pytest

from pipeline.sources.peekable import GzipTape, PlainTape, Tape
from tests.support.warcs import packed

RECORDS = [b"WARC/1.0 " + random.Random(number).randbytes(90_000) for number in range(4)]  # noqa: S311  # not secret


def all_of(tape: Tape) -> list[bytes]:
    """What lies between the ends."""
    found = [tape.read(10**7)]
    while tape.advance():
        found.append(tape.read(10**7))
    return [each for each in found if each]


@pytest.mark.parametrize(
    "tape", [PlainTape(io.BytesIO(b"abcdefgh"), 1, 7), GzipTape(io.BytesIO(gzip.compress(b"bcdefg")))]
)
def test_looking_ahead_reading_passing_over_and_putting_back(tape: Tape) -> None:
    assert (tape.peek(2), tape.read(1), tape.skip(2), tape.peek(99)) == (b"bc", b"b", 2, b"efg")
    tape.put_back(b"cd")
    assert (tape.read(3), tape.skip(99), tape.read(1), tape.failure) == (b"cde", 2, b"", None)
    assert not tape.advance()


def test_a_plain_tape_knows_its_place() -> None:
    tape = PlainTape(io.BytesIO(b"x" * 300_000), 100, 200_000)
    tape.peek(10)
    tape.skip(150_000)
    assert (tape.place, tape.left) == (150_100, 49_900)


def test_a_packed_tape_ends_where_records_begin() -> None:
    tape = GzipTape(io.BytesIO(packed(RECORDS)))
    places = []
    assert tape.read(1) == b""
    while tape.advance():
        places.append(tape.place)
        tape.peek(10**7)
        tape.peek(10**7)
    assert places == [sum(len(gzip.compress(each)) for each in RECORDS[:number]) for number in range(4)]
    assert all_of(GzipTape(io.BytesIO(packed(RECORDS)))) == RECORDS


def test_members_that_begin_no_record_go_on_with_the_one_before() -> None:
    pieces = [RECORDS[0], b"more", b"", b"WAR", RECORDS[1]]
    assert all_of(GzipTape(io.BytesIO(packed(pieces)))) == [RECORDS[0] + b"moreWAR", RECORDS[1]]


@pytest.mark.parametrize("position", [3, 50_000, -3])
def test_a_damaged_member_is_an_end_and_the_next_is_found(position: int) -> None:
    members = [gzip.compress(each) for each in RECORDS]
    broken = bytearray(members[1])
    broken[position] ^= 0xFF
    tape = GzipTape(io.BytesIO(b"".join([members[0], bytes(broken), *members[2:]])))
    found = all_of(tape)
    assert tape.failure is not None
    assert (found[0], found[-2:]) == (RECORDS[0], RECORDS[2:])
