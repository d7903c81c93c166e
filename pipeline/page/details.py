"""What a page tells of one incident once it is opened: its reports' words, their conflicts, how it changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from pipeline.page.database import Behind
from pipeline.page.passages import Quote, alone, around
from pipeline.page.selection import Words

Row = Mapping[str, Any]

ROWS = {
    "what": ("event_type",),
    "when": ("date_earliest", "date_latest", "date_precision", "date_basis", "date_text", "date_weekday"),
    "where": ("place_name", "place_text", "admin1", "country", "latitude", "longitude", "geo_precision"),
    "site": ("facility", "facility_type"),
    "by": ("perpetrators",),
    "against": ("targets",),
    "claimed by": ("claimed_by",),
    "who did it": ("attributions",),
    "weapons": ("weapons",),
    "killed": ("killed_low", "killed_best", "killed_high"),
    "wounded": ("wounded_low", "wounded_best", "wounded_high"),
    "brought down": ("intercepted_low", "intercepted_high"),
    "outcome": ("outcome",),
    "status": ("status",),
}
"""The rows in which the page shows an incident, and the fields that each tells of."""

_ROW_OF = {field: row for row, fields in ROWS.items() for field in fields}
_NO_CHANGE = frozenset(("row_number", "revision", "run_id", "recorded_at", "change", "split_from"))


def detail_of(behind: Behind, words: Words) -> dict[str, Any]:
    """Return the detail of an incident as the page reads it.

    `reports`: in order; `conflicts`: field, value and the numbers of the reports that say so, from 0; `history`: what
    changed, run by run.
    """
    numbers = {report["mention_id"]: number for number, report in enumerate(behind.reports)}
    return {
        "reports": [_report(report, words) for report in behind.reports],
        "conflicts": [
            [each["field"], each["value"], [numbers[one] for one in each["mention_ids"] if one in numbers]]
            for each in behind.conflicts
        ],
        "history": list(_history(behind)),
    }


def _report(report: Row, words: Words) -> dict[str, Any]:
    quotes = [
        Quote(_ROW_OF.get(each["field"], each["field"]), each["start"], each["end"], each["quote"])
        for each in report["evidence"] or ()
    ]
    text = report["text"]
    return {
        "id": report["mention_id"],
        "article": report["article_id"],
        "source": report["source"],
        "url": report["url"],
        "title": report["title"],
        "day": _day(report["published_at"]),
        "status": report["status"],
        "score": round(report["link_score"], 2),
        "reasons": [*report["link_reasons"], *(report["group_reasons"] or ())],
        "passages": around(text, quotes) if words is Words.FULL and text is not None else alone(quotes),
    }


def _history(behind: Behind) -> Iterator[dict[str, Any]]:
    """Yield what happened to an incident, in order: its own revisions, and the incidents that became part of it."""
    told = [(row["recorded_at"], 1, _revision(row, [])) for row in behind.revisions[:1]]
    for before, after in pairwise(behind.revisions):
        told.append((after["recorded_at"], 1, _revision(after, list(_changes(before, after)))))
    for row in behind.joined:
        joined = {
            "day": _day(row["recorded_at"]),
            "run": row["run_id"],
            "change": "joined",
            "other": row["incident_id"],
        }
        told.append((row["recorded_at"], 0, joined))
    yield from (entry for _, _, entry in sorted(told, key=lambda each: each[:2]))


def _revision(row: Row, changes: Sequence[Sequence[str | None]]) -> dict[str, Any]:
    return {
        "day": _day(row["recorded_at"]),
        "run": row["run_id"],
        "change": row["change"],
        "other": row["split_from"],
        "fields": changes,
    }


def _changes(before: Row, after: Row) -> Iterator[list[str | None]]:
    """Yield the fields that differ, as [field, value before, value after]."""
    for name in after:
        if name not in _NO_CHANGE and before[name] != after[name]:
            was, now = _written(before[name]), _written(after[name])
            if was != now:
                yield [name, was, now]


def _written(value: Any) -> str | None:
    """Return a value as a person reads it; null and an empty list are None."""
    if isinstance(value, list):
        return "; ".join(str(each["name"]) for each in value) or None
    return None if value is None else str(value)


def _day(moment: datetime | None) -> str | None:
    return None if moment is None else moment.date().isoformat()
