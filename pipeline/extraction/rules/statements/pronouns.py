"""Whom "they", "he" and "it" mean where they are told to have done a deed or to claim one."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.text.span_index import within
from pipeline.extraction.text.spans import Span
from pipeline.extraction.violence.triggers import Kind, Trigger
from schemas import ActorType

_MANY, _ONE = frozenset({"they"}), frozenset({"he", "she"})
_GROUP = frozenset({"it", "they"})
_SUBJECT_REACH, _CLAIM_REACH = 12, 4
_NAMED_REACH = 600
_BROKEN = frozenset({"who", "which", "that", "when", "after", "before", "while", "because"})
_DEEDS = (Kind.ACT, Kind.HARM, Kind.FIRE)
_NAMED = (ActorType.ARMED_GROUP, ActorType.UMBRELLA_GROUP)


def doers_meant(triggers: Sequence[Trigger], doers: Sequence[ActorReading], document: Document) -> list[ActorReading]:
    """Return the doers told of last, if a pronoun that can mean them is the subject of one of the triggers."""
    if not doers:
        return []
    wanted = _MANY if len(doers) > 1 or doers[0].span.text.lower().endswith(("s", "men", "people")) else _MANY | _ONE
    for trigger in triggers:
        if trigger.kind in _DEEDS and not trigger.is_noun and not trigger.passive:
            at = _pronoun_before(trigger.first, _SUBJECT_REACH, wanted, document)
            if at is not None and not within(document.actors, document.tokens[at].end, trigger.span.start):
                return [_as_written(doer, document.span(at, at + 1)) for doer in doers]
    return []


def claimant_meant(first: int, claim: int, document: Document) -> list[ActorReading]:
    """Return the armed group named last before the sentence, if a pronoun for it stands before its claim.

    `first` is the token that opens the sentence, `claim` the first one of the claim's words.
    """
    at = _pronoun_before(claim, min(_CLAIM_REACH, claim - first), _GROUP, document)
    if at is None:
        return []
    start = document.tokens[first].start
    named = [
        party
        for party in within(document.actors, max(0, start - _NAMED_REACH), start)
        if party.actor.actor_type in _NAMED
    ]
    return [_as_written(party, document.span(at, at + 1)) for party in named[-1:]]


def _pronoun_before(position: int, reach: int, wanted: frozenset[str], document: Document) -> int | None:
    """Return where the nearest pronoun before a word stands, if no other clause comes between."""
    for at in range(position - 1, max(-1, position - reach - 1), -1):
        word = document.tokens[at].lower
        if word in wanted:
            between = document.text[document.tokens[at].end : document.tokens[position].start]
            return None if any(mark in between for mark in ".;:!?\n") else at
        if word in _BROKEN:
            return None
    return None


def _as_written(party: ActorReading, span: Span) -> ActorReading:
    return replace(party, actor=party.actor.model_copy(update={"text": span.text}), span=span)
