"""The fields of a mention, made of what the finders saw: the same whoever says which of it is meant.

Every function returns fields, and for each that is filled the words that it was read from.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from pipeline.extraction.actors.persons import PersonReading
from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.text.spans import Span
from pipeline.extraction.time.resolver import DateReading
from pipeline.extraction.violence.tolls import Range
from pipeline.extraction.violence.weapons import WeaponCount, merge_weapons
from schemas import DateBasis, DatePrecision, Evidence, GeoPrecision

PUBLICATION_DAYS = 7
"""An undated incident in a dated article is taken to lie in the week that ends on the day of publication."""

_POINTLESS = (GeoPrecision.COUNTRY, GeoPrecision.UNKNOWN)


class Filled(NamedTuple):
    """Fields of a mention and the evidence for them."""

    values: dict[str, Any]
    evidence: list[Evidence]


NOTHING = Filled({}, [])


def joined(parts: Iterable[Filled]) -> Filled:
    """Return several fields as one; no two parts fill the same."""
    values: dict[str, Any] = {}
    evidence: list[Evidence] = []
    for part in parts:
        values |= part.values
        evidence += part.evidence
    return Filled(values, evidence)


def spread(values: Mapping[str, Any], span: Span) -> Filled:
    """Return the given fields, all read from the same words; null fields are left out."""
    filled = {name: value for name, value in values.items() if value is not None}
    return Filled(filled, [span.as_evidence(name) for name in filled])


def dated(reading: DateReading, basis: DateBasis) -> Filled:
    """Return the fields of a date."""
    return spread(interval(reading, basis), reading.span)


def interval(reading: DateReading, basis: DateBasis) -> dict[str, Any]:
    """Return a date's fields, null where nothing places it in the calendar."""
    known = reading.earliest is not None and reading.latest is not None
    return {
        "date_earliest": reading.earliest,
        "date_latest": reading.latest,
        "date_precision": reading.precision if known else None,
        "date_basis": basis,
        "date_text": reading.span.text,
        "date_weekday": reading.weekday,
        **_yearless(reading),
    }


def _yearless(reading: DateReading) -> dict[str, int]:
    if reading.yearless is None:
        return {}
    return {f"date_{name}": value for name, value in reading.yearless._asdict().items()}


def dated_by_publication(clock: date | None, words: Span) -> Filled:
    """Return the days in which news lies that has no date; `clock` is the day of publication, null where unknown."""
    if clock is None:
        return NOTHING
    values = {
        "date_earliest": clock - timedelta(days=PUBLICATION_DAYS),
        "date_latest": clock,
        "date_precision": DatePrecision.WEEK,
        "date_basis": DateBasis.PUBLICATION,
    }
    return spread(values, words)


def placed(place: PlaceReading, around: PlaceReading | None) -> Filled:
    """Return the fields of a place. `around` is a place of the country that one lies in whose own is not known."""
    point = place.geo_precision not in _POINTLESS
    filled = spread(
        {
            "place_name": place.name,
            "place_text": place.span.text,
            "facility": place.facility,
            "facility_type": place.facility_type,
            "admin1": place.admin1,
            "country": place.country,
            "latitude": place.latitude if point else None,
            "longitude": place.longitude if point else None,
            "geo_precision": place.geo_precision,
        },
        place.span,
    )
    if place.country is not None or around is None:
        return filled
    return joined((filled, spread({"country": around.country}, around.span)))


def taking_part(role: str, parties: Sequence[ActorReading | PersonReading]) -> Filled:
    """Return a field of parties (`perpetrators`, `targets`, `claimed_by`)."""
    return Filled({role: tuple(party.actor for party in parties)}, [party.span.as_evidence(role) for party in parties])


def armed(counts: Iterable[WeaponCount]) -> Filled:
    """Return the weapons."""
    weapons = merge_weapons(counts)
    return Filled({"weapons": tuple(weapon for weapon, _ in weapons)}, [s.as_evidence("weapons") for _, s in weapons])


def brought_down(low: int, high: int | None, words: Span) -> Filled:
    """Return how many drones, rockets or missiles were brought down."""
    return spread({"intercepted_low": low, "intercepted_high": high}, words)


def harmed(tolls: Mapping[str, Range]) -> Filled:
    """Return how many were killed and wounded."""
    return joined(Filled(dict(toll.fields(kind)), toll.evidence(kind)) for kind, toll in tolls.items())
