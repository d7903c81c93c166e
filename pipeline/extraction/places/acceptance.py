"""Whether a run of words that is a place's name is that place here, or a person, a word, another place's namesake."""

from pipeline.extraction.places.candidates import Candidate
from pipeline.extraction.places.context_words import Surroundings
from pipeline.extraction.places.disambiguation import FAMOUS, LARGE, SMALL, Context
from pipeline.extraction.places.gazetteer import Place
from pipeline.extraction.text.name_keys import fold

_SPOKEN_OF = 0.25  # how strongly an article must speak of a country before its small towns are believed
_LONG = 6
_UNLIKE_OTHERS = 5  # letters
_AREAS = frozenset({"country", "region", "sea"})


def credible(place: Place, candidate: Candidate, context: Context, around: Surroundings) -> bool:
    """Return whether `place` is meant.

    Countries, seas, curated sites and large towns are believed unless a person or an organisation takes their name;
    the smaller and the more ordinary a name, the more must speak for it: its country in the article, a preposition of
    place, the word "town" or "district", the province that it is said to lie in.
    """
    if around.saint(candidate.first, candidate.last):
        return False
    if around.organisation(candidate.last) and not candidate.facility:
        return False
    if around.personal(candidate.first) and not candidate.chained:
        return False
    if not place.curated and around.street(candidate.first, candidate.last):
        return False
    supported = context.weight(place.country) >= _SPOKEN_OF
    if place.article and not candidate.chained:
        return supported and around.locative(candidate.first)
    if candidate.chained:
        return True
    if not candidate.kinds and (place.kind in _AREAS or place.curated) and candidate.key not in around.given_keys:
        return True
    stranger = around.stranger_beside(candidate.first, candidate.last) and not candidate.facility
    asked = place.kind in candidate.kinds[:1] or (candidate.kinds and not place.common)
    if asked and not stranger and (supported or context.silent):
        return True
    cue = around.locative(candidate.first) or around.local_body(candidate.last)
    if place.kind in _AREAS or place.curated:
        return cue or not (stranger and candidate.key in around.given_keys)
    unrivalled = context.silent and len({sense.country for sense in candidate.senses}) == 1
    supported = supported or (unrivalled and len(candidate.key) >= _LONG)
    if _ordinary(place, candidate, around):
        return cue and not stranger and (supported or place.population >= LARGE)
    return _believed(place, candidate, context, supported, cue, stranger)


def unmistakable(place: Place, candidate: Candidate) -> bool:
    """Return whether a name that is said to be a place is a town's, and that of none in another country.

    What is called a village or the like may be one that no list has.
    """
    alone = len({sense.country for sense in candidate.senses}) == 1 and not candidate.kinds
    return alone and place.population >= SMALL and len(candidate.key) >= _UNLIKE_OTHERS


def _is_long(candidate: Candidate) -> bool:
    """Return whether a name is too long to be found in many languages by chance."""
    return candidate.end - candidate.start >= _UNLIKE_OTHERS


def _ordinary(place: Place, candidate: Candidate, around: Surroundings) -> bool:
    return place.common or candidate.key in around.given_keys


def _believed(place: Place, candidate: Candidate, context: Context, supported: bool, cue: bool, stranger: bool) -> bool:
    if place.kind == "site":
        return supported or candidate.last - candidate.first > 2  # a namesake abroad rarely shares three words
    if candidate.shouted:
        return supported and (cue or place.population >= LARGE)
    if place.population >= LARGE:
        own = fold(place.name) == candidate.key
        heard_of = _is_long(candidate) or context.weight(place.country) > 0
        known_abroad = (own or heard_of) if place.population >= FAMOUS else own and (heard_of or context.silent)
        return (supported or known_abroad) and (not stranger or (cue and supported))
    if place.population >= SMALL or place.kind == "admin1":
        return supported and not stranger
    return supported and cue and not stranger
