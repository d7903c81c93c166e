"""People who are named where the text tells of their death, their abduction or an attempt on them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.extraction.rules.actor_words import ALONE, FORCES, phrase_set, words_in
from pipeline.extraction.rules.actors import ActorReading
from pipeline.extraction.rules.date_patterns import MONTHS, WEEKDAY_NAMES
from pipeline.extraction.rules.lookup import Taken
from pipeline.extraction.rules.place_signs import Surroundings
from pipeline.extraction.rules.places import PlaceReading
from pipeline.extraction.rules.triggers import Kind, Trigger
from pipeline.extraction.spans import Span, span_of
from schemas import Actor, ActorType, EventType

_PERSONAL = (EventType.ASSASSINATION, EventType.ABDUCTION, EventType.ATTACK_ON_CIVILIANS, EventType.ARMED_ASSAULT)
_BEFORE, _AFTER = 90, 70
_PART = r"[A-Z][a-z'’\-][\w'’\-]*"
_NAME = re.compile(rf"\b{_PART}(?:\s(?:(?:al|el|bin|ibn|de|del|la|van|von|da|dos)[\s\-])?(?:[A-Z]\.\s)?{_PART}){{1,3}}")
_SHOUTED = re.compile(r"\b[A-Z]{3,}(?:\s(?:DE\s|LA\s|DEL\s)?[A-Z]{3,}){1,3}")
_LOUD = re.compile(r"\b[A-Z]{4,}\s[A-Z]{4,}\s[A-Z]{2,}")
_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[.;:!?\n]\s|\n\n")


def named_victims(
    text: str, triggers: Sequence[Trigger], parties: Sequence[ActorReading], places: Sequence[PlaceReading]
) -> list[ActorReading]:
    """Return the people named beside the triggers that tell what befell somebody, not overlapping, in order.

    A name is two to four capitalised words; in a text all in capitals its first word has to be a known given name.
    Parties and places that are known already are nobody's name.
    """
    taken = Taken(party.span for party in parties)
    located = Taken(place.span for place in places)
    found: dict[int, ActorReading] = {}
    for trigger in triggers:
        if trigger.kind is not Kind.HARM and trigger.event_type not in _PERSONAL:
            continue
        for span in _names_beside(text, trigger):
            if not (taken.overlaps(span) or located.overlaps(span)):
                taken.add(span)
                actor = Actor(name=" ".join(span.text.split()), text=span.text, actor_type=ActorType.PERSON)
                found[span.start] = ActorReading(actor, span, None, None)
    return [found[start] for start in sorted(found)]


def _names_beside(text: str, trigger: Trigger) -> Iterator[Span]:
    before = max(0, trigger.span.start - _BEFORE)
    breaks = [found.end() for found in _STOP.finditer(text, before, trigger.span.start)]
    yield from _names(text, breaks[-1] if breaks else before, trigger.span.start)
    after = min(len(text), trigger.span.end + _AFTER)
    broken = _STOP.search(text, trigger.span.end, after)
    yield from _names(text, trigger.span.end, broken.start() if broken else after)


def _names(text: str, start: int, end: int) -> Iterator[Span]:
    loud = bool(_LOUD.search(text, start, end))
    for found in (_SHOUTED if loud else _NAME).finditer(text, start, end):
        words = [word[0].lower() for word in _WORD.finditer(found[0])]
        first = next((at for at, word in enumerate(words) if word in Surroundings.given_names), None) if loud else 0
        if first is not None and len(words) - first >= 2 and not _is_ordinary(words[first:]):
            at = found.start() + found[0].lower().index(words[first])
            yield span_of(text, at, found.end())


def _is_ordinary(words: Iterable[str]) -> bool:
    """Whether a word of the name is no name: a day, a month, a noun for a party or a thing."""
    nouns = phrase_set(*FORCES, *ALONE).starts | words_in("group_noun") | words_in("modifier")
    return any(word in nouns or word in WEEKDAY_NAMES or word[:3] in MONTHS for word in words)
