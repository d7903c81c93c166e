"""What a page holds of a database, without a browser."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ExportError, NoDatabaseError, QueryError, TooLargePageError, WrongOptionError
from pipeline.page.selection import PageSelection, Words
from schemas import Change, Conflict, DateBasis, DatePrecision, GeoPrecision
from tests.support.databases import make_older
from tests.support.pages import (
    RUN_AT,
    data_of,
    database_of,
    details_of,
    link,
    marked,
    quoted,
    revision,
    run_record,
    written,
)
from tests.support.records import DAY, actor, article, incident, mention, tally

TEXT = "🎯🎯 Two drones hit the market of Rukban on Thursday, killing 4 people, a group called Shield said."


def dated(first: date = DAY, days: int = 0) -> dict[str, Any]:
    return {
        "date_earliest": first,
        "date_latest": first + timedelta(days=days),
        "date_precision": DatePrecision.DAYS if days else DatePrecision.DAY,
        "date_basis": DateBasis.EXPLICIT,
    }


SOURCE = article(TEXT, url="https://press.example/1", title="Market hit")
EVIDENCE = (quoted(TEXT, "event_type", "drones hit"), quoted(TEXT, "killed_low", "killing 4 people"))
REPORT = mention(1, article_id=SOURCE.article_id, source="press", url=SOURCE.url, evidence=EVIDENCE)
OTHER = mention(2, article_id=SOURCE.article_id, source="press")
SAID = (Conflict(field="killed", value="4", mention_ids=(REPORT.mention_id,)),)
ONE = incident(1, **dated(), country="SYR", killed_low=4, killed_best=4, killed_high=4, conflicts=SAID)
TWO = incident(2, **dated(DAY - timedelta(days=9), 8), country="IRQ", perpetrators=(actor("Shield"),))
UNDATED = incident(3, geo_precision=GeoPrecision.COUNTRY, country="SYR")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    later = RUN_AT + timedelta(days=3)
    before = ONE.model_copy(update={"killed_low": 2, "killed_best": 2, "killed_high": 2})
    gone = incident(9, **dated())
    return database_of(
        tmp_path / "incidents.duckdb",
        SOURCE, REPORT, ONE, TWO, UNDATED, link(ONE, REPORT), run_record(), run_record(2, later),
        revision(before), revision(ONE, 2, later, change=Change.UPDATED), revision(TWO), revision(UNDATED),
        revision(gone), revision(gone, 2, later, change=Change.SUPERSEDED, superseded_by=ONE.incident_id),
        tally(1, since=DAY - timedelta(days=20), until=DAY, count_low=24, article_id=SOURCE.article_id),
    )  # fmt: skip


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "report.html"


def ids(page: Path) -> list[str]:
    found: list[str] = data_of(page)["incidents"]["columns"].get("incident_id", [])
    return found


def test_incidents_come_by_their_day_and_undated_ones_last(database: Path, page: Path) -> None:
    told = written(database, page)
    assert (told.incidents, told.words, told.size) == (3, Words.FULL, page.stat().st_size)
    assert ids(page) == ["i-2", "i-1", "i-3"]
    columns = data_of(page)["incidents"]["columns"]
    assert columns["killed_low"] == [None, 4, None]
    assert columns["series"] == [1, 0, 0]
    assert columns["date_latest"][1] == (DAY - date(1970, 1, 1)).days


def test_quotes_stand_where_they_are_in_the_article(database: Path, page: Path) -> None:
    written(database, page)
    [report] = details_of(page)[1]["reports"]
    assert (report["source"], report["title"], report["url"]) == ("press", "Market hit", SOURCE.url)
    assert marked(report["passages"]) == [("what", "drones hit"), ("killed", "killing 4 people")]
    assert details_of(page)[1]["conflicts"] == [["killed", "4", [0]]]


def test_history_tells_what_changed_and_what_was_joined(database: Path, page: Path) -> None:
    written(database, page)
    history = details_of(page)[1]["history"]
    assert [(each["day"], each["change"], each["other"]) for each in history] == [
        ("2023-11-12", "created", None), ("2023-11-15", "joined", "i-9"), ("2023-11-15", "updated", None),
    ]  # fmt: skip
    assert history[2]["fields"] == [["killed_low", "2", "4"], ["killed_best", "2", "4"], ["killed_high", "2", "4"]]


def test_the_same_database_makes_the_same_bytes(database: Path, page: Path, tmp_path: Path) -> None:
    written(database, page)
    written(database, tmp_path / "again.html")
    assert page.read_bytes() == (tmp_path / "again.html").read_bytes()


def test_as_known_on_a_day(database: Path, page: Path) -> None:
    written(database, page, PageSelection(known_on=date(2023, 11, 12)))
    assert ids(page) == ["i-2", "i-1", "i-9", "i-3"]
    assert data_of(page)["incidents"]["columns"]["killed_low"] == [None, 2, None, None]
    assert data_of(page)["about"]["run"] == 1
    assert [len(each["history"]) for each in details_of(page)] == [1, 1, 1, 1]
    # the reports of an incident that was superseded since are with the one that took them over
    assert [len(each["reports"]) for each in details_of(page)] == [0, 1, 1, 0]


def test_a_day_before_the_first_run_knows_nothing(database: Path, page: Path) -> None:
    assert written(database, page, PageSelection(known_on=date(2023, 11, 11))).incidents == 0
    assert ids(page) == []
    assert data_of(page)["about"]["run"] is None


@pytest.mark.parametrize(
    ("selection", "left"),
    [
        (PageSelection(where="country = 'SYR'"), ["i-1", "i-3"]),
        (PageSelection(where="killed_low > 1 -- and no more"), ["i-1"]),
        (PageSelection(since=DAY), ["i-1"]),
        (PageSelection(until=DAY - timedelta(days=9)), ["i-2"]),
        (PageSelection(since=DAY - timedelta(days=1), until=DAY), ["i-2", "i-1"]),
        (PageSelection(where="country = 'FRA'"), []),
    ],
)
def test_only_some_incidents(database: Path, page: Path, selection: PageSelection, left: list[str]) -> None:
    told = written(database, page, selection)
    assert ids(page) == left
    assert told.facts.held == 3
    assert told.facts.undated == (1 if selection.since or selection.until else 0)


def test_fewer_words(database: Path, page: Path) -> None:
    written(database, page, words=Words.QUOTES)
    [report] = details_of(page)[1]["reports"]
    assert marked(report["passages"]) == [("what", "drones hit"), ("killed", "killing 4 people")]
    assert "market of Rukban" not in str(report["passages"])
    written(database, page, words=Words.NONE)
    assert details_of(page) == []
    assert len(data_of(page)["incidents"]["columns"]["incident_id"]) == 3


def test_a_page_that_is_too_large_has_fewer_words_and_says_so(database: Path, page: Path) -> None:
    quotes_only = written(database, page, words=Words.QUOTES).size
    assert quotes_only < written(database, page).size
    told = written(database, page, max_mb=quotes_only / 1e6)
    assert told.words is Words.QUOTES
    assert len(list(told.left_out(Words.FULL, 1))) == 1
    page.write_text("as it was before")
    with pytest.raises(TooLargePageError, match="3 incidents"):
        written(database, page, max_mb=0.01)
    assert page.read_text() == "as it was before"
    assert [path.name for path in page.parent.iterdir() if path.suffix == ".html" or "html" in path.name] == [page.name]


def test_what_cannot_be(database: Path, page: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="--where"):
        written(database, page, PageSelection(where="countri = 'SYR'"))
    with pytest.raises(QueryError):
        written(database, page, PageSelection(where="true) OR (DELETE FROM incidents"))
    with pytest.raises(NoDatabaseError):
        written(tmp_path / "none.duckdb", page)
    with pytest.raises(ExportError):
        written(database, tmp_path / "no" / "folder.html")
    with pytest.raises(WrongOptionError):
        PageSelection(since=DAY, until=DAY - timedelta(days=1))
    assert not page.exists()


def test_a_database_of_an_older_release_is_shown(database: Path, page: Path) -> None:
    written(database, page)
    now = data_of(page)
    make_older(database)
    written(database, page)
    assert data_of(page)["incidents"] == now["incidents"]
    assert len(details_of(page)[1]["reports"]) == 1


def test_no_policy_but_its_own(database: Path, page: Path) -> None:
    written(database, page)
    text = page.read_text(encoding="utf-8")
    assert "default-src 'none'; script-src 'sha256-" in text
    assert "unsafe" not in text.split("</head>")[0]
    assert "connect-src" not in text.split("</head>")[0]
