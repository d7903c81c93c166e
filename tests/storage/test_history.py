from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.report import Report, report_of
from pipeline.sources.copies import Candidate, Copy, candidate_of
from pipeline.sources.revisions import Edition, Superseded
from pipeline.storage.history import History, export_history
from schemas import Article
from schemas.tables import from_row
from tests.support.records import DAY, article, at, mention
from tests.support.staging import run

FIRST, SECOND, THIRD = (article(f"Text {name}.", f"{name}.txt", source=name) for name in ("alpha", "beta", "gamma"))
NAMELESS = article("Text of a line.", "lines.jsonl:1").model_copy(update={"name": None})


def rows(path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return found


def reports(history: History) -> dict[str, Report]:
    return {row["article_id"]: from_row(Report, row) for row in rows(history.reports)}


def told(source: Article, **fields: Any) -> Any:
    return mention(0, article_id=source.article_id, source=source.source, **fields)


def copied(copy: Article, original: Article) -> Copy:
    return Copy(article_id=copy.article_id, original=original.article_id, publisher=original.source)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "it's ours.duckdb"


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    folder = tmp_path / "it's history"
    folder.mkdir()
    return folder


def test_before_the_first_run_nothing_is_known(database: Path, exported: Path) -> None:
    history = export_history(database, exported)
    assert [rows(path) for path in (history.articles, history.fingerprints, history.reports)] == [[], [], []]
    assert not database.exists()


def test_articles_are_known_by_their_documents(database: Path, exported: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", FIRST, NAMELESS)
    found = {row["article_id"]: from_row(Edition, row) for row in rows(export_history(database, exported).articles)}
    assert found[FIRST.article_id] == Edition(
        article_id=FIRST.article_id, document="alpha\nalpha.txt", published_at=at(DAY)
    )
    assert found[NAMELESS.article_id].document == NAMELESS.article_id


def test_fingerprints_are_candidates_again(database: Path, exported: Path, tmp_path: Path) -> None:
    candidates = [candidate_of(each) for each in (FIRST, SECOND, NAMELESS)]
    run(database, tmp_path / "1", FIRST, SECOND, NAMELESS, copied(SECOND, FIRST), *(c.fingerprint for c in candidates))
    found = {
        row["article_id"]: from_row(Candidate, row) for row in rows(export_history(database, exported).fingerprints)
    }
    assert found[FIRST.article_id] == candidates[0]
    assert found[NAMELESS.article_id] == candidates[2]
    assert found[SECOND.article_id] == candidates[1].model_copy(
        update={"publisher": "alpha", "duplicate_of": FIRST.article_id, "original_published_at": at(DAY)}
    )


def test_reports_are_reports_again(database: Path, exported: Path, tmp_path: Path) -> None:
    quoted = {"field": "place", "start": 0, "end": 4, "quote": "Text"}
    here = told(FIRST, confidence_parts={"date": 0.5}, perpetrators=({"name": "Militia"},), evidence=(quoted,))
    run(database, tmp_path / "1", FIRST, SECOND, here, told(SECOND, country=None))
    history = export_history(database, exported)
    found = reports(history)[FIRST.article_id]
    assert found == report_of(here)
    assert (found.original, found.publisher) == (FIRST.article_id, "alpha")
    assert {row["article_id"]: row["link_key"] for row in rows(history.reports)} == {
        FIRST.article_id: "SYR",
        SECOND.article_id: "",
    }


def test_copies_of_copies_lead_to_the_original(database: Path, exported: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", FIRST, SECOND, THIRD, copied(THIRD, SECOND), copied(SECOND, FIRST),
        told(FIRST), told(SECOND), told(THIRD))  # fmt: skip
    found = reports(export_history(database, exported))
    assert {report.original for report in found.values()} == {FIRST.article_id}
    assert {report.publisher for report in found.values()} == {"alpha"}


def test_reports_of_superseded_articles_are_left_out(database: Path, exported: Path, tmp_path: Path) -> None:
    replaced = Superseded(article_id=FIRST.article_id, superseded_by=SECOND.article_id)
    run(database, tmp_path / "1", FIRST, SECOND, replaced, told(FIRST), told(SECOND))
    history = export_history(database, exported)
    assert list(reports(history)) == [SECOND.article_id]
    assert {row["article_id"]: row["superseded_by"] for row in rows(history.articles)} == {
        FIRST.article_id: SECOND.article_id,
        SECOND.article_id: None,
    }


def test_looking_changes_nothing(database: Path, exported: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", FIRST)
    before = database.read_bytes()
    export_history(database, exported)
    assert database.read_bytes() == before
