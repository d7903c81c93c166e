"""Every question in docs/questions.md is one statement, and its answer is checked on rows that are known."""

import re
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from pipeline.storage.database import connect, read_only
from pipeline.storage.gazetteer import fill_gazetteer
from schemas import Conflict, Incident, IncidentRevision, ReportedAttribution
from schemas.tables import to_row
from tests.support.records import DAY, actor, incident, mention
from tests.support.tables import database_of

PAGE = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
QUESTIONS = dict(re.findall(r"^## (.+?)\n\n```sql\n(.+?)```", PAGE, re.DOTALL | re.MULTILINE))
LATER = date(2023, 11, 14)
ANSWERS: dict[str, list[tuple[Any, ...]]] = {
    "Who claims what?": [("Front", 1, 4)],
    "Who says who did it?": [("i-1", "denied", "Front", "Front", ["press-1"])],
    "How many a week?": [
        (date(2023, 11, 6), "drone_attack", 1, 3, 5, 0),
        (date(2023, 11, 13), "drone_attack", 1, None, None, 1),
    ],
    "What can be drawn as a point?": [("i-1", DAY, "drone_attack", 35.0, 40.0)],
    "On what do sources disagree?": [("i-1", "killed", "3", ["press-1"]), ("i-1", "killed", "5", ["press-2"])],
    "What has changed since a day?": [(date(2023, 11, 12), "i-1", "updated", "killed_high", "4", "5")],
    "How much does each source report?": [
        ("press-1", 1, 1, 1, 0), ("press-2", 1, 1, 1, 0), ("press-3", 1, 1, 1, 1), ("press-4", 1, 1, 1, 1),
    ],
    "What happened near a place?": [("i-1", "Somewhere", 39.0)],
    "What rests on one source only?": [("i-2", "drone_attack", None, None)],
    "In ACLED's shape?": [
        ("SYRi-1", DAY, 2023, "A", "C", "Somewhere", 4), ("IRQi-2", LATER, 2023, None, None, None, None),
    ],
    "In GED's shape?": [
        ("i-3", date(2020, 1, 5), date(2020, 1, 5), None, None, 1, 100, 100, 100),
        ("i-1", DAY, DAY, "A", "C", 2, 3, 4, 5),
    ],
}  # fmt: skip


def on(day: date, number: int, **fields: Any) -> Incident:
    days = {"date_earliest": day, "date_latest": day, "date_precision": "day", "date_basis": "explicit"}
    return incident(number, **days | fields)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    first, second = mention(1, killed_low=3), mention(2, killed_low=5)
    conflicts = tuple(
        Conflict(field="killed", value=value, mention_ids=(one.mention_id,))
        for value, one in (("3", first), ("5", second))
    )
    place = {"place_name": "Somewhere", "latitude": 35.0, "longitude": 40.0, "geo_precision": "locality"}
    parties = {"perpetrators": (actor("A"),), "targets": (actor("C"),), "claimed_by": (actor("Front"),)}
    said = ReportedAttribution(actor=actor("Front"), kind="denied", by=actor("Front"), mention_id=first.mention_id)
    toll = {"attributions": (said,), "killed_low": 3, "killed_best": 4, "killed_high": 5}
    told = on(DAY, 1, country="SYR", source_count=2, conflicts=conflicts, **place, **parties, **toll)
    recalled = on(date(2020, 1, 5), 3, background=True, killed_low=100, killed_best=100, killed_high=100)
    path = tmp_path_factory.mktemp("questions") / "x.duckdb"
    database_of(path, [(told, [first, second]), (on(LATER, 2, country="IRQ"), [mention(3)]), (recalled, [mention(4)])])
    with connect(path) as connection:
        fill_gazetteer(connection)
        for number, day, known in ((1, 10, 4), (2, 12, 5)):
            before = told.model_copy(update={"killed_high": known})
            change = "created" if number == 1 else "updated"
            recorded = datetime(2023, 11, day, 6, tzinfo=timezone.utc)
            given = {"revision": number, "run_id": number, "recorded_at": recorded, "change": change}
            row = to_row(IncidentRevision(**to_row(before) | given))
            values = [dict(value) if name == "confidence_parts" else value for name, value in row.items()]
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO incident_revisions ({', '.join(row)}) VALUES ({marks})", values)
    return path


def test_every_question_has_an_answer_here() -> None:
    assert set(QUESTIONS) == set(ANSWERS)
    assert len(QUESTIONS) >= 10


@pytest.mark.parametrize("question", ANSWERS)
def test_the_answer_is_right(question: str, database: Path) -> None:
    with read_only(database) as connection:
        assert connection.execute(QUESTIONS[question]).fetchall() == ANSWERS[question]
