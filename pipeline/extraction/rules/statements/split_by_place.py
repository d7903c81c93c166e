"""What a statement says of each of the places that it lists: "killed one in A and injured nine in B"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.document import Document
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.quantities.numbers import NumberReading
from pipeline.extraction.rules.statements.statement import Contrast, Statement
from pipeline.extraction.violence.toll import Toll
from pipeline.extraction.violence.weapons import FLYING, WeaponCount

_COUNTED_AT = re.compile(
    r"(?: more| others?| of them| of the \w+| \w+)? (?:in|over|near|at|above|across|outside) (?:the )?(?:[\w-]+ ){0,2}"
)


def statements_by_place(statement: Statement, document: Document) -> list[Statement]:
    """Return one statement for each place of a statement, with the tolls and the weapons that are told of that place.

    A toll or a number belongs to the next place after it, or to the last one before where places come first; what
    is told of all of them once ("attacks in A and B killed nine") is repeated.
    """
    places = sorted(statement.places, key=lambda place: place.span.start)
    tolls = _tolls_by_place(statement, places)
    return [_share(statement, place, mine, document) for place, mine in zip(places, tolls, strict=True)]


def _tolls_by_place(statement: Statement, places: Sequence[PlaceReading]) -> list[list[Toll]]:
    starts = [place.span.start for place in places]
    told_after = bool(statement.tolls) and all(toll.span.start > starts[0] for toll in statement.tolls)
    shares: list[list[Toll]] = [[] for _ in places]
    for toll in statement.tolls:
        later = [at for at, start in enumerate(starts) if start >= toll.span.end]
        earlier = [at for at, start in enumerate(starts) if start < toll.span.start]
        at = (earlier[-1:] if told_after else later[:1]) or earlier[-1:] or later[:1]
        shares[at[0]].append(toll)
    kinds = [{toll.what for toll in share} for share in shares]
    apart = sum(bool(kind) for kind in kinds) > 1
    return shares if apart else [list(statement.tolls) for _ in places]


def _share(statement: Statement, place: PlaceReading, tolls: Sequence[Toll], document: Document) -> Statement:
    counted = _counted_at(statement.sentence, place, document)
    weapons = statement.weapons
    if counted is not None:
        weapons = tuple(_counted(weapon, counted) for weapon in weapons)
    contrast = Contrast.OTHER_PART if statement.part else Contrast.OTHER
    return replace(
        statement, places=(place,), contrast=contrast, tolls=tuple(tolls), weapons=weapons, counted_at=counted
    )


def _counted(weapon: WeaponCount, number: NumberReading) -> WeaponCount:
    if weapon.word.weapon_type not in FLYING:
        return weapon
    return weapon._replace(low=number.low, high=number.high, span=number.span)


def _counted_at(sentence: int, place: PlaceReading, document: Document) -> NumberReading | None:
    """Return the number that stands before a place: "six over Bryansk"."""
    before = [number for number in document.numbers_of(sentence) if number.span.end <= place.span.start]
    told = before and _COUNTED_AT.fullmatch(document.text, before[-1].span.end, place.span.start)
    return before[-1] if told else None


def are_parts(statements: Sequence[Statement], total: Sequence[WeaponCount]) -> bool:
    """Return whether the weapons counted place by place are some or all of those told of before without a place."""
    counts = [max((w.low or 0 for w in statement.weapons), default=0) for statement in statements]
    return all(statement.counted_at for statement in statements) and any(
        (weapon.low or 0) >= sum(counts) for weapon in total
    )
