"""Words that stand for a party named elsewhere: "the group", "Kyiv" for its government, "a group calling itself …"."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.actors.recogniser import ActorFinder, ActorReading
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.text.span_index import Taken
from pipeline.extraction.text.spans import span_of
from schemas import Actor, ActorType

_SELF_NAMED = re.compile(
    r"\b(?:[Gg]roups?|[Mm]ilitias?|[Oo]rgani[sz]ations?|[Ff]actions?|[Mm]ovements?|[Oo]utfits?|[Cc]ells?|[Gg]angs?"
    r"|[Mm]ilitants|[Rr]ebels|[Bb]rigades?)\s(?:\w+\s){0,3}?"
    r"(?:calling|called|known|named|identifying|dubbed|styled|that calls|which calls)\s"
    r"(?:itself\s|themselves\s)?(?:as\s)?[\"“'‘]?(?:the\s|The\s)?"
    r"(?P<name>[A-Z][\w'’-]*(?:\s(?:(?:of|for|the|al|ul|ash|and)\s){0,2}[A-Z][\w'’-]*){0,6})"
)
_GROUP = Wording(
    r"\b(?:the|this|that)\s(?:same\s|armed\s|militant\s|rebel\s|terrorist\s|terror\s)?«group_noun»(?!\w|\sof\b)"
)
_ACTS = Wording(r"['’]s\s(?:own\s|latest\s)?«own_deeds»\b|\s(?:has\s|had\s|have\s|also\s){0,2}«state_acts»\b")
_BEFORE_GROUP = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s(?:same\s)?$")
_APPOSITION = re.compile(r",\s(?:an?|the)\s(?:[\w-]+\s){0,2}$")
_AFTER_APPOSITION = re.compile(r"(?:\s[\w-]+){0,8}?[,.]")
_ASIDE = re.compile(r"\b(?:to|with|against|from|like|including|than|on|between|of)\s(?:the\s)?$")
_PART_OF = Wording(r"\b«part_of_doer» (?:the )?$")
_NAMED = (ActorType.ARMED_GROUP, ActorType.UMBRELLA_GROUP)
_GENERIC = ActorType.UNIDENTIFIED_ARMED_GROUP
_REACH = 700
_APPOSITION_REACH = 40


def settle_parties(
    text: str, parties: Sequence[ActorReading], seats: Sequence[PlaceReading], finder: ActorFinder
) -> list[ActorReading]:
    """Return the parties of an article in order, with those that only a name, a title or a pronoun stands for.

    `seats` are the capitals that stand for their state; a group named by itself is that group; "the group" is the
    armed group named last before it, not in passing, as long as it is near; an apposition ("X, a militia,") is no
    party of its own.
    """
    states = [finder.state(seat.country, seat.span) for seat in seats if seat.country]
    known = _with_new(parties, [*_self_named(text, parties), *(state for state in states if state)])
    known = _without_appositions(text, known)
    return _resolved(text, _with_new(known, _bare_groups(text, known)))


def _with_new(parties: Sequence[ActorReading], new: Sequence[ActorReading]) -> list[ActorReading]:
    """Return both, in order; a new party takes the place of those that it overlaps."""
    taken = Taken(party.span for party in new)
    kept = [party for party in parties if not taken.overlaps(party.span)]
    return sorted([*kept, *new], key=lambda party: party.span.start)


def _self_named(text: str, parties: Sequence[ActorReading]) -> list[ActorReading]:
    known = Taken(party.span for party in parties if party.actor.actor_id)
    found: list[ActorReading] = []
    for match in _SELF_NAMED.finditer(text):
        span = span_of(text, match.start("name"), match.end("name"))
        if not known.overlaps(span):
            actor = Actor(name=" ".join(span.text.split()), text=span.text, actor_type=ActorType.ARMED_GROUP)
            found.append(ActorReading(actor, span, None, None))
    return found


def governments(text: str, places: Sequence[PlaceReading]) -> list[PlaceReading]:
    """Return the capitals that stand for their state: "Moscow launched", "Kyiv's shelling"."""
    return [p for p in places if p.metonym and p.kind == "city" and p.country and _ACTS.match(text, p.span.end)]


def _without_appositions(text: str, parties: Sequence[ActorReading]) -> list[ActorReading]:
    kept: list[ActorReading] = []
    for party in parties:
        before = kept[-1] if kept else None
        named = before is not None and before.actor.actor_type in _NAMED
        if before is not None and named and party.actor.actor_type in (*_NAMED, _GENERIC):
            gap = text[before.span.end : party.span.start]
            told = len(gap) <= _APPOSITION_REACH and _APPOSITION.fullmatch(gap)
            if told and _AFTER_APPOSITION.match(text, party.span.end, party.span.end + 2 * _APPOSITION_REACH):
                continue
        kept.append(party)
    return kept


def _bare_groups(text: str, parties: Sequence[ActorReading]) -> list[ActorReading]:
    """Return "the group" and the like, where an armed group was named before."""
    if not any(party.actor.actor_type in _NAMED for party in parties):
        return []
    taken = Taken(party.span for party in parties)
    found: list[ActorReading] = []
    for match in _GROUP.finditer(text):
        span = span_of(text, match.start(), match.end())
        if not taken.overlaps(span):
            actor = Actor(name=span.text, text=span.text, actor_type=_GENERIC)
            found.append(ActorReading(actor, span, None, None))
    return found


def _resolved(text: str, parties: Sequence[ActorReading]) -> list[ActorReading]:
    named = [party for party in parties if party.actor.actor_type in _NAMED and not _is_aside(text, party)]
    starts = [party.span.start for party in named]
    resolved: list[ActorReading] = []
    for party in parties:
        at = bisect_right(starts, party.span.start) - 1
        near = at >= 0 and party.span.start - named[at].span.end <= _REACH
        if party.actor.actor_type is _GENERIC and near and _refers(text, party):
            whom = named[at]
            actor = whom.actor.model_copy(update={"text": party.span.text})
            party = replace(whom, actor=actor, span=party.span)
        resolved.append(party)
    return resolved


def _is_aside(text: str, party: ActorReading) -> bool:
    """Whether a group is named only in passing: "weapons smuggled to X", "a war with X"."""
    before = max(0, party.span.start - 40), party.span.start
    return bool(_ASIDE.search(text, *before)) and not _PART_OF.search(text, *before)


def _refers(text: str, party: ActorReading) -> bool:
    """Whether the words name nobody by themselves: "the group", "the same militia"."""
    words = party.span.text.lower().split()
    if words[0] in ("the", "this", "that"):
        return True
    return words[-1] in _SINGULAR and bool(_BEFORE_GROUP.search(text, max(0, party.span.start - 12), party.span.start))


_SINGULAR = frozenset({"group", "militia", "faction", "gang", "movement"})
