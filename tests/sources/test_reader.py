import gzip
import io
import json
import os
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.parts import WHOLE
from pipeline.sources.reader import SUFFIXES, parts_of, read_file
from pipeline.sources.streams import Limits
from schemas import Article, Reject
from tests.support.warcs import packed, page, page_records


def opened(path: str) -> BinaryIO:
    return Path(path).open("rb")


def holding(data: bytes) -> Callable[[str], BinaryIO]:
    return lambda path: io.BytesIO(data)


def refused(path: str) -> BinaryIO:
    raise PermissionError(13, "Permission denied", path)


class Failing(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise OSError(5, "Input/output error")


def rejected(path: str, open_file: Callable[[str], BinaryIO], limits: Limits = Limits()) -> Reject:  # noqa: B008  # frozen
    (found,) = read_file(path, open_file, None, limits)
    assert isinstance(found, Reject)
    assert (found.stage, found.ref) == ("sources", path)
    return found


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "no text"),
        ("a.txt", b" \n\t\n", "no text"),
        ("a.txt", b"%PDF-1.7 \x00", "PDF"),
        ("a.html", b"\x89PNG\r\n", "PNG"),
        ("a.html", b"<html></html>", "web page"),
        ("a.jsonl", b"PK\x03\x04\n\x00\n\x01\n", "ZIP"),
        ("a.md", b"Two outposts.", ".txt, .html"),
        ("a", b"Two outposts.", ".txt, .html"),
        ("a.jsonl.bz2", b"", ".jsonl.gz"),
    ],
)
def test_what_cannot_be_read_is_one_reject(name: str, data: bytes, reason: str) -> None:
    assert reason in rejected(f"news/{name}", holding(data)).reason


def test_an_empty_jsonl_file_has_no_articles() -> None:
    assert list(read_file("a.jsonl", holding(b""), None)) == []


@pytest.mark.parametrize("name", ["A.TXT", "a.b.txt", "a .Txt"])
def test_suffixes_in_any_case(name: str) -> None:
    (found,) = read_file(name, holding(b"Two outposts."), None)
    assert isinstance(found, Article)


def test_a_file_that_may_not_be_read_is_a_reject() -> None:
    assert "Permission denied" in rejected("a.txt", refused).reason
    assert "Input/output error" in rejected("a.txt", lambda path: Failing()).reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_read_permission_is_a_reject(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Two outposts.")
    path.chmod(0)
    assert "Permission denied" in rejected(str(path), opened).reason


def test_a_file_that_vanishes_while_it_is_read_is_a_reject() -> None:
    streams = iter([io.BytesIO(b"%PDF-1.7")])

    def once(path: str) -> BinaryIO:
        if (stream := next(streams, None)) is None:
            raise FileNotFoundError(2, "No such file", path)
        return stream

    assert rejected("a.txt", once).record is None


def test_a_missing_file_is_a_reject(tmp_path: Path) -> None:
    assert "FileNotFoundError" in rejected(str(tmp_path / "a.txt"), opened).reason


@pytest.mark.parametrize(
    ("suffix", "reason"),
    [(".txt", "longer than"), (".html", "longer than"), (".jsonl", "NUL bytes"), (".csv", "longer than")],
)
def test_a_huge_file_is_rejected_at_once(tmp_path: Path, suffix: str, reason: str) -> None:
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    started = time.perf_counter()
    found = rejected_any(str(path))
    assert time.perf_counter() - started < 3
    assert reason in found.reason


def rejected_any(path: str) -> Reject:
    (found,) = read_file(path, opened, None, Limits(max_article_bytes=1_000_000, max_line_bytes=1_000_000))
    assert isinstance(found, Reject)
    return found


def test_the_same_content_by_any_path_is_the_same_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Two outposts.")
    (folder / "b.txt").write_text("Two outposts.")
    monkeypatch.chdir(tmp_path)

    def id_of(path: str) -> str:
        (found,) = read_file(path, opened, None)
        assert isinstance(found, Article)
        return found.article_id

    by_path = {id_of(path) for path in ("news/a.txt", "./news/a.txt", str(folder / "a.txt"))}
    monkeypatch.chdir(folder)
    by_path |= {id_of("a.txt"), id_of("./a.txt")}
    assert len(by_path) == 1
    assert id_of("b.txt") not in by_path


def test_articles_come_in_the_order_of_the_file_with_its_time() -> None:
    modified = datetime(2023, 11, 20, tzinfo=timezone.utc)
    data = b'{"text": "one"}\n[]\n{"text": "two"}\n'
    first = list(read_file("a.jsonl", holding(data), modified))
    assert [type(found) for found in first] == [Article, Reject, Article]
    assert [found.fetched_at for found in first if isinstance(found, Article)] == [modified, modified]
    assert first == list(read_file("a.jsonl", holding(data), modified))


def parquet(texts: list[str]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"id": [str(number) for number in range(len(texts))], "text": texts}), file)
    return file.getvalue()


TEXTS = [f"Gunmen attacked outpost {number} on Tuesday." for number in range(40)]
LINES = b"".join(json.dumps({"id": str(number), "text": text}).encode() + b"\n" for number, text in enumerate(TEXTS))
WHOLE_FILES = {
    ".txt": "\n\n".join(TEXTS).encode(),
    ".html": page().encode(),
    ".jsonl": LINES,
    ".jsonl.gz": gzip.compress(LINES),
    ".jsonl.zst": pa.compress(LINES, "zstd", asbytes=True),
    ".csv": b"id,text\n" + b"".join(b'%d,"%s"\n' % (number, text.encode()) for number, text in enumerate(TEXTS)),
    ".parquet": parquet(TEXTS),
    ".warc": b"".join(page_records(4)),
    ".warc.gz": packed(page_records(4)),
}


@pytest.mark.parametrize("suffix", WHOLE_FILES)
def test_whole_files_are_read(suffix: str) -> None:
    found = list(read_file(f"a{suffix}", holding(WHOLE_FILES[suffix]), None))
    assert len(found) == {".txt": 1, ".html": 1, ".warc": 4, ".warc.gz": 4}.get(suffix, 40)
    assert all(isinstance(each, Article) for each in found)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_parts_of_any_kind_are_the_file_in_order(suffix: str) -> None:
    data = WHOLE_FILES.get(suffix, b"x" * 99)
    parts = parts_of(f"a{suffix}", len(data), holding(data), part_bytes=600)
    assert (len(parts) > 1) == (suffix in (".jsonl", ".warc"))
    read = [found for part in parts for found in read_file(f"a{suffix}", holding(data), None, part=part)]
    assert read == list(read_file(f"a{suffix}", holding(data), None))


@pytest.mark.parametrize("path", ["a.jsonl", "a.parquet", "a.warc", "a.md"])
def test_what_cannot_be_cut_is_left_to_its_reader(path: str) -> None:
    assert parts_of(path, 10**9, refused) == [WHOLE]
    assert parts_of(path, 10**9, holding(b"")) == [WHOLE]


FRAGMENTS = [
    b"<html>",
    b"<p>",
    b"<div>" * 3_000,
    b"word " * 20,
    b"<script>",
    b"<!--",
    b"&#0;",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x00",
    b"\r",
    b"\n",
    b'id,text\n1,"',
    b'{"text": "x',
    b'"}\n',
    b"[" * 5_000,
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"\xe9",
    b"WARC/1.0\r\n",
    b"WARC-Type: response\r\nContent-Length: 60\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\xff\r\n\r\n",
]
any_bytes = st.binary() | st.lists(st.sampled_from(FRAGMENTS) | st.binary(max_size=4)).map(b"".join)


def check_all(data: bytes, suffix: str) -> None:
    """Whatever a file holds gives articles and rejects that can be stored, the same each time and in any parts."""
    found = list(read_file(f"news/a{suffix}", holding(data), None))
    for row in found:
        assert isinstance(row, Article | Reject)
        row.model_dump_json().encode("utf-8")
    assert found == list(read_file(f"news/a{suffix}", holding(data), None))
    parts = parts_of(f"news/a{suffix}", len(data), holding(data), part_bytes=64)
    assert found == [row for part in parts for row in read_file(f"news/a{suffix}", holding(data), None, part=part)]


@given(any_bytes, st.sampled_from(SUFFIXES))
def test_any_bytes_give_articles_and_rejects_and_never_an_exception(data: bytes, suffix: str) -> None:
    check_all(data, suffix)


@given(st.data(), st.sampled_from(sorted(WHOLE_FILES)))
def test_damaged_files_give_articles_and_rejects_and_never_an_exception(data: st.DataObject, suffix: str) -> None:
    whole = WHOLE_FILES[suffix]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(whole)))
        whole = whole[:start] + data.draw(st.binary(max_size=8)) + whole[start + data.draw(st.integers(0, 8)) :]
    check_all(whole, suffix)


class Broken(io.BytesIO):
    """A stream whose reading fails as no library says it would."""

    def __init__(self, data: bytes, error: Exception) -> None:
        super().__init__(data)
        self._error = error

    def read(self, size: int | None = -1) -> bytes:
        raise self._error


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.csv", "a.parquet", "a.warc", "a.jsonl.gz"])
@pytest.mark.parametrize("error", [KeyError("column"), RecursionError("too deep"), AssertionError(), UnicodeError("?")])
def test_a_fault_of_a_reader_is_one_reject(name: str, error: Exception) -> None:
    found = list(read_file(f"news/{name}", lambda path: Broken(b"Two outposts.", error), None))
    assert all(isinstance(each, Reject) for each in found)
    assert len(found) == 1
    assert found[0].ref.startswith(f"news/{name}")


@pytest.mark.parametrize("number", [28, 12, 24])
def test_a_full_disk_is_no_fault_of_the_file(number: int) -> None:
    with pytest.raises(OSError, match=os.strerror(number)):
        list(read_file("a.txt", lambda path: Broken(b"", OSError(number, os.strerror(number))), None))


def test_rejects_of_a_kind_are_counted_after_a_hundred() -> None:
    rows = [*["not json"] * 150, *['{"text": ""}'] * 120, *['{"text": "Two outposts.", "id": []}'] * 3]
    found = list(read_file("a.jsonl", holding("\n".join(rows).encode()), None))
    reasons = [each.reason for each in found if isinstance(each, Reject)]
    assert len(reasons) == 100 + 100 + 3 + 2
    assert sorted(reasons[-2:]) == [
        "20 more like the 100 before (no text): the last",
        "50 more like the 100 before (not JSON): the last",
    ]
    assert {each.ref for each in found[-2:] if isinstance(each, Reject)} == {"a.jsonl:150", "a.jsonl:270"}


def test_articles_among_many_rejects_are_all_read() -> None:
    rows = ["not json", json.dumps({"text": "Two outposts came under fire near the town on Monday."})] * 300
    found = list(read_file("a.jsonl", holding("\n".join(rows).encode()), None))
    assert sum(isinstance(each, Article) for each in found) == 300
    assert len({each.article_id for each in found if isinstance(each, Article)}) == 1
    assert sum(isinstance(each, Reject) for each in found) == 101
