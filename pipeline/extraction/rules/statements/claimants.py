"""Who says that they did it themselves: claims of responsibility, and armed groups that announce a deed."""

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.blame import holds_responsible
from pipeline.extraction.rules.statements.pronouns import claimant_meant
from pipeline.extraction.rules.statements.role_constructions import (
    GROUPS,
    STATES,
)
from pipeline.extraction.text.lexicon import Hit, Wording
from pipeline.extraction.text.span_index import within
from pipeline.extraction.violence.triggers import Trigger
from schemas import ActorType

_NOT_CLAIMANT = Wording(r"\b«not_claimant»\s(?:the\s)?$")
_OWN_DEED = 9
_NOT_REACH = 3


def claimants_of(sentence: int, document: Document) -> list[ActorReading]:
    """Return the parties that a sentence says claim responsibility."""
    bounds = document.sentences[sentence]
    first, last = document.token_range(bounds.start, bounds.end)
    claim = document.cued("claim", first, last) or _own_deed(first, last, document)
    if claim is None or document.cued("no_claim", first, last) or document.cued("denial", first, claim.first):
        return []
    parties = within(document.actors, bounds.start, bounds.end)
    start, end = document.tokens[claim.first].start, document.tokens[claim.last - 1].end
    if document.tokens[claim.first].lower.startswith("responsib") and holds_responsible(sentence, start, document):
        return []
    if document.tokens[claim.last - 1].lower == "by" or document.words(claim.last, claim.last + 6).count("by"):
        after = [party for party in parties if party.span.start >= end]
        if after:
            return after[:1]
    before = [party for party in parties if party.span.end <= start and not _is_object(party, document)]
    return _subject(before) if before else claimant_meant(first, claim.first, document)


def _own_deed(first: int, last: int, document: Document) -> Hit[frozenset[str]] | None:
    """Return the word by which somebody says they did it themselves: "said on Monday that its fighters …"."""
    said = document.cued("assert", first, last)
    if said is None:
        return None
    own = document.cued("own_deed", said.last, min(last, said.last + _OWN_DEED))
    if own is None or document.cued("negation", own.last, min(last, own.last + _NOT_REACH)) is not None:
        return None
    return said


def speaker_of(sentence: int, head: Trigger, document: Document) -> list[ActorReading]:
    """Return the armed group that a sentence has tell of the deed: what it announces, it claims."""
    bounds = document.sentences[sentence]
    for party in within(document.actors, bounds.start, head.span.start):
        _, at = document.token_range(bounds.start, party.span.end)
        told = party.actor.actor_id and party.actor.actor_type in (ActorType.ARMED_GROUP, ActorType.UMBRELLA_GROUP)
        if told and document.cued("assert", at, at + 2) is not None:
            return [party]
    return []


def _subject(parties: list[ActorReading]) -> list[ActorReading]:
    groups = [p for p in parties if p.actor.actor_type in GROUPS]
    named = [p for p in groups if p.actor.actor_id]
    return (named or groups or [p for p in parties if p.actor.actor_type in STATES])[-1:]


def _is_object(party: ActorReading, document: Document) -> bool:
    before = document.text[max(0, party.span.start - 40) : party.span.start]
    return bool(_NOT_CLAIMANT.search(before))
