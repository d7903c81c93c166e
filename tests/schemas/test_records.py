from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from schemas import (
    Actor,
    Article,
    Conflict,
    DateBasis,
    DatePrecision,
    Evidence,
    Feed,
    GeoPrecision,
    Incident,
    IncidentMention,
    IncidentRevision,
    Mention,
    PublishedBasis,
    Reject,
    RunRecord,
    Tally,
    Weapon,
    WeaponType,
    check_quotes,
)
from schemas.base import Record
from tests.support.records import article, mention, tally

FIRST, SECOND = date(2023, 11, 9), date(2023, 11, 10)
RECORDS = [
    Actor, Article, Conflict, Evidence, Feed, Incident, IncidentMention, IncidentRevision, Mention, Reject, RunRecord,
    Tally, Weapon,
]  # fmt: skip


@pytest.mark.parametrize("model", RECORDS)
def test_records_are_frozen_and_closed(model: type[BaseModel]) -> None:
    assert issubclass(model, Record)
    assert model.model_config["frozen"] is True
    assert model.model_config["extra"] == "forbid"


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        mention().country = "IRQ"  # type: ignore[misc]


def test_a_record_refuses_a_field_that_it_does_not_know() -> None:
    with pytest.raises(ValidationError, match="mood"):
        mention(mood="grim")


def dated(earliest: date | None, latest: date | None, precision: str = "days", basis: str = "explicit") -> Mention:
    return mention(
        day=None, date_earliest=earliest, date_latest=latest, date_precision=precision, date_basis=basis
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (lambda: dated(SECOND, FIRST), "after"),
        (lambda: dated(FIRST, None), "go together"),
        (lambda: dated(None, FIRST), "go together"),
        (lambda: dated(FIRST, FIRST, basis="none"), "basis"),
        (lambda: dated(FIRST, SECOND, precision="day"), "one day"),
        (lambda: dated(None, None, precision="day"), "unknown"),
        (lambda: mention(date_weekday=7), "less than or equal to 6"),
        (lambda: mention(latitude=33.3, geo_precision="locality"), "go together"),
        (lambda: mention(longitude=38.7, geo_precision="locality"), "go together"),
        (lambda: mention(latitude=33.3, longitude=38.7, geo_precision="country"), "never drawn as a point"),
        (lambda: mention(latitude=33.3, longitude=38.7, geo_precision="unknown"), "never drawn as a point"),
        (lambda: mention(latitude=90.1, longitude=38.7, geo_precision="exact"), "latitude"),
        (lambda: mention(latitude=33.3, longitude=-180.1, geo_precision="exact"), "longitude"),
        (lambda: mention(latitude=float("nan"), longitude=38.7, geo_precision="exact"), "latitude"),
        (lambda: mention(killed_low=3, killed_best=2), "killed: low ≤ best ≤ high"),
        (lambda: mention(killed_best=3, killed_high=2), "killed: low ≤ best ≤ high"),
        (lambda: mention(killed_low=3, killed_high=2), "killed: low ≤ best ≤ high"),
        (lambda: mention(wounded_low=3, wounded_high=2), "wounded: low ≤ best ≤ high"),
        (lambda: mention(intercepted_low=3, intercepted_high=2), "intercepted: low ≤ best ≤ high"),
        (lambda: mention(killed_low=-1), "greater than or equal to 0"),
        (lambda: mention(killed_low=2**63), "less than"),
        (lambda: mention(country="SY"), "country"),
        (lambda: mention(country="syr"), "country"),
        (lambda: mention(country="SYRIA"), "country"),
        (lambda: mention(country="SYR\n"), "country"),
        (lambda: mention(event_type="earthquake"), "event_type"),
        (lambda: mention(confidence=1.01), "confidence"),
        (lambda: mention(confidence=float("nan")), "confidence"),
        (lambda: mention(confidence_parts={"date": -0.1}), "confidence_parts"),
        (lambda: mention(source=""), "source"),
        (lambda: mention(published_at=datetime(2023, 11, 9)), "timezone"),
        (lambda: mention(source="R\ud800"), "unicode"),
        (lambda: tally(what=""), "what"),
        (lambda: tally(count_low=3, count_high=2), "count: low ≤ best ≤ high"),
        (lambda: tally(killed_low=3, killed_best=2), "killed: low ≤ best ≤ high"),
        (lambda: tally(wounded_best=3, wounded_high=2), "wounded: low ≤ best ≤ high"),
        (lambda: tally(since=SECOND, until=FIRST), "after"),
        (lambda: tally(country="Syria"), "country"),
        (lambda: Weapon(weapon_type=WeaponType.DRONE, count_low=3, count_high=2), "count: low ≤ best ≤ high"),
        (lambda: Evidence(field="date", start=4, end=8, quote="today"), "5 characters"),
        (lambda: Evidence(field="date", start=4, end=4, quote=""), "quote"),
        (lambda: Evidence(field="date", start=-1, end=4, quote="today"), "start"),
        (lambda: article("Text.", published_basis=PublishedBasis.NONE), "go together"),
        (lambda: article("Text.", published=None, published_basis=PublishedBasis.URL), "go together"),
        (lambda: article("Text.", published_at=datetime(2023, 11, 9)), "timezone"),
        (lambda: article(""), "text"),
        (lambda: article("Text.", name="\ud800.txt", article_id="a", ref="a"), "unicode"),
    ],
)
def test_what_breaks_the_contract_is_refused(given: Callable[[], object], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        given()


@pytest.mark.parametrize(
    "given",
    [
        lambda: dated(None, None, precision="unknown", basis="none"),
        lambda: dated(None, None, precision="unknown", basis="weekday"),
        lambda: dated(FIRST, FIRST, precision="day"),
        lambda: dated(FIRST, SECOND, precision="month", basis="publication"),
        lambda: mention(latitude=0.0, longitude=0.0, geo_precision="sea"),
        lambda: mention(latitude=-90.0, longitude=180.0, geo_precision="exact"),
        lambda: mention(place="Syria", geo_precision=GeoPrecision.COUNTRY),
        lambda: mention(killed_low=0, killed_best=0, killed_high=0),
        lambda: mention(killed_low=3),
        lambda: mention(killed_high=3),
        lambda: mention(killed_low=2**63 - 1),
        lambda: mention(country="XSE"),
        lambda: mention(country=None),
        lambda: tally(since=FIRST, until=FIRST),
        lambda: tally(until=FIRST),
        lambda: Evidence(field="place", start=0, end=1, quote="🇸"),
    ],
)
def test_what_keeps_the_contract_is_taken(given: Callable[[], object]) -> None:
    assert given()


def test_silence_and_none_are_told_apart() -> None:
    assert mention().killed_low is None
    assert mention(killed_low=0).killed_low == 0


def test_moments_are_kept_in_utc() -> None:
    there = timezone(timedelta(hours=3))
    reported = mention(published_at=datetime(2023, 11, 10, 2, 30, tzinfo=there))
    assert reported.published_at == datetime(2023, 11, 9, 23, 30, tzinfo=timezone.utc)
    assert reported.published_at.tzinfo is timezone.utc


def test_a_moment_beyond_the_calendar_in_utc_is_refused() -> None:
    there = timezone(timedelta(hours=3))
    with pytest.raises(ValidationError, match="calendar"):
        mention(published_at=datetime(1, 1, 1, tzinfo=there))


def test_named_shares_are_kept_in_the_order_of_their_names() -> None:
    one = mention(confidence_parts={"place": 0.5, "date": 1.0})
    assert list(one.confidence_parts) == ["date", "place"]
    assert one == mention(confidence_parts={"date": 1.0, "place": 0.5})


TEXT = "Hajin 🇸🇾: a drone hit."


@pytest.mark.parametrize(
    ("start", "quote", "stands"),
    [(0, "Hajin", True), (9, "a", False), (10, "a drone", True), (10, "A drone", False), (20, "hit.!", False)],
)
def test_quotes_stand_in_the_text(start: int, quote: str, stands: bool) -> None:
    evidence = (Evidence(field="event_type", start=start, end=start + len(quote), quote=quote),)
    if stands:
        check_quotes(evidence, TEXT)
    else:
        with pytest.raises(ValueError, match="does not stand"):
            check_quotes(evidence, TEXT)


def test_one_wrong_quote_among_many_is_found() -> None:
    right = Evidence(field="place", start=0, end=5, quote="Hajin")
    wrong = Evidence(field="date", start=0, end=5, quote="today")
    with pytest.raises(ValueError, match="date"):
        check_quotes((right, wrong), TEXT)


def test_a_denied_mention_keeps_its_codes_as_text() -> None:
    reported: dict[str, Any] = mention(status="denied").model_dump(mode="json")
    assert (reported["status"], reported["event_type"]) == ("denied", "drone_attack")
    assert (reported["date_earliest"], reported["published_at"]) == ("2023-11-09", "2023-11-09T00:00:00Z")
    assert f"{DatePrecision.DAY} {DateBasis.EXPLICIT}" == "day explicit"
