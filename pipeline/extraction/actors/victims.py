"""People who are named where the text tells of their death, their abduction or an attempt on them."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extraction.actors.persons import no_names
from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.places.context_words import Surroundings
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.text.calendar_words import MONTHS, WEEKDAY_NAMES
from pipeline.extraction.text.party_nouns import ALONE, FORCES, phrase_set, words_in
from pipeline.extraction.text.span_index import Taken
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.violence.triggers import Kind, Trigger
from schemas import Actor, ActorType, EventType

_PERSONAL = (EventType.ASSASSINATION, EventType.ABDUCTION, EventType.ATTACK_ON_CIVILIANS, EventType.ARMED_ASSAULT)
_BEFORE, _AFTER = 90, 70
_PART = r"[A-Z][a-z'’\-][\w'’\-]*"
_NAME = re.compile(rf"\b{_PART}(?:\s(?:(?:al|el|bin|ibn|de|del|la|van|von|da|dos)[\s\-])?(?:[A-Z]\.\s)?{_PART}){{1,3}}")
_SHOUTED = re.compile(r"\b[A-Z]{3,}(?:\s(?:DE\s|LA\s|DEL\s)?[A-Z]{3,}){1,3}")
_LOUD = re.compile(r"\b[A-Z]{4,}\s[A-Z]{4,}\s[A-Z]{2,}")
_RESUMED = re.compile(r",\s(?:who\s)?(?:was|has been|had been|were)\s(?:\w+ly\s)?(?:[\w]+\s?){1,4}$")
_FAR_BEFORE, _LONGEST, _VERB_REACH = 260, 40, 20
_OPENING = re.compile(rf"\s*(?:[A-Z][a-z]{{1,5}}\.\s)?({_NAME.pattern}),\s")
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
    yield from _subject(text, breaks[-1] if breaks else None, trigger)
    after = min(len(text), trigger.span.end + _AFTER)
    broken = _STOP.search(text, trigger.span.end, after + _LONGEST)
    last = broken.start() if broken else after + _LONGEST
    yield from (span for span in _names(text, trigger.span.end, last) if span.start < after)


def _subject(text: str, opening: int | None, trigger: Trigger) -> Iterator[Span]:
    """Yield the name that opens the sentence, where what stands between it and the verb only says who it is.

    "Ada Obi, a teacher at the school of the village, where she was born, was shot."
    """
    if (
        opening is not None
        or not trigger.passive
        or not _RESUMED.search(text, max(0, trigger.span.start - 20), trigger.span.end)
    ):
        return
    floor = max(0, trigger.span.start - _FAR_BEFORE)
    breaks = [found.end() for found in _STOP.finditer(text, floor, trigger.span.start)]
    start = breaks[-1] if breaks else floor if floor == 0 else None
    found = _OPENING.match(text, start) if start is not None else None
    if found is not None:
        yield from _names(text, found.start(1), found.end(1))


def _names(text: str, start: int, end: int) -> Iterator[Span]:
    loud = bool(_LOUD.search(text, start, end))
    for found in (_SHOUTED if loud else _NAME).finditer(text, start, end):
        words = [word[0].lower() for word in _WORD.finditer(found[0])]
        first = next((at for at, word in enumerate(words) if word in Surroundings.given_names), None) if loud else 0
        if first is not None and len(words) - first >= 2 and not _is_ordinary(words[first:]):
            at = found.start() + found[0].lower().index(words[first])
            yield span_of(text, at, found.end())


def _is_ordinary(words: list[str]) -> bool:
    """Whether words of the name are no name: a day, a month, a noun for a party, a newspaper or a thing."""
    nouns, others = phrase_set(*FORCES, *ALONE), _ordinary_words()
    return any(nouns.longest(words, at) or word in others or word[:3] in MONTHS for at, word in enumerate(words))


@cache
def _ordinary_words() -> frozenset[str]:
    return no_names().union(words_in("group_noun"), words_in("modifier"), WEEKDAY_NAMES)
