"""Verbs that tell a deed only where armed men did it: "bandits waylaid three buses", "pirates seized a dhow"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.text.lexicon import Hit, Phrases, Token, word_group
from pipeline.extraction.text.span_index import within
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.violence.triggers import Form, Kind, Trigger
from pipeline.knowledge.tables import phrases_of, rows
from schemas import ActorType, EventType

_ARMED = (ActorType.ARMED_GROUP, ActorType.UMBRELLA_GROUP, ActorType.UNIDENTIFIED_ARMED_GROUP)
_PEOPLE = (ActorType.CIVILIANS, ActorType.PERSON, ActorType.STATE_FORCES)
_GAP = re.compile(
    r"(?:['’]s)?(?:\s(?!(?:to|not|never|would|could|may|might|that|were|was|been|and|said|are|is)\s)[\w'’-]+){0,8}\s"
    r"|\s(?:who|which)\s(?:[\w'’-]+\s){0,4}|(?:,\s[^,.;:]{2,60},|\s\([^()]{2,30}\))\s(?:[\w'’-]+\s){0,4}"
)
_OBJECT = re.compile(
    r"\s(?:(?!(?:and|by|in|on|at|as|to|with|when|that|which|who|from|control|part|place|over)\s)[\w'’-]+\s){0,6}"
)
_BY = re.compile(r"\s(?:[\w'’:-]+\s){0,8}?by\s(?:[\w'’-]+\s){0,5}")
_WAS = re.compile(r"[^.;:]{0,70}?\b(?:was|were|been|being)\s(?:[\w-]+ly\s)?")
_REACH = 90


class _Entry(NamedTuple):
    event_type: EventType
    strength: float


class ArmedDeedFinder:
    """Finds such deeds by the lexicon `armed_deeds.csv`."""

    def __init__(self) -> None:
        by_phrase: dict[str, dict[str, _Entry]] = {}
        for row in rows("armed_deeds.csv"):
            entry = _Entry(EventType(row["type"]), float(row["strength"]))
            for phrase in phrases_of(row["phrases"]):
                by_phrase.setdefault(phrase, {}).setdefault(row["object"], entry)
        self._phrases = Phrases(by_phrase.items())

    def find(
        self, text: str, tokens: Sequence[Token], actors: Sequence[ActorReading], known: Sequence[Trigger]
    ) -> list[Trigger]:
        """Return the triggers of a text, those that are `known` among them, in order."""
        if not any(party.actor.actor_type in _ARMED for party in actors):
            return list(known)
        taken = {at for trigger in known for at in range(trigger.first, trigger.last)}
        hits = [h for h in self._phrases.find(text, tokens) if not taken & set(range(h.first, h.last))]
        found = (_deed(hit, text, tokens, actors) for hit in hits)
        return sorted([*known, *(one for one in found if one)], key=lambda trigger: trigger.first)


def _deed(
    hit: Hit[dict[str, _Entry]], text: str, tokens: Sequence[Token], actors: Sequence[ActorReading]
) -> Trigger | None:
    span = span_of(text, tokens[hit.first].start, tokens[hit.last - 1].end)
    object_of, passive = _active(span, text, actors), False
    if object_of is None:
        object_of, passive = _passive(span, text, actors), True
    entry = next((hit.entry[kind] for kind in _kinds(object_of) if kind in hit.entry), None) if object_of else None
    if entry is None:
        return None
    return Trigger(span, hit.first, hit.last, Kind.ACT, entry.event_type, Form.PAST, entry.strength, passive)


def _active(verb: Span, text: str, actors: Sequence[ActorReading]) -> ActorReading | None:
    """Return what armed men did it to: right before the verb they stand, right behind it the other."""
    before = within(actors, verb.start - _REACH, verb.start)
    subject = [party for party in before if party.actor.actor_type is not ActorType.PROPERTY][-1:]
    if not subject or subject[0].actor.actor_type not in _ARMED:
        return None
    if not _GAP.fullmatch(text, subject[0].span.end, verb.start):
        return None
    following = within(actors, verb.end, verb.end + _REACH)[:1]
    return next((one for one in following if _OBJECT.fullmatch(text, verb.end, one.span.start)), None)


def _passive(verb: Span, text: str, actors: Sequence[ActorReading]) -> ActorReading | None:
    """Return what was done by armed men: "a bus was stopped by gunmen"; a ship's pirates need not be named again."""
    struck = within(actors, verb.start - _REACH, verb.start)[-1:]
    if not (struck and _WAS.fullmatch(text, struck[0].span.end, verb.start)):
        return None
    by = within(actors, verb.end, verb.end + _REACH)[:1]
    done = by and by[0].actor.actor_type in _ARMED and _BY.fullmatch(text, verb.end, by[0].span.start)
    at_sea = "ship" in _kinds(struck[0]) and any("pirate" in one.span.text.lower() for one in actors)
    return struck[0] if done or at_sea else None


def _kinds(party: ActorReading) -> tuple[str, ...]:
    """Return the kinds of objects that a party is, the most telling first."""
    if party.actor.actor_type in _PEOPLE:
        return ("person", "thing")
    last = party.span.text.lower().split()[-1]
    named = [kind for kind, group in (("ship", "ships"), ("vehicle", "vehicles")) if last in word_group(group)]
    return (*named, "thing")
