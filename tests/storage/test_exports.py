from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.storage.exports import export_articles
from tests.support.records import article
from tests.support.staging import run

FIRST, SECOND = (article(f"Text {name}.", f"{name}.txt", source=name) for name in ("alpha", "beta"))
NAMELESS = article("Text of a line.", "lines.jsonl:1").model_copy(update={"name": None})


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "it's ours.duckdb"


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    folder = tmp_path / "it's history"
    folder.mkdir()
    return folder


def known(path: str) -> list[str]:
    ids: list[str] = pq.read_table(path)["article_id"].to_pylist()
    return ids


def test_before_the_first_run_nothing_is_known(database: Path, exported: Path) -> None:
    assert known(export_articles(database, exported)) == []
    assert not database.exists()


def test_all_articles_are_known_by_their_ids(database: Path, exported: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", FIRST, SECOND)
    run(database, tmp_path / "2", NAMELESS)
    assert known(export_articles(database, exported)) == sorted(each.article_id for each in (FIRST, SECOND, NAMELESS))


def test_looking_changes_nothing(database: Path, exported: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", FIRST)
    before = database.read_bytes()
    export_articles(database, exported)
    assert database.read_bytes() == before
