"""Who says that whom did it: what the sentences of an incident claim, blame, deny and confirm, and by whom.

What the article says in its own name is no attribution: that is in `perpetrators`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.mention_fields import Filled
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.incidents.party_roles import key_of
from pipeline.extraction.rules.statements.blame import blamed_in
from pipeline.extraction.rules.statements.claimants import claimants_of
from pipeline.extraction.rules.statements.denials import denies
from pipeline.extraction.rules.statements.role_constructions import GROUPS, STATES
from pipeline.extraction.rules.statements.speakers import is_speaker
from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.text.span_index import within
from pipeline.extraction.text.spans import Span, span_of
from schemas import Attribution, AttributionKind

_BLAMES = Wording(r"(?:['’]s?)?\s(?:[\w-]+\s){0,3}?«blames»\b")
_CONFIRMS = Wording(r"(?:['’]s?)?\s(?:[\w-]+\s){0,3}?«confirms»\b")
_MOST = 20


class _Said(NamedTuple):
    """Somebody's word on a party: who that is (None: nobody is named), and the sentence in which it stands."""

    kind: AttributionKind
    party: ActorReading
    by: ActorReading | None


def attributions_of(candidate: IncidentCandidate, document: Document) -> Filled:
    """Return who says that whom did it, each once, with the words from the one party to the other."""
    found: dict[tuple[str, ...], _Said] = {}
    for sentence in sorted({told.sentence for told in candidate.statements} | set(candidate.followed)):
        for said in _in_sentence(sentence, candidate, document):
            by = key_of(said.by) if said.by else ""
            found.setdefault((said.kind, key_of(said.party), by), said)
    told = list(found.values())[:_MOST]
    return Filled(
        {"attributions": tuple(_attribution(said) for said in told)} if told else {},
        [_words(said, document).as_evidence("attributions") for said in told],
    )


def _attribution(said: _Said) -> Attribution:
    return Attribution(actor=said.party.actor, kind=said.kind, by=said.by.actor if said.by else None)


def _in_sentence(sentence: int, candidate: IncidentCandidate, document: Document) -> Iterator[_Said]:
    claimants = list(claimants_of(sentence, document))
    claimants += [p for told in candidate.statements if told.sentence == sentence for p in told.roles.claimants]
    for party in claimants:
        yield _Said(AttributionKind.CLAIMED, party, party)
    parties = _parties(sentence, document)
    deniers = [p for p in parties if p.actor.actor_type in (*GROUPS, *STATES) and denies(p, sentence, document)]
    for party in deniers:
        yield _Said(AttributionKind.DENIED, party, party)
    silent = {key_of(party) for party in claimants + deniers}
    blamed = blamed_in(sentence, document)
    for party in blamed:
        yield _Said(AttributionKind.BLAMED, party, _speaker(party, sentence, document))
    told_of = [p for told in candidate.statements if told.sentence == sentence for p in told.roles.perpetrators]
    for party in told_of:
        speaker = _speaker(party, sentence, document)
        if speaker is not None and key_of(party) not in silent and party not in blamed:
            yield _Said(_kind(speaker, document), party, speaker)


def _parties(sentence: int, document: Document) -> list[ActorReading]:
    bounds = document.sentences[sentence]
    return list(within(document.actors, bounds.start, bounds.end))


def _speaker(of: ActorReading, sentence: int, document: Document) -> ActorReading | None:
    """Return the party that a sentence has speak of another one; None if it names nobody."""
    bounds = document.sentences[sentence]
    triggers = within(document.triggers, bounds.start, bounds.end)
    for party in _parties(sentence, document):
        before = document.text[bounds.start : party.span.start]
        if key_of(party) != key_of(of) and (
            is_speaker(party, before, triggers, document) or _BLAMES.match(document.text, party.span.end, of.span.start)
        ):
            return party
    return None


def _kind(speaker: ActorReading, document: Document) -> AttributionKind:
    confirms = _CONFIRMS.match(document.text, speaker.span.end, len(document.text))
    return AttributionKind.CONFIRMED if confirms else AttributionKind.BLAMED


def _words(said: _Said, document: Document) -> Span:
    """Return the stretch from the one party to the other."""
    spans = [said.party.span, *([said.by.span] if said.by else [])]
    return span_of(document.text, min(span.start for span in spans), max(span.end for span in spans))
