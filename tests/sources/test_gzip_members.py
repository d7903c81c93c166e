import gzip
import io

import pytest

from pipeline.errors import CompressionError
from pipeline.sources.gzip_members import Members, find_member


def test_members_are_unpacked_and_their_firsts_told() -> None:
    one, two = gzip.compress(b"one"), gzip.compress(bytes(100_000))
    found = list(Members(io.BytesIO(b"??" + one + two), 2).pieces())
    assert [(first, len(piece)) for first, piece in found] == [(True, 3), (True, 65_536), (False, 34_464)]


def test_a_member_that_is_cut_off_raises_after_what_it_holds() -> None:
    members = Members(io.BytesIO(gzip.compress(b"one") + gzip.compress(b"twotwo")[:-4]), 0)
    pieces = members.pieces()
    assert [next(pieces)[1], next(pieces)[1]] == [b"one", b"twotwo"]
    with pytest.raises(CompressionError, match="ends early"):
        next(pieces)
    assert members.begun_at == len(gzip.compress(b"one"))


def test_a_member_is_found_wherever_it_begins() -> None:
    member = gzip.compress(b"WARC/1.0")
    for ahead in (0, 1, 65_535, 65_536, 70_000, 131_071):
        filler = b"\x1f\x8b\x08" * (ahead // 3) + b"x" * (ahead % 3)
        assert find_member(io.BytesIO(filler + member), 0) == ahead
    assert find_member(io.BytesIO(member), 1) is None
    assert find_member(io.BytesIO(gzip.compress(b"something else")), 0) is None
