import gzip
import zlib
from collections.abc import Callable
from functools import partial

import brotli
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import TooLargeError
from pipeline.sources.content_coding import decoded, joined_chunks

BODY = b"".join(b"line %d of %d\n" % (number, number * 7919) for number in range(40_000))


def bare_deflate(data: bytes) -> bytes:
    return zlib.compress(data)[2:-4]


CODINGS: dict[str, list[Callable[[bytes], bytes]]] = {
    "gzip": [gzip.compress],
    "X-GZip": [gzip.compress],
    "deflate": [zlib.compress, bare_deflate],
    "br": [brotli.compress],
    "zstd": [partial(pa.compress, codec="zstd", asbytes=True)],
}
ways = pytest.mark.parametrize(("coding", "pack"), [(coding, pack) for coding in CODINGS for pack in CODINGS[coding]])


@ways
def test_codings_are_undone(coding: str, pack: Callable[[bytes], bytes]) -> None:
    assert decoded(pack(BODY), coding, 10**7) == (BODY, False)
    assert decoded(pack(gzip.compress(BODY)), f"gzip, {coding}", 10**7) == (BODY, False)


@ways
def test_of_a_body_that_breaks_off_what_came_before_is_kept(coding: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(BODY)
    kept, cut = decoded(packed[: len(packed) * 2 // 3], coding, 10**7)
    assert cut
    assert BODY.startswith(kept)
    assert len(kept) > len(BODY) // 4


@ways
def test_a_body_that_unpacks_to_too_much_is_refused(coding: str, pack: Callable[[bytes], bytes]) -> None:
    with pytest.raises(TooLargeError):
        decoded(pack(bytes(30_000_000)), coding, 1_000_000)


@pytest.mark.parametrize("coding", [None, "", "identity", "none", "sdch", *CODINGS])
def test_a_body_that_is_not_coded_after_all_is_left_as_it_is(coding: str | None) -> None:
    assert decoded(BODY, coding, 10) == (BODY, False)


@given(st.binary(), st.sampled_from(sorted(CODINGS)))
def test_any_body_is_decoded_without_an_exception(body: bytes, coding: str) -> None:
    decoded(body, coding, 10**6)


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        (b"6\r\nhello \r\n5;x=y\r\nworld\r\n0\r\n\r\n", b"hello world"),
        (b"6\nhello \n5\nworld\n0\n\n", b"hello world"),
        (b"6\r\nhello \r\nFF\r\nwor", b"hello wor"),
        (b"6\r\nhello \r\n", b"hello "),
        (b"0\r\n\r\n", b""),
        (b"<html>no chunks", b"<html>no chunks"),
        (b"-5\r\nhello", b""),
        (b"", b""),
    ],
)
def test_chunks_are_joined(sent: bytes, body: bytes) -> None:
    assert joined_chunks(sent) == body


@given(st.lists(st.binary(min_size=1, max_size=80), min_size=1))
def test_what_was_parted_is_joined(parts: list[bytes]) -> None:
    sent = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    assert joined_chunks(sent) == b"".join(parts)


@given(st.binary())
def test_any_body_is_joined_without_an_exception(sent: bytes) -> None:
    joined_chunks(sent)
