"""Which report has taken the place of one that its document no longer has, as it was read.

A document that is edited, or read again by other rules, may say of the same incident something else than before: one
more has died, the town is named now. What it says now takes the place of what it said, if both agree on at least
`LEAST_AGREEING` of three things: the type, the day and the place. Of several that do, those that agree on most are
paired first; a report takes the place of one other, and the other way round. A false pair would hand an incident's
name, and what an analyst has ruled on it, to another incident; a missed one only ends an incident and begins another.
"""

from collections.abc import Iterable, Sequence

from schemas import EventType, Mention

LEAST_AGREEING = 2


def continued(before: Sequence[Mention], after: Iterable[Mention]) -> dict[str, str]:
    """Return by which mention of the same document each mention of `before` is continued, by their ids."""
    now = list(after)
    pairs = sorted(
        ((-agreement[0], -agreement[1]), old.mention_id, new.mention_id)
        for old in before
        for new in now
        if (agreement := _agreement(old, new)) is not None
    )
    found: dict[str, str] = {}
    for _, old_id, new_id in pairs:
        if old_id not in found and new_id not in found.values():
            found[old_id] = new_id
    return found


def _agreement(one: Mention, other: Mention) -> tuple[int, int] | None:
    """Return on how many of type, day and place two mentions agree, and on how many details; None if on too few."""
    main = _types_agree(one, other) + _days_agree(one, other) + _places_agree(one, other)
    if main < LEAST_AGREEING:
        return None
    details = ("killed_best", "wounded_best", "perpetrators", "targets", "weapons", "status", "outcome", "background")
    return main, sum(getattr(one, field) == getattr(other, field) for field in details)


def _types_agree(one: Mention, other: Mention) -> bool:
    return one.event_type == other.event_type or EventType.ATTACK in (one.event_type, other.event_type)


def _days_agree(one: Mention, other: Mention) -> bool:
    if one.date_earliest is None or one.date_latest is None or other.date_earliest is None or other.date_latest is None:
        return one.date_earliest == other.date_earliest
    return one.date_earliest <= other.date_latest and other.date_earliest <= one.date_latest


def _places_agree(one: Mention, other: Mention) -> bool:
    if None in (one.place_name, other.place_name):
        return one.country == other.country
    return one.place_name == other.place_name or (one.facility is not None and one.facility == other.facility)
