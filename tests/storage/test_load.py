from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import NotADatabaseError
from pipeline.linking.fusion import fuse
from pipeline.records.rejects import reject
from pipeline.records.renewal import Retracted
from pipeline.records.report import Report
from pipeline.sources.copies import Copy
from pipeline.sources.revisions import Superseded
from pipeline.storage.exports import export_feeds, known_feeds
from pipeline.storage.load import load
from schemas import Article, Feed, FeedEntry, Mention
from schemas.tables import TABLES, Fingerprint, from_row
from tests.support.databases import contents, rows
from tests.support.records import DAY, article, at, report, tally
from tests.support.staging import FACTS, NOON, run, stage

LATER = DAY + timedelta(days=1)


def reported(name: str, number: int = 0, **fields: Any) -> tuple[Article, Report]:
    """An article and a report in it."""
    source = article(f"Text of {name}.", name)
    return source, report(number, article_id=source.article_id, ref=source.ref, source=source.source, **fields)


FIRST, ONE = reported("first.txt", 1)
SECOND, TWO = reported("second.txt", 2, published_at=at(LATER))
THIRD, THREE = reported("third.txt", 3, published_at=at(LATER))


def revisions(database: Path) -> list[tuple[Any, ...]]:
    return rows(
        database,
        "SELECT incident_id, revision, run_id, change, superseded_by, mention_count "
        "FROM incident_revisions ORDER BY ALL",
    )


def incident_of(*reports: Report) -> str:
    return fuse(reports).incident_id


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "incidents.duckdb"


def test_a_run_s_results_are_stored(database: Path, tmp_path: Path) -> None:
    fingerprint = Fingerprint(article_id=FIRST.article_id, bands=(1, 2), signature=b"\x00\xff")
    refused = reject("sources", "no text", "empty.txt")
    record = run(database, tmp_path / "1", FIRST, ONE.mention, tally(7), refused, fingerprint, incidents=[[ONE]])
    assert (record.run_id, record.articles_read, record.articles_new, record.mentions_new) == (1, 9, 1, 1)
    assert (record.tallies_new, record.rejects_new) == (1, 1)
    assert (record.incidents_created, record.incidents_updated, record.incidents_superseded) == (1, 0, 0)
    assert rows(database, "SELECT count(*) FROM fingerprints") == [(1,)]
    assert rows(database, "SELECT incident_id, mention_id, link_score, link_reasons FROM incident_mentions") == [
        (incident_of(ONE), ONE.mention.mention_id, 1.0, ["told"])
    ]
    assert rows(database, "SELECT run_id, version, inputs, finished_at FROM runs") == [(1, "0", ["news"], NOON)]
    assert revisions(database) == [(incident_of(ONE), 1, 1, "created", None, 1)]


def test_loading_that_lacks_memory_is_tried_again_with_more(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ample = tmp_path / "ample.duckdb"
    for number, (told_first, told_then) in enumerate([((FIRST, ONE), (SECOND, TWO)), ((SECOND, TWO), (THIRD, THREE))]):
        staged = [told_first[0], told_first[1].mention, told_then[0], told_then[1].mention]
        incidents = [[told_first[1]], [told_then[1]]]
        run(ample, tmp_path / f"ample-{number}", *staged, incidents=incidents)
        caplog.clear()
        with monkeypatch.context() as scarce, caplog.at_level("INFO", "pipeline.storage.memory_budget"):
            scarce.setattr("pipeline.storage.load._LEAST_MEMORY_MB", 1)
            run(database, tmp_path / f"scarce-{number}", *staged, incidents=incidents)
        assert "loading takes more memory" in caplog.text
        assert contents(database) == contents(ample)


def test_loading_does_not_ask_for_ever_more_memory(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.storage.load._LEAST_MEMORY_MB", 1)
    monkeypatch.setattr("pipeline.storage.memory_budget._MOST_TIMES", 1)
    with pytest.raises(duckdb.Error, match=r"memory|pin"):
        run(database, tmp_path / "1", FIRST, ONE.mention)
    assert not database.exists()


def test_what_is_stored_is_what_was_staged(database: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", FIRST, ONE.mention)
    with duckdb.connect(str(database)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        found = {model: connection.table(name).to_arrow_table().to_pylist() for model, name in
                 ((Article, "articles"), (Mention, "mentions"))}  # fmt: skip
    assert [from_row(Article, row) for row in found[Article]] == [FIRST]
    assert [from_row(Mention, row) for row in found[Mention]] == [ONE.mention]


def test_a_run_without_results_leaves_all_tables_and_its_row(database: Path, tmp_path: Path) -> None:
    assert run(database, tmp_path / "1").articles_new == 0
    assert set(contents(database)) >= {table.name for table in TABLES if table.name not in ("runs", "gazetteer")}
    assert rows(database, "SELECT count(*) FROM runs") == [(1,)]


def test_what_is_known_is_added_once(database: Path, tmp_path: Path) -> None:
    records = (FIRST, SECOND, ONE.mention, TWO.mention, tally(7), reject("sources", "no text", "empty.txt"))
    run(database, tmp_path / "1", *records, incidents=[[ONE, TWO]])
    before = contents(database)
    record = run(database, tmp_path / "2", *records, incidents=[[TWO, ONE]])
    assert contents(database) == before
    assert record.run_id == 2
    assert (record.articles_new, record.mentions_new, record.tallies_new, record.rejects_new) == (0, 0, 0, 0)
    assert (record.incidents_created, record.incidents_updated, record.incidents_superseded) == (0, 0, 0)


def test_what_is_staged_twice_is_added_once(database: Path, tmp_path: Path) -> None:
    refused = reject("sources", "no text", "empty.txt")
    assert run(database, tmp_path / "1", refused, refused).rejects_new == 1


def test_all_files_of_a_table_are_read(database: Path, tmp_path: Path) -> None:
    staged = stage(tmp_path / "it's staged", FIRST)
    more = stage(tmp_path / "more", SECOND) / "articles-00000-of-00001.parquet"
    more.rename(staged / "articles-00001-of-00002.parquet")
    assert load(database, staged, FACTS).articles_new == 2


def test_an_incident_that_gains_a_report_is_updated(database: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", FIRST, THIRD, ONE.mention, THREE.mention, incidents=[[ONE], [THREE]])
    record = run(database, tmp_path / "2", SECOND, TWO.mention, incidents=[[ONE, TWO], [THREE]])
    assert (record.incidents_created, record.incidents_updated, record.incidents_superseded) == (0, 1, 0)
    assert sorted(revisions(database)) == sorted(
        [
            (incident_of(ONE), 1, 1, "created", None, 1),
            (incident_of(ONE), 2, 2, "updated", None, 2),
            (incident_of(THREE), 1, 1, "created", None, 1),
        ]
    )
    assert rows(database, "SELECT mention_count FROM incidents ORDER BY 1") == [(1,), (2,)]
    assert rows(database, "SELECT count(*), count(DISTINCT incident_id) FROM incident_mentions") == [(3, 2)]


def test_an_incident_with_an_older_report_is_superseded(database: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", SECOND, TWO.mention, incidents=[[TWO]])
    record = run(database, tmp_path / "2", FIRST, ONE.mention, incidents=[[ONE, TWO]])
    assert (record.incidents_created, record.incidents_updated, record.incidents_superseded) == (1, 0, 1)
    assert (incident_of(TWO), 2, 2, "superseded", incident_of(ONE), 1) in revisions(database)
    assert rows(database, "SELECT incident_id, mention_count FROM incidents") == [(incident_of(ONE), 2)]
    assert rows(database, "SELECT DISTINCT incident_id FROM incident_mentions") == [(incident_of(ONE),)]


@pytest.mark.parametrize("numbers", [(20, 21), (21, 20)])
def test_a_divided_incident_is_superseded_by_what_took_most_of_it(
    numbers: tuple[int, int], database: Path, tmp_path: Path
) -> None:
    pairs = [reported(f"{number}.txt", number, published_at=at(LATER)) for number in range(10, 15)]
    reports = [each for _, each in pairs]
    records = [record for source, each in pairs for record in (source, each.mention)]
    run(database, tmp_path / "1", *records, incidents=[reports])
    one, other = (report(number, published_at=at(DAY)) for number in numbers)
    few, most = [one, *reports[:2]], [other, *reports[2:]]
    run(database, tmp_path / "2", one.mention, other.mention, incidents=[few, most])
    assert (incident_of(*reports), 2, 2, "superseded", incident_of(*most), 5) in revisions(database)


def test_an_incident_that_nobody_reports_any_more_is_withdrawn(database: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", FIRST, THIRD, ONE.mention, THREE.mention, incidents=[[ONE], [THREE]])
    replaced = Superseded(article_id=FIRST.article_id, superseded_by=SECOND.article_id)
    retracted = Retracted(mention_id=ONE.mention.mention_id)
    record = run(database, tmp_path / "2", SECOND, replaced, retracted, incidents=[[THREE]])
    assert (record.incidents_created, record.incidents_updated, record.incidents_superseded) == (0, 0, 1)
    assert (incident_of(ONE), 2, 2, "withdrawn", None, 1) in revisions(database)
    assert rows(database, "SELECT incident_id FROM incidents") == [(incident_of(THREE),)]
    assert rows(database, "SELECT mention_id FROM incident_mentions") == [(THREE.mention.mention_id,)]
    assert rows(database, "SELECT count(*) FROM mentions") == [(2,)]
    assert rows(database, "SELECT ref, superseded_by FROM articles WHERE superseded_by IS NOT NULL") == [
        (FIRST.ref, SECOND.article_id)
    ]


def test_incidents_elsewhere_are_left_alone(database: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", FIRST, THIRD, ONE.mention, THREE.mention, incidents=[[ONE], [THREE]])
    run(database, tmp_path / "2", SECOND, TWO.mention, incidents=[[ONE, TWO]])
    assert rows(database, "SELECT incident_id FROM incidents ORDER BY 1") == sorted(
        [(incident_of(ONE),), (incident_of(THREE),)]
    )


def test_an_incident_that_returns_goes_on_counting(database: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", SECOND, TWO.mention, incidents=[[TWO]])
    run(database, tmp_path / "2", FIRST, ONE.mention, incidents=[[ONE, TWO]])
    replaced = Superseded(article_id=FIRST.article_id, superseded_by=THIRD.article_id)
    run(database, tmp_path / "3", THIRD, replaced, incidents=[[TWO]])
    ours = [row[1:5] for row in revisions(database) if row[0] == incident_of(TWO)]
    assert ours == [(1, 1, "created", None), (2, 2, "superseded", incident_of(ONE)), (3, 3, "created", None)]
    assert (incident_of(ONE), 2, 3, "superseded", incident_of(TWO), 2) in revisions(database)


def test_a_better_link_replaces_the_older_one(database: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", FIRST, ONE.mention, incidents=[[ONE]])
    with duckdb.connect(str(database)) as connection:
        connection.execute("UPDATE incident_mentions SET link_score = 0.6")
    run(database, tmp_path / "2", incidents=[[ONE]])
    assert rows(database, "SELECT link_score FROM incident_mentions") == [(1.0,)]


def test_copies_are_marked(database: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", FIRST)
    copy = Copy(article_id=SECOND.article_id, original=FIRST.article_id)
    run(database, tmp_path / "2", SECOND, copy)
    assert rows(database, "SELECT ref, duplicate_of FROM articles ORDER BY ref") == [
        ("first.txt", None), ("second.txt", FIRST.article_id),
    ]  # fmt: skip


def broken_stage(folder: Path) -> Path:
    """What a run would leave whose incidents are no incidents: met only after all else is loaded."""
    stage(folder, SECOND, TWO.mention)
    pq.write_table(pa.table({"incident_id": ["i"]}), folder / "incidents-00000-of-00001.parquet")
    return folder


def test_a_failure_leaves_the_database_as_it_was(database: Path, tmp_path: Path) -> None:
    run(database, tmp_path / "1", FIRST, ONE.mention, incidents=[[ONE]])
    before, bytes_before = contents(database), database.read_bytes()
    with pytest.raises(duckdb.Error):
        load(database, broken_stage(tmp_path / "2"), FACTS)
    assert contents(database) == before
    assert rows(database, "SELECT count(*) FROM runs") == [(1,)]
    assert database.read_bytes() == bytes_before
    assert [path.name for path in tmp_path.glob("incidents*")] == ["incidents.duckdb"]


def test_a_new_database_appears_only_when_it_is_complete(database: Path, tmp_path: Path) -> None:
    with pytest.raises(duckdb.Error):
        load(database, broken_stage(tmp_path / "1"), FACTS)
    assert not database.exists()
    assert run(database, tmp_path / "2", FIRST).run_id == 1
    assert [path.name for path in tmp_path.glob("incidents*")] == ["incidents.duckdb"]


def test_what_a_killed_run_left_behind_does_not_matter(database: Path, tmp_path: Path) -> None:
    database.with_name("incidents.duckdb.new").write_text("half a database")
    database.with_name("incidents.duckdb.new.wal").write_text("half a journal")
    assert run(database, tmp_path / "1", FIRST).articles_new == 1
    assert rows(database, "SELECT ref FROM articles") == [("first.txt",)]


def test_another_program_s_file_is_left_alone(database: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute("CREATE TABLE articles (headline VARCHAR)")
    with pytest.raises(NotADatabaseError):
        run(database, tmp_path / "1", FIRST)
    assert rows(database, "SELECT * FROM articles") == []


def test_feeds_are_replaced_by_what_is_known_of_them_now(database: Path, tmp_path: Path) -> None:
    entry = FeedEntry(name="tag:1", link="http://a.example/1", published_at=at(DAY), digest="d")
    old = [Feed(feed_url=f"http://{name}.example/", etag="1", entries=(entry,)) for name in "ab"]
    new = old[0].model_copy(
        update={"etag": "2", "failures": 3, "last_fetched_at": at(LATER), "entries": (entry, entry)}
    )
    run(database, tmp_path / "1", *old)
    assert known_feeds(database) == old
    run(database, tmp_path / "2", new)
    assert known_feeds(database) == [new, old[1]]
    run(database, tmp_path / "3")
    assert known_feeds(database) == [new, old[1]]


def test_before_the_first_run_no_feed_is_known(database: Path, tmp_path: Path) -> None:
    assert known_feeds(database) == []
    assert pq.read_table(export_feeds([], tmp_path / "feeds.parquet")).num_rows == 0
