"""Where a strike on a group was that the text tells without a place: in the country that the group is from."""

from collections.abc import Sequence

from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.rules.incidents.candidates import Draft
from pipeline.extraction.rules.statements.event_place import is_elsewhere
from schemas import ActorType

_FORCES = (ActorType.STATE, ActorType.STATE_FORCES, ActorType.COALITION)


def settle_in_homelands(drafts: Sequence[Draft], places: Sequence[PlaceReading], text: str) -> None:
    """Give what a foreign force did to an armed group, and no words place, the group's country.

    The article has to name that country as a place, of which nothing else is told but what is there.
    """
    for draft in drafts:
        if draft.place is None:
            country = _homeland(draft)
            named = (p for p in places if p.kind == "country" and p.country == country and not p.metonym)
            draft.place = next((p for p in named if not is_elsewhere(p, text)), None) if country else None


def _homeland(draft: Draft) -> str | None:
    """Return the one country of the groups that the deed was done to, None where its doers may be from there too."""
    doers, hit = (
        draft.roles.perpetrators,
        [p for p in draft.roles.targets if p.actor.actor_type is ActorType.ARMED_GROUP],
    )
    foreign = doers and all(doer.actor.actor_type in _FORCES and doer.country for doer in doers)
    homes = {party.country for party in hit}
    if not foreign or len(homes) != 1 or homes & {doer.country for doer in doers}:
        return None
    return homes.pop()
