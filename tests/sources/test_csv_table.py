import csv
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.sources.csv_table import read_csv
from pipeline.sources.document import Document
from pipeline.sources.streams import Limits
from schemas import Reject


def read(data: bytes, limits: Limits = Limits()) -> list[Document | Reject]:  # noqa: B008  # it is frozen
    return list(read_csv(io.BytesIO(data), "news/a.csv", limits))


def texts(found: list[Document | Reject]) -> list[str | None]:
    return [each.text if isinstance(each, Document) else None for each in found]


def refs(found: list[Document | Reject]) -> list[str]:
    return [each.ref for each in found]


def test_all_fields() -> None:
    (found,) = read(
        b"section,id,url,title,text,published_at,source\r\n"
        b'world,7,https://www.post.example/a,"Outposts, again","Two ""outposts"".\r\n\r\nNo one was hurt.",'
        b"2023-11-14,The Post\r\n"
    )
    assert isinstance(found, Document)
    assert (found.ref, found.name, found.title) == ("7", "https://www.post.example/a", "Outposts, again")
    assert found.text == 'Two "outposts".\n\nNo one was hurt.'
    assert (found.publisher, str(found.published_at)) == ("The Post", "2023-11-14 00:00:00+00:00")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_are_told_by_the_header(delimiter: str) -> None:
    header, row = delimiter.join(["id", " text "]), delimiter.join(["7", "Two: a, b; c" if delimiter == "\t" else "x"])
    (found,) = read(f"\ufeff{header}\n{row}\n".encode())
    assert found.ref == "7"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1", "1 cells where the header has 2"),
        ("1,x,y", "3 cells"),
        ("1,", "no text"),
        ('1,"Big" bang', "not CSV"),
        ("1,\0", "NUL"),
    ],
)
def test_a_bad_row_is_rejected_and_the_next_is_read(row: str, reason: str) -> None:
    bad, good = read(f"id,text\n\n{row}\n2,good\n".encode())
    assert isinstance(bad, Reject)
    assert reason in bad.reason
    assert (bad.ref, bad.record) == ("news/a.csv:3", row)
    assert texts([good]) == ["good"]


def test_a_lost_quote_costs_one_row() -> None:
    found = read(b'id,text\n1,"lost\n2,two\n3,"three"\n4,"four\nlines"\n5,five\n')
    assert texts(found) == [None, "two", "three", "four\nlines", "five"]
    assert refs(found)[0] == "news/a.csv:2"


def test_a_lost_quote_at_the_end_costs_one_row() -> None:
    assert texts(read(b'id,text\n1,one\n2,"lost\n3,three\n4,four')) == ["one", None, "three", "four"]


def test_rows_beyond_the_limit_are_rejected_and_the_next_are_read() -> None:
    long, tall = b"1," + b"x" * 3_000, b'2,"' + b"x" * 400 + b"\n" + b"y" * 700 + b'"'
    found = read(b"id,text\n" + long + b"\n" + tall + b"\n3,good\n", Limits(max_line_bytes=1_000))
    assert texts(found) == [None, None, None, "good"]
    assert refs(found)[:3] == ["news/a.csv:2", "news/a.csv:3", "news/a.csv:4"]


def test_lines_that_open_quotes_for_ever_are_not_read_for_ever() -> None:
    found = read(b"id,text\n" + b'x","y\n' * 20_000, Limits(max_line_bytes=2_000))
    assert texts(found) == [None] * len(found)
    assert found[0].ref == "news/a.csv:2"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"id,body\n1,x\n", "`id`, `body`"),
        (b"\n1,x\n", "no column `text`"),
        ("id,text\n1,x\n".encode("utf-16"), "utf-16"),
        (b"PK\x03\x04", "ZIP"),
    ],
)
def test_a_file_without_a_readable_header_is_refused_as_a_whole(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(data)


def test_an_empty_file_has_no_articles() -> None:
    assert read(b"") == []
    assert read(b"id,text\n") == []


def test_cut_off_gzip_gives_what_was_readable_and_one_reject_for_the_rest() -> None:
    rows = b"id,text\n" + b"".join(b"%d,Outpost %d\n" % (number, number * 7919) for number in range(20_000))
    zipped = gzip.compress(rows)
    *found, last = read(zipped[: len(zipped) // 2])
    assert refs(found) == [str(number) for number in range(len(found))]
    assert len(found) > 1_000
    assert isinstance(last, Reject)
    assert f"after line {len(found) + 1}" in last.reason


_characters = st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from('",\n;')
_cells = st.text(_characters).filter(str.strip)


@given(st.lists(st.tuples(_cells, _cells), max_size=6))
def test_what_a_writer_writes_is_read(rows: list[tuple[str, str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("title", "text"), *rows])
    assert texts(read(written.getvalue().encode())) == [text for _, text in rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_excel_s_own_word_on_what_parts_the_cells(separator: str) -> None:
    assert texts(read(f"sep={separator}\r\nid{separator}text\r\n1{separator}Text.\r\n".encode())) == ["Text."]
