"""What the words say that a model points at: days, places, parties and numbers, as our own modules read them.

Words in which they find nothing of the kind say nothing.
"""

from collections.abc import Iterable, Sequence

from pipeline.extraction.actors.persons import PersonReading
from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.llm.passages import Passage
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.places.relations import RANK
from pipeline.extraction.quantities.numbers import NumberReading, find_numbers
from pipeline.extraction.time.resolver import DateReading, find_dates
from pipeline.extraction.violence.toll import Toll
from pipeline.extraction.violence.weapons import FLYING, WeaponCount, count_weapon

_ARTICLES = ("a", "an", "another")


def date_in(passages: Iterable[Passage]) -> DateReading | None:
    """Return the day or the days that the first words name which name any; what only bounds them is none."""
    for passage in passages:
        found = [one for one in _dates(passage) if one.bound is None and passage.overlap(one.span)]
        if found:
            return passage.said(max(found, key=lambda one: passage.overlap(one.span)))
    return None


def _dates(passage: Passage) -> list[DateReading]:
    document, number = passage.document, passage.sentence
    if number is None:
        return find_dates(document.text, passage.span.start, passage.span.end, document.clock)
    return document.dates_of(number)


def place_in(passages: Iterable[Passage]) -> tuple[PlaceReading | None, PlaceReading | None]:
    """Return the most exact place that the words name, and one of the country it lies in, if its own is not known."""
    found = [passage.said(place) for passage in passages for place in passage.overlapping(passage.document.places)]
    named = [place for place in found if not place.metonym] or found
    best = min(named, key=lambda place: RANK.get(place.kind, len(RANK)), default=None)
    around = next((place for place in named if place.country is not None), None)
    return best, around


def parties_in(passages: Iterable[Passage]) -> list[ActorReading | PersonReading]:
    """Return the parties and the persons that the words name, each once."""
    found: dict[str, ActorReading | PersonReading] = {}
    for passage in passages:
        for actor in passage.overlapping(passage.document.actors):
            found.setdefault(actor.actor.name, passage.said(actor))
        for person in passage.overlapping(passage.document.persons):
            found.setdefault(person.actor.name, passage.said(person))
    return list(found.values())


def tolls_in(what: str, passages: Iterable[Passage]) -> list[Toll]:
    """Return how many the words say were "killed" or "wounded".

    Where our reader sees a toll of the other kind in them, model and reader disagree, and they say nothing.
    """
    tolls: list[Toll] = []
    for passage in passages:
        number = passage.sentence
        stated = [] if number is None else passage.overlapping(passage.document.tolls_of(number))
        mine = [toll for toll in stated if toll.what == what]
        counted = _number_in(passage) if not stated else None
        if counted is not None:
            mine = [Toll(what, counted.low, counted.best, counted.high, counted.span)]
        tolls += (passage.said(toll) for toll in mine)
    return tolls


def _number_in(passage: Passage) -> NumberReading | None:
    """Return the one number that stands in words; null where there is none, or several. "A" may count anything."""
    found = find_numbers(passage.document.text, passage.span.start, passage.span.end)
    found = [one for one in found if one.span.text.lower() not in _ARTICLES]
    return found[0] if len(found) == 1 else None


def weapons_in(passages: Sequence[Passage]) -> list[WeaponCount]:
    """Return the weapons that the clauses name which the words stand in, and how many of each."""
    return [passage.said(count) for passage in passages for count in _counts(passage.with_clauses())]


def _counts(passage: Passage) -> list[WeaponCount]:
    document, number = passage.document, passage.sentence
    numbers = [] if number is None else document.numbers_of(number)
    inside = [word for word in passage.overlapping(document.weapons) if not word.bearer]
    return [count_weapon(document.text, document.tokens, word, numbers) for word in inside]


def brought_down_in(passages: Iterable[Passage]) -> NumberReading | None:
    """Return how many drones, rockets or missiles the first words count which count any, or else their clauses."""
    for passage in passages:
        found = _flying_in(passage) or _number_in(passage) or _flying_in(passage.with_clauses())
        if found is not None:
            return passage.said(found)
    return None


def _flying_in(passage: Passage) -> NumberReading | None:
    """Return how many of what can be brought down are counted: of the first such weapon with a number."""
    for count in _counts(passage):
        if count.word.weapon_type in FLYING and count.low is not None:
            return NumberReading(count.low, None, count.high, count.span, exact=False)
    return None
