"""`export` as a shell sees it."""

import csv
from datetime import date
from pathlib import Path

import pytest

from pipeline.commands.cli import main
from schemas import Incident
from tests.support.databases import rows
from tests.support.records import DAY, incident, mention
from tests.support.tables import database_of


@pytest.fixture
def database(tmp_path: Path) -> Path:
    new, old = _on(DAY, 1, country="SYR"), _on(DAY.replace(year=2020), 2)
    return database_of(tmp_path / "incidents.duckdb", [(new, [mention(1)]), (old, [mention(2)])])


def _on(day: date, number: int, **fields: object) -> Incident:
    days = {"date_earliest": day, "date_latest": day, "date_precision": "day", "date_basis": "explicit"}
    return incident(number, **days | fields)


def exported(database: Path, *arguments: str) -> list[dict[str, str]]:
    out = database.parent / "out.csv"
    assert main(["export", "csv", "-o", str(out), "--db", str(database), *arguments]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_rows_come_with_who_reports_them(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = exported(database)
    assert [(one["incident_id"],) for one in found] == rows(
        database, "SELECT incident_id FROM incidents ORDER BY date_earliest"
    )
    assert [one["source_names"] for one in found] == ["press-2", "press-1"]
    assert "2 incidents written" in capsys.readouterr().err


def test_a_condition_and_days_select(database: Path) -> None:
    assert len(exported(database, "--where", "country = 'SYR'")) == 1
    assert len(exported(database, "--since", "2023-01-01")) == 1
    assert len(exported(database, "--until", "2021-01-01")) == 1
    assert exported(database, "--since", "2024-01-01") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "csv", "-o", "x.csv", "--where", "colour = 'red'"], "colour"),
        (["export", "csv", "-o", "x.csv", "--db", "nowhere.duckdb"], "nowhere.duckdb"),
    ],
)
def test_wrong_usage_is_said(
    database: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(database.parent)
    assert main(arguments) == 2
    assert said in capsys.readouterr().err
    assert not Path("x.csv").exists()


def test_an_unknown_format_or_day_names_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["export", "shp", "-o", "x"], ["export", "csv", "-o", "x", "--since", "yesterday"]):
        with pytest.raises(SystemExit):
            main(arguments)
    said = capsys.readouterr().err
    assert "geojson" in said
    assert "2023-11-09" in said
