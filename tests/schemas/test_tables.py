import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.base import Record
from schemas.tables import (
    INCIDENTS,
    MENTIONS,
    TABLES,
    TALLIES,
    Table,
    arrow_schema,
    create_table,
    from_row,
    to_row,
)
from schemas.views import EVIDENCE
from tests.support.records import any_incidents, any_mentions, mention, tally
from tests.support.staging import write_rows

HAPPENING = """
event_type status outcome background date_earliest date_latest date_precision date_basis date_text
place_name place_text facility facility_type admin1 country latitude longitude geo_precision
perpetrators targets claimed_by weapons intercepted_low intercepted_high
killed_low killed_best killed_high wounded_low wounded_best wounded_high confidence confidence_parts
"""
CONTRACT = {
    "articles": """article_id ref url title text source published_at published_basis fetched_at language
        duplicate_of""",
    "mentions": f"""mention_id article_id ref url source published_at {HAPPENING} evidence extractor
        extractor_version""",
    "incidents": f"""{HAPPENING} incident_id mention_count article_count source_count first_reported_at
        last_reported_at conflicts""",
    "incident_mentions": "incident_id mention_id link_score link_reasons",
    "incident_revisions": f"{HAPPENING} incident_id mention_count article_count source_count conflicts",
    "tallies": """tally_id article_id ref what event_type count_low count_high killed_low killed_best killed_high
        wounded_low wounded_best wounded_high since until perpetrators place_name country evidence""",
    "rejects": "stage reason ref record",
    "feeds": "",
    "runs": "",
}


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for table in TABLES:
            connection.execute(create_table(table))
        connection.execute(EVIDENCE.create)
        yield connection


@pytest.mark.parametrize("name", CONTRACT)
def test_the_contract_is_in_the_columns(name: str, database: duckdb.DuckDBPyConnection) -> None:
    columns = {column for column, *_ in database.execute(f"DESCRIBE {name}").fetchall()}
    assert set(CONTRACT[name].split()) <= columns


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("mentions", "event_type", "VARCHAR"),
        ("mentions", "date_earliest", "DATE"),
        ("mentions", "published_at", "TIMESTAMP WITH TIME ZONE"),
        ("mentions", "killed_low", "BIGINT"),
        ("mentions", "latitude", "DOUBLE"),
        ("mentions", "background", "BOOLEAN"),
        ("mentions", "confidence_parts", "MAP(VARCHAR, DOUBLE)"),
        ("mentions", "perpetrators", 'STRUCT("name" VARCHAR, "text" VARCHAR, actor_type VARCHAR, actor_id VARCHAR)[]'),
        ("incidents", "conflicts", 'STRUCT(field VARCHAR, "value" VARCHAR, mention_ids VARCHAR[])[]'),
        ("incident_mentions", "link_reasons", "VARCHAR[]"),
        ("fingerprints", "bands", "BIGINT[]"),
        ("fingerprints", "signature", "BLOB"),
    ],
)
def test_columns_have_types(table: str, column: str, kind: str, database: duckdb.DuckDBPyConnection) -> None:
    types = {name: type_ for name, type_, *_ in database.execute(f"DESCRIBE {table}").fetchall()}
    assert types[column] == kind


def test_what_may_be_null_may_be_null(database: duckdb.DuckDBPyConnection) -> None:
    nullable = {name: null for name, _, null, *_ in database.execute("DESCRIBE mentions").fetchall()}
    assert nullable["source"] == "NO"
    assert nullable["country"] == nullable["killed_low"] == "YES"


def test_tables_are_made_once(database: duckdb.DuckDBPyConnection) -> None:
    for table in TABLES:
        database.execute(create_table(table))
    names = [name for (name,) in database.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    assert sorted(names) == sorted(table.name for table in TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_arrow_and_duckdb_have_the_same_columns(table: Table) -> None:
    assert tuple(arrow_schema(table.model).names) == table.columns
    assert set(table.key) <= set(table.columns)


def test_a_column_of_two_types_is_refused() -> None:
    class Mixed(Record):
        value: int | str

    with pytest.raises(TypeError, match="one type"):
        arrow_schema(Mixed)


def stored_and_read(folder: Path, table: Table, records: Sequence[Record]) -> list[Record]:
    """Take records the way that a run takes them: Parquet, DuckDB, Parquet."""
    staged, exported = write_rows(folder / "staged.parquet", table.model, records), str(folder / "exported.parquet")
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(create_table(table._replace(key=())).replace(", PRIMARY KEY ()", ""))
        connection.execute(f"INSERT INTO {table.name} BY NAME FROM read_parquet('{staged}')")
        connection.execute(f"COPY {table.name} TO '{exported}' (FORMAT parquet)")
    return [from_row(table.model, row) for row in pq.read_table(exported).to_pylist()]


few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@few
@given(st.lists(any_mentions(), max_size=4))
def test_mentions_are_read_as_they_were_written(tmp_path: Path, records: list[Record]) -> None:
    assert stored_and_read(tmp_path, MENTIONS, records) == records


@few
@given(st.lists(any_incidents(), max_size=4))
def test_incidents_are_read_as_they_were_written(tmp_path: Path, records: list[Record]) -> None:
    assert stored_and_read(tmp_path, INCIDENTS, records) == records


def test_tallies_are_read_as_they_were_written(tmp_path: Path) -> None:
    records = [tally(1), tally(2, count_low=24, country="IRQ", perpetrators=({"name": "militias"},))]
    assert stored_and_read(tmp_path, TALLIES, records) == records


@few
@given(any_mentions())
def test_json_is_read_as_it_was_written(record: Record) -> None:
    assert type(record).model_validate_json(record.model_dump_json()) == record
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301  # our own: so workers hand it on


def test_columns_of_other_releases_are_left_out() -> None:
    reported = mention()
    assert from_row(type(reported), to_row(reported) | {"added_later": 1}) == reported


def test_evidence_is_seen_of_mentions_and_tallies(database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    quoted = {"field": "place", "start": 3, "end": 8, "quote": "Hajin"}
    for table, record in (
        (MENTIONS, mention(1, evidence=(quoted, quoted | {"field": "date"}))),
        (MENTIONS, mention(2)),
        (TALLIES, tally(3, evidence=(quoted,))),
    ):
        path = write_rows(tmp_path / "staged.parquet", table.model, [record])
        database.execute(f"INSERT INTO {table.name} BY NAME FROM read_parquet('{path}')")
    found = database.execute(
        'SELECT mention_id, tally_id, article_id, field, "start", "end", quote FROM evidence ORDER BY ALL'
    ).fetchall()
    assert found == [
        (mention(1).mention_id, None, "a-1", "date", 3, 8, "Hajin"),
        (mention(1).mention_id, None, "a-1", "place", 3, 8, "Hajin"),
        (None, tally(3).tally_id, "a-3", "place", 3, 8, "Hajin"),
    ]
