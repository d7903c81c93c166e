"""Who did it and who suffered it, where a turn of phrase says so: "the raid, which X staged", "it was X who …"."""

import re
from collections.abc import Sequence

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.text.clauses import Clause
from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.text.span_index import within
from pipeline.extraction.violence.triggers import Kind, Trigger
from pipeline.extraction.violence.weapons import FLYING
from schemas import ActorType, EventType

GROUPS = (ActorType.ARMED_GROUP, ActorType.UMBRELLA_GROUP, ActorType.UNIDENTIFIED_ARMED_GROUP)
STATES = (ActorType.STATE_FORCES, ActorType.STATE)
DOERS = (*GROUPS, *STATES, ActorType.COALITION, ActorType.UNKNOWN)

_WHICH = Wording(r"\b(?:which|that)\s(?:the\s|a\s|an\s)?(?:«before_doer»\s|\d+\s)*$")
_DID = Wording(r"\s(?:has\s|have\s|had\s|reportedly\s|allegedly\s|apparently\s)*«commit»\b")
_CLEFT = re.compile(r"\b[Ii]t\s(?:was|is|has\sbeen|had\sbeen)\s(?:[\w-]+\s){0,6}$")
_CLEFT_REACH = 50
_CLEFT_AFTER = re.compile(r"[^.;:]{0,140}?\s(?:who|that|which)\s")
_BETWEEN = re.compile(r"\s(?:[\w'’-]+\s){0,14}?between\s(?:the\s|a\s|an\s)?(?:[\w-]+\s){0,2}$")
_MET = re.compile(r"\s(?:\w+\s)?with\s(?:the\s|an?\s)?(?:[\w-]+\s){0,4}$")
_SENT_FROM = re.compile(
    r"\b(?:drones?|uavs?|missiles?|rockets?|shells?|projectiles?|mortars?)\s(?:\w+\s){0,2}?from\s(?:the\s)?$", re.I
)
_AND_OTHER = re.compile(r"\sbetween\s[^.;]{2,80}\sand\s(?:the\s|a\s|an\s)?(?:[\w-]+\s){0,2}$")
_MET_REACH = 60
_OWNER_REACH = 40
_OWNER_GAP = re.compile(r"(?:['’]s?)?\s(?:(?!(?:and|with|by|in|on|at|to|of|for|from)\s)[\w-]+\s)?")
_STRUCK = Wording(r"\b«struck»\s(?:\w+\s){0,2}$")


def marked_role(
    party: ActorReading, before: str, clause: Clause, triggers: Sequence[Trigger], document: Document
) -> str | None:
    """Return the role that a turn of phrase gives: "the raid, which X staged", "it was X who …", "between X and Y"."""
    text, doer = document.text, party.actor.actor_type in DOERS
    named = next((t for t in reversed(triggers) if t.is_noun and t.span.end <= party.span.start), None)
    if doer and is_sender(party, document):
        return "perpetrators"
    if named is not None and doer and _WHICH.search(before) and _DID.match(text, party.span.end):
        return "perpetrators"
    if named is not None and named.event_type is EventType.ARMED_CLASH:
        gap = text[named.span.end : party.span.start]
        if _BETWEEN.fullmatch(gap):
            return (
                "targets" if fights(party, within(document.actors, party.span.end, clause.end)[:1]) else "perpetrators"
            )
        if _MET.fullmatch(gap):
            fallen = any(t.kind is Kind.HARM and t.passive for t in triggers)
            return "perpetrators" if doer and (fallen or party.actor.actor_type in GROUPS) else "targets"
        if _AND_OTHER.search(gap):
            before_it = within(document.actors, named.span.end, party.span.start)[-1:]
            return "perpetrators" if any(fights(other, [party]) for other in before_it) else "targets"
    opening = text[max(clause.start, party.span.start - _CLEFT_REACH) : party.span.start]
    told = _CLEFT_AFTER.match(text, party.span.end, clause.end) if _CLEFT.search(opening) else None
    after = next((t for t in triggers if told and t.span.start >= told.end()), None)
    if after is None:
        return None
    return "perpetrators" if doer and not after.passive else "targets"


def is_sender(party: ActorReading, document: Document) -> bool:
    """Whether what flew came from the party: "seven drones from Ukraine".

    Where an armed group of the country is in the article, the country is only where it came from.
    """
    if not _SENT_FROM.search(document.text, max(0, party.span.start - 40), party.span.start):
        return False
    return party.actor.actor_type is not ActorType.STATE or not any(
        other.country == party.country and other.actor.actor_type in GROUPS for other in document.actors
    )


def fights(party: ActorReading, others: Sequence[ActorReading]) -> bool:
    """Whether a state's force meets an armed group, which then counts as the attacker."""
    return party.actor.actor_type in STATES and any(other.actor.actor_type in GROUPS for other in others)


def met_by(clash: Trigger, document: Document) -> list[ActorReading]:
    """Return the party right behind a verb of fighting: "clashed with rebels"."""
    met = within(document.actors, clash.span.end, clash.span.end + _MET_REACH)[:1]
    return [party for party in met if _MET.fullmatch(document.text, clash.span.end, party.span.start)]


def owns_weapon(party: ActorReading, clause: Clause, document: Document) -> bool:
    """Return whether what flew, fell or went off was the party's: "a Houthi drone was shot down"."""
    if party.actor.actor_type not in (*GROUPS, *STATES):
        return False
    near = within(document.weapons, party.span.start, min(clause.end, party.span.end + _OWNER_REACH))
    flying = [w for w in near if w.weapon_type in FLYING]
    own = [w for w in flying if w.span.end <= party.span.end or _owns(party, w.span.start, document.text)]
    return bool(own) and not _STRUCK.search(document.text, max(clause.start, party.span.start - 40), party.span.start)


def _owns(party: ActorReading, start: int, text: str) -> bool:
    return start >= party.span.end and bool(_OWNER_GAP.fullmatch(text, party.span.end, start))
