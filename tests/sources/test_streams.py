import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import CompressionError, TooLargeError
from pipeline.sources.compressed import CHUNK_BYTES, is_compressed, plain_chunks
from pipeline.sources.streams import HEAD_BYTES, Limits, read_lines, read_whole


class Trickle(io.BytesIO):
    """A stream that gives a few bytes at a time, as remote ones may, and counts them."""

    given = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(min(7, size) if size and size > 0 else 7)
        self.given += len(data)
        return data


def test_a_whole_stream_is_read_up_to_the_limit_and_no_further() -> None:
    assert read_whole(Trickle(b"x" * 100), 100) == b"x" * 100
    endless = Trickle(b"x" * 10_000)
    with pytest.raises(TooLargeError):
        read_whole(endless, 100)
    assert endless.given <= 101


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line)), st.booleans())
def test_lines_are_those_that_were_written(lines: list[bytes], zipped: bool) -> None:
    data = b"".join(line + b"\n" for line in lines)
    if is_compressed(data):
        return
    stream = Trickle(gzip.compress(data) if zipped else data)
    read = list(read_lines(plain_chunks(stream), 1_000))
    assert [line.data for line in read] == lines
    assert [line.number for line in read] == list(range(1, len(lines) + 1))


def test_gzip_in_several_members_is_one_stream() -> None:
    data = gzip.compress(b"one\n") + gzip.compress(b"two\n")
    assert [line.data for line in read_lines(plain_chunks(io.BytesIO(data)), 100)] == [b"one", b"two"]


@pytest.mark.parametrize("length", [101, 5_000, CHUNK_BYTES * 3 + 1])
def test_a_line_beyond_the_limit_is_passed_over(length: int) -> None:
    lines = list(read_lines(plain_chunks(io.BytesIO(b"a\n" + b"x" * length + b"\nb")), 100))
    assert [(line.number, line.too_long) for line in lines] == [(1, False), (2, True), (3, False)]
    assert lines[1].data == b"x" * min(length, HEAD_BYTES)


def test_cut_off_gzip_gives_what_came_before() -> None:
    data = gzip.compress(b"".join(b"line %d\n" % number for number in range(50_000)), compresslevel=1)
    numbers = []
    with pytest.raises(CompressionError):  # noqa: PT012  # it is the loop that fails, after a while
        for line in read_lines(plain_chunks(io.BytesIO(data[: len(data) // 2])), 1_000):
            numbers.append(line.number)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 10_000


def test_limits_must_be_positive() -> None:
    with pytest.raises(ValueError, match="max_line_bytes"):
        Limits(max_line_bytes=0)
