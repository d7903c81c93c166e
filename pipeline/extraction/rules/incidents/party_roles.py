"""The parties of an incident, decided: attacker or attacked but never both, and each of them named once."""

from collections import Counter
from dataclasses import replace

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.statements.role_constructions import GROUPS, STATES
from pipeline.extraction.rules.statements.roles import Roles
from schemas import EventType

_ARTICLES = frozenset({"the", "a", "an"})
_BESIDE = 30
_TWO_SIDED = (EventType.ARMED_CLASH, EventType.ARREST_RAID)


def settle_roles(candidate: IncidentCandidate) -> None:
    """Give each party of an incident one role, and leave out words that a longer name among them holds.

    In a clash of which only the dead are told, of both sides, the armed group counts as the attacker. Soldiers and
    police who only answer an attack by others are no attackers.
    """
    roles = _with_attackers(candidate, candidate.roles)
    doers, hit = _votes(candidate, "perpetrators"), _votes(candidate, "targets")
    behind = {key_of(party) for party in roles.claimants}
    both = {key_of(party) for party in roles.perpetrators + roles.claimants} & {key_of(p) for p in roles.targets}
    attacked = {key for key in both if key not in behind and hit[key] > doers[key]}
    perpetrators = tuple(p for p in roles.perpetrators if key_of(p) not in attacked)
    candidate.roles = Roles(
        named_once(_without_responders(perpetrators, candidate)),
        named_once(tuple(p for p in roles.targets if key_of(p) not in both - attacked)),
        roles.claimants,
    )


def _with_attackers(candidate: IncidentCandidate, roles: Roles) -> Roles:
    """Return the roles in a clash with the armed groups as attackers where only the dead are told, of both sides."""
    if candidate.event_type is not EventType.ARMED_CLASH or roles.perpetrators or roles.claimants:
        return roles
    groups = tuple(p for p in roles.targets if p.actor.actor_type in GROUPS)
    forces = any(p.actor.actor_type in STATES for p in roles.targets)
    if not (groups and forces):
        return roles
    return replace(roles, perpetrators=groups, targets=tuple(p for p in roles.targets if p not in groups))


def _without_responders(parties: tuple[ActorReading, ...], candidate: IncidentCandidate) -> tuple[ActorReading, ...]:
    """Return the attackers of one side, where soldiers or police are told of beside an armed group, but not with it.

    The side that more statements have as the attacker counts, of equal ones the one told first.
    """
    forces = [p for p in parties if p.actor.actor_type in STATES]
    groups = [p for p in parties if p.actor.actor_type in GROUPS]
    claimed = any(p.actor.actor_type in GROUPS for p in candidate.roles.claimants)
    if not forces or not (groups or claimed) or candidate.event_type in _TWO_SIDED or _are_together(forces, groups):
        return parties
    votes = _votes(candidate, "perpetrators")
    theirs, ours = (sum(votes[key_of(p)] for p in side) for side in (groups, forces))
    first = min(forces + groups, key=lambda party: party.span.start)
    attacked_by_forces = not claimed and (ours > theirs or (ours == theirs and first in forces))
    out = groups if attacked_by_forces else forces
    return tuple(p for p in parties if p not in out)


def _are_together(forces: list[ActorReading], groups: list[ActorReading]) -> bool:
    """Whether they are named side by side: "soldiers and allied militiamen"."""
    gaps = (max(a.span.start - b.span.end, b.span.start - a.span.end) for a in forces for b in groups)
    return any(0 <= gap <= _BESIDE for gap in gaps)


def _votes(candidate: IncidentCandidate, role: str) -> Counter[str]:
    """Return in how many statements each party has a role."""
    return Counter(key_of(party) for told in candidate.statements for party in getattr(told.roles, role))


def key_of(party: ActorReading) -> str:
    """Return what tells a party from others: its id, or its name."""
    return party.actor.actor_id or party.actor.name.lower()


def named_once(parties: tuple[ActorReading, ...]) -> tuple[ActorReading, ...]:
    """Return parties without those whose words end the name of another one: "base" beside "Ain al-Asad air base"."""
    words = [_words(party) for party in parties]
    return tuple(
        party
        for at, party in enumerate(parties)
        if party.actor.actor_id is not None or not any(_ends(words[at], longer) for longer in words)
    )


def _words(party: ActorReading) -> list[str]:
    return [word for word in party.actor.name.lower().replace("-", " ").split() if word not in _ARTICLES]


def _ends(words: list[str], longer: list[str]) -> bool:
    """Whether the last words of a longer name are these, in the singular or the plural."""
    if not words or len(words) >= len(longer):
        return False
    return [word.rstrip("s") for word in words] == [word.rstrip("s") for word in longer[-len(words) :]]
