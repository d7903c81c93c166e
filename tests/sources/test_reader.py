import io
import os
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sources.reader import SUFFIXES, read_file
from pipeline.sources.streams import Limits
from schemas import Article, Reject


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


@pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl"])
def test_a_huge_file_is_rejected_at_once(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    started = time.perf_counter()
    found = rejected_any(str(path))
    assert time.perf_counter() - started < 3
    assert "longer than" in found.reason


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


FRAGMENTS = [
    b"<html>",
    b"<p>",
    b"word " * 20,
    b"<script>",
    b"\xff\xfe",
    b"\x00",
    b'{"text": "x',
    b'"}\n',
    b"\x1f\x8b",
    b"\xe9",
]
any_bytes = st.binary() | st.lists(st.sampled_from(FRAGMENTS) | st.binary(max_size=4)).map(b"".join)


@settings(deadline=None)
@given(any_bytes, st.sampled_from(SUFFIXES))
def test_any_bytes_give_articles_and_rejects_and_never_an_exception(data: bytes, suffix: str) -> None:
    found = list(read_file(f"news/a{suffix}", holding(data), None))
    for row in found:
        assert isinstance(row, Article | Reject)
        row.model_dump_json().encode("utf-8")
    assert found == list(read_file(f"news/a{suffix}", holding(data), None))
