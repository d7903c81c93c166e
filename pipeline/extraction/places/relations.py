"""Whether two places that a text names can be the same spot, and which place of several a statement is about."""

from enum import Enum

from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.knowledge.distance import great_circle_km

RANK = {"site": 0, "city": 1, "admin1": 2, "sea": 2, "region": 3, "country": 4}
"""How specific each kind of place is, the most specific first."""

SPOT = 1
"""The rank up to which a place is one spot, where one incident can be."""

_SPOT = ("site", "city")
_SAME_SPOT_KM = 3.0
_SITE_IN_CITY_KM = 40.0
_SUBURB_KM = 12.0
_REGION_KM = 260.0


class Relation(Enum):
    """How two places stand to one another."""

    SAME = "same"
    NESTED = "nested"
    APART = "apart"


def relate(one: PlaceReading, other: PlaceReading) -> Relation:
    """Return whether two places are the same, may lie one in the other, or lie apart."""
    if one.name == other.name and (one.country == other.country or None in (one.country, other.country)):
        return Relation.SAME
    if one.country and other.country and one.country != other.country:
        return Relation.APART
    if "country" in (one.kind, other.kind):
        return Relation.NESTED if one.kind != other.kind else Relation.APART
    return _relate_within_country(one, other)


def _relate_within_country(one: PlaceReading, other: PlaceReading) -> Relation:
    distance = distance_km(one, other)
    if one.kind in _SPOT and other.kind in _SPOT:
        return _relate_spots(one, other, distance)
    if one.kind == other.kind:
        return Relation.APART
    if "admin1" in (one.kind, other.kind) and one.admin1 and other.admin1:
        return Relation.NESTED if one.admin1 == other.admin1 else Relation.APART
    return Relation.APART if distance is not None and distance > _REGION_KM else Relation.NESTED


def _relate_spots(one: PlaceReading, other: PlaceReading, distance: float | None) -> Relation:
    if distance is None:
        alike = one.facility_type == other.facility_type and (one.latitude is None) != (other.latitude is None)
        return Relation.NESTED if one.kind != other.kind or alike else Relation.APART
    if one.kind == other.kind == "site":
        return Relation.SAME if distance <= _SAME_SPOT_KM else Relation.APART
    limit = _SITE_IN_CITY_KM if one.kind != other.kind else _SUBURB_KM
    return Relation.NESTED if distance <= limit else Relation.APART


def distance_km(one: PlaceReading, other: PlaceReading) -> float | None:
    """Return the great-circle distance in kilometres, None where a place has no point."""
    return great_circle_km(one.latitude, one.longitude, other.latitude, other.longitude)


def more_specific(one: PlaceReading | None, other: PlaceReading | None) -> PlaceReading | None:
    """Return the more specific of two places that may lie one in the other; the first on a tie."""
    if one is None or other is None:
        return one or other
    return other if RANK.get(other.kind, 5) < RANK.get(one.kind, 5) else one
