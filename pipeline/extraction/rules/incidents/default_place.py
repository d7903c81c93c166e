"""Where a local story plays: papers for readers at home often name no place but that of the police who came."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.places.relations import RANK, Relation, relate
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.text.lexicon import Wording
from pipeline.knowledge.tables import rows
from schemas import GeoPrecision

_BODY_AFTER = Wording(r"(?:,? (?:[A-Z]\w*\.?,? )?| county | co\. )(?:'s )?«local_body»\b")
_BODY_BEFORE = Wording(r"\b«local_body_of» (?:the )?$")
_STRONG, _WEAK = 3, 1
_SPOTS = ("city", "site")
_REACH = 30


def home_of(places: Sequence[PlaceReading], text: str) -> PlaceReading | None:
    """Return the town or county whose own police, sheriff or coroner an article quotes, None where it has none.

    Of several the one with the most such words, the most mentions and the earliest stands.
    """
    votes: Counter[str] = Counter()
    first: dict[str, PlaceReading] = {}
    for place in places:
        if place.kind == "city" and place.country is not None and not place.metonym:
            votes[place.name] += _STRONG if place.dateline or _has_body(place, text) else _WEAK
            first.setdefault(place.name, place)
    if not votes:
        return None
    best = max(votes, key=lambda name: (votes[name], -first[name].span.start))
    own = any(place.name == best and _has_body(place, text) for place in places)
    return first[best] if own else None


def _has_body(place: PlaceReading, text: str) -> bool:
    before = text[max(0, place.span.start - _REACH) : place.span.start]
    return bool(_BODY_AFTER.match(text, place.span.end) or _BODY_BEFORE.search(before))


def settle_at_home(candidates: Sequence[IncidentCandidate], places: Sequence[PlaceReading], text: str) -> None:
    """Give an article's news, where its own words have no town, the town that the article is of, or else the country.

    News that names no place at all plays where the report was filed. An article is of a country where all of its
    places on land are in that one. It is of no one town where its news plays in several.
    """
    news = [candidate for candidate in candidates if not candidate.background]
    unsettled = [candidate for candidate in news if not _is_settled(candidate.place)]
    home = (home_of(places, text) or _only_country(places)) if unsettled else None
    filed = next((place for place in places if place.dateline and _is_local(place, home)), None)
    settled = [candidate.place for candidate in news if _is_settled(candidate.place) and candidate.place is not None]
    if home is not None and all(relate(place, home) is not Relation.APART for place in settled):
        for candidate in unsettled:
            candidate.place = _at_home(candidate.place, filed if filed and candidate.place is None else home)


def _only_country(places: Sequence[PlaceReading]) -> PlaceReading | None:
    countries = {place.country for place in places if place.country and not place.metonym} - {"XSE"}
    if len(countries) != 1:
        return None
    (country,) = countries
    first = next(place for place in places if place.country == country and not place.metonym)
    return PlaceReading(
        _names()[country], first.span, "country", None, None, None, country, None, None, GeoPrecision.COUNTRY
    )


@cache
def _names() -> dict[str, str]:
    return {row["country"]: row["name"] for row in rows("countries.csv")}


def _is_local(place: PlaceReading, home: PlaceReading | None) -> bool:
    """Whether a report filed from there plays there: from a capital come those of all the country."""
    return place.kind == "city" and not place.capital and home is not None and place.country == home.country


def _is_settled(place: PlaceReading | None) -> bool:
    return place is not None and place.kind in _SPOTS and place.country is not None


def _at_home(place: PlaceReading | None, home: PlaceReading) -> PlaceReading:
    if place is None:
        return home
    if place.kind == "site" and place.country is None:
        named = replace(home, name=place.name, span=place.span, kind="site")
        return replace(named, facility=place.facility, facility_type=place.facility_type)
    inside = RANK[home.kind] < RANK.get(place.kind, 5) and relate(place, home) is not Relation.APART
    return home if inside else place
