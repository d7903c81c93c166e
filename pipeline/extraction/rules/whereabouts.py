"""Which of a statement's places is where the deed was done."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extraction.rules.clauses import Clause
from pipeline.extraction.rules.geography import RANK, Relation, relate
from pipeline.extraction.rules.lexicon import Wording
from pipeline.extraction.rules.lookup import within
from pipeline.extraction.rules.places import PlaceReading
from pipeline.extraction.rules.reading import Reading
from pipeline.extraction.rules.triggers import Trigger

_ELSEWHERE_BEFORE = Wording(
    r"(?:\b«elsewhere_before»|(?<!\w)from)"
    r"\s+(?:the\s|its\s)?(?:(?!«not_origin»\b)[\w-]+\s){0,4}$"
)
_LOCATIVE = Wording(r"^$|[,(/—–-]\s?$|\b«locative»\s(?:the\s|a\s)?(?:[\w'’-]+\s){0,3}$")
_LAUNCHED_FROM = Wording(r"\b«launched_from»\s+(?:the\s)?$")
_ELSEWHERE_AFTER = Wording(r"['’]?s?[\s-]«elsewhere_after»\b")
_ADJECTIVAL = Wording(r"«adjectival»$")
_IN_IT = Wording(r"(?:^|\b«in_it»)\s*(?:the\s)?$")
_STRUCK_AFTER = Wording(r"['’]?s?\s«struck_after»\b|:")
_OWNER_AFTER = re.compile(r"['’]s\s[A-Z]")
_DISTANCE = Wording(r"\b«distance» from\s+(?:the\s)?(?:[\w-]+\s){0,2}$")
_LINKED = Wording(r"\band\b")
_UNLINKED = Wording(r"\b«not_between»\b|[.;]")
_GAP = 70


def places_of(clauses: Sequence[Clause], head: Trigger, reading: Reading) -> list[PlaceReading]:
    """Return the place of the deed told in `clauses`: none, one, or several that the text lists side by side.

    The most specific place wins, the nearest of those to the trigger; where rockets came from, whose border is near
    and where somebody speaks are not places of the deed.
    """
    named = [p for c in clauses for p in within(reading.places, c.start, c.end) if not _is_elsewhere(p, reading.text)]
    spots = _innermost(named)
    owners = [p for p in spots if p.kind == "country" and _OWNER_AFTER.match(reading.text, p.span.end)]
    spots = [p for p in spots if p not in owners]
    if not spots:
        return []
    after = [p for p in spots if p.span.start >= head.span.start]
    best = min(after or spots, key=lambda p: (RANK.get(p.kind, 5), abs(p.span.start - head.span.start)))
    return [_located(place, named) for place in _listed_with(best, spots, reading.text)]


def _located(place: PlaceReading, named: Sequence[PlaceReading]) -> PlaceReading:
    """Return a site of unknown country with the country (and province) of the place it is told to be in."""
    if place.country is not None:
        return place
    around = [p for p in named if p.country is not None]
    if not around:
        return place
    holder = min(around, key=lambda p: (p.span.start < place.span.start, abs(p.span.start - place.span.start)))
    return replace(place, country=holder.country, admin1=place.admin1 or holder.admin1)


def _is_elsewhere(place: PlaceReading, text: str) -> bool:
    before = text[max(0, place.span.start - 50) : place.span.start]
    after = text[place.span.end : place.span.end + 24]
    if place.kind == "site":
        return bool(_LAUNCHED_FROM.search(before))
    if place.kind == "country" and not _LOCATIVE.search(before) and not _STRUCK_AFTER.match(after):
        return True
    if _ADJECTIVAL.match(place.span.text) and not _IN_IT.search(before):
        return True
    if _DISTANCE.search(before):
        return False
    return bool(_ELSEWHERE_BEFORE.search(before) or _ELSEWHERE_AFTER.match(after))


def _innermost(places: Sequence[PlaceReading]) -> list[PlaceReading]:
    """Return the places that hold no other of the list."""
    return [
        place
        for place in places
        if not any(
            RANK.get(other.kind, 5) < RANK.get(place.kind, 5) and relate(place, other) is not Relation.APART
            for other in places
        )
    ]


def _listed_with(best: PlaceReading, spots: Sequence[PlaceReading], text: str) -> list[PlaceReading]:
    listed = [best]
    ordered = sorted(spots, key=lambda p: p.span.start)
    for one, other in pairwise(ordered):
        gap = text[one.span.end : other.span.start]
        alike = one.kind in ("site", "city") and other.kind in ("site", "city")
        if best in (one, other) and alike and _side_by_side(gap) and relate(one, other) is Relation.APART:
            listed += [place for place in (one, other) if place not in listed]
    return sorted(listed, key=lambda p: p.span.start)


def _side_by_side(gap: str) -> bool:
    return len(gap) <= _GAP and bool(_LINKED.search(gap)) and not _UNLINKED.search(gap)
