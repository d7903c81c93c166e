"""Names that stand in one another: "Harim, a town in Idlib province, Syria" is one place."""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from pipeline.extraction.places.candidates import Candidate
from pipeline.extraction.places.disambiguation import FAMOUS
from pipeline.extraction.places.gazetteer import Place
from pipeline.extraction.text.name_keys import fold

_KIND = (
    r"(?:provinces?|governorates?|states?|oblast|regions?|departments?|district|county|subdistrict|sub-district|raion|"
    r"rayon|division|township|municipality|commune|areas?|city|town|village|suburb|neighbou?rhood|settlement|camp|"
    r"local government area|lga|tehsil|agency|capital|countryside|prefecture|parish|wilaya|circle)"
)
_SIDE = (
    r"(?:the |a |an )?(?:restive |volatile |troubled |neighbou?ring |occupied |war-torn )?"
    r"(?:(?:far[ -])?(?:north|south|west|central|east)(?:[ -]?(?:east|west))?(?:ern)? )?"
)
_ASCENDING = re.compile(
    rf"(?: {_KIND}){{0,2}}(?:,| \(| in| of|, in| of| within|, within| area of| in the)?\s{{1,2}}"
    rf"{_SIDE}(?:{_KIND} (?:of|in) )?{_SIDE}(?:{_KIND} )?|\(|, ?"
    rf"|,? (?:in|on) the (?:far )?(?:north|south|west|east|cent)[\w-]* (?:part |side |outskirts )?of (?:the )?{_SIDE}",
    re.IGNORECASE,
)
_PART_OF = re.compile(r" (?:district|quarter|neighbou?rhood|suburb|ward|area) of (?:the )?", re.IGNORECASE)
_COMMA_ONLY = re.compile(r"\s?,\s*")
_DESCENDING = re.compile(rf"(?:['’]s?)? {_SIDE}(?:{_KIND} (?:of )?){{0,2}}", re.IGNORECASE)
_HOLDERS = frozenset({"country", "admin1", "district", "region", "city"})
_WIDE_HOLDERS = frozenset({"country", "admin1", "region"})
_LONGEST_GAP = 60
_CLOSE_DEGREES = 1.5

_Places: TypeAlias = tuple[Place, ...]
_Kept: TypeAlias = dict[tuple[int, int, tuple[str, ...], bool], tuple[_Places, _Places, _Places, _Places]]
"""What two names' places come to, by the ids of both, which stay theirs as both are kept with it."""


def join_chains(candidates: Sequence[Candidate], text: str) -> None:
    """Keep of each name the places that agree with the names that it is joined to, and absorb the wider ones.

    From right to left, so that "Harim, Idlib, Syria" settles what Idlib is before Harim is looked for in it.
    """
    kept: _Kept = {}
    for index in range(len(candidates) - 2, -1, -1):
        inner, outer = candidates[index], candidates[index + 1]
        between = text[inner.facility[0] if inner.facility else inner.end : outer.start]
        if not between.strip() or len(between) > _LONGEST_GAP:
            continue
        wide_only = bool(_COMMA_ONLY.fullmatch(between)) and not outer.kinds
        part = bool(_PART_OF.fullmatch(between))
        joined = _ASCENDING.fullmatch(between) and _join(inner, outer, wide_only, kept, part)
        if not joined and _DESCENDING.fullmatch(text, inner.end, outer.start):
            _join(outer, inner, False, kept)


def _join(inner: Candidate, outer: Candidate, wide_only: bool, kept: _Kept, part: bool = False) -> bool:
    """Join two names, if the one lies in the other; a `part` ("X district of Y") does, whatever else has its name."""
    asked = id(inner.senses), id(outer.senses), outer.kinds, wide_only
    if asked not in kept:
        kept[asked] = inner.senses, outer.senses, *_agreeing(inner.senses, outer, wide_only)
    _, _, held, holders = kept[asked]
    if held:
        inner.senses, outer.senses, inner.chained, outer.absorbed = held, holders, True, True
    elif (holders or outer.holder) and (part or _is_unlisted(inner, wide_only)):
        inner.senses, inner.holder, inner.chained, outer.absorbed = (), outer, True, True
    return inner.chained and outer.absorbed


def _agreeing(senses: _Places, outer: Candidate, wide_only: bool) -> tuple[_Places, _Places]:
    """Return those of the `senses` that lie in a place that `outer` may be, and what they lie in.

    Where none does, the second are all that could hold something.
    """
    wide = _WIDE_HOLDERS if wide_only else _HOLDERS
    holders = tuple(place for place in outer.senses if place.kind in wide and _fits(place, outer.kinds))
    held = _related(senses, holders, lambda place, holder: contains(holder, place))
    return held, _related(holders, held, contains) if held else holders


def _related(places: _Places, others: _Places, test: Callable[[Place, Place], bool]) -> _Places:
    """Return those of `places` that pass the test with one of `others` in their country: few of many namesakes are."""
    by_country: dict[str | None, list[Place]] = {}
    for other in others:
        by_country.setdefault(other.country, []).append(other)
    return tuple(place for place in places if any(test(place, one) for one in by_country.get(place.country, ())))


def _is_unlisted(inner: Candidate, wide_only: bool) -> bool:
    """Return whether a name is said to be a place in another and is none that the gazetteer has."""
    said = inner.kinds or inner.located or (inner.facility and not inner.senses)
    return bool(said) and not (wide_only and inner.senses) and all(_is_lesser(place) for place in inner.senses)


def _is_lesser(place: Place) -> bool:
    """Return whether a place is not so well known that words could not mean another of its name ("Kani in Sagaing")."""
    return not place.curated and place.population < FAMOUS


def _fits(place: Place, kinds: Sequence[str]) -> bool:
    return not kinds or place.kind in kinds or place.kind == "country"


def contains(outer: Place, inner: Place) -> bool:
    """Return whether `inner` may lie in `outer`, as far as their country and province say."""
    if outer.country != inner.country or inner.kind in ("country", "sea"):
        return False
    if outer.name == inner.name and outer == inner:
        return False
    if outer.kind == "country" or (outer.kind == "region" and outer.admin1 is None):
        return inner.kind != "region" or outer.kind == "country"
    if inner.kind in ("admin1", "region"):
        return False
    if outer.kind in ("city", "district"):
        return inner.kind != "admin1" and inner.admin1 == outer.admin1 and inner.name != outer.name
    if inner.admin1 is None:
        return _close(outer, inner)
    return fold(inner.admin1) == fold(outer.admin1 or outer.name)


def _close(one: Place, other: Place) -> bool:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return False
    return abs(one.latitude - other.latitude) < _CLOSE_DEGREES and abs(one.longitude - other.longitude) < _CLOSE_DEGREES
