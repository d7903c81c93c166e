import gzip
import io
import re
import zlib
from datetime import datetime, timezone
from functools import partial

import brotli
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.sources.document import Document
from pipeline.sources.parts import WHOLE, Part
from pipeline.sources.streams import Limits
from pipeline.sources.warc import cut_at_records, read_warc
from schemas import Reject
from tests.support.warcs import PROSE, detail, packed, page, page_records, record, response

PAGES = page_records(6)
WAYS = {
    "plain": b"".join,
    "packed by record": packed,
    "packed as one": lambda records: gzip.compress(b"".join(records)),
    "packed in blocks": lambda records: b"".join(
        gzip.compress(b"".join(records)[start : start + 700]) for start in range(0, sum(map(len, records)), 700)
    ),
}
ways = pytest.mark.parametrize("way", WAYS)


class Trickle(io.BytesIO):
    """A stream that gives a few bytes at a time, as remote ones may."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(1_000 if size is None or size < 0 else min(1_000, size))


def read(
    data: bytes,
    limits: Limits = Limits(),  # noqa: B008  # it is frozen
    part: Part = WHOLE,
    name: str = "a.warc",
) -> list[Document | Reject]:
    return list(read_warc(Trickle(data), f"news/{name}", limits, part))


def refs(found: list[Document | Reject]) -> list[str]:
    return [each.ref.removeprefix("https://post.example/news/") for each in found]


@ways
def test_pages_are_articles(way: str) -> None:
    first, *_ = found = read(WAYS[way](PAGES))
    assert refs(found) == ["0", "1", "2", "3", "4", "5"]
    assert first == Document(
        ref="https://post.example/news/0",
        name="https://post.example/news/0",
        folder="news",
        text=f"Report 0\n{PROSE}\n{detail(0)}",
        url="https://post.example/news/0",
        title="Report 0",
        publisher="post.example",
        language="en",
        fetched_at=datetime(2023, 11, 20, 8, 30, tzinfo=timezone.utc),
        blocks=first.blocks if isinstance(first, Document) else (),
    )


def test_the_date_is_the_page_s_and_not_the_crawler_s() -> None:
    dated = page(head='<meta property="article:published_time" content="2023-11-14T10:00:00+00:00">')
    (found,) = read(record(response(dated.encode())))
    assert isinstance(found, Document)
    assert found.published_at == datetime(2023, 11, 14, 10, tzinfo=timezone.utc)


@ways
def test_what_is_no_page_is_passed_over(way: str) -> None:
    html = page().encode()
    others = [
        record(b"software: x\r\n", kind="warcinfo", content_type="application/warc-fields"),
        record(b"GET /a HTTP/1.1\r\n\r\n", kind="request"),
        record(html, kind="metadata", content_type="text/html"),
        record(response(b""), kind="revisit"),
        record(response(b"\x89PNG\r\n\x1a\n" + b"\0" * 200, content_type="image/png")),
        record(response(b"User-agent: *\n", content_type="text/plain")),
        record(response(html, status="404 Not Found")),
        record(response(html, status="301 Moved", location="/b")),
        record(response(b"<rss></rss>", content_type="")),
        record(b"no HTTP at all"),
        record(b""),
    ]
    assert refs(read(WAYS[way]([*others, PAGES[0], *others]))) == ["0"]


def test_a_page_that_does_not_say_so_is_told_by_its_beginning() -> None:
    (found,) = read(record(response(b"\n<!DOCTYPE HTML>" + page().encode(), content_type="")))
    assert isinstance(found, Document)


ACCENTS = PROSE.replace("officials", "“officials” à Besançon")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (page(text=ACCENTS).encode("cp1252"), {"content_type": "text/html; charset=ISO-8859-1"}),
        (page(text=ACCENTS, head="<meta charset='windows-1252'>").encode("cp1252"), {"content_type": "text/html"}),
        (page(text=ACCENTS).encode("utf-16"), {"content_type": "TEXT/HTML"}),
        (page(text=ACCENTS).encode(), {"content_type": 'application/xhtml+xml; charset="none"'}),
        (gzip.compress(page(text=ACCENTS).encode()), {"content_encoding": "gzip"}),
        (zlib.compress(page(text=ACCENTS).encode())[2:-4], {"content_encoding": "deflate"}),
        (brotli.compress(page(text=ACCENTS).encode()), {"content_encoding": "br"}),
        (pa.compress(page(text=ACCENTS).encode(), "zstd", asbytes=True), {"content_encoding": "zstd"}),
        (page(text=ACCENTS).encode(), {"content_encoding": "gzip"}),
        (page(text=ACCENTS).encode(), {"transfer_encoding": "chunked"}),
    ],
)  # fmt: skip
def test_encodings_and_codings(body: bytes, fields: dict[str, str]) -> None:
    (found,) = read(record(response(body, **fields)))
    assert isinstance(found, Document)
    assert ACCENTS in found.text


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio leaves files open
def test_what_another_hand_writes_is_read() -> None:
    for gzipped in (False, True):
        file = io.BytesIO()
        writer = WARCWriter(file, gzip=gzipped)
        writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "warcio"}))
        for number in range(3):
            header = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            url, body = f"https://post.example/news/{number}", io.BytesIO(page(number).encode())
            writer.write_record(writer.create_warc_record(url, "response", payload=body, http_headers=header))
        assert refs(read(file.getvalue())) == ["0", "1", "2"]


@ways
def test_a_page_that_cannot_be_read_is_a_reject(way: str) -> None:
    bad = record(response(b"<html><body><a href='/'>Home</a></body></html>"), "https://post.example/news/bad")
    rejected, good = read(WAYS[way]([bad, PAGES[0]]))
    assert isinstance(rejected, Reject)
    assert (rejected.stage, rejected.ref) == ("sources", "news/a.warc:1")
    assert "without main text" in rejected.reason
    assert (rejected.record or "").startswith("https://post.example/news/bad\n<html>")
    assert refs([good]) == ["0"]


@ways
@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"what is this?\r\n\r\n", "no header of a WARC record"),
        (b"WARC/1.0\r\nContent-Length: 5\r\n", "no header of a WARC record|not as long"),
        (record(b"x" * 500, length="many"), "does not say how long"),
        (record(b"x" * 500, length=-1), "does not say how long"),
        (record(response(page(9).encode()), length=100), "not as long as its header says"),
    ],
)
def test_a_damaged_record_is_a_reject_and_the_next_is_read(way: str, bad: bytes, reason: str) -> None:
    found = read(WAYS[way]([PAGES[0], bad, *PAGES[1:3]]))
    assert refs(found) == ["0", "news/a.warc:2", "1", "2"]
    assert isinstance(found[1], Reject)
    assert re.search(reason, found[1].reason)
    assert "damaged WARC record" in found[1].reason


@pytest.mark.parametrize("way", ["plain", "packed by record"])
@pytest.mark.parametrize("length", [1_900, 10**6, 10**15])
def test_a_record_that_says_it_is_longer_costs_one_record(way: str, length: int) -> None:
    bad = record(response(page(9).encode()), length=length)
    found = read(WAYS[way]([PAGES[0], bad, *PAGES[1:]]))
    assert refs(found) == ["0", "news/a.warc:2", "1", "2", "3", "4", "5"]


def test_damage_in_a_packed_record_costs_that_record() -> None:
    members = [gzip.compress(each) for each in PAGES]
    for position in (0, 2, len(members[2]) // 2, len(members[2]) - 8):
        broken = bytearray(members[2])
        broken[position : position + 3] = b"\xff\xff\xff"
        found = read(b"".join([*members[:2], bytes(broken), *members[3:]]))
        assert refs(found) == ["0", "1", "news/a.warc:3", "3", "4", "5"]
        assert isinstance(found[2], Reject)
        assert "gzip stream is damaged" in found[2].reason
        assert f"at byte {len(members[0]) + len(members[1]):,} " in found[2].reason


@ways
def test_a_file_that_is_cut_off_gives_what_came_before_and_one_reject(way: str) -> None:
    data = WAYS[way](PAGES)
    found = read(data[: len(data) * 2 // 3 - 9])
    assert refs(found[:-1]) == [str(number) for number in range(len(found) - 1)]
    assert len(found) >= 2
    assert isinstance(found[-1], Reject)
    assert "damaged WARC record" in found[-1].reason


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", gzip.compress(b"", mtime=0), packed(PAGES[:0])])
def test_an_empty_archive_has_no_articles(data: bytes) -> None:
    assert read(data) == []


def test_an_archive_that_was_unpacked_on_the_way_is_read() -> None:
    assert refs(read(PAGES[0], name="a.warc.gz")) == ["0"]


def test_zeros_after_a_packed_record_are_padding() -> None:
    assert refs(read(packed(PAGES[:1]) + bytes(512) + packed(PAGES[1:2]) + bytes(512))) == ["0", "1"]


@ways
def test_pages_beyond_the_limit_are_rejected_and_the_next_are_read(way: str) -> None:
    long = record(response(page(7, PROSE * 20).encode()), "https://post.example/news/7")
    video = record(response(bytes(9_000), content_type="video/mp4"))
    found = read(WAYS[way]([long, video, PAGES[0]]), Limits(max_article_bytes=3_000))
    assert refs(found) == ["news/a.warc:1", "0"]
    assert isinstance(found[0], Reject)
    assert "longer than 3,000 bytes" in found[0].reason


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_page_that_unpacks_to_a_lot_is_rejected_and_the_next_is_read(coding: str) -> None:
    pack = {"gzip": gzip.compress, "br": brotli.compress, "zstd": partial(pa.compress, codec="zstd", asbytes=True)}
    bomb = record(response(pack[coding](b"<html><p>" + b"x " * 10_000_000), content_encoding=coding))
    assert len(bomb) < 100_000
    rejected, good = read(packed([bomb, PAGES[0]]), Limits(max_article_bytes=1_000_000))
    assert isinstance(rejected, Reject)
    assert "longer than 1,000,000 bytes" in rejected.reason
    assert refs([good]) == ["0"]


def test_lengths_that_lie_for_ever_are_not_searched_for_ever() -> None:
    lies = [record(b"x", length=90_000) for _ in range(400)]
    found = read(b"".join([*lies, b"x" * 90_000]), Limits(max_article_bytes=100_000))
    assert all(isinstance(each, Reject) for each in found)


@pytest.mark.parametrize("part_bytes", [1, 2_000, 10**9])
def test_parts_are_the_file_in_order(part_bytes: int) -> None:
    bad = record(response(b"<html></html>"))
    fake = record(response(page(8, record(b"x").decode()).encode()), "https://post.example/news/8")
    data = b"".join([*PAGES[:3], fake, bad, *PAGES[3:]])
    parts = cut_at_records(io.BytesIO(data), part_bytes)
    assert len(parts) == {1: 8, 2_000: 4, 10**9: 1}[part_bytes]
    assert [found for part in parts for found in read(data, part=part)] == read(data)


def test_beyond_damage_and_packed_nothing_is_cut() -> None:
    damaged = b"".join([*PAGES[:2], b"what is this?\r\n\r\n", *PAGES[2:]])
    parts = cut_at_records(io.BytesIO(damaged), 1)
    assert parts[-1].stop is None
    assert len(parts) == 2
    assert [found for part in parts for found in read(damaged, part=part)] == read(damaged)
    assert cut_at_records(io.BytesIO(packed(PAGES)), 1) == [WHOLE]


@settings(max_examples=60)
@given(st.data(), st.sampled_from(["plain", "packed by record"]))
def test_a_touched_archive_loses_no_more_than_what_was_touched(data: st.DataObject, way: str) -> None:
    original = WAYS[way](PAGES)
    start = data.draw(st.integers(8, len(original)))  # by its first bytes the way of packing is told
    new, gone = data.draw(st.binary(max_size=40)), data.draw(st.integers(0, 40))
    found = read(original[:start] + new + original[start + gone :])
    assert {"0", "1", "2", "3", "4", "5"} - set(refs(found)) <= _touched(way, start, gone)


def _touched(way: str, start: int, gone: int) -> set[str]:
    """The pages whose records a change reaches, or the ones beside it."""
    ends = [len(WAYS[way](PAGES[: number + 1])) for number in range(len(PAGES))]
    return {
        str(number)
        for number, end in enumerate(ends)
        if start <= end and start + gone >= (ends[number - 1] if number else 0)
    }
