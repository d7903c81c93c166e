"""Which incidents can be told from all others: those of which a day, or more than a country, is known."""

from typing import Any

from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from schemas import DateBasis, Unresolved

_LONGEST_DAYS = 8
"""An interval of more days dates nothing."""


def unresolved_reason(candidate: IncidentCandidate, when: dict[str, Any]) -> Unresolved | None:
    """Return why an incident cannot be told from others, None where it can; `when` are its fields of date.

    The week before publication, which is given to news without a day, identifies none. Words that name a day of an
    unknown year do; so does a month, beside a country.
    """
    place = candidate.place
    if place is None:
        return None if _days(when) <= _LONGEST_DAYS else Unresolved.NO_DAY_NO_PLACE
    timeless = when.get("date_basis") in (None, DateBasis.NONE, DateBasis.PUBLICATION)
    return Unresolved.COUNTRY_ONLY if timeless and place.kind == "country" else None


def _days(when: dict[str, Any]) -> float:
    """Return how many days the date may be, without end where there is none."""
    if when.get("date_basis") is DateBasis.PUBLICATION:
        return float("inf")
    earliest, latest = when.get("date_earliest"), when.get("date_latest")
    if earliest is None or latest is None:
        return 1.0 if when.get("date_weekday") is not None else float("inf")
    return float((latest - earliest).days + 1)
