"""The whole journey, from the seeds to the database, and the laws that every run keeps."""

import json
import shutil
from pathlib import Path

import pytest

from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from tests.support.databases import contents, incidents_by_report, rows

SEEDS = sorted(Path("seeds").glob("*.txt"))
TABLES = {"articles", "mentions", "incidents", "incident_mentions", "incident_revisions", "tallies", "rejects", "feeds"}


def run(database: Path, *inputs: Path | str) -> None:
    launcher.run(RunOptions(reading=ReadOptions(inputs=tuple(map(str, inputs))), output=database))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeds") / "incidents.duckdb"
    run(path, "seeds")
    return path


def incidents_at(database: Path, article: str, place: str) -> list[str]:
    """The incidents that an article reports from a place."""
    found = rows(
        database,
        "SELECT DISTINCT incident_id FROM incident_mentions JOIN mentions USING (mention_id) "
        f"WHERE ref LIKE '%{article}%' AND concat_ws(' ', place_name, facility, admin1) ILIKE '%{place}%'",
    )
    return [incident for (incident,) in found]


def test_all_tables_are_there(database: Path) -> None:
    names = {name for (name,) in rows(database, "SELECT table_name FROM information_schema.tables")}
    assert names >= {*TABLES, "runs", "evidence"}


@pytest.mark.parametrize("table", ["articles", "mentions", "evidence", "incidents", "incident_mentions", "tallies"])
def test_seeds_fill_the_tables(database: Path, table: str) -> None:
    assert rows(database, f"SELECT count(*) > 0 FROM {table}") == [(True,)]


def test_seeds_are_read_whole(database: Path) -> None:
    assert rows(database, "SELECT count(*) FROM articles") == [(5,)]
    assert rows(database, "SELECT * FROM rejects") == []


def test_quotes_stand_at_their_offsets(database: Path) -> None:
    wrong = rows(
        database,
        'SELECT * FROM evidence JOIN articles USING (article_id) WHERE text[start + 1:"end"] IS DISTINCT FROM quote',
    )
    assert wrong == []


def test_every_mention_that_can_be_identified_is_in_one_incident(database: Path) -> None:
    unlinked = "SELECT mention_id FROM mentions ANTI JOIN incident_mentions USING (mention_id)"
    assert rows(database, f"{unlinked} WHERE unresolved_reason IS NULL") == []
    assert rows(database, "SELECT mention_id FROM incident_mentions GROUP BY ALL HAVING count(*) > 1") == []


def test_linking_that_lacks_memory_is_begun_again_with_more(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("pipeline.storage.workspace._LEAST_MEMORY_MB", 1)
    monkeypatch.setattr("pipeline.storage.workspace._MEMORY_TO_SORT_MB", 0)
    with caplog.at_level("INFO", "pipeline.storage.memory_budget"):
        run(tmp_path / "scarce.duckdb", "seeds")
    assert "linking takes more memory" in caplog.text
    assert contents(tmp_path / "scarce.duckdb", "incident_revisions") == contents(database, "incident_revisions")


@pytest.mark.parametrize("place", ["tanf", "conoco"])
def test_two_articles_on_one_attack_are_one_incident(database: Path, place: str) -> None:
    assert set(incidents_at(database, "000_", place)) & set(incidents_at(database, "003_", place))


@pytest.mark.parametrize(
    ("article", "one", "other"),
    [("000_", "tanf", "conoco"), ("003_", "tanf", "conoco"), ("000_", "harir", "western"), ("002_", "shad", "omar")],
)
def test_neighbouring_places_stay_apart(database: Path, article: str, one: str, other: str) -> None:
    here, there = incidents_at(database, article, one), incidents_at(database, article, other)
    assert here
    assert there
    assert not set(here) & set(there)


@pytest.mark.parametrize("place", ["omar", "asad"])
def test_two_attacks_on_one_place_stay_apart(database: Path, place: str) -> None:
    assert len(incidents_at(database, "002_", place)) == 2


def test_a_second_run_changes_nothing(database: Path) -> None:
    before = contents(database)
    run(database, "seeds")
    assert contents(database) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "first", [SEEDS[:2], SEEDS[2:], SEEDS[3:4]], ids=["first two", "last three", "the undated one"]
)
def test_halves_give_what_the_whole_gives(database: Path, tmp_path: Path, first: list[Path]) -> None:
    path = tmp_path / "halves.duckdb"
    run(path, *first)
    run(path, "seeds")
    assert incidents_by_report(path) == incidents_by_report(database)


def test_order_and_repetition_of_inputs_do_not_matter(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "order.duckdb"
    run(path, *reversed(SEEDS), "seeds/*.txt")
    assert contents(path) == contents(database)


def test_a_copy_is_no_second_source(tmp_path: Path) -> None:
    database, more = tmp_path / "copies.duckdb", tmp_path / "elsewhere"
    more.mkdir()
    run(database, SEEDS[0])
    before = rows(database, "SELECT source_count FROM incidents ORDER BY ALL")
    shutil.copy(SEEDS[0], more / "copy.txt")
    run(database, SEEDS[0], more)
    assert rows(database, "SELECT count(duplicate_of) FROM articles") == [(1,)]
    assert rows(database, "SELECT source_count FROM incidents ORDER BY ALL") == before
    assert rows(database, "SELECT DISTINCT article_count FROM incidents") == [(2,)]


def test_a_changed_article_replaces_its_older_text(tmp_path: Path) -> None:
    database, document = tmp_path / "revised.duckdb", tmp_path / "news.jsonl"
    reported = {"id": "n1", "source": "press", "published_at": "2023-11-09"}
    for killed in ("four", "seven"):
        text = f"A car bomb killed {killed} people at a market in Mosul, Iraq, on Wednesday, police said."
        document.write_text(json.dumps(reported | {"text": text}), encoding="utf-8")
        run(database, document)
    assert rows(database, "SELECT killed_best FROM mentions ORDER BY 1") == [(4,), (7,)]
    assert rows(database, "SELECT killed_low, killed_best, mention_count, len(conflicts) FROM incidents") == [
        (7, 7, 1, 0)
    ]
    assert rows(database, "SELECT count(superseded_by) FROM articles") == [(1,)]
    changes = rows(database, "SELECT run_id, change, killed_best FROM incident_revisions ORDER BY run_id, change")
    assert (1, "created", 4) in changes
    assert any(run_id == 2 and killed == 7 for run_id, _, killed in changes)
