import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.http_response import fields_of, response_in


def test_a_response_is_parted() -> None:
    found = response_in(b'HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; Charset="UTF-8"\r\n\r\n<p>\r\n\r\n')
    assert found is not None
    assert (found.status, found.raw, found.charset) == (200, b"<p>\r\n\r\n", "UTF-8")
    assert found.fields == {"content-type": 'Text/HTML; Charset="UTF-8"'}
    assert found.is_page


def test_fields_are_read_as_they_come() -> None:
    header = b"HTTP/1.1 200 OK\nA: 1\r\nB : 2\r\n  more\r\na: 3\r\nno field\r\nC: caf\xe9"
    assert fields_of(header) == {"a": "1", "b": "2 more", "c": "café"}


@pytest.mark.parametrize(
    ("status", "content_type", "body", "is_page"),
    [
        ("200 OK", "text/html", "", True),
        ("203 Non-Authoritative", "application/xhtml+xml;charset=x", "", True),
        ("200", "", "<!-- a --><!doctype html>", True),
        ("200", "", "<html>", True),
        ("200", "", "<rss>", False),
        ("200", "text/plain", "<html>", False),
        ("301 Moved", "text/html", "<html>", False),
        ("404 Not Found", "text/html", "<html>", False),
        ("500", "text/html", "<html>", False),
    ],
)
def test_what_is_a_page(status: str, content_type: str, body: str, is_page: bool) -> None:
    found = response_in(f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n{body}".encode())
    assert found is not None
    assert found.is_page == is_page


@pytest.mark.parametrize(
    "block",
    [b"", b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: b\r\n", b"HTTP/1.1 OK\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nA: " + b"b" * 40_000 + b"\r\n\r\n"],
)  # fmt: skip
def test_what_is_no_response(block: bytes) -> None:
    assert response_in(block) is None


@given(st.binary())
def test_any_header_is_read_without_an_exception(header: bytes) -> None:
    found = response_in(b"HTTP/1.1 200 OK\r\n" + header + b"\r\n\r\n")
    assert found is None or isinstance(found.is_page, bool)
