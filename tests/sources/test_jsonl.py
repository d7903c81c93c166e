import gzip
import io
import json
from datetime import datetime, timezone

import pytest

from pipeline.errors import SourceError
from pipeline.sources.document import Document
from pipeline.sources.jsonl import read_jsonl
from pipeline.sources.streams import Limits
from schemas import Reject


def read(data: bytes, limits: Limits = Limits()) -> list[Document | Reject]:  # noqa: B008  # it is frozen
    return list(read_jsonl(io.BytesIO(data), "news/a.jsonl", limits))


def test_all_fields() -> None:
    line = {
        "id": "n-1",
        "url": "https://www.post.example/a",
        "title": "Outposts under fire",
        "text": "Two outposts.",
        "published_at": "2023-11-14T10:00:00Z",
        "source": "The Portville Post",
        "section": "world",
    }
    assert read(json.dumps(line).encode()) == [
        Document(
            ref="n-1",
            name="https://www.post.example/a",
            folder="news",
            text="Two outposts.",
            url="https://www.post.example/a",
            title="Outposts under fire",
            publisher="The Portville Post",
            published_at=datetime(2023, 11, 14, 10, tzinfo=timezone.utc),
        )
    ]


@pytest.mark.parametrize(
    ("line", "ref", "name", "publisher"),
    [
        ('{"text": "x"}', "news/a.jsonl:1", None, None),
        ('{"text": "x", "id": 7}', "7", "7", None),
        ('{"text": "x", "id": "", "url": null}', "news/a.jsonl:1", None, None),
        ('{"text": "x", "url": "https://www.post.example/a"}', "https://www.post.example/a",
         "https://www.post.example/a", "post.example"),
    ],
)  # fmt: skip
def test_what_a_document_is_called(line: str, ref: str, name: str | None, publisher: str | None) -> None:
    (document,) = read(line.encode())
    assert isinstance(document, Document)
    assert (document.ref, document.name, document.publisher, document.folder) == (ref, name, publisher, "news")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{text: x}", "not JSON"),
        ('["x"]', "a list, not an object"),
        ("null", "null, not an object"),
        ('{"title": "x"}', "no text"),
        ('{"text": " "}', "no text"),
        ('{"text": ["x"]}', "`text` must be a string, not a list"),
        ('{"text": 1}', "`text` must be a string, not a number"),
        ('{"text": "x", "url": {}}', "`url` must be a string, not an object"),
        ('{"text": "x", "id": true}', "`id` must be a string, not true or false"),
        ("[" * 100_000, "not JSON"),
        ('{"text": "x", "id": ' + "9" * 5_000 + "}", "not JSON"),
    ],
)
def test_a_bad_line_is_rejected_and_the_next_is_read(line: str, reason: str) -> None:
    bad, good = read(line.encode() + b'\n{"text": "good"}\n')
    assert isinstance(bad, Reject)
    assert reason in bad.reason
    assert (bad.ref, bad.stage, bad.record) == ("news/a.jsonl:1", "sources", line[:2_000])
    assert isinstance(good, Document)
    assert good.ref == "news/a.jsonl:2"


@pytest.mark.parametrize("written", ['"yesterday"', "1700000000", '"2023"', '"03/04/2023"'])
def test_a_date_that_cannot_be_read_costs_the_article_its_date_only(written: str) -> None:
    (found,) = read(f'{{"text": "x", "published_at": {written}}}'.encode())
    assert isinstance(found, Document)
    assert (found.text, found.published_at) == ("x", None)
    assert "`published_at` cannot be read" in (found.doubt or "")


@pytest.mark.parametrize("written", ['"NaT"', '"nan"', '"None"', '"null"', "null", '""', "NaN", '"N/A"'])
def test_what_programs_write_for_no_date_is_no_date(written: str) -> None:
    (found,) = read(f'{{"text": "x", "published_at": {written}, "title": "nan"}}'.encode())
    assert isinstance(found, Document)
    assert (found.published_at, found.doubt, found.title) == (None, None, None)


@pytest.mark.parametrize(("written", "name"), [("7", "7"), ("7.0", "7"), ('"7"', "7"), ("NaN", None)])
def test_an_id_may_be_a_number(written: str, name: str | None) -> None:
    (found,) = read(f'{{"text": "x", "id": {written}}}'.encode())
    assert isinstance(found, Document)
    assert found.name == name


def test_names_of_fields_in_any_case() -> None:
    (found,) = read(b'{"ID": "a", "Text": "x", "Published At": "2023-11-14", "URL": "https://a.example/1"}')
    assert isinstance(found, Document)
    assert (found.name, found.text, str(found.published_at)[:10]) == ("https://a.example/1", "x", "2023-11-14")


def test_a_line_that_is_not_text_is_rejected_alone() -> None:
    good, bad, also_good = read(b'{"text": "x"}\n{"text": "\x00"}\n{"text": "y"}')
    assert isinstance(bad, Reject)
    assert "not a text" in bad.reason
    assert isinstance(good, Document)
    assert isinstance(also_good, Document)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_file_in_another_encoding_is_refused_as_a_whole(encoding: str) -> None:
    with pytest.raises(SourceError):
        read('{"text": "x"}\n{"text": "y"}\n'.encode(encoding))


def test_blank_lines_are_passed_over_and_counted() -> None:
    (found,) = read(b'\xef\xbb\xbf\n\n  \r\n{"text": "x"}\r\n')[-1:]
    assert isinstance(found, Document)
    assert found.ref == "news/a.jsonl:4"


def test_a_line_beyond_the_limit_is_rejected_and_the_next_is_read() -> None:
    bad, good = read(b'{"text": "' + b"x" * 3_000 + b'"}\n{"text": "good"}', Limits(max_line_bytes=1_000))
    assert isinstance(bad, Reject)
    assert "longer than 1,000 bytes" in bad.reason
    assert isinstance(good, Document)


def test_gzip_is_told_by_its_bytes() -> None:
    (found,) = read(gzip.compress(b'{"text": "x"}\n'))
    assert isinstance(found, Document)


def test_cut_off_gzip_gives_what_was_readable_and_one_reject_for_the_rest() -> None:
    lines = b"".join(b'{"id": %d, "text": "Outpost %d"}\n' % (number, number * 7919) for number in range(20_000))
    zipped = gzip.compress(lines)
    *found, last = read(zipped[: len(zipped) // 2])
    assert len(found) > 1_000
    assert [document.ref for document in found] == [str(number) for number in range(len(found))]
    assert isinstance(last, Reject)
    assert f"after line {len(found)}" in last.reason
    assert "gzip" in last.reason


def test_a_line_with_a_few_broken_bytes_is_read() -> None:
    (found,) = read('{"text": "Zwölf Männer'.encode() + b"\xff" + b" " * 200 + b'"}')
    assert isinstance(found, Document)
    assert found.text.startswith("Zwölf Männer\ufffd")
