from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.sources.revisions import Edition
from pipeline.storage.load import load
from pipeline.storage.transform import LookUp, WriteTable
from schemas import Article, Mention
from schemas.base import Record
from schemas.tables import Fingerprint, arrow_schema, from_row
from tests.support.beam import create, keep, ordered, pipeline
from tests.support.records import article, mention
from tests.support.staging import FACTS, write_rows

EDITIONS = [Edition(article_id=f"a-{number}", document=f"d-{number % 3}") for number in range(10)]
PRINTS = [
    Fingerprint(article_id=f"a-{number}", bands=(number, number + 1, 100), signature=b"\xff\x00")
    for number in range(10)
]


def test_rows_are_looked_up(tmp_path: Path) -> None:
    editions = write_rows(tmp_path / "articles.parquet", Edition, EDITIONS, per_group=3)
    prints = write_rows(tmp_path / "fingerprints.parquet", Fingerprint, PRINTS)
    cases: list[tuple[str, type[Record], str, Sequence[str | int], list[int]]] = [
        (editions, Edition, "article_id", ["a-1", "a-7", "a-1", "none"], [1, 7]),
        (editions, Edition, "document", ["d-2"], [2, 5, 8]),
        (editions, Edition, "article_id", [], []),
        (prints, Fingerprint, "bands", [4, 5, 5], [3, 4, 5]),
        (prints, Fingerprint, "bands", [100], list(range(10))),
        (prints, Fingerprint, "bands", [50], []),
    ]
    kept = []
    with pipeline() as root:
        for number, (path, model, column, wanted, _) in enumerate(cases):
            values = create(root, f"Wanted {number}", str if path == editions else int, wanted)
            found = values | f"Look up {number}" >> LookUp(path, column, model)
            assert found.element_type is model
            kept.append(keep(found))
    for found, (path, *_, expected) in zip(kept, cases, strict=True):
        assert ordered(found) == [(EDITIONS if path == editions else PRINTS)[each] for each in expected]


def test_before_the_first_run_nothing_is_found(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "articles.parquet", Edition, [])
    with pipeline() as root:
        found = keep(create(root, "Wanted", str, ["a-1"]) | LookUp(path, "article_id", Edition))
    assert found == []


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    quoted = {"field": "place", "start": 0, "end": 4, "quote": "Text"}
    told = [
        mention(number, confidence_parts={"date": 0.5}, perpetrators=({"name": "Militia"},), evidence=(quoted,))
        for number in range(5)
    ]
    with pipeline() as root:
        _ = create(root, "Create", Mention, told) | WriteTable(str(tmp_path / "mentions"), Mention)
        _ = create(root, "Create none", Mention, []) | "None" >> WriteTable(str(tmp_path / "none"), Mention)
    names = [path.name for path in tmp_path.iterdir()]
    assert all(name.startswith(("mentions-", "none-")) and name.endswith(".parquet") for name in names)
    tables = [pq.read_table(path) for path in tmp_path.glob("mentions-*.parquet")]
    assert all(table.schema == arrow_schema(Mention) for table in tables)
    found = [from_row(Mention, row) for table in tables for row in table.to_pylist()]
    assert sorted(found, key=lambda each: each.mention_id) == sorted(told, key=lambda each: each.mention_id)
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
