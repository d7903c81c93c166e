"""Which of the incidents gathered from an article are told as such, and which of them are its older context."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta
from itertools import islice, takewhile
from operator import attrgetter

from pipeline.extraction.document import Document
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.statements.factuality import Verdict
from pipeline.extraction.rules.statements.statement import Statement
from schemas import EventType, GeoPrecision

OLD = timedelta(days=14)
"""What lies further back than this is an article's context, not its news."""

_VIOLENT = 0.4
_SUPPORT, _TOLL_SUPPORT = 0.1, 0.3
_ALONE, _AMONG = 0.7, 0.85
_INTRODUCTION = 2
_BRIEF = 5
"""Up to this many sentences a text is no article but a passage, whose one incident needs less support."""


def worth_telling(candidates: Sequence[IncidentCandidate], document: Document) -> list[IncidentCandidate]:
    """Return the incidents that are no mere announcement of others and are told surely enough, in order."""
    kept = [d for d in candidates if not (d.group and d.members)]
    kept = [d for d in kept if not d.statements[0].headline or len(kept) == 1]
    kept = [d for d in kept if not _sums_up(d, kept)]
    for candidate in kept:
        candidate.background = candidate.background or is_old(candidate, kept, document)
    brief = len(document.sentences) <= _BRIEF
    alone = len(kept) == 1 and brief
    told = [d for d in kept if _is_worth_telling(d, alone, document)]
    if kept and not told and brief:
        told = [d for d in [max(kept, key=lambda d: d.strength)] if _is_worth_telling(d, True, document)]
    return told


def _sums_up(candidate: IncidentCandidate, candidates: Sequence[IncidentCandidate]) -> bool:
    """Whether an introduction gives the dead of several attacks together: "attacks killed 13", 11 here, two there."""
    first = candidate.statements[0]
    if not first.plural or first.sentence > _INTRODUCTION or first.when.done:
        return False
    others = [killed_in(d.statements[0]) for d in candidates if d is not candidate and not d.background]
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


def _is_worth_telling(candidate: IncidentCandidate, alone: bool, document: Document) -> bool:
    if all(f.verdict is Verdict.DENIED for f in candidate.statements):
        return True
    if candidate.event_type is EventType.ARREST_RAID and not _is_pinned(candidate):
        return False
    if candidate.background and candidate.statements[0].given and _is_bare(candidate):
        return False
    if not alone and all(statement.weak for statement in candidate.statements) and not _is_pinned(candidate):
        return False
    parties = candidate.roles.perpetrators or candidate.roles.claimants
    support = _SUPPORT * sum(bool(x) for x in (_is_listed(candidate.place), candidate.date or candidate.told, parties))
    support += _TOLL_SUPPORT * any(
        statement.tolls or statement.part or _has_victim(statement, document) for statement in candidate.statements
    )
    return candidate.strength + support >= (_ALONE if alone else _AMONG)


def _is_bare(candidate: IncidentCandidate) -> bool:
    """Whether nothing is said of a past deed but its country: "relics of the bombardment of Germany"."""
    if candidate.place is not None and candidate.place.kind != "country":
        return False
    dated = candidate.date is not None and "year" not in candidate.date.span.text.lower()
    known = (
        dated or candidate.told or candidate.roles.perpetrators or candidate.roles.claimants or candidate.roles.targets
    )
    return not (known or any(statement.tolls for statement in candidate.statements))


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
