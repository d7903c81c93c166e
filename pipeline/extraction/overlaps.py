"""Which reading of the same words stands: a place or a part of a name, a weapon or a deed, a person or a town."""

from collections.abc import Iterable, Sequence

from pipeline.extraction.actors.persons import PersonReading
from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.text.name_keys import fold
from pipeline.extraction.text.span_index import Taken
from pipeline.extraction.violence.triggers import Kind, Trigger
from pipeline.extraction.violence.weapons import WeaponWord
from schemas import ActorType


def outside_weapons(triggers: list[Trigger], weapons: Sequence[WeaponWord]) -> list[Trigger]:
    """Drop the "attack" of "attack drone"."""
    inside = {i for w in weapons if not w.wielded and w.last - w.first > 1 for i in range(w.first, w.last)}
    starts = {(w.first, w.last) for w in weapons}
    return [t for t in triggers if t.first not in inside or t.last - 1 not in inside or (t.first, t.last) in starts]


def not_shot_down(weapons: list[WeaponWord], triggers: Sequence[Trigger]) -> list[WeaponWord]:
    """Drop the "shot" of "shot the drone down": it names nobody's firearm."""
    down = {t.first for t in triggers if t.kind is Kind.INTERCEPT}
    return [w for w in weapons if not (w.wielded and w.first in down)]


def outside_names(places: Iterable[PlaceReading], actors: Sequence[ActorReading]) -> list[PlaceReading]:
    """Leave out the places that are part of a known party's name."""
    named = Taken(a.span for a in actors if a.actor.actor_id is not None or a.actor.actor_type is ActorType.ARMED_GROUP)
    return [place for place in places if named.holder(place.span) in (None, place.span)]


def outside_places(actors: Iterable[ActorReading], places: Sequence[PlaceReading]) -> list[ActorReading]:
    """Leave out the things that are only a word of a town's name: the "Port" of Port Sudan."""
    towns = Taken(place.span for place in places if place.kind != "site")
    return [
        one
        for one in actors
        if one.actor.actor_type is not ActorType.PROPERTY or towns.holder(one.span) in (None, one.span)
    ]


def not_parties(persons: list[PersonReading], actors: Sequence[ActorReading]) -> list[PersonReading]:
    """Leave out what the actor table knows by a name of two words ("Boko Haram killed nine")."""
    known = Taken(party.span for party in actors if party.actor.actor_id is not None)
    return [person for person in persons if not known.overlaps(person.span)]


def told_apart(
    places: list[PlaceReading], persons: list[PersonReading]
) -> tuple[list[PlaceReading], list[PersonReading]]:
    """Return places and persons without the places that are part of a person's name, and the persons that are places.

    A town that is a surname in the article ("Norton, 7, was taken") is read as the person unless it is a large one.
    """
    areas = {place.span.text for place in places}
    sites = {fold(place.name) for place in places if place.kind == "site"}
    people = [person for person in persons if person.name not in areas and fold(person.name) not in sites]
    names = Taken(person.span for person in people)
    surnames = {person.surname for person in people if person.named}
    kept = [place for place in places if place.span.text not in surnames and names.holder(place.span) is None]
    return kept, people


def without(places: Iterable[PlaceReading], seats: Iterable[PlaceReading]) -> list[PlaceReading]:
    """Leave out the capitals that stand for their governments."""
    acting = {seat.span for seat in seats}
    return [place for place in places if place.span not in acting]
