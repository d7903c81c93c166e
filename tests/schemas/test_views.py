"""The views answer usual questions; each is checked against rows that are known."""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.storage.database import connect, read_only
from schemas import Conflict, Incident, IncidentRevision, ReportedAttribution
from schemas.tables import to_row
from schemas.views import VIEWS
from tests.support.records import DAY, actor, incident, mention
from tests.support.tables import database_of

NOON = datetime(2023, 11, 10, 12, tzinfo=timezone.utc)


def on_a_day(number: int, **fields: Any) -> Incident:
    days = {"date_earliest": DAY, "date_latest": DAY, "date_precision": "day", "date_basis": "explicit"}
    return incident(number, **days | fields)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    first, second = mention(1, killed_low=3), mention(2, killed_low=5)
    disputed = Conflict(field="killed", value="3", mention_ids=(first.mention_id,))
    other = Conflict(field="killed", value="5", mention_ids=(second.mention_id,))
    told = on_a_day(1, killed_low=3, killed_high=5, perpetrators=(actor("A"), actor("B")), targets=(actor("C"),),
                    conflicts=(disputed, other))  # fmt: skip
    silent = on_a_day(2)
    long_ago = on_a_day(3, background=True, killed_low=100)
    return database_of(
        tmp_path / "x.duckdb", [(told, [first, second]), (silent, [mention(3, source="press-1")]), (long_ago, [])]
    )


def asked(database: Path, query: str) -> list[tuple[Any, ...]]:
    with read_only(database) as connection:
        return connection.execute(query).fetchall()


def test_parties_are_a_row_each(database: Path) -> None:
    query = "SELECT role, place, name FROM incident_parties WHERE incident_id = 'i-1' ORDER BY ALL"
    assert asked(database, query) == [("perpetrator", 1, "A"), ("perpetrator", 2, "B"), ("target", 1, "C")]


def test_attributions_are_a_row_each_with_its_report(tmp_path: Path) -> None:
    one = mention(1)
    blamed = ReportedAttribution(actor=actor("Front"), kind="blamed", by=actor("Army"), mention_id=one.mention_id)
    denied = ReportedAttribution(actor=actor("Front"), kind="denied", by=actor("Front"), mention_id=one.mention_id)
    somebody = ReportedAttribution(actor=actor("Band"), kind="blamed", mention_id=one.mention_id)
    path = database_of(tmp_path / "x.duckdb", [(on_a_day(1, attributions=(blamed, denied, somebody)), [one])])
    assert asked(path, "SELECT kind, actor, said_by, source FROM attributions ORDER BY ALL") == [
        ("blamed", "Band", None, one.source),
        ("blamed", "Front", "Army", one.source),
        ("denied", "Front", "Front", one.source),
    ]


def test_conflicts_are_a_row_a_value_and_report(database: Path) -> None:
    query = "SELECT field, value, source FROM incident_conflicts ORDER BY ALL"
    assert asked(database, query) == [("killed", "3", "press-1"), ("killed", "5", "press-2")]


def test_weeks_sum_ranges_and_count_the_silent_ones(database: Path) -> None:
    query = "SELECT week, incidents, killed_low, killed_high, without_toll FROM incidents_per_week"
    assert asked(database, query) == [(DAY - timedelta(days=DAY.weekday()), 2, 3, 5, 1)]


def test_sources_count_what_they_alone_report(database: Path) -> None:
    query = "SELECT source, articles, mentions, incidents, alone FROM incidents_per_source ORDER BY ALL"
    assert asked(database, query) == [("press-1", 2, 2, 2, 1), ("press-2", 1, 1, 1, 0)]


def test_changes_are_a_row_a_field(database: Path) -> None:
    revised = {"revision": 1, "run_id": 1, "recorded_at": NOON, "change": "created"}
    first = IncidentRevision(**to_row(on_a_day(1, killed_low=3)) | revised)
    second = IncidentRevision(
        **to_row(on_a_day(1, killed_low=5, country="SYR")) | revised | {"revision": 2, "run_id": 2, "change": "updated"}
    )
    with connect(database) as connection:
        for one in (first, second):
            row = to_row(one)
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            values = [dict(value) if name == "confidence_parts" else value for name, value in row.items()]
            connection.execute(f"INSERT INTO incident_revisions ({names}) VALUES ({marks})", values)
    changed = asked(database, "SELECT field, before, after FROM incident_changes WHERE revision = 2 ORDER BY ALL")
    assert changed == [("country", None, "SYR"), ("killed_low", "3", "5")]
    created = asked(database, "SELECT before, after FROM incident_changes WHERE revision = 1 AND field = 'killed_low'")
    assert created == [(None, "3")]


def test_distances_are_on_the_ground(database: Path) -> None:
    ((paris_london, nowhere),) = asked(database, "SELECT km(48.8566, 2.3522, 51.5074, -0.1278), km(1, 1, 1, 1)")
    assert paris_london == pytest.approx(343.6, abs=0.5)
    assert nowhere == 0


@pytest.mark.parametrize("view", VIEWS, ids=[view.name for view in VIEWS])
def test_every_view_can_be_read_without_rows(view: Any, tmp_path: Path) -> None:
    empty = database_of(tmp_path / "empty.duckdb", [])
    assert asked(empty, f"FROM {view.name}") == []


def test_an_older_view_is_made_anew(database: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute("CREATE OR REPLACE VIEW incident_parties AS SELECT 1 AS old")
    database_of(database, [])
    assert asked(database, "SELECT count(*) FROM incident_parties WHERE role = 'target'") == [(1,)]


@pytest.mark.parametrize("name", ["said", "e", "p", "c", "cell", "incidents", "actor"])
def test_a_database_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = database_of(tmp_path / f"{name}.duckdb", [(on_a_day(1), [mention(1)])])
    for view in VIEWS:
        asked(path, f"FROM {view.name}")
