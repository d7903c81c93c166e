"""Which of a statement's places is where the deed was done."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from pipeline.extraction.document import Document
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.places.relations import RANK, Relation, relate
from pipeline.extraction.rules.statements.event_time import is_of_aftermath
from pipeline.extraction.rules.statements.statement import is_weak
from pipeline.extraction.text.clauses import Clause
from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.text.span_index import within
from pipeline.extraction.violence.triggers import Trigger
from schemas import EventType, FacilityType, GeoPrecision

_ELSEWHERE_BEFORE = Wording(
    r"(?:\b«elsewhere_before»|(?<!\w)from)"
    r"\s+(?:the\s|its\s)?(?:(?!«not_origin»\b)[\w-]+\s){0,4}$"
)
_LOCATIVE = Wording(r"^$|[,(/—–-]\s?$|\b«locative»\s(?:the\s|a\s)?(?:[\w'’-]+\s){0,3}$")
_BROUGHT = Wording(
    r"\b«brought»\s(?!(?:down|out|over)\b)(?:[\w-]+\s){0,5}?(?:to|at|in|into|from|of)\s(?:the\s|a\s)?(?:[\w-]+\s){0,2}$"
)
_FROM = re.compile(r"\bfrom\s(?:the\s)?$")
_SPOKEN_AT = Wording(r"\b«medical»\s(?:at|from|of|in)\s(?:the\s|a\s)?(?:[\w-]+\s){0,2}$")
_BOUND_FOR = Wording(r"\b«bound_for»\s(?:the\s)?$")
_FIRED_BY = re.compile(r"\b(?:launched|fired|sent) (?:by|from) (?:[\w-]+ ){1,4}in (?:the )?$|\bblamed on (?:the )?$")
_THREATENED = Wording(
    r"\b(?:«about_to» (?:be )?(?:launch(?:ed)?|fired?|attack|strike|target|hit|used?)|threats? to|endangering"
    r"|threatening)\b(?:\s[\w.'’-]+){0,6}?\s(?:in|into|at|over|near|on|against|towards?)\s(?:the\s)?$"
)
_LAUNCHED_FROM = Wording(r"\b«launched_from»\s+(?:the\s)?$")
_ELSEWHERE_AFTER = Wording(r"['’]?s?[\s-]«elsewhere_after»\b")
_ADJECTIVAL = Wording(r"«adjectival»$")
_IN_IT = Wording(r"(?:^|\b«in_it»)\s*(?:the\s)?$")
_STRUCK_AFTER = Wording(r"['’]?s?\s«struck_after»\b|:")
_OWNER_AFTER = re.compile(r"['’]s\s[A-Z]")
_DISTANCE = Wording(r"\b«distance» from\s+(?:the\s)?(?:[\w-]+\s){0,2}$")
_OPENS = re.compile(r"(?:^|[.!?\n”\"]\s*)In\s$")
_MINISTRY = re.compile(
    r"(?:, (?:meanwhile|for (?:its|their|his) part|too),?|,)?\s(?:the\s)?(?:[\w’'-]+\s){0,3}?"
    r"(?:[Mm]inistry|[Mm]inister|[Pp]resident|[Gg]overnment|[Pp]arliament|[Pp]entagon|[Kk]remlin)\s"
    r"(?:said|says|told|announced|reported|confirmed|denied|added|stated)\b"
)
_MEASURED = re.compile(
    r"\d\s?(?:km|kms|kilomet(?:er|re)s?|miles?|mi)\b(?:\s\([^)]{1,20}\))?,?\s(?:to\sthe\s|away\s|due\s)?"
    r"(?:(?:north|south|east|west)[\w-]*\s){0,2}(?:of|from)\s(?:the\s)?(?:[\w-]+\s){0,2}$"
)
_MEASURED_REACH = 80
_BESIDE = re.compile(
    r",\s(?:(?:lying|located|situated|just|which (?:is|lies))\s)?(?:to\sthe\s)?(?:north|south|east|west)[\w-]*\sof\s"
    r"(?:the\s(?:city|town|capital)(?:\sof|,)?\s)?$"
)
_ROAD = re.compile(
    r"\b(?:(?:road|highway|route|motorway|pipeline|railway|line)\s(?:that\s|which\s)?"
    r"(?:link(?:s|ing)|connect(?:s|ing)|join(?:s|ing)|between)|(?:linking|connecting|joining))\s"
    r"(?:the\s)?(?:(?:cities|towns|villages|city|town)\s(?:of\s)?)?(?:[\w’'-]+\s(?:and|to|with)\s(?:the\s)?)?$"
)
_LISTED = re.compile(r"^,\s|\band\b")
_LINKED = Wording(r"\band\b")
_UNLINKED = Wording(r"\b«not_between»\b|[.;]")
_AND = re.compile(r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,2}\sand\s(?:the\s)?$")
_OFF_COAST = re.compile(
    r"nautical miles?[^.;]{0,50}\bof\s[^.;,]{0,30}$|\boff\s(?:the\s)?(?:coast of\s|port of\s)?[^.;,]{0,24}$"
)
_STANDS_ALONE = re.compile(
    r"\s?(?:$|[.,;:)\]”\"—–-])|\s(?:on|in|at|by|during|when|after|before|this|last|that|which|has|was|is)\b"
)
_TAKEN_FROM = re.compile(r"\bfrom\s(?:[\w-]+\s){0,6}$")
_OWN = re.compile(r"['’]")
_EACH_COUNTED = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|another) (?:[\w-]+ ){0,2}"
    r"(?:over|in|near|at|above) (?:the )?$"
)
_SOURCE_IN = re.compile(r"\baccording\sto\s(?:[\w’'-]+\s){1,6}(?:in|from)\s(?:the\s)?$")
_SPOTS = {"site", "city"}
_OFF_REACH, _BROUGHT_REACH = 90, 70
_GAP = 70


def places_of(clauses: Sequence[Clause], head: Trigger, document: Document) -> list[PlaceReading]:
    """Return the place of the deed told in `clauses`: none, one, or several that the text lists side by side.

    The most specific place wins, the nearest of those to the trigger; where rockets came from, whose border is near
    and where somebody speaks are not places of the deed.
    """
    taken = head.event_type is EventType.ABDUCTION
    named = [
        p for c in clauses for p in within(document.places, c.start, c.end) if not is_elsewhere(p, document.text, taken)
    ]
    spots = _innermost(named)
    if is_weak(head):
        spots = [p for p in spots if not _is_seat_of_source(p, document.text)]
    owners = [p for p in spots if p.kind == "country" and _OWNER_AFTER.match(document.text, p.span.end)]
    spots = [p for p in spots if p not in owners]
    spots = [p for p in spots if not _is_reference(p, document.text)] or spots
    if not spots:
        return []
    after = [p for p in spots if p.span.start >= head.span.start]
    if after and is_of_aftermath(head, document):
        spots = after  # "marched in Berlin over an air strike on Rafah"
    best = min(after or spots, key=lambda p: (RANK.get(p.kind, 5), abs(p.span.start - head.span.start)))
    return [_located(place, named) for place in _listed_with(best, spots, document.text)]


def is_off_coast(place: PlaceReading, text: str) -> bool:
    """Return whether the place is only what a spot at sea is measured from ("76 nautical miles west of Hodeidah")."""
    return bool(_OFF_COAST.search(text, max(0, place.span.start - _OFF_REACH), place.span.start))


def at_sea(place: PlaceReading) -> PlaceReading:
    """Return the waters off a place."""
    point = None if place.kind == "country" else place.latitude
    return replace(
        place,
        kind="sea",
        country="XSE",
        admin1=None,
        facility=None,
        facility_type=None,
        latitude=point,
        longitude=None if point is None else place.longitude,
        geo_precision=GeoPrecision.SEA,
    )


def _is_seat_of_source(place: PlaceReading, text: str) -> bool:
    """Whether the place is where those are who told of it: "Two died, according to the ministry in Baghdad"."""
    return bool(_SOURCE_IN.search(text, max(0, place.span.start - _OFF_REACH), place.span.start))


def _is_reference(place: PlaceReading, text: str) -> bool:
    """Whether the place only says where another is: "65 km (40 miles) to the northeast of X", ", to the south of X"."""
    before = max(0, place.span.start - _MEASURED_REACH), place.span.start
    return any(pattern.search(text, *before) for pattern in (_MEASURED, _BESIDE, _ROAD))


def place_told(named: Sequence[PlaceReading], document: Document) -> PlaceReading | None:
    """Return the place that a sentence without a deed of its own names: the most specific, the first of those."""
    spots = [p for p in named if not (is_elsewhere(p, document.text) or _is_reference(p, document.text))]
    best = min(spots, key=lambda p: (RANK.get(p.kind, 5), p.span.start), default=None)
    return _located(best, named) if best is not None else None


def _located(place: PlaceReading, named: Sequence[PlaceReading]) -> PlaceReading:
    """Return a site of unknown country with the country, province and town of the place it is told to be in."""
    if place.country is not None:
        return place
    around = [p for p in named if p.country is not None]
    if not around:
        return place
    holder = min(around, key=lambda p: (p.span.start < place.span.start, abs(p.span.start - place.span.start)))
    inside = replace(place, country=holder.country, admin1=place.admin1 or holder.admin1)
    if holder.kind != "city" or place.latitude is not None:
        return inside
    return replace(inside, latitude=holder.latitude, longitude=holder.longitude, geo_precision=holder.geo_precision)


@lru_cache(maxsize=128)
def is_elsewhere(place: PlaceReading, text: str, taken: bool = False) -> bool:
    """Return whether the words around a place say that something else than the deed was there.

    Somebody `taken` was taken from the place of the deed.
    """
    before = text[max(0, place.span.start - 50) : place.span.start]
    after = text[place.span.end : place.span.end + 24]
    if place.metonym and place.kind == "city" and not _OWN.match(after) and not _STRUCK_AFTER.match(after):
        return True
    if place.kind == "city" and _OPENS.search(before) and _MINISTRY.match(text, place.span.end, place.span.end + 90):
        return True
    if _BROUGHT.search(text, max(0, place.span.start - _BROUGHT_REACH), place.span.start):
        return True
    if _BOUND_FOR.search(before) or _THREATENED.search(text, max(0, place.span.start - _OFF_REACH), place.span.start):
        return True
    if _FIRED_BY.search(before):
        return True
    if place.facility_type is FacilityType.HOSPITAL and _SPOKEN_AT.search(before):
        return True
    if place.kind == "site":
        return bool(_LAUNCHED_FROM.search(before))
    if place.kind == "country" and _FROM.search(before):
        return True
    if place.kind == "country" and (not _LOCATIVE.search(before) or _joins_actor(place, before)):
        return not _STRUCK_AFTER.match(after)
    if _ADJECTIVAL.match(place.span.text) and not (_IN_IT.search(before) and _STANDS_ALONE.match(after)):
        return True
    if _DISTANCE.search(before) or (taken and _TAKEN_FROM.search(before)):
        return False
    return bool(_ELSEWHERE_BEFORE.search(before) or _ELSEWHERE_AFTER.match(after))


def _joins_actor(place: PlaceReading, before: str) -> bool:
    """Whether "and" ties the country to another that is no place of the deed: "the US and Britain carried out"."""
    joined = _AND.search(before)
    return joined is not None and not _LOCATIVE.search(before[: joined.start()])


def _innermost(places: Sequence[PlaceReading]) -> list[PlaceReading]:
    """Return the places that hold no other of the list."""
    ranks = [RANK.get(place.kind, 5) for place in places]
    finer = {rank: [p for p, own in zip(places, ranks, strict=True) if own < rank] for rank in set(ranks)}
    return [
        place
        for place, rank in zip(places, ranks, strict=True)
        if not any(relate(place, other) is not Relation.APART for other in finer[rank])
    ]


def _listed_with(best: PlaceReading, spots: Sequence[PlaceReading], text: str) -> list[PlaceReading]:
    """Return `best` with the places that the text lists beside it: "the bases at A, B and C"."""
    ordered = sorted(spots, key=lambda p: p.span.start)
    runs: list[list[PlaceReading]] = [ordered[:1]]
    for one, other in pairwise(ordered):
        gap = text[one.span.end : other.span.start]
        alike = {one.kind, other.kind} <= ({*_SPOTS, "admin1"} if _EACH_COUNTED.search(gap) else _SPOTS)
        if alike and _side_by_side(gap) and relate(one, other) is Relation.APART:
            runs[-1].append(other)
        else:
            runs.append([other])
    run = next(run for run in runs if best in run)
    if _ROAD.search(text, max(0, run[0].span.start - _MEASURED_REACH), run[0].span.start):
        return [best]
    gaps = [text[one.span.end : other.span.start] for one, other in pairwise(run)]
    return run if any(_LINKED.search(gap) for gap in gaps) else [best]


def _side_by_side(gap: str) -> bool:
    return len(gap) <= _GAP and bool(_LISTED.search(gap)) and not _UNLINKED.search(gap)
