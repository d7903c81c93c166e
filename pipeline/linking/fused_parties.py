"""The parties of an incident, its reports considered: attacker or attacked, but never both, and named before described.

A party has the role that more publishers give it, an attacker's where as many give it the one as the other. Who is only
described ("gunmen") is not listed where somebody is known by name, nor are the soldiers and police of one report where
more reports have an armed group as the attacker.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from pipeline.linking.parties import actor_keys
from pipeline.records.report import Report
from schemas import Actor, ActorType, EventType, Mention

_NAMED = (ActorType.ARMED_GROUP, ActorType.UMBRELLA_GROUP)
_GROUPS = (*_NAMED, ActorType.UNIDENTIFIED_ARMED_GROUP)
_FORCES = (ActorType.STATE_FORCES, ActorType.STATE)
_TWO_SIDED = (EventType.ARMED_CLASH, EventType.ARREST_RAID)
_MANY = 3
"""From so many publishers on, what one alone says was struck is left out where others agree on something else."""


class _Voted:
    """A party and the publishers that give it a role."""

    def __init__(self, actor: Actor) -> None:
        self.actor, self.publishers = actor, set[str]()


def fused_parties(reports: Sequence[Report], event_type: EventType) -> dict[str, tuple[Actor, ...]]:
    """Return the fields `perpetrators`, `targets` and `claimed_by` of the incident that the reports tell of."""
    doers, hit = _voted(reports, lambda m: m.perpetrators), _voted(reports, lambda m: m.targets)
    claimed = _voted(reports, lambda m: m.claimed_by)
    for key in doers.keys() & hit.keys():
        attacked = len(hit[key].publishers) > len(doers[key].publishers) and key not in claimed
        (doers if attacked else hit).pop(key)
    if event_type not in _TWO_SIDED:
        doers = _of_one_side(doers, claimed)
    return {
        "perpetrators": _known_first(doers, claimed),
        "targets": tuple(one.actor for one in _agreed(hit, reports)),
        "claimed_by": tuple(one.actor for one in claimed.values()),
    }


def _voted(reports: Sequence[Report], actors_of: Callable[[Mention], tuple[Actor, ...]]) -> dict[str, _Voted]:
    found: dict[str, _Voted] = {}
    for report in reports:
        for actor in actors_of(report.mention):
            (key,) = actor_keys((actor,))
            found.setdefault(key, _Voted(actor)).publishers.add(report.publisher)
    return found


def _of_one_side(doers: dict[str, _Voted], claimed: dict[str, _Voted]) -> dict[str, _Voted]:
    """Return the attackers without the side that fewer publishers have as one, where two sides are told."""
    votes = Counter[bool]()
    for one in (*doers.values(), *claimed.values()):
        if one.actor.actor_type in (*_GROUPS, *_FORCES):
            votes[one.actor.actor_type in _FORCES] += len(one.publishers)
    if not (votes[True] and votes[False]) or votes[True] == votes[False]:
        return doers
    out = _FORCES if votes[False] > votes[True] else _GROUPS
    return {key: one for key, one in doers.items() if one.actor.actor_type not in out}


def _known_first(doers: dict[str, _Voted], claimed: dict[str, _Voted]) -> tuple[Actor, ...]:
    """Return the attackers without those of no name, where anybody is known by name to have done or claimed it."""
    known = any(_is_known(one.actor) for one in (*doers.values(), *claimed.values()))
    return tuple(one.actor for one in doers.values() if not (known and _is_described(one.actor)))


def _is_known(actor: Actor) -> bool:
    return actor.actor_id is not None or actor.actor_type in _NAMED


def _is_described(actor: Actor) -> bool:
    """Whether nobody is named: "gunmen", "a faction", "soldiers"."""
    nameless = actor.actor_type in (ActorType.UNIDENTIFIED_ARMED_GROUP, *_FORCES)
    return actor.actor_id is None and (nameless or actor.name.islower()) and actor.actor_type is not ActorType.PERSON


def _agreed(hit: dict[str, _Voted], reports: Sequence[Report]) -> list[_Voted]:
    """Return what was struck, what more publishers say first."""
    ranked = sorted(hit.values(), key=lambda one: -len(one.publishers))
    if len({report.publisher for report in reports}) < _MANY:
        return ranked
    agreed = [one for one in ranked if len(one.publishers) > 1]
    return agreed or ranked
