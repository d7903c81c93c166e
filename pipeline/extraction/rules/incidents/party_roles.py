"""The parties of an incident, decided: attacker or attacked but never both, and each of them named once."""

from collections import Counter

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.statements.roles import Roles

_ARTICLES = frozenset({"the", "a", "an"})


def settle_roles(candidate: IncidentCandidate) -> None:
    """Give each party of an incident one role, and leave out words that a longer name among them holds."""
    roles = candidate.roles
    doers, hit = _votes(candidate, "perpetrators"), _votes(candidate, "targets")
    behind = {key_of(party) for party in roles.claimants}
    both = {key_of(party) for party in roles.perpetrators + roles.claimants} & {key_of(p) for p in roles.targets}
    attacked = {key for key in both if key not in behind and hit[key] > doers[key]}
    candidate.roles = Roles(
        named_once(tuple(p for p in roles.perpetrators if key_of(p) not in attacked)),
        named_once(tuple(p for p in roles.targets if key_of(p) not in both - attacked)),
        roles.claimants,
    )


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
