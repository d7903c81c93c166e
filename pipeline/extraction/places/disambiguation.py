"""Which of the places of one name is meant.

The article is the context: countries that it names, words for their people, and names that leave no doubt vote for
their countries; a place of a country with more votes wins over a larger place elsewhere.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pipeline.extraction.places.gazetteer import Place

LARGE = 100_000
FAMOUS = 1_000_000
SMALL = 15_000
_VOTES = {"country": 3, "region": 2, "admin1": 2, "site": 2, "city": 2}
_MOST_BY_NAMES = 12
_MOST_BY_DEMONYM = 3
_CERTAIN_LEAD = 10  # how many times larger than its namesakes abroad a town is that leaves no doubt
_RIVAL = FAMOUS  # from this size on a namesake abroad makes even a country's name ambiguous
_CONTEXT_WEIGHT = 5.0
_PRIOR = {"country": 9.0, "sea": 8.0, "region": 8.0, "site": 4.5, "district": 2.5}
_PROVINCE_WEIGHT = 3.0
_SMALL_KINDS = ("city", "district")
_PROVINCIAL = ("city", "district", "admin1", "site")
_HAMLET = 1000
_CURATED_PRIOR = 2.0
_CURATED_SIZE = 6.0  # of a town or province that the curated files have no population of, as a decimal logarithm
_SAME_NAME = 0.5
_FELLOWS = 2  # names that no other country has, from which on they speak for theirs
_ASKED = (6.0, 4.0, 3.0, 1.0)  # for the first, second… kind that the words beside the name ask for


class Context:
    """The countries of an article and how strongly it speaks of each."""

    def __init__(self) -> None:
        self._by_name: Counter[str] = Counter()
        self._by_demonym: Counter[str] = Counter()
        self._by_small_town: Counter[str] = Counter()
        self._only_there: dict[str, set[str]] = defaultdict(set)
        self._strongest = 1.0
        self._provinces: dict[str, dict[str, float]] = {}
        self._certain: dict[tuple[int, str], tuple[Sequence[Place], Place | None]] = {}
        self.chosen: dict[tuple[int, str, tuple[str, ...]], tuple[tuple[Place, ...], Place]] = {}

    def add_demonym(self, country: str) -> None:
        """Count a word for a country's people."""
        self._by_demonym[country] += 1
        self._strongest = max(self._strongest, self._raw(country))

    def add_name(self, places: Sequence[Place], acting: bool, kinds: Sequence[str] = (), cue: bool = True) -> None:
        """Count a name if its meaning is beyond doubt; a country that acts counts as its people do.

        `kinds` are the kinds of place that the words beside the name ask for, `cue` says that a preposition of place
        stands before it: without either only a curated place counts, as a surname may be a city's name.
        """
        asked = kinds[0] if kinds and any(place.kind == kinds[0] for place in places) else ""
        place = self._certain_of(places, asked)
        if cue and place is None and places[0].country and all(one.country == places[0].country for one in places):
            self._only_there[places[0].country].add(places[0].name)
        if place is None or place.country is None or not (cue or asked or place.curated):
            return
        if acting:
            self._by_demonym[place.country] += 1
        elif asked and place.kind in _SMALL_KINDS and not place.curated and place.population < LARGE:
            self._by_small_town[place.country] += _VOTES["city"]
        else:
            self._by_name[place.country] += _VOTES.get(place.kind, 1)
        self._strongest = max(self._strongest, self._raw(place.country))

    def settle(self) -> None:
        """Count the towns that only the word "village" or the like speaks for: all that has been read is known now.

        There are so many that one abroad may bear the name; they add to what else is spoken of, if anything is. Where
        several names are found in one country alone, it is that one.
        """
        for country, names in self._only_there.items():
            if len(names) >= _FELLOWS:
                self._by_name[country] += len(names)
                self._strongest = max(self._strongest, self._raw(country))
        silent = self.silent
        for country, votes in self._by_small_town.items():
            if silent or self._raw(country):
                self._by_name[country] += votes
                self._strongest = max(self._strongest, self._raw(country))

    def _certain_of(self, places: Sequence[Place], kind: str) -> Place | None:
        again = id(places), kind
        if again not in self._certain:
            asked = [place for place in places if place.kind == kind] if kind else places
            self._certain[again] = places, _certain(asked, bool(kind))  # with them, so that the id stays theirs
        return self._certain[again][1]

    def weight(self, country: str | None) -> float:
        """Return how strongly the article speaks of `country`: 0 to 1, 1 for the country it speaks of most."""
        if country is None:
            return 0.0
        return self._raw(country) / self._strongest

    def add_namesakes(self, places: Iterable[Place]) -> None:
        """Let a name vote for the provinces that have a place of it: one vote in all for each country.

        Many towns share their names, but seldom do two names of an article meet in more than one province.
        """
        by_country: dict[str, dict[str, float]] = {}
        for place in places:
            province = place.name if place.kind == "admin1" else place.admin1
            if place.country and province and place.kind in _PROVINCIAL:
                sizes = by_country.setdefault(place.country, {})
                sizes[province] = max(sizes.get(province, 0.0), (place.population + _HAMLET) ** 0.5)
        for country, sizes in by_country.items():
            votes = self._provinces.setdefault(country, defaultdict(float))
            for province, size in sizes.items():
                votes[province] += size / sum(sizes.values())

    def province_weight(self, place: Place) -> float:
        """Return how strongly the article's names point at the place's province: 0 to 1, 1 for the strongest."""
        votes = self._provinces.get(place.country or "")
        province = place.name if place.kind == "admin1" else place.admin1
        return votes.get(province, 0.0) / max(votes.values()) if votes and province else 0.0

    @property
    def silent(self) -> bool:
        """Whether the article speaks of no country at all."""
        return not self._by_name and not self._by_demonym

    def countries(self, least: float) -> tuple[str, ...]:
        """Return the countries of at least this weight, the strongest first."""
        known = sorted({*self._by_name, *self._by_demonym}, key=lambda country: (-self._raw(country), country))
        return tuple(country for country in known if self.weight(country) >= least and country != "XSE")

    def _raw(self, country: str) -> float:
        by_name, by_demonym = self._by_name.get(country, 0), self._by_demonym.get(country, 0)
        return min(by_name, _MOST_BY_NAMES) + min(by_demonym, _MOST_BY_DEMONYM)


def _certain(places: Sequence[Place], asked: bool) -> Place | None:
    first = places[0]
    if asked and all(place.country == first.country for place in places):
        return first
    if first.curated:
        return None if any(place.country != first.country and _rivals(place) for place in places) else first
    largest = max(places, key=lambda place: place.population)
    abroad = max((place.population for place in places if place.country != largest.country), default=0)
    certain = largest.population >= LARGE and not largest.common and largest.population >= _CERTAIN_LEAD * abroad
    return largest if certain else None


def _rivals(place: Place) -> bool:
    return place.curated or place.population >= _RIVAL


def score(place: Place, context: Context, name: str) -> float:
    """Return how likely `place` is meant by `name` as written (comparable only between places of one name)."""
    known = math.log10(place.population + 10) if place.population or not place.curated else _CURATED_SIZE
    size = _PRIOR.get(place.kind, known)
    curated = _CURATED_PRIOR if place.curated else 0.0
    alike = _SAME_NAME if place.name.lower() == name.lower() else 0.0
    return size + curated + alike + _CONTEXT_WEIGHT * context.weight(place.country)


def choose(places: tuple[Place, ...], context: Context, name: str, kinds: tuple[str, ...] = ()) -> Place:
    """Return the best of `places`; `kinds` are the kinds that the words beside the name ask for, the likeliest first.

    Between a town and the province named after it the town is meant, unless `kinds` says otherwise. A name that comes
    again in the article is the same place, so the `context` has to be complete.
    """
    if len(places) == 1:
        return places[0]
    again = id(places), name, kinds
    if again not in context.chosen:
        context.chosen[again] = places, _choose(places, context, name, kinds)  # with them, so that the id stays theirs
    return context.chosen[again][1]


def _choose(known: tuple[Place, ...], context: Context, name: str, kinds: tuple[str, ...]) -> Place:

    def likely(place: Place) -> float:
        return score(place, context, name) + _asked(place, kinds)

    best = max(known, key=likely)
    if best.kind in ("city", "district") and not best.curated:
        namesakes = [place for place in known if place.country == best.country and place.kind in ("city", "district")]
        best = max(namesakes, key=lambda place: likely(place) + _PROVINCE_WEIGHT * context.province_weight(place))
    if best.kind in ("admin1", "district") and not kinds:
        return next((place for place in known if _is_seat(place, best)), best)
    return best


def _asked(place: Place, kinds: Sequence[str]) -> float:
    return _ASKED[kinds.index(place.kind)] if place.kind in kinds else 0.0


def _is_seat(place: Place, area: Place) -> bool:
    if place.kind != "city" or place.country != area.country or place.population < SMALL:
        return False
    return area.kind == "district" or place.admin1 == area.name
