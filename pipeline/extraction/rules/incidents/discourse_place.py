"""Scenes: the place that a sentence without a deed sets for those that come after it in its paragraph."""

import re
from dataclasses import dataclass

from pipeline.extraction.document import Document
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.places.relations import RANK
from pipeline.extraction.rules.statements.event_place import is_elsewhere
from pipeline.extraction.rules.statements.statement import Statement
from pipeline.extraction.text.span_index import within
from schemas import ActorType

_OPENING_REACH = 50
_OPENS_IN = re.compile(r"\s*(?:[A-Z]\w+,?\s)?(?:In|in|At|at|Near|near|Outside|outside)\s")
_ARMED = (ActorType.ARMED_GROUP, ActorType.UMBRELLA_GROUP, ActorType.UNIDENTIFIED_ARMED_GROUP, ActorType.STATE_FORCES)


@dataclass(frozen=True, slots=True)
class Scene:
    """A place, and the paragraph that it is the scene of."""

    paragraph: int
    place: PlaceReading


def scene_of(number: int, document: Document) -> Scene | None:
    """Return the scene with which a sentence opens that only sets it: "In the town of X rebels were about"."""
    bounds = document.sentences[number]
    armed = any(a.actor.actor_type in _ARMED for a in within(document.actors, bounds.start, bounds.end))
    named = within(document.places, bounds.start, bounds.start + _OPENING_REACH)
    named = [place for place in named if place.kind != "country" and not is_elsewhere(place, document.text)]
    if not (armed and named and _OPENS_IN.match(document.text, bounds.start)):
        return None
    return Scene(bounds.paragraph, min(named, key=lambda place: RANK.get(place.kind, 5)))


def is_in(scene: Scene | None, statement: Statement, document: Document) -> bool:
    """Return whether a statement without a place, and not of something told before, is in its paragraph's scene."""
    if scene is None or statement.places or statement.given or statement.orphan:
        return False
    return scene.paragraph == document.sentences[statement.sentence].paragraph
