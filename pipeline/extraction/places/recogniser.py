"""Finds the places that an article names and says which place of that name is meant."""

import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.extraction.places.acceptance import credible, unmistakable
from pipeline.extraction.places.candidates import Candidate, CandidateScanner
from pipeline.extraction.places.containment import join_chains
from pipeline.extraction.places.context_words import Surroundings
from pipeline.extraction.places.disambiguation import FAMOUS, LARGE, Context, choose
from pipeline.extraction.places.gazetteer import Gazetteer, Place
from pipeline.extraction.places.results import PlaceReading, read_inside, read_place, read_site, read_town_site
from pipeline.extraction.text.name_keys import fold
from pipeline.extraction.text.spans import span_of
from pipeline.extraction.text.words import split_words
from pipeline.knowledge.tables import phrases_of, rows

__all__ = ["PlaceFinder", "PlaceReading"]

_SPOKEN_OF = 0.4  # how strongly an article must speak of a country for a misspelt name to be looked for in it
_MOST_COUNTRIES = 3
_STRIP = re.compile(r"\b[Tt]he (?P<name>Strip)\b")
_OF_THE_STRIP = ("ISR", "PSE")


class PlaceFinder:
    """Loads the gazetteer and the user's additions (`extra`, a CSV in the form of `data/sites.csv`) once.

    `organisations` are the keys of names that are not places, whatever place is in them ("Islamic State in Somalia").

    Raises:
        FileNotFoundError: there is no such file as `extra`.
        ValueError: a line of it cannot be read.
    """

    def __init__(self, extra: Path | None = None, organisations: frozenset[str] = frozenset()) -> None:
        self._gazetteer = Gazetteer(extra)
        listed = {fold(name) for row in rows("not_places.csv") for name in phrases_of(row["names"])}
        self._not_places = frozenset(listed | organisations)
        words = {phrase: row["country"] for row in rows("institutions.csv") for phrase in phrases_of(row["words"])}
        self._holders = {fold(phrase): country for phrase, country in words.items()}
        self._institutions = re.compile(r"\b(?:" + "|".join(map(re.escape, words)).replace("'", "['’]") + r")\b", re.I)

    def find(self, text: str, headline: str = "") -> list[PlaceReading]:
        """Return the places of an article in order, not overlapping, the article and its headline as their context."""
        words = split_words(text)
        around = Surroundings(text, words)
        context = Context()
        for found in self._institutions.finditer(text):
            context.add_demonym(self._holders[fold(found.group())])
        self._hear_headline(headline, context)
        candidates = list(CandidateScanner(self._gazetteer, self._not_places, text, words, around).scan(context))
        context.settle()
        self._look_closer(candidates, context)
        join_chains(candidates, text)
        for senses in {one.key: one.senses for one in candidates if not around.personal(one.first)}.values():
            context.add_namesakes(senses)
        surnames = {one.key for one in candidates if around.personal(one.first)}
        candidates = [one for one in candidates if not (one.absorbed or _is_surname(one, surnames))]
        readings = (_read(candidate, context, around, text) for candidate in candidates)
        named = [reading for reading in readings if reading]
        return sorted([*named, *self._strips(text, context)], key=lambda reading: reading.span.start)

    def _hear_headline(self, headline: str, context: Context) -> None:
        """Let a headline say of which countries the article is: no place is read from it."""
        words = split_words(headline)
        around = Surroundings(headline, words)
        for _ in CandidateScanner(self._gazetteer, self._not_places, headline, words, around).scan(context):
            pass

    def _strips(self, text: str, context: Context) -> list[PlaceReading]:
        """Return where "the Strip" is Gaza's: in what is told of Israelis or Palestinians."""
        if not any(context.weight(country) for country in _OF_THE_STRIP):
            return []
        gaza = self._gazetteer.senses(fold("Gaza Strip"))[0]
        return [read_place(gaza, span_of(text, one.start("name"), one.end())) for one in _STRIP.finditer(text)]

    def _look_closer(self, candidates: Sequence[Candidate], context: Context) -> None:
        """Look up names that are not known in other spellings, in the countries that the article speaks of."""
        countries = context.countries(_SPOKEN_OF)[:_MOST_COUNTRIES]
        for candidate in candidates:
            if countries and not candidate.shouted and all(_is_stray(place, context) for place in candidate.senses):
                similar = self._gazetteer.similar(candidate.key, countries)
                candidate.senses = similar or candidate.senses


def _is_stray(place: Place, context: Context) -> bool:
    """Return whether `place` is one of the many small towns in countries that the article does not speak of."""
    return _is_minor(place) and context.weight(place.country) == 0


def _is_surname(candidate: Candidate, surnames: set[str]) -> bool:
    """Return whether a lesser place's name is that of a person of the article ("George Walker Bush", "under Bush")."""
    if candidate.key not in surnames:
        return False
    told = candidate.kinds or candidate.chained or candidate.located or candidate.facility
    famous = any(place.curated or place.population >= FAMOUS for place in candidate.senses)
    return not (told or famous)


def _is_minor(place: Place) -> bool:
    return not place.curated and place.population < LARGE


def _read(candidate: Candidate, context: Context, around: Surroundings, text: str) -> PlaceReading | None:
    span = span_of(text, candidate.start, candidate.end)
    if not candidate.senses:
        return _read_unknown(candidate, context, around, text)
    place = choose(candidate.senses, context, span.text, candidate.kinds)
    if not credible(place, candidate, context, around):
        strange = candidate.located and not (place.common or candidate.shouted or place.population >= FAMOUS)
        if place.curated or not strange:
            return None
        return read_place(place, span) if unmistakable(place, candidate) else read_inside(None, span, candidate.people)
    if candidate.facility and place.kind != "site":
        end, kind = candidate.facility
        return read_town_site(place, kind, span_of(text, candidate.start, end), text[candidate.end : end])
    governing = place.kind == "country" or place.capital
    acts = governing and not candidate.chained and around.acts(candidate.first, candidate.last)
    return read_place(place, span, acts, around.dateline(candidate.first, candidate.last))


def _read_unknown(candidate: Candidate, context: Context, around: Surroundings, text: str) -> PlaceReading | None:
    """Read a name that no list has, where it is said what or where it is ("Ras base", "in Rassin")."""
    if around.personal(candidate.first):
        return None
    holder = _holder(candidate, context, text)
    if candidate.facility:
        end, kind = candidate.facility
        return read_site(holder, kind, span_of(text, candidate.start, end))
    called = candidate.kinds and (holder or around.settlement(candidate.first, candidate.last))
    if called or (candidate.located and not candidate.shouted):
        return read_inside(holder, span_of(text, candidate.start, candidate.end), candidate.people)
    return None


def _holder(candidate: Candidate, context: Context, text: str) -> Place | None:
    """Return what a name that is not known lies in, as far as the name next to it says."""
    holder = candidate.holder
    while holder and not holder.senses:
        holder = holder.holder
    return choose(holder.senses, context, text[holder.start : holder.end], holder.kinds) if holder else None
