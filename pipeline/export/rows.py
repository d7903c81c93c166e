"""What is exported: an incident with who reports it, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from schemas import GeoPrecision

Row: TypeAlias = Mapping[str, Any]
"""The columns of `incidents` by name, and `reports`: a list of `source`, `url`, `title` and `published_at`."""

LOCATED = frozenset({GeoPrecision.EXACT.value, GeoPrecision.LOCALITY.value})
"""The precisions at which a point is where it happened; at others it stands for an area."""


@dataclass
class Written:
    """What became of the rows: how many were written, and how many were left out, by the reason."""

    rows: int = 0
    left_out: dict[str, int] = field(default_factory=dict)

    def leave_out(self, reason: str) -> None:
        """Count a row that the format has no place for."""
        self.left_out[reason] = self.left_out.get(reason, 0) + 1

    def __str__(self) -> str:
        missing = "".join(f"; {count} left out: {reason}" for reason, count in sorted(self.left_out.items()))
        return f"{self.rows} incidents written{missing}"


def point_of(row: Row) -> tuple[float, float] | None:
    """Return longitude and latitude in degrees (WGS 84), None where the place has no point."""
    return None if row["latitude"] is None else (row["longitude"], row["latitude"])


def days_of(row: Row) -> int | None:
    """Return how many days the incident's interval spans, both ends included; None without a date."""
    earliest: date | None = row["date_earliest"]
    latest: date | None = row["date_latest"]
    return None if earliest is None or latest is None else (latest - earliest).days + 1


def names(parties: Iterable[Mapping[str, Any]] | None) -> str:
    """Return the parties' names in one cell."""
    return "; ".join(party["name"] for party in parties or ())


def first_name(parties: Iterable[Mapping[str, Any]] | None) -> str | None:
    """Return the name of the first party, if there is one."""
    return next((party["name"] for party in parties or ()), None)


def other_names(parties: Iterable[Mapping[str, Any]] | None) -> str | None:
    """Return the names of the parties after the first, None where there is one at most."""
    return names(list(parties or ())[1:]) or None


def sources_of(row: Row) -> str:
    """Return the names of who reports it, each once, in their order."""
    return "; ".join(dict.fromkeys(report["source"] for report in row["reports"]))


def place_of(row: Row) -> str | None:
    """Return the most specific name of the place."""
    named: tuple[str | None, ...] = (row["facility"], row["place_name"], row["admin1"])
    return next(filter(None, named), None)


def title_of(row: Row) -> str:
    """Return one line that says what happened, where and when."""
    what = row["event_type"].replace("_", " ").capitalize()
    where = ", ".join(part for part in (place_of(row), row["country"]) if part)
    return ", ".join(part for part in (what, where, when_of(row)) if part)


def when_of(row: Row) -> str | None:
    """Return the interval in words, None without a date."""
    earliest, latest = row["date_earliest"], row["date_latest"]
    if earliest is None:
        return None
    return f"{earliest.isoformat()}" if earliest == latest else f"{earliest.isoformat()} to {latest.isoformat()}"
