"""The places that are known, by the keys of their names.

Three layers, the curated ones first: `countries.csv`; `regions.csv` and `sites.csv` with the user's own file of the
same form; and the shipped gazetteer of towns, provinces, districts and airfields (`gazetteer.tsv.gz`), whose lines are
kept as text and read when a name is met. A dictionary from keys to line numbers finds them: 129,000 places with 224,000
keys take 61 MB and 0.7 seconds to load, most of it for the lines. An Aho-Corasick automaton (pyahocorasick) over the
same keys was the alternative: as large and as long to build by itself, one more dependency, and it matches letters
where names end at words and are folded as they are read.
"""

import gzip
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from pipeline.extraction.text.name_keys import fold, has_article, is_single, loosen, near, plain
from pipeline.extraction.user_lists import AREAS, CAPITAL, read_places
from pipeline.knowledge.tables import DATA, phrases_of, rows
from schemas import FacilityType, GeoPrecision

_SHORTEST_FUZZY = 7
_SHORTEST_LOOSE = 4
_SHORTEST_SHOUTED = 4
_LONGEST_ABBREVIATION = 4
_PRECISION = {"city": GeoPrecision.LOCALITY, "district": GeoPrecision.REGION, "admin1": GeoPrecision.ADMIN1}
_PRECISION |= {"region": GeoPrecision.REGION, "sea": GeoPrecision.SEA, "site": GeoPrecision.EXACT}
_POSTAL = 2  # letters of a postal abbreviation


@dataclass(frozen=True, slots=True)
class Place:
    """One place.

    `kind` is site, city, district, admin1, region, country or sea; `country` is ISO 3166-1 alpha-3 (XSE at sea);
    `population` is 0 where unknown. `common`: the name is an English word too. `capital`: a national capital.
    `article`: known without its article under other names only ("al-Omar" is a field, "Omar" is not).
    `curated`: not from the shipped gazetteer.
    """

    name: str
    kind: str
    admin1: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: GeoPrecision
    facility_type: FacilityType | None = None
    population: int = 0
    common: bool = False
    capital: bool = False
    article: bool = False
    curated: bool = False


class Facilities:
    """The words for kinds of sites (`facilities.csv`)."""

    def __init__(self) -> None:
        self.phrases: dict[FacilityType, tuple[str, ...]] = {
            FacilityType(row["type"]): tuple(phrases_of(row["phrases"])) for row in rows("facilities.csv")
        }
        self.types: dict[str, FacilityType] = {}
        for kind, phrases in self.phrases.items():
            for phrase in phrases:
                self.types.setdefault(fold(phrase), kind)
        self.words = frozenset(word for phrase in self.types_as_written() for word in phrase.split())
        self.beginnings = frozenset(key[:length] for key in self.types for length in range(1, len(key) + 1))

    def types_as_written(self) -> Iterator[str]:
        """Yield every phrase."""
        for phrases in self.phrases.values():
            yield from phrases

    def keys(self, alias: str, kind: FacilityType | None) -> set[str]:
        """Return the keys of a site's alias: its own, and its bare name's with the other words for its kind."""
        key = fold(alias)
        own = [fold(phrase) for phrase in self.phrases.get(kind, ())] if kind else []
        if kind is FacilityType.MILITARY_BASE or kind is FacilityType.AIRFIELD:
            own = [fold(p) for t in (FacilityType.MILITARY_BASE, FacilityType.AIRFIELD) for p in self.phrases[t]]
        bare = max((p for p in own if key.endswith(p)), key=len, default="")
        head = key.removesuffix(bare)
        return {key, *(head + phrase for phrase in own)} if head else {key}


def _float(cell: str) -> float | None:
    return float(cell) if cell else None


def _curated(row: dict[str, str]) -> Place:
    kind = "city" if row["type"] == CAPITAL else row["type"] if row["type"] in AREAS else "site"
    return Place(
        name=row["name"],
        kind=kind,
        admin1=row["admin1"] or None,
        country=row["country"] or None,
        latitude=_float(row["lat"]),
        longitude=_float(row["lon"]),
        precision=GeoPrecision(row["precision"]) if row["precision"] else _PRECISION[kind],
        facility_type=FacilityType(row["type"] or "other") if kind == "site" else None,
        capital=row["type"] == CAPITAL,
        curated=True,
    )


def _shipped(line: str) -> Place:
    kind, name, _, admin1, country, latitude, longitude, population, flags = line.split("\t")
    airfield = kind == "airfield"
    kind = "site" if airfield else kind
    return Place(
        name=name,
        kind=kind,
        admin1=(name if kind == "admin1" else admin1) or None,
        country=country,
        latitude=float(latitude),
        longitude=float(longitude),
        precision=_PRECISION[kind],
        facility_type=FacilityType.AIRFIELD if airfield else None,
        population=int(population),
        common="c" in flags,
        capital="k" in flags,
    )


class _CountryNames:
    """The shipped names of one country, found by spellings that are not quite theirs."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._loose: dict[str, list[int]] = defaultdict(list)
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._ends: dict[tuple[str, int], set[str]] = defaultdict(set)
        for number, line in lines:
            for key in line.split("\t", 3)[2].split("|"):
                self._add(key, number)

    def _add(self, key: str, number: int) -> None:
        self._loose[loosen(key)].append(number)
        if len(key) >= _SHORTEST_FUZZY:
            self._exact[key].append(number)
            self._ends[key[:3], len(key)].add(key)
            self._ends[key[-3:], len(key)].add(key)

    def like(self, key: str) -> list[int]:
        loose = loosen(key)
        found = self._loose.get(loose, []) if len(loose) >= _SHORTEST_LOOSE else []
        if found or len(key) < _SHORTEST_FUZZY:
            return found
        parts = [(part, len(key) + more) for part in (key[:3], key[-3:]) for more in (-1, 0, 1)]
        rivals = sorted({rival for part in parts for rival in self._ends.get(part, ()) if near(key, rival)})
        return [number for rival in rivals for number in self._exact[rival]]


class Gazetteer:
    """All known places. `extra` is a user's CSV in the form of `sites.csv`, whose lines go before the shipped ones.

    Raises:
        UserListError: `extra` cannot be read, or a line of it cannot be meant.
    """

    def __init__(self, extra: Path | None = None) -> None:
        self.facilities = Facilities()
        self._curated: dict[str, list[Place]] = defaultdict(list)
        self._add_countries()
        for row in (*(read_places(extra) if extra else ()), *rows("regions.csv"), *rows("sites.csv")):
            self._add_curated(row)
        self._loose_curated: dict[str, list[Place]] = defaultdict(list)
        for key, places in self._curated.items():
            self._loose_curated[loosen(key)].extend(places)
        self._lines = self._read_shipped()
        self._index = _index(self._lines)
        self.senses = lru_cache(maxsize=1 << 13)(self._senses)
        self.senses_written = lru_cache(maxsize=1 << 13)(self._senses_written)
        self._within = lru_cache(maxsize=64)(self._names_of)

    def __contains__(self, key: str) -> bool:
        return key in self._index or key in self._curated

    def shortened(self, written: str, dotted: bool) -> Place | None:
        """Return the province that newspapers write so ("Ill.", "IL"). `dotted`: a full stop follows."""
        known = self._abbreviations.get(written.casefold())
        if known is None or not (dotted or (written.isupper() and len(written) == _POSTAL)):
            return None
        name, country = known
        return next(
            (place for place in self.senses(fold(name)) if place.kind == "admin1" and place.country == country), None
        )

    @cached_property
    def _abbreviations(self) -> dict[str, tuple[str, str]]:
        return {
            written.casefold(): (row["name"], row["country"])
            for row in rows("abbreviations.csv")
            for written in phrases_of(row["written"])
        }

    @cached_property
    def demonyms(self) -> dict[str, str]:
        """The countries by the keys of the words for their people."""
        return {fold(word): row["country"] for row in rows("countries.csv") for word in phrases_of(row["demonyms"])}

    @cached_property
    def capitals(self) -> dict[str, Place]:
        """The capitals by their countries; a curated one before that of the gazetteer."""
        shipped = (_shipped(line) for line in self._lines if "k" in line.rsplit("\t", 1)[1])
        curated = (place for places in self._curated.values() for place in places if place.capital)
        return {place.country: place for place in (*shipped, *curated) if place.country}

    def _add_countries(self) -> None:
        for row in rows("countries.csv"):
            place = Place(row["name"], "country", None, row["country"], None, None, GeoPrecision.COUNTRY, curated=True)
            for alias in (row["name"], *phrases_of(row["aliases"])):
                self._curated[fold(alias)].append(place)

    def _add_curated(self, row: dict[str, str]) -> None:
        place = _curated(row)
        for alias in (place.name, *phrases_of(row["aliases"])):
            single = replace(place, article=True) if has_article(alias) and is_single(alias) else place
            for key in self.facilities.keys(alias, place.facility_type):
                if place not in self._curated[key]:
                    self._curated[key].append(single if key == fold(alias) else place)

    @staticmethod
    def _read_shipped() -> list[str]:
        packed = (DATA / "gazetteer.tsv.gz").read_bytes()
        return gzip.decompress(packed).decode("utf-8").splitlines()

    def _senses(self, key: str) -> tuple[Place, ...]:
        """Return every place of this key, the curated ones first; none of them is a fuzzy match."""
        numbers = self._index.get(key, ())
        shipped = (numbers,) if isinstance(numbers, int) else numbers
        return (*self._curated.get(key, ()), *(_shipped(self._lines[number]) for number in shipped))

    def _senses_written(self, key: str, written: str, shouted: bool, letters: bool) -> tuple[Place, ...]:
        """Return those of the `senses` of a key that are spelt as `written`: it may ask for an article, or dots.

        `shouted`: in a sentence that is all capitals; `letters`: an organisation's, if no country's.
        """
        senses = self.senses(key)
        if _is_abbreviation(key, senses) and (shouted or not written.isupper()) and "." not in written:
            senses = tuple(place for place in senses if place.kind != "country")
        if any(place.article for place in senses) and not has_article(written):
            senses = tuple(place for place in senses if not place.article)
        if letters:
            return tuple(place for place in senses if place.kind == "country")
        if shouted:
            senses = tuple(place for place in senses if place.curated or _is_written(place, written))
        exact = tuple(place for place in senses if place.name.lower() == written.lower())
        return exact if exact and exact[0].kind == "country" and has_article(written) else senses

    def _names_of(self, country: str) -> _CountryNames:
        first = bisect_left(self._lines, country, key=_country_of)
        last = bisect_right(self._lines, country, key=_country_of)
        return _CountryNames((number, self._lines[number]) for number in range(first, last))

    def similar(self, key: str, countries: Iterable[str]) -> tuple[Place, ...]:
        """Return the places of `countries` whose names differ from `key` in their vowels or, if long, in a letter."""
        wanted = tuple(countries)
        curated = [place for place in self._loose_curated.get(loosen(key), ()) if place.country in wanted]
        shipped = [_shipped(self._lines[n]) for country in wanted for n in self._within(country).like(key)]
        return (*curated, *shipped)


def _is_written(place: Place, written: str) -> bool:
    """Return whether `written` is the name itself, not another spelling of it, and no English word."""
    return (
        not place.common and plain(place.name) == plain(" ".join(written.split())) and len(written) >= _SHORTEST_SHOUTED
    )


def _is_abbreviation(key: str, senses: Iterable[Place]) -> bool:
    """Return whether the key is a country's letters ("US", "CAR") and not its name ("Iran")."""
    return len(key) <= _LONGEST_ABBREVIATION and any(one.kind == "country" and fold(one.name) != key for one in senses)


def _country_of(line: str) -> str:
    return line.split("\t", 5)[4]


def _index(lines: list[str]) -> dict[str, int | tuple[int, ...]]:
    index: dict[str, int | tuple[int, ...]] = {}
    for number, line in enumerate(lines):
        for key in line.split("\t", 3)[2].split("|"):
            known = index.get(key)
            if known is None:
                index[key] = number
            else:
                index[key] = (*known, number) if isinstance(known, tuple) else (known, number)
    return index
