"""Linking on the Gun Violence Corpus: articles on American shootings, grouped by incident.

One run of the pipeline over all articles, extraction included; an article belongs to the incident of its first
mention that is no background. Printed for the whole corpus and for two halves of its incidents; of the second (B) no
error was looked at while rules and weights were set. With `--gold`, every article has one mention whose day and town
are the labelled ones: what linking does when dates and places are right.

    python -m benchmarks.gvc DATA.jsonl[.gz] [--gold]
"""

import argparse
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.linked import Linked, agreement, read_lines, run_over
from pipeline.extraction.places.gazetteer import Gazetteer
from pipeline.extraction.text.name_keys import fold
from pipeline.linking.unions import incidents_among
from pipeline.records.report import report_of
from schemas import DateBasis, DatePrecision, EventType, GeoPrecision, Mention

_COUNTRY = "USA"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gvc", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--gold", action="store_true", help="dates and places as labelled, not as extracted")
    options = parser.parse_args()
    rows = read_lines(options.data)
    linked = run_over(_article(row) for row in rows)
    found = _with_gold(rows, linked) if options.gold else _incidents(linked)
    print(f"{len(rows)} articles, {len(found)} with an incident; " + ("labelled" if options.gold else "extracted"))
    for half in ("AB", "A", "B"):
        truth = {row["doc_id"]: row["incident_id"] for row in rows if _half(row["incident_id"]) in half}
        print(f"{half:>2}: {agreement(truth, found)}")


def _article(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("url", "title", "text")
    return {"id": row["doc_id"], "published_at": row["dct"]} | {name: row[name] for name in names}


def _half(incident: str) -> str:
    return "AB"[sha256(f"gvc{incident}".encode()).digest()[0] & 1]


def _incidents(linked: Iterable[Linked]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in linked:
        found.setdefault(one.mention.ref, one.incident_id)
    return found


def _with_gold(rows: Iterable[Mapping[str, Any]], linked: Iterable[Linked]) -> dict[str, str]:
    """Link the articles' main mentions again, their days and towns replaced by the labelled ones."""
    main: dict[str, Mention] = {}
    for one in linked:
        main.setdefault(one.mention.ref, one.mention)
    towns = Gazetteer()
    mentions = [_labelled(main.get(row["doc_id"]) or _bare(row), row["incident"], towns) for row in rows]
    incidents = incidents_among(report_of(mention) for mention in mentions)
    return {
        linked.report.mention.ref: str(number)
        for number, parts in enumerate(incidents)
        for part in parts
        for linked in part.members
    }


def _bare(row: Mapping[str, Any]) -> Mention:
    """Return the mention of an article in which extraction found none."""
    ref: str = row["doc_id"]
    return Mention(
        mention_id=ref, article_id=ref, ref=ref, source="gvc", event_type=EventType.ARMED_ASSAULT,
        extractor="none", extractor_version="0",
    )  # fmt: skip


def _labelled(mention: Mention, incident: Mapping[str, Any], towns: Gazetteer) -> Mention:
    day = date.fromisoformat(incident["date"])
    town = incident["city_or_county"].split(" (")[0]
    known = [place for place in towns.senses(fold(town)) if place.country == _COUNTRY]
    place = max((one for one in known if one.admin1 == incident["state"]), key=lambda one: one.population, default=None)
    return mention.model_copy(
        update={
            "date_earliest": day,
            "date_latest": day,
            "date_precision": DatePrecision.DAY,
            "date_basis": DateBasis.EXPLICIT,
            "place_name": town,
            "admin1": incident["state"],
            "country": _COUNTRY,
            "facility": None,
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
            "geo_precision": GeoPrecision.LOCALITY,
        }
    )


if __name__ == "__main__":
    main()
