from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.records.report import Assignment, LinkState
from pipeline.records.transform import ReadRecords, WriteTable
from pipeline.storage.load import load
from schemas import Article, Mention
from schemas.tables import arrow_schema, from_row
from tests.support.beam import create, keep, ordered, pipeline
from tests.support.records import article, mention, report
from tests.support.staging import FACTS, write_rows


@pytest.mark.parametrize("count", [0, 10])
def test_records_are_read(count: int, tmp_path: Path) -> None:
    reported = [
        Assignment(
            report=report(number), state=LinkState.ASSIGNED, group_id="i-1", link_score=0.5, link_reasons=("told",)
        )
        if number % 2
        else Assignment(report=report(number, day=None, place=None))
        for number in range(count)
    ]
    path = write_rows(tmp_path / "it's [one].parquet", Assignment, reported, per_group=3)
    with pipeline() as root:
        records = root | ReadRecords(path, Assignment)
        assert records.element_type is Assignment
        found = keep(records)
    assert ordered(found) == ordered(reported)


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    quoted = {"field": "place", "start": 0, "end": 4, "quote": "Text"}
    reported = [
        mention(number, confidence_parts={"date": 0.5}, perpetrators=({"name": "Militia"},), evidence=(quoted,))
        for number in range(5)
    ]
    with pipeline() as root:
        _ = create(root, "Create", Mention, reported) | WriteTable(str(tmp_path / "mentions"), Mention)
        _ = create(root, "Create none", Mention, []) | "None" >> WriteTable(str(tmp_path / "none"), Mention)
    names = [path.name for path in tmp_path.iterdir()]
    assert all(name.startswith(("mentions-", "none-")) and name.endswith(".parquet") for name in names)
    tables = [pq.read_table(path) for path in tmp_path.glob("mentions-*.parquet")]
    assert all(table.schema == arrow_schema(Mention) for table in tables)
    found = [from_row(Mention, row) for table in tables for row in table.to_pylist()]
    assert sorted(found, key=lambda each: each.mention_id) == sorted(reported, key=lambda each: each.mention_id)
    assert all(pq.read_table(path).num_rows == 0 for path in tmp_path.glob("none-*.parquet"))


def test_what_is_written_can_be_loaded(tmp_path: Path) -> None:
    staged = tmp_path / "staged"
    with pipeline() as root:
        _ = create(root, "Create", Article, [article("One."), article("Two.")]) | WriteTable(
            str(staged / "articles"), Article
        )
        _ = create(root, "Create none", Mention, []) | "None" >> WriteTable(str(staged / "mentions"), Mention)
    record = load(tmp_path / "incidents.duckdb", staged, FACTS)
    assert (record.articles_new, record.mentions_new) == (2, 0)
