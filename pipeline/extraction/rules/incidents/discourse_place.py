"""Scenes: the place that a sentence without a deed sets for those that come after it in its paragraph."""

import re

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


class Scenes:
    """The scene set last, in an article that is gone through sentence by sentence."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._last: tuple[int, PlaceReading] | None = None

    def set(self, number: int) -> None:
        """Keep the place with which a sentence opens that only sets the scene: "In the town of X rebels were about."""
        document, bounds = self._document, self._document.sentences[number]
        armed = any(a.actor.actor_type in _ARMED for a in within(document.actors, bounds.start, bounds.end))
        named = within(document.places, bounds.start, bounds.start + _OPENING_REACH)
        named = [place for place in named if place.kind != "country" and not is_elsewhere(place, document.text)]
        if armed and named and _OPENS_IN.match(document.text, bounds.start):
            place = min(named, key=lambda place: RANK.get(place.kind, 5))
            self._last = bounds.paragraph, place

    def enter(self, statement: Statement) -> None:
        """Place what is told without a place, and not of something told before, in its paragraph's scene."""
        paragraph = self._document.sentences[statement.sentence].paragraph
        if self._last and self._last[0] == paragraph and not (statement.places or statement.given or statement.orphan):
            statement.places = [self._last[1]]
