"""Web archives for tests."""

import gzip
import random

PROSE = (
    "Gunmen opened fire on a convoy near the northern bridge on Tuesday evening, officials said. Two guards were hurt "
    "and taken to a hospital in the city. No group has claimed responsibility for the attack so far, and the road was "
    "closed until the next morning while the police searched the fields along the river."
)


def detail(number: int) -> str:
    """A sentence that is about as hard to pack as news are."""
    words = random.Random(number).choices(PROSE.split(), k=60)  # noqa: S311  # nothing secret
    return " ".join([f"Report {number} adds:", *words])


def page(number: int = 0, text: str = PROSE, head: str = "") -> str:
    return (
        f"<!doctype html><html lang='en'><head><title>Report {number}</title>{head}</head><body><article>"
        f"<h1>Report {number}</h1><p>{text}</p><p>{detail(number)}</p></article></body></html>"
    )


def response(body: bytes, status: str = "200 OK", **fields: str) -> bytes:
    """An HTTP response; underscores in the names of fields stand for hyphens."""
    given = {"content_type": "text/html; charset=utf-8"} | fields
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-').title()}: {value}" for name, value in given.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def record(
    block: bytes,
    url: str = "https://post.example/news/a",
    kind: str = "response",
    length: object = None,
    content_type: str = "application/http; msgtype=response",
) -> bytes:
    """A WARC record."""
    lines = [
        "WARC/1.0", f"WARC-Type: {kind}", "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        "WARC-Date: 2023-11-20T08:30:00Z", f"WARC-Target-URI: {url}", f"Content-Type: {content_type}",
        f"Content-Length: {len(block) if length is None else length}",
    ]  # fmt: skip
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def page_records(count: int) -> list[bytes]:
    """Records of that many pages; no two are alike."""
    return [record(response(page(n).encode()), f"https://post.example/news/{n}") for n in range(count)]


def packed(records: list[bytes]) -> bytes:
    """An archive packed record by record, as crawlers do it."""
    return b"".join(gzip.compress(each) for each in records)
