"""News as reading stages it, and what runs over it come to."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from pipeline.records.report import Report
from pipeline.sources.copies import fingerprint_of
from schemas import ActorType
from schemas.base import Record
from tests.support.databases import rows
from tests.support.records import DAY, actor, article, at

UNDATED: dict[str, Any] = {"day": None}


BASE: dict[str, Any] = {"facility": "Tower Base", "place": "Tanf"}


KILLED = {"killed_low": 4, "killed_best": 4}


def news(name: str, *reports: Report, **fields: Any) -> list[Record]:
    """An article with its reports, as reading stages it."""
    reported = article(fields.pop("text", f"Text of {name}."), name, **{"source": name} | fields)
    theirs = {name: getattr(reported, name) for name in ("article_id", "ref", "source", "published_at")}
    mentions = (each.mention.model_copy(update=theirs) for each in reports)
    return [reported, fingerprint_of(reported), *mentions]


def links(database: Path) -> set[frozenset[str]]:
    """Which reports are of one incident, each by the name of its article."""
    found = rows(
        database,
        "SELECT list(name) FROM incident_mentions JOIN mentions USING (mention_id) JOIN articles USING (article_id) "
        "GROUP BY incident_id",
    )
    return {frozenset(names) for (names,) in found}


def together(*groups: str) -> set[frozenset[str]]:
    return {frozenset(group.split()) for group in groups}


def incidents(database: Path) -> set[frozenset[str]]:
    """Which mentions are of one incident."""
    found = rows(database, "SELECT list(mention_id) FROM incident_mentions GROUP BY incident_id")
    return {frozenset(names) for (names,) in found}


def texts(name: str, *reported: list[Report]) -> list[list[Record]]:
    """One text after the other of one document."""
    return [
        news(name, *reports, text=f"Text {number}.", source="press", fetched_at=at(DAY + timedelta(days=number)))
        for number, reports in enumerate(reported)
    ]


NAMED: dict[str, Any] = {"place": "Hajin", "targets": (actor("Ann Lee", actor_type=ActorType.PERSON),)}
