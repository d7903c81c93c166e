"""Which of the incidents gathered from an article are told as such, and which of them are its older context."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice, takewhile
from operator import attrgetter
from typing import NamedTuple

from pipeline.extraction.document import Document
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.places.relations import RANK, SPOT
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.incidents.confidence import is_supported
from pipeline.extraction.rules.incidents.days import is_precise
from pipeline.extraction.rules.statements.factuality import Verdict
from pipeline.extraction.rules.statements.statement import Statement
from pipeline.extraction.text.lexicon import word_group
from schemas import EventType, GeoPrecision

OLD = timedelta(days=14)
"""What lies further back than this is an article's context, not its news."""

_VIOLENT = 0.4
_SUPPORT, _TOLL_SUPPORT = 0.1, 0.3
_ALONE, _AMONG, _PINPOINTED = 0.7, 0.85, 0.5
_INTRODUCTION = 2
_BRIEF = 5
"""Up to this many sentences a text is no article but a passage, whose one incident needs less support."""


class Kept(NamedTuple):
    """What else is known where it is asked whether an incident is told: the incidents kept so far, and the article.

    `alone` is true where the article has no other incident and is brief.
    """

    candidates: Sequence[IncidentCandidate]
    alone: bool
    document: Document


@dataclass(frozen=True, slots=True)
class SelectionRule:
    """A named reason for which an incident is not told."""

    name: str
    meaning: str
    applies: Callable[[IncidentCandidate, Kept], bool]


class Selected(NamedTuple):
    """An incident gathered from an article, and the rule by which it is not told, None where it is."""

    candidate: IncidentCandidate
    omitted_by: SelectionRule | None


def select(candidates: Sequence[IncidentCandidate], document: Document) -> list[Selected]:
    """Return for each incident, in order, whether it is told: no mere announcement of others, and told surely enough.

    An article's only incident needs less support, and so does the surest one of a brief text.
    """
    omitted: dict[int, SelectionRule] = {}
    kept = list(candidates)
    for rule in _ANNOUNCEMENTS:
        omitted |= {c.number: rule for c in kept if rule.applies(c, Kept(kept, False, document))}
        kept = [c for c in kept if c.number not in omitted]
    for candidate in kept:
        candidate.background = candidate.background or is_old(candidate, kept, document)
    brief = len(document.sentences) <= _BRIEF
    omitted |= _unsupported(kept, Kept(kept, brief and len(kept) == 1, document))
    if brief and kept and all(c.number in omitted for c in kept):
        surest = max(kept, key=lambda candidate: candidate.strength)
        if not _unsupported([surest], Kept(kept, True, document)):
            del omitted[surest.number]
    if brief:
        _bring_forward([c for c in kept if c.number not in omitted], document)
    return [Selected(candidate, omitted.get(candidate.number)) for candidate in candidates]


def _bring_forward(told: Sequence[IncidentCandidate], document: Document) -> None:
    """Let the one deed of a passage be its news, though it is told as what something else came after.

    "The UN urged restraint after gunmen killed nine villagers on Sunday".
    """
    for one in told if len(told) == 1 else ():
        recent = one.date is not None and one.date.latest is not None and not is_old(one, told, document)
        if recent and any(toll.low for statement in one.statements for toll in statement.tolls):
            one.background = False


def _unsupported(candidates: Sequence[IncidentCandidate], kept: Kept) -> dict[int, SelectionRule]:
    told = {c.number: next((rule for rule in _THIN if rule.applies(c, kept)), None) for c in candidates}
    return {number: rule for number, rule in told.items() if rule is not None}


def _is_told_one_by_one(candidate: IncidentCandidate, kept: Kept) -> bool:
    return candidate.group and candidate.members > 0


def _is_headline(candidate: IncidentCandidate, kept: Kept) -> bool:
    return candidate.statements[0].headline and len(kept.candidates) > 1


def _sums_up(candidate: IncidentCandidate, kept: Kept) -> bool:
    """Whether an introduction gives the dead of several attacks together: "attacks killed 13", 11 here, two there."""
    first = candidate.statements[0]
    if not first.plural or first.sentence > _INTRODUCTION or first.when.done:
        return False
    others = [killed_in(d.statements[0]) for d in kept.candidates if d is not candidate and not d.background]
    parts = [count for count in others if count]
    return len(parts) > 1 and sum(parts) == killed_in(first)


def killed_in(statement: Statement) -> int:
    """Return how many a statement says were killed at least, 0 where it says nothing."""
    return next((toll.low for toll in statement.tolls if toll.what == "killed"), 0)


def is_old(candidate: IncidentCandidate, candidates: Sequence[IncidentCandidate], document: Document) -> bool:
    """Return whether an incident lies more than two weeks before the article, or before the latest it tells of."""
    if candidate.date is None or candidate.date.latest is None:
        return False
    now = document.clock or max(d.date.latest for d in (candidate, *candidates) if d.date and d.date.latest)
    return now - candidate.date.latest > OLD


def _is_denied(candidate: IncidentCandidate) -> bool:
    return all(statement.verdict is Verdict.DENIED for statement in candidate.statements)


def _is_unpinned_arrest(candidate: IncidentCandidate, kept: Kept) -> bool:
    return candidate.event_type is EventType.ARREST_RAID and not (_is_denied(candidate) or _is_pinned(candidate))


def _is_bare_relic(candidate: IncidentCandidate, kept: Kept) -> bool:
    if not candidate.background or _is_denied(candidate):
        return False
    return (candidate.statements[0].given and _is_bare(candidate)) or _is_nowhere(candidate)


def _is_nowhere(candidate: IncidentCandidate) -> bool:
    """Whether a past deed can be found nowhere: neither place nor day is known, nor a claim or how many were harmed."""
    dated = candidate.date is not None and candidate.date.latest is not None
    told = candidate.roles.claimants or any(statement.tolls for statement in candidate.statements)
    return candidate.place is None and candidate.told is None and not (dated or told)


def _is_unpinned_harm(candidate: IncidentCandidate, kept: Kept) -> bool:
    if kept.alone or _is_denied(candidate):
        return False
    return all(statement.weak for statement in candidate.statements) and not _is_pinned(candidate)


def _is_hollow(candidate: IncidentCandidate, kept: Kept) -> bool:
    """Whether a strike or an attack has neither weapon, force, victim nor target: that may be a walkout or a match."""
    if candidate.event_type is not EventType.ATTACK or _is_denied(candidate) or is_supported(candidate):
        return False
    if candidate.roles.targets or candidate.roles.claimants or (candidate.place and candidate.place.kind == "site"):
        return False
    told = candidate.statements
    pinned = candidate.date or (candidate.place and candidate.place.kind != "country")
    if pinned and any(one.head.span.text.lower() not in word_group("of_anything") for one in told):
        return False
    return not any(one.tolls or one.part or _has_victim(one, kept.document) for one in told)


def _is_unsure(candidate: IncidentCandidate, kept: Kept) -> bool:
    if _is_denied(candidate):
        return False
    parties = candidate.roles.perpetrators or candidate.roles.claimants
    known = (_is_listed(candidate.place), candidate.date or candidate.told, parties)
    told = any(s.tolls or s.part or _has_victim(s, kept.document) for s in candidate.statements)
    if _is_pinpointed(candidate) and candidate.strength >= _PINPOINTED:
        return False
    total = candidate.strength + _SUPPORT * sum(bool(one) for one in known) + _TOLL_SUPPORT * told
    return total < (_ALONE if kept.alone else _AMONG)


def _is_bare(candidate: IncidentCandidate) -> bool:
    """Whether nothing is said of a past deed but its country: "relics of the bombardment of Germany"."""
    if candidate.place is not None and candidate.place.kind != "country":
        return False
    dated = candidate.date is not None and "year" not in candidate.date.span.text.lower()
    known = (
        dated or candidate.told or candidate.roles.perpetrators or candidate.roles.claimants or candidate.roles.targets
    )
    return not (known or any(statement.tolls for statement in candidate.statements))


def _is_pinpointed(candidate: IncidentCandidate) -> bool:
    """Whether the text names the spot and the day."""
    spot = candidate.place is not None and RANK.get(candidate.place.kind, 5) <= SPOT
    return spot and candidate.date is not None and is_precise(candidate.date)


def _is_pinned(candidate: IncidentCandidate) -> bool:
    """Whether the text says where or when: without either an arrest, or somebody's death, is no news of its own."""
    return bool(
        candidate.place
        or candidate.date
        or candidate.told
        or any(statement.when.since for statement in candidate.statements)
    )


def _is_listed(place: PlaceReading | None) -> bool:
    return place is not None and place.geo_precision is not GeoPrecision.UNKNOWN


def _has_victim(statement: Statement, document: Document) -> bool:
    """Whether a person whom the deed was done to is named, or has their age told, in the sentence.

    Whoever only "died" may have died of anything.
    """
    if all(trigger.strength < _VIOLENT for trigger in statement.triggers):
        return False
    bounds = document.sentences[statement.sentence]
    at = bisect_left(document.persons, bounds.start, key=attrgetter("span.start"))
    named = takewhile(lambda one: one.span.start < bounds.end, islice(document.persons, at, None))
    return any(not one.suspect for one in named)


_ANNOUNCEMENTS = (
    SelectionRule("told_one_by_one", "it announces incidents that are told one by one", _is_told_one_by_one),
    SelectionRule("headline", "a headline tells of what the text tells again", _is_headline),
    SelectionRule("sums_up", "an introduction adds up the dead of several incidents", _sums_up),
)
"""Incidents that are no more than announcements of others; each rule sees what the ones before it have left."""

_THIN = (
    SelectionRule("unpinned_arrest", "an arrest has neither place nor day", _is_unpinned_arrest),
    SelectionRule("bare_relic", "of a past deed no more is said than its country, or not even that", _is_bare_relic),
    SelectionRule("unpinned_harm", "somebody's death has neither place nor day", _is_unpinned_harm),
    SelectionRule("hollow", "a word that may be of anything has nothing of violence beside it", _is_hollow),
    SelectionRule("unsure", "the words tell too little", _is_unsure),
)
"""Incidents that are told too thinly, in the order in which it is asked; what is only denied needs no support."""
