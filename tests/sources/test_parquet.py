import io
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import SourceError
from pipeline.sources.document import Document
from pipeline.sources.parquet import cut_at_row_groups, read_parquet
from pipeline.sources.parts import WHOLE, Part
from pipeline.sources.streams import Limits
from schemas import Reject


def packed(columns: dict[str, Any], **how: Any) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, **how)
    return file.getvalue()


def read(data: bytes, limits: Limits = Limits(), part: Part = WHOLE) -> list[Document | Reject]:  # noqa: B008  # frozen
    return list(read_parquet(io.BytesIO(data), "news/a.parquet", limits, part))


def texts(found: list[Document | Reject]) -> list[str | None]:
    return [each.text if isinstance(each, Document) else None for each in found]


MANY = packed({"text": [f"Outpost {number}." for number in range(1_000)]}, row_group_size=100)


def test_all_fields() -> None:
    columns = {
        "id": [7, None],
        "url": ["https://www.post.example/a", None],
        "title": ["Outposts under fire", ""],
        "text": ["Two outposts.", "One."],
        "published_at": ["2023-11-14T10:00:00Z", None],
        "source": ["The Post", None],
        "other": [{"a": [1]}, None],
    }
    first, second = read(packed(columns))
    assert first == Document(
        ref="7",
        name="https://www.post.example/a",
        folder="news",
        text="Two outposts.",
        url="https://www.post.example/a",
        title="Outposts under fire",
        publisher="The Post",
        published_at=datetime(2023, 11, 14, 10, tzinfo=timezone.utc),
    )
    assert isinstance(second, Document)
    assert (second.ref, second.name, second.publisher) == ("news/a.parquet:2", None, None)


NINE = datetime(2023, 11, 14, 9)  # Parquet has times without a zone


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pa.array([NINE], pa.timestamp("us")), NINE.replace(tzinfo=timezone.utc)),
        (pa.array([1_699_952_400_000_000_001], pa.timestamp("ns")), NINE.replace(tzinfo=timezone.utc)),
        (pa.array([1_699_952_400], pa.timestamp("s", "UTC")), NINE.replace(tzinfo=timezone.utc)),
        (pa.array([NINE.replace(tzinfo=timezone(timedelta(hours=2)))], pa.timestamp("ms", "+02:00")),
         datetime(2023, 11, 14, 7, tzinfo=timezone.utc)),
        (pa.array([date(2023, 11, 14)]), datetime(2023, 11, 14, tzinfo=timezone.utc)),
        (pa.array(["14 Nov 2023 09:00:00 +0000"]), NINE.replace(tzinfo=timezone.utc)),
    ],
)  # fmt: skip
def test_times_of_every_type(values: pa.Array, expected: datetime) -> None:
    (found,) = read(packed({"text": ["x"], "published_at": values}))
    assert isinstance(found, Document)
    assert found.published_at == expected


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["x"]).dictionary_encode(),
        pa.array(["x"], pa.large_string()),
        pa.array(["x"], pa.string_view()),
    ],
)
def test_texts_of_every_type(column: pa.Array) -> None:
    assert texts(read(packed({"text": column}))) == ["x"]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"text": ["", "good"]}, "no text"),
        ({"text": [None, "good"]}, "no text"),
        ({"text": ["x", "good"], "url": [{"a": 1}, None]}, "`url` must be a string, not an object"),
        ({"text": ["x", "good"], "published_at": pa.array([2**62, None], pa.timestamp("ms"))}, "`published_at` cannot"),
        ({"text": ["x" * 200, "good"]}, "longer than 100 bytes"),
    ],
)
def test_a_bad_row_is_rejected_and_the_next_is_read(columns: dict[str, Any], reason: str) -> None:
    bad, good = read(packed(columns), Limits(max_line_bytes=100))
    assert isinstance(bad, Reject)
    assert reason in bad.reason
    assert (bad.stage, bad.ref) == ("sources", "news/a.parquet:1")
    assert texts([good]) == ["good"]


def test_a_row_that_is_no_text_is_rejected_alone() -> None:
    broken = pa.Array.from_buffers(pa.string(), 2, [None, pa.py_buffer(bytes([0, 0, 0, 0, 2, 0, 0, 0, 6, 0, 0, 0])),
                                                    pa.py_buffer(b"\xff\xfegood")])  # fmt: skip
    bad, good = read(packed({"text": broken}))
    assert isinstance(bad, Reject)
    assert "`text` cannot be read" in bad.reason
    assert texts([good]) == ["good"]


def test_a_damaged_row_group_is_one_reject_and_the_next_is_read() -> None:
    metadata = pq.ParquetFile(io.BytesIO(MANY)).metadata
    start = metadata.row_group(3).column(0).data_page_offset
    damaged = MANY[:start] + b"\xff" * 60 + MANY[start + 60 :]
    found = read(damaged)
    rejects = [each for each in found if isinstance(each, Reject)]
    assert len(rejects) == 1
    assert "row group 4 is damaged from row 301 on" in rejects[0].reason
    assert rejects[0].ref == "news/a.parquet:301"
    assert [text for text in texts(found) if text] == [f"Outpost {n}." for n in range(1_000) if not 300 <= n < 400]


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "not a Parquet"), (b"PAR1", "not a Parquet"), (MANY[: len(MANY) // 2], "not a Parquet")],
)
def test_what_is_no_parquet_is_refused_as_a_whole(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(data)


def test_a_file_without_a_text_column_is_refused_as_a_whole() -> None:
    with pytest.raises(SourceError, match="it has `body`"):
        read(packed({"body": ["x"]}))


@pytest.mark.parametrize("part_bytes", [1, 3_000, 10**9])
def test_parts_are_the_file_in_order(part_bytes: int) -> None:
    parts = cut_at_row_groups(io.BytesIO(MANY), part_bytes)
    assert len(parts) == {1: 10, 3_000: 5, 10**9: 1}[part_bytes]
    assert [found for part in parts for found in read(MANY, part=part)] == read(MANY)


def test_a_file_without_rows_has_no_articles() -> None:
    empty = packed({"text": pa.array([], pa.string())})
    assert read(empty) == []
    assert [found for part in cut_at_row_groups(io.BytesIO(empty), 1) for found in read(empty, part=part)] == []


@pytest.mark.parametrize("name", ["text", "url", "published_at"])
def test_columns_of_one_name_are_told(name: str) -> None:
    names = list(dict.fromkeys(["text", name]))
    table = pa.table([pa.array(["a"])] * (len(names) + 1), names=[*names, name])
    file = io.BytesIO()
    pq.write_table(table, file)
    with pytest.raises(SourceError, match=f"2 columns named `{name}`"):
        read(file.getvalue())


def test_columns_of_one_name_that_nobody_reads_are_passed_over() -> None:
    file = io.BytesIO()
    pq.write_table(pa.table([pa.array(["Two."]), pa.array([1]), pa.array([2])], names=["text", "n", "n"]), file)
    assert texts(read(file.getvalue())) == ["Two."]
