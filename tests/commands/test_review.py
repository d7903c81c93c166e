"""`review`: what is most worth a look comes first, and what is printed is a file of rulings."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.cli import main
from pipeline.commands.review_text import as_rulings
from pipeline.run.overrides import read_overrides
from pipeline.storage.doubts import most_doubtful
from schemas import Conflict, Incident
from tests.support.records import actor, incident, mention
from tests.support.tables import database_of

DAY = date(2023, 11, 9)


def told(number: int, **fields: Any) -> Incident:
    days = {"date_earliest": DAY, "date_latest": DAY, "date_precision": "day", "date_basis": "explicit"}
    return incident(number, **days | {"confidence": 0.9} | fields)


def dispute(field: str, *values: str) -> tuple[Conflict, ...]:
    return tuple(Conflict(field=field, value=value, mention_ids=("m-1",)) for value in values)


def first_of(tmp_path: Path, *incidents: Incident) -> list[str]:
    rows = [(one, [mention(number)]) for number, one in enumerate(incidents)]
    return [one.incident_id for one in most_doubtful(database_of(tmp_path / "x.duckdb", rows), 10)]


@pytest.mark.parametrize(
    "doubtful",
    [{"confidence": 0.3}, {"killed_best": 90}, {"killed_low": 90}, {"conflicts": dispute("killed", "3", "5")}],
)
def test_what_is_unsure_deadly_or_disputed_comes_first(doubtful: dict[str, Any], tmp_path: Path) -> None:
    assert first_of(tmp_path, told(1), told(2, **doubtful), told(3)) == ["i-2", "i-1", "i-3"]


def test_background_is_no_news(tmp_path: Path) -> None:
    assert first_of(tmp_path, told(1), told(2, confidence=0.1, background=True)) == ["i-1"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"conflicts": dispute("killed", "3", "5"), "killed_low": 3, "killed_high": 5},
        {"conflicts": dispute("date", "2023-11-09", "2023-11-10")},
        {"conflicts": dispute("facility", "A", "B"), "facility": 'the "old" port'},
        {"place_name": "two\nlines = 1\n[[drop]]", "conflicts": dispute("outcome", "hit\n[[drop]]", "foiled")},
        {"perpetrators": (actor("\u202eback"),), "conflicts": dispute("event_type", "attack", "bombing")},
    ],
)
def test_without_their_hashes_the_lines_are_rulings(fields: dict[str, Any], tmp_path: Path) -> None:
    text = as_rulings([told(1, incident_id="i-" + "0" * 24, **fields)])
    assert all(line.startswith("#") or not line for line in text.splitlines())
    path = tmp_path / "rulings.toml"
    path.write_text(re.sub(r"^# (?=\[\[|\w+ = )", "", text, flags=re.MULTILINE), encoding="utf-8")
    ruled = read_overrides(path)
    assert ruled.drop
    assert ruled.set


def test_the_command_prints_as_many_as_it_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = database_of(tmp_path / "x.duckdb", [(told(1), [mention(1)]), (told(2), [mention(2)])])
    assert main(["review", "--most", "1", "--db", str(database)]) == 0
    assert capsys.readouterr().out.count("[[drop]]") == 1
    assert main(["review", "--db", str(tmp_path / "none.duckdb")]) == 2
    with pytest.raises(SystemExit):
        main(["review", "--most", "0", "--db", str(database)])


def test_an_empty_database_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--db", str(database_of(tmp_path / "x.duckdb", []))]) == 0
    assert "no incident" in capsys.readouterr().out
