"""Which of the incidents gathered from an article are told as such, and which of them are its older context."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta
from itertools import islice, takewhile
from operator import attrgetter

from pipeline.extraction.document import Reading
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.rules.incidents.candidates import Draft
from pipeline.extraction.rules.statements.factuality import Verdict
from pipeline.extraction.rules.statements.statement import Frame
from schemas import EventType, GeoPrecision

OLD = timedelta(days=14)
"""What lies further back than this is an article's context, not its news."""

_VIOLENT = 0.4
_SUPPORT, _TOLL_SUPPORT = 0.1, 0.3
_ALONE, _AMONG = 0.7, 0.85
_INTRODUCTION = 2
_BRIEF = 5
"""Up to this many sentences a text is no article but a passage, whose one incident needs less support."""


def worth_telling(drafts: Sequence[Draft], reading: Reading) -> list[Draft]:
    """Return the incidents that are no mere announcement of others and are told surely enough, in order."""
    kept = [d for d in drafts if not (d.group and d.members)]
    kept = [d for d in kept if not d.frames[0].headline or len(kept) == 1]
    kept = [d for d in kept if not _sums_up(d, kept)]
    for draft in kept:
        draft.background = draft.background or is_old(draft, kept, reading)
    brief = len(reading.sentences) <= _BRIEF
    alone = len(kept) == 1 and brief
    told = [d for d in kept if _is_worth_telling(d, alone, reading)]
    if kept and not told and brief:
        told = [d for d in [max(kept, key=lambda d: d.strength)] if _is_worth_telling(d, True, reading)]
    if brief:
        _bring_forward(told, reading)
    return told


def _bring_forward(told: Sequence[Draft], reading: Reading) -> None:
    """Let the one deed of a passage be its news, though it is told as what something else came after.

    "The UN urged restraint after gunmen killed nine villagers on Sunday".
    """
    for draft in told if len(told) == 1 else ():
        recent = draft.date is not None and draft.date.latest is not None and not is_old(draft, told, reading)
        if recent and any(toll.low for frame in draft.frames for toll in frame.tolls):
            draft.background = False


def _sums_up(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether an introduction gives the dead of several attacks together: "attacks killed 13", 11 here, two there."""
    first = draft.frames[0]
    if not first.plural or first.sentence > _INTRODUCTION or first.when.done:
        return False
    others = [killed_in(d.frames[0]) for d in drafts if d is not draft and not d.background]
    parts = [count for count in others if count]
    return len(parts) > 1 and sum(parts) == killed_in(first)


def killed_in(frame: Frame) -> int:
    """Return how many a statement says were killed at least, 0 where it says nothing."""
    return next((toll.low for toll in frame.tolls if toll.what == "killed"), 0)


def is_old(draft: Draft, drafts: Sequence[Draft], reading: Reading) -> bool:
    """Return whether an incident lies more than two weeks before the article, or before the latest it tells of."""
    if draft.date is None or draft.date.latest is None:
        return False
    now = reading.clock or max(d.date.latest for d in (draft, *drafts) if d.date and d.date.latest)
    return now - draft.date.latest > OLD


def _is_worth_telling(draft: Draft, alone: bool, reading: Reading) -> bool:
    if all(f.verdict is Verdict.DENIED for f in draft.frames):
        return True
    if draft.event_type is EventType.ARREST_RAID and not _is_pinned(draft):
        return False
    if draft.background and draft.frames[0].given and _is_bare(draft):
        return False
    if not alone and all(frame.weak for frame in draft.frames) and not _is_pinned(draft):
        return False
    parties = draft.roles.perpetrators or draft.roles.claimants
    support = _SUPPORT * sum(bool(x) for x in (_is_listed(draft.place), draft.date or draft.told, parties))
    support += _TOLL_SUPPORT * any(frame.tolls or frame.part or _has_victim(frame, reading) for frame in draft.frames)
    return draft.strength + support >= (_ALONE if alone else _AMONG)


def _is_bare(draft: Draft) -> bool:
    """Whether nothing is said of a past deed but its country: "relics of the bombardment of Germany"."""
    if draft.place is not None and draft.place.kind != "country":
        return False
    dated = draft.date is not None and "year" not in draft.date.span.text.lower()
    known = dated or draft.told or draft.roles.perpetrators or draft.roles.claimants or draft.roles.targets
    return not (known or any(frame.tolls for frame in draft.frames))


def _is_pinned(draft: Draft) -> bool:
    """Whether the text says where or when: without either an arrest, or somebody's death, is no news of its own."""
    return bool(draft.place or draft.date or draft.told or any(frame.when.since for frame in draft.frames))


def _is_listed(place: PlaceReading | None) -> bool:
    return place is not None and place.geo_precision is not GeoPrecision.UNKNOWN


def _has_victim(frame: Frame, reading: Reading) -> bool:
    """Whether a person whom the deed was done to is named, or has their age told, in the sentence.

    Whoever only "died" may have died of anything.
    """
    if all(trigger.strength < _VIOLENT for trigger in frame.triggers):
        return False
    bounds = reading.sentences[frame.sentence]
    at = bisect_left(reading.persons, bounds.start, key=attrgetter("span.start"))
    named = takewhile(lambda one: one.span.start < bounds.end, islice(reading.persons, at, None))
    return any(not one.suspect for one in named)
