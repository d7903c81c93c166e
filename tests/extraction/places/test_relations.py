import pytest

from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.places.relations import Relation, distance_km, more_specific, relate
from pipeline.extraction.text.spans import Span
from schemas import GeoPrecision


def place(
    name: str,
    kind: str,
    country: str | None = "IRQ",
    point: tuple[float, float] | None = None,
    admin1: str | None = None,
) -> PlaceReading:
    latitude, longitude = point or (None, None)
    return PlaceReading(
        name=name,
        span=Span(0, len(name), name),
        kind=kind,
        facility=name if kind == "site" else None,
        facility_type=None,
        admin1=admin1,
        country=country,
        latitude=latitude,
        longitude=longitude,
        geo_precision=GeoPrecision.UNKNOWN,
    )


MOSUL = place("Mosul", "city", point=(36.34, 43.13), admin1="Nineveh")
KIRKUK = place("Kirkuk", "city", point=(35.47, 44.39), admin1="Kirkuk")
AIRPORT = place("Mosul airport", "site", point=(36.31, 43.15), admin1="Nineveh")
IRAQ = place("Iraq", "country")
SYRIA = place("Syria", "country", "SYR")
NINEVEH = place("Nineveh", "admin1", point=(36.0, 42.5), admin1="Nineveh")
SOUTH = place("southern Iraq", "region", point=(30.5, 47.0))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (MOSUL, MOSUL, Relation.SAME),
        (MOSUL, KIRKUK, Relation.APART),
        (MOSUL, AIRPORT, Relation.NESTED),
        (MOSUL, IRAQ, Relation.NESTED),
        (MOSUL, SYRIA, Relation.APART),
        (MOSUL, NINEVEH, Relation.NESTED),
        (KIRKUK, NINEVEH, Relation.APART),
        (MOSUL, SOUTH, Relation.APART),
        (IRAQ, SYRIA, Relation.APART),
        (place("X base", "site", None), place("X base", "site"), Relation.SAME),
    ],
)
def test_relations_hold_both_ways(one: PlaceReading, other: PlaceReading, expected: Relation) -> None:
    assert relate(one, other) is expected
    assert relate(other, one) is expected


def test_distance() -> None:
    assert distance_km(MOSUL, KIRKUK) == pytest.approx(149, abs=3)
    assert distance_km(MOSUL, IRAQ) is None


def test_the_more_specific_place_wins() -> None:
    assert more_specific(IRAQ, AIRPORT) is AIRPORT
    assert more_specific(AIRPORT, MOSUL) is AIRPORT
    assert more_specific(None, MOSUL) is MOSUL
    assert more_specific(None, None) is None
