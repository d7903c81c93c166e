"""What is read from a place's name, and how it is put together from what is known."""

from dataclasses import dataclass, replace

from pipeline.extraction.places.gazetteer import Place
from pipeline.extraction.text.spans import Span
from schemas import FacilityType, GeoPrecision

_TOWNS = ("city", "district")
_MANY = (
    FacilityType.HOTEL,
    FacilityType.MARKET,
    FacilityType.RELIGIOUS,
    FacilityType.SCHOOL,
    FacilityType.HOSPITAL,
    FacilityType.POLICE_STATION,
    FacilityType.CHECKPOINT,
    FacilityType.BRIDGE,
)
"""Kinds of sites that a town has more than one of."""


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A place as an article names it.

    `name` is the canonical name of the most specific place that has one, `span` the words for it. `kind` is site, city,
    admin1, region, country or sea; a district counts as a city. `facility` and `facility_type` are set for sites.
    `country` is ISO 3166-1 alpha-3, `XSE` at sea. Degrees are WGS 84, null for countries and for regions with no one
    centre; a village that is not known but lies in a known province has the province's point and precision.
    `metonym`: the name stands for a government ("Washington said"). `dateline`: where the report was filed from.
    `capital`: that of its country.
    """

    name: str
    span: Span
    kind: str
    facility: str | None
    facility_type: FacilityType | None
    admin1: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    geo_precision: GeoPrecision
    metonym: bool = False
    dateline: bool = False
    capital: bool = False


def read_place(place: Place, span: Span, metonym: bool = False, dateline: bool = False) -> PlaceReading:
    """Return the reading of a known place."""
    return PlaceReading(
        name=place.name,
        span=span,
        kind="city" if place.kind == "district" else place.kind,
        facility=place.name if place.kind == "site" else None,
        facility_type=place.facility_type,
        admin1=place.admin1,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        geo_precision=place.precision,
        metonym=metonym,
        dateline=dateline,
        capital=place.capital,
    )


def read_inside(holder: Place | None, span: Span, country: str | None = None) -> PlaceReading:
    """Return the reading of a settlement of which no more is known than what it lies in, or in which country."""
    if holder is None:
        return PlaceReading(span.text, span, "city", None, None, None, country, None, None, GeoPrecision.UNKNOWN)
    inside = read_place(holder, span)
    if holder.kind == "city":
        inside = replace(inside, geo_precision=GeoPrecision.REGION)  # a part of it, and not its centre
    return replace(inside, name=span.text, kind="city", facility=None, facility_type=None, capital=False)


def read_site(holder: Place | None, kind: FacilityType, span: Span) -> PlaceReading:
    """Return the reading of a site of which no more is known than its kind and what it lies in."""
    return replace(read_inside(holder, span), kind="site", facility=span.text, facility_type=kind)


def read_town_site(town: Place, kind: FacilityType, span: Span, words: str) -> PlaceReading:
    """Return the reading of a site called by its town and the words for its kind: "Kirkuk refinery", "a Kabul mosque".

    A town has many mosques; where the words do not make one of them a name, the place is the town.
    """
    site = read_site(town, kind, span)
    return replace(site, name=town.name) if kind in _MANY and town.kind in _TOWNS and words.islower() else site
