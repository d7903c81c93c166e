"""What the reports of one incident disagree on, value by value, with the mentions that say so."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter

from schemas import TOLLS, Conflict, DatePrecision, EventType, Mention, Outcome, TollKind


def conflicts_of(mentions: Sequence[Mention]) -> tuple[Conflict, ...]:
    """Return one row per value of every aspect on which two mentions differ. Silence is no disagreement."""
    found: list[Conflict] = []
    for field, values_of in _ASPECTS.items():
        for sayers in _sayers(mentions, values_of).values():
            if len(sayers) > 1 and len({mention_id for ids in sayers.values() for mention_id in ids}) > 1:
                found += [
                    Conflict(field=field, value=value, mention_ids=tuple(sorted(ids)))
                    for value, ids in sorted(sayers.items())
                ]
    return tuple(found)


_Values = Iterable[tuple[str, str]]
"""What one mention says of an aspect: pairs of a subject (whose values exclude each other) and a value."""


def _sayers(mentions: Sequence[Mention], values_of: Callable[[Mention], _Values]) -> dict[str, dict[str, list[str]]]:
    by_subject: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for mention in mentions:
        for subject, value in values_of(mention):
            by_subject[subject][value].append(mention.mention_id)
    return dict(sorted(by_subject.items()))


def _range(low: int | None, high: int | None) -> Iterator[str]:
    if low is not None and low == high:
        yield str(low)
    elif low is not None or high is not None:
        yield f"{'' if low is None else low}–{'' if high is None else high}"


def _type(mention: Mention) -> _Values:
    if mention.event_type is not EventType.ATTACK:
        yield "", mention.event_type.value


def _outcome(mention: Mention) -> _Values:
    if mention.outcome is not Outcome.UNKNOWN:
        yield "", mention.outcome.value


def _date(mention: Mention) -> _Values:
    if mention.date_precision is DatePrecision.DAY:
        yield "", str(mention.date_earliest)


def _facility(mention: Mention) -> _Values:
    if mention.facility is not None:
        yield "", mention.facility


def _toll(kind: TollKind) -> Callable[[Mention], _Values]:
    ends = attrgetter(kind.low, kind.high)
    return lambda mention: (("", value) for value in _range(*ends(mention)))


def _intercepted(mention: Mention) -> _Values:
    return (("", value) for value in _range(mention.intercepted_low, mention.intercepted_high))


def _weapon_counts(mention: Mention) -> _Values:
    for weapon in mention.weapons:
        for count in _range(weapon.count_low, weapon.count_high):
            yield weapon.weapon_type, f"{count} {weapon.weapon_type}"


_ASPECTS: dict[str, Callable[[Mention], _Values]] = {
    "event_type": _type,
    "outcome": _outcome,
    "date": _date,
    "facility": _facility,
    **{kind.name: _toll(kind) for kind in TOLLS},
    "intercepted": _intercepted,
    "weapons.count": _weapon_counts,
}
