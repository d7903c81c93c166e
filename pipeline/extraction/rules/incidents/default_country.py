"""Where a strike on a group was that the text tells without a place: in the country that the group is from."""

from collections.abc import Sequence

from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.statements.event_place import is_elsewhere
from schemas import ActorType

_FORCES = (ActorType.STATE, ActorType.STATE_FORCES, ActorType.COALITION)


def settle_in_homelands(candidates: Sequence[IncidentCandidate], places: Sequence[PlaceReading], text: str) -> None:
    """Give what a foreign force did to an armed group, and no words place, the group's country.

    The article has to name that country as a place, of which nothing else is told but what is there.
    """
    for candidate in candidates:
        if candidate.place is None:
            country = _homeland(candidate)
            named = (p for p in places if p.kind == "country" and p.country == country and not p.metonym)
            candidate.place = next((p for p in named if not is_elsewhere(p, text)), None) if country else None


def _homeland(candidate: IncidentCandidate) -> str | None:
    """Return the one country of the groups that the deed was done to, None where its doers may be from there too."""
    doers, hit = (
        candidate.roles.perpetrators,
        [p for p in candidate.roles.targets if p.actor.actor_type is ActorType.ARMED_GROUP],
    )
    foreign = doers and all(doer.actor.actor_type in _FORCES and doer.country for doer in doers)
    homes = {party.country for party in hit}
    if not foreign or len(homes) != 1 or homes & {doer.country for doer in doers}:
        return None
    return homes.pop()
