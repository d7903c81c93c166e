"""Answers to queries, in every form."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from pipeline.commands.cli import main
from pipeline.errors import NoDatabaseError, QueryError
from pipeline.storage.answers import answers, write_parquet

WIDE = 1_000_000
NASTY = "a|b\n\x1b[31m"
QUERY = "SELECT * FROM t ORDER BY n"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "x.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t (n INTEGER, word VARCHAR, parts STRUCT(name VARCHAR)[], day DATE)")
        connection.execute("INSERT INTO t VALUES (1, $1, [{'name': 'A'}], DATE '2023-11-09')", [NASTY])
        connection.execute("INSERT INTO t VALUES (2, NULL, [], NULL)")
    return path


def asked(database: Path, form: str, query: str = QUERY, width: int = WIDE, limit: int | None = None) -> str:
    (answer,) = answers(database, query, form, width, limit)
    return answer


def test_csv_comes_back_as_the_rows(database: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(asked(database, "csv"))))
    assert rows[0] == {"n": "1", "word": NASTY, "parts": '[{"name": "A"}]', "day": "2023-11-09"}
    assert rows[1] == {"n": "2", "word": "", "parts": "[]", "day": ""}


def test_json_keeps_null_and_nesting(database: Path) -> None:
    expected = [
        {"n": 1, "word": NASTY, "parts": [{"name": "A"}], "day": "2023-11-09"},
        {"n": 2, "word": None, "parts": [], "day": None},
    ]
    assert json.loads(asked(database, "json")) == expected
    assert [json.loads(line) for line in asked(database, "jsonl").splitlines()] == expected


def test_markdown_has_a_line_a_row(database: Path) -> None:
    lines = asked(database, "md").splitlines()
    assert lines[:2] == ["| n | word | parts | day |", "| --- | --- | --- | --- |"]
    assert "a\\|b " in lines[2]
    assert len(lines) == 4


def test_a_table_leaves_no_column_out_however_narrow_the_screen(database: Path) -> None:
    query = "SELECT " + ", ".join(f"repeat('x', 30) AS column_{n}" for n in range(20))
    assert all(f"column_{n}" in asked(database, "table", query) for n in range(20))
    narrow = asked(database, "table", query, width=80)
    assert all(f"column_{n}  xxx" in narrow for n in range(20))
    assert max(map(len, narrow.splitlines())) < 80


def test_a_limit_bounds_the_rows(database: Path) -> None:
    assert len(json.loads(asked(database, "json", limit=1))) == 1
    assert json.loads(asked(database, "json", limit=0)) == []


def test_every_statement_that_has_an_answer_gives_one(database: Path) -> None:
    assert list(answers(database, "SELECT 1 AS a; SET threads = 1; SELECT 'x;y' AS b", "csv", WIDE)) == [
        "a\n1",
        "b\nx;y",
    ]


def test_parquet_is_a_file(database: Path, tmp_path: Path) -> None:
    write_parquet(database, QUERY, tmp_path / "x.parquet", limit=1)
    assert pq.read_table(tmp_path / "x.parquet").column("word").to_pylist() == [NASTY]
    with pytest.raises(QueryError, match="one query"):
        write_parquet(database, "SELECT 1; SELECT 2", tmp_path / "y.parquet")


@pytest.mark.parametrize("query", ["", "SELECT nothing FROM nowhere", "DELETE FROM t", "SELEC 1", "SET threads = 1"])
def test_a_query_that_cannot_be_answered_is_told(query: str, database: Path) -> None:
    with pytest.raises(QueryError):
        list(answers(database, query, "table", WIDE))


def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoDatabaseError):
        list(answers(tmp_path / "none.duckdb", "SELECT 1", "table", WIDE))


def test_the_command_prints_for_people_and_for_programs(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert main(["sql", QUERY, "--db", str(database)]) == 0
    assert "\x1b" not in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT 42 AS answer"))
    assert main(["sql", "-", "--format", "jsonl", "--db", str(database)]) == 0
    assert json.loads(capsys.readouterr().out) == {"answer": 42}
    assert main(["sql", QUERY, "--format", "parquet", "-o", str(tmp_path / "x.parquet"), "--db", str(database)]) == 0
    assert main(["sql", QUERY, "--format", "parquet", "--db", str(database)]) == 2
    assert main(["sql", QUERY, "--limit", "-1", "--db", str(database)]) == 2
    assert "go together" in capsys.readouterr().err
