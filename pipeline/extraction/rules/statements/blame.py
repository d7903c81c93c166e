"""Whom a sentence blames for a deed: "officials blamed the rebels", "put it down to X", "suspicion falls on X"."""

import re

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.role_constructions import DOERS
from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.text.span_index import within
from schemas import ActorType

_QUALIFIED = (
    r"(?:the\s|an?\s|its\s|their\s)?(?:[\"“‘'])?(?:«part_of_doer»\s(?:the\s)?)?"
    r"(?:(?!(?:of|for|on|that|to)\s)[\w-]+\s){0,3}[\"“‘']?$"
)
_BLAMED = Wording(r"\b«blame_before»\s" + _QUALIFIED)
_ATTRIBUTED = Wording(r"\b«attributes»\s(?:[\w'’-]+\s){0,8}?«attributed_to»\s" + _QUALIFIED)
_BRANCH_OF = re.compile(r"\b(?:front|faction|branch|wing|arm|bloc|unit|cell|affiliate|chapter)\sof\s(?:the\s)?$", re.I)
_BEHIND = Wording(r"(?:,[^,.;]{1,70},)?\s(?:(?!(?:that|said|says|confirmed|announced)\s)[\w-]+\s){0,6}?«behind»\b")
_HOLD = Wording(r"\b«hold»\s(?:the\s)?(?:[\w-]+\s){0,2}$")
_HOLDS = Wording(r"\b«hold»\s[^.;]{2,80}\s$")
_RESPONSIBLE = re.compile(r"\s(?:to\sbe\s)?(?:[\w-]+ly\s)?(?:responsible|accountable|to blame|liable)\b")
_OF_ANOTHER_DEED = re.compile(r",?\sof\s")
_DEED = Wording(r"\sof\s[^,.;]{0,40}?(?:«deed_noun»|\b(?:it|this|that|responsibility|involvement)\b)")
_ACCUSED = re.compile(r"\b(?:accus|suspect)\w*\s", re.IGNORECASE)
_BEFORE, _AFTER, _DEED_REACH = 90, 90, 60


def is_blamed(party: ActorReading, start: int, end: int, document: Document) -> bool:
    """Return whether a party is blamed, within `start` and `end` of the text."""
    if party.actor.actor_type not in DOERS:
        return False
    text, first = document.text, max(start, party.span.start - _BEFORE)
    after = party.span.end, min(end, party.span.end + _AFTER)
    if _HOLD.search(text, first, party.span.start) and _RESPONSIBLE.match(text, *after):
        return True
    blamed = _blamed_before(text, first, party.span.start)
    if blamed is not None:
        return not (_ACCUSED.match(blamed) and _is_of_another_deed(party, end, document))
    return bool(_BEHIND.match(text, *after)) and party.actor.actor_type is not ActorType.UNKNOWN


def _blamed_before(text: str, first: int, start: int) -> str | None:
    """Return the words by which a party that begins at `start` is blamed, and what stands between."""
    branch = _BRANCH_OF.search(text, first, start)
    until = branch.start() if branch else start
    found = _BLAMED.search(text, first, until) or _ATTRIBUTED.search(text, first, until)
    return found[0] if found else None


def _is_of_another_deed(party: ActorReading, end: int, document: Document) -> bool:
    """Whether somebody is accused of something else: "accused the militia of hiding behind the population"."""
    if not _OF_ANOTHER_DEED.match(document.text, party.span.end):
        return False
    last = min(end, party.span.end + _DEED_REACH)
    return not (within(document.triggers, party.span.end, last) or _DEED.match(document.text, party.span.end, last))


def holds_responsible(sentence: int, before: int, document: Document) -> bool:
    """Return whether somebody is held responsible in a sentence before a word: no claim of responsibility."""
    return bool(_HOLDS.search(document.text, document.sentences[sentence].start, before))


def blamed_in(sentence: int, document: Document) -> list[ActorReading]:
    """Return the parties that a sentence blames, whether or not it names the deed: "officials blamed the rebels"."""
    bounds = document.sentences[sentence]
    parties = within(document.actors, bounds.start, bounds.end)
    return [party for party in parties if is_blamed(party, bounds.start, bounds.end, document)]
