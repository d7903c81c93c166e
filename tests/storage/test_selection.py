import io
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline.storage.selection import KnownKeys, count_row_groups, select_rows

from schemas.base import Record


class Row(Record):
    name: str | None
    bands: tuple[int, ...] = ()


SCHEMA = pa.schema([("name", pa.string()), ("bands", pa.list_(pa.int64())), ("unread", pa.int64())])
ROWS = [
    {"name": "a", "bands": [1, 2], "unread": 0},
    {"name": "b", "bands": [], "unread": 0},
    {"name": None, "bands": [2, 3, 2], "unread": 0},
    {"name": "a", "bands": None, "unread": 0},
]


def file_of(rows: Sequence[dict[str, object]], per_group: int = 100) -> io.BytesIO:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, SCHEMA), file, row_group_size=per_group)
    return file


def positions(column: str, wanted: Sequence[str | int], rows: Sequence[dict[str, object]] = ROWS) -> list[int]:
    """Which rows are found, recognised by a column that the model also reads."""
    numbered = [row | {"name" if column == "bands" else "bands": None} for row in rows]
    for number, row in enumerate(numbered):
        if column == "bands":
            row["name"] = str(number)
        else:
            row["bands"] = [number]
    found = select_rows(file_of(numbered), 0, column, [wanted[:1], wanted[1:]], Row)
    return [int(row.name or 0) if column == "bands" else row.bands[0] for row in found]


@pytest.mark.parametrize(
    ("column", "wanted", "expected"),
    [
        ("name", ["a"], [0, 3]),
        ("name", ["a", "b", "a"], [0, 1, 3]),
        ("name", ["c"], []),
        ("name", [], []),
        ("name", [""], []),
    ],
)
def test_rows_are_found_by_text(column: str, wanted: list[str], expected: list[int]) -> None:
    assert positions(column, wanted) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [([2], [0, 2]), ([1, 2, 3], [0, 2]), ([3], [2]), ([4], []), ([], []), ([2**40], [])],
)
def test_rows_are_found_by_what_their_lists_share(wanted: list[int], expected: list[int]) -> None:
    rows = [row | {"bands": row["bands"] or []} for row in ROWS]
    assert positions("bands", wanted, rows) == expected
    assert positions("bands", wanted) == expected


def test_a_row_is_read_into_its_model() -> None:
    assert list(select_rows(file_of(ROWS[:1]), 0, "name", [["a"]], Row)) == [Row(name="a", bands=(1, 2))]


def test_row_groups_are_read_one_by_one() -> None:
    file = file_of(ROWS[:2], per_group=1)
    assert count_row_groups(file) == 2
    assert [row.name for row in select_rows(file, 0, "name", [["a", "b"]], Row)] == ["a"]
    assert [row.name for row in select_rows(file, 1, "name", [["a", "b"]], Row)] == ["b"]


def test_a_file_without_rows_has_nothing_to_find() -> None:
    file = file_of([])
    found = [row for group in range(count_row_groups(file)) for row in select_rows(file, group, "name", [["a"]], Row)]
    assert found == []


@given(st.lists(st.lists(st.integers(0, 5), max_size=4), max_size=8), st.sets(st.integers(0, 5)))
def test_lists_are_found_as_python_finds_them(lists: list[list[int]], wanted: set[int]) -> None:
    rows = [{"name": "n", "bands": each, "unread": 0} for each in lists]
    expected = [number for number, each in enumerate(lists) if wanted & set(each)]
    assert (positions("bands", sorted(wanted), rows) if rows else []) == expected


@pytest.mark.parametrize("keys", [[], ["b"], ["c", "a", "b"], ["longer than the others", "é", "b", "b"]])
def test_known_keys_are_known(keys: list[str]) -> None:
    known = KnownKeys(file_of([{"name": key, "bands": [], "unread": 0} for key in keys]), "name")
    for key in keys:
        assert key in known
        assert key + "x" not in known
        assert key[:-1] not in known
    for key in ("", "0", "zz", "e"):
        assert key not in known
