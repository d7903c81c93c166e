"""Words of violence whose sense the words beside them give: under fire for a remark, a gun fired by accident."""

import re

from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.role_constructions import GROUPS
from pipeline.extraction.text.clauses import Clause
from pipeline.extraction.text.lexicon import Wording, word_group
from pipeline.extraction.text.span_index import within
from pipeline.extraction.violence.triggers import Kind, Trigger
from schemas import EventType, WeaponType

_OVER = Wording(
    r"\s(?:[\w'’-]+\s){0,8}?(?:over|for|because of|about)\s(?!(?:the\s)?(?:second|third|fourth|several|two|three|\d))"
    r"|\s(?:again\s)?(?:from|by)\s(?:[\w'’-]+\s){0,3}?«critics_of»\b"
)
_IN_COUNCIL = Wording(r"\s(?:[\w'’-]+\s){0,3}?in\s(?:the\s)?(?:[\w'’-]+\s){0,2}?«assembly»\b")
_BY_ACCIDENT = Wording(r"\b«by_accident»\b")
_NO_ATTACK = Wording(r"\b«ruled_out»\b(?:[^.;]{0,40}?\bthat\b)?[^.;]{0,30}?\b«foul_play»\b")
_NO_ACCIDENT = Wording(r"\b«ruled_out»\b[^.;]{0,40}?\b«by_accident»\b")
_CRASHED = re.compile(r"crash|came down|fell", re.IGNORECASE)
_NEAR = 2


def has_other_sense(trigger: Trigger, clause: Clause, document: Document) -> bool:
    """Return whether a word of violence is criticism, a mishap that the text calls one, or the crash of an aircraft."""
    return (
        _is_criticism(trigger, clause, document)
        or _is_ruled_out(trigger, clause, document)
        or _is_crash(trigger, clause, document)
    )


def _is_criticism(trigger: Trigger, clause: Clause, document: Document) -> bool:
    """Whether somebody is under fire with words: "came under attack in the council over", "under fire from critics"."""
    if trigger.span.text.lower() not in word_group("under_fire") or document.tolls_of(clause.sentence):
        return False
    end = document.sentences[clause.sentence].end
    return any(sense.match(document.text, trigger.span.end, end) for sense in (_OVER, _IN_COUNCIL))


def _is_ruled_out(trigger: Trigger, clause: Clause, document: Document) -> bool:
    """Whether the sentence or the next ones rule an attack out, or call it an accident, and name no armed men."""
    if trigger.is_noun and trigger.event_type not in (EventType.BOMBING, EventType.ATTACK):
        return False
    sentence = document.sentences[clause.sentence]
    last = document.sentences[min(clause.sentence + _NEAR, len(document.sentences) - 1)].end
    if any(party.actor.actor_type in GROUPS for party in within(document.actors, sentence.start, sentence.end)):
        return False
    if _NO_ACCIDENT.search(document.text, sentence.start, last):
        return False
    if _BY_ACCIDENT.search(document.text, sentence.start, sentence.end):
        return True
    told = any(sense.search(document.text, sentence.start, last) for sense in (_NO_ATTACK, _BY_ACCIDENT))
    return clause.sentence < _NEAR and told


def _is_crash(trigger: Trigger, clause: Clause, document: Document) -> bool:
    """Whether people died as an aircraft came down that nobody is said to have shot down."""
    if trigger.kind not in (Kind.IMPACT, Kind.HARM):
        return False
    bounds = document.sentences[clause.sentence]
    arms = {word.weapon_type for word in within(document.weapons, bounds.start, bounds.end)}
    told = within(document.triggers, bounds.start, bounds.end)
    fell = any(one.kind is Kind.IMPACT and _CRASHED.match(one.span.text) for one in told)
    return arms == {WeaponType.AIRCRAFT} and fell and all(one.kind in (Kind.IMPACT, Kind.HARM) for one in told)
