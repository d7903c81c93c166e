import io

from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.parts import Part, chunks_of, cut_at_lines


def cut(data: bytes, part_bytes: int) -> list[Part]:
    return cut_at_lines(io.BytesIO(data), part_bytes)


def bytes_of(data: bytes, part: Part) -> bytes:
    return b"".join(chunks_of(io.BytesIO(data), part))


def test_parts_begin_with_lines_and_know_their_numbers() -> None:
    assert cut(b"one\ntwo\nthree\nfour\n", 5) == [Part(0, 8, 1), Part(8, 14, 3), Part(14, 19, 4), Part(19, None, 5)]


@given(st.lists(st.binary(max_size=12)), st.integers(1, 40))
def test_parts_are_the_file_in_order(lines: list[bytes], part_bytes: int) -> None:
    data = b"\n".join(lines)
    parts = cut(data, part_bytes)
    assert b"".join(bytes_of(data, part) for part in parts) == data
    for part in parts:
        assert part.first == 1 + data.count(b"\n", 0, part.start)
        assert part.start == 0 or data[part.start - 1 : part.start] == b"\n"


def test_cuts_are_found_far_into_a_file() -> None:
    data = b"x" * 300_000 + b"\n" + b"y" * 300_000 + b"\nz\n"
    assert cut(data, 70_000) == [Part(0, 300_001, 1), Part(300_001, 600_002, 2), Part(600_002, None, 3)]
    assert [len(bytes_of(data, part)) for part in cut(data, 70_000)] == [300_001, 300_001, 2]
