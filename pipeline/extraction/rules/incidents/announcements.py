"""Announcements: what says that several incidents happened, which are then told one by one.

"Two attacks took place on May 3. The first …" Once its parts are told, the announcement is no incident of its own.
"""

import re
from dataclasses import dataclass

from pipeline.extraction.document import Reading
from pipeline.extraction.places.relations import RANK, Relation, relate
from pipeline.extraction.rules.incidents.candidates import Draft
from pipeline.extraction.rules.incidents.newsworthiness import killed_in
from pipeline.extraction.rules.incidents.tallies import is_precise
from pipeline.extraction.rules.statements.statement import Frame
from pipeline.extraction.time.resolver import DateReading
from pipeline.extraction.violence.triggers import Form

SPOT = 1
"""The rank of a place (`geography.RANK`) up to which it is one spot, where one incident can be."""

_INCIDENTS = re.compile(
    r"\b(?:incidents|cases|episodes|operations|events)\b(?: (?!(?:by|to|that|who)\b)[\w-]+){0,4}? "
    r"(?:took place|occurred|happened|unfolded|were (?:reported|recorded))\b",
    re.IGNORECASE,
)
_PART_REACH = 3
_INTRODUCTION = 2


@dataclass(slots=True)
class _Announced:
    """The sentence that announced incidents, or told of one of them last; their day; how many have been told.

    `group` is what had been told of all of them together.
    """

    sentence: int
    day: DateReading
    parts: int = 0
    group: Draft | None = None


class Announcements:
    """The announcement heard last, in an article that is gone through sentence by sentence."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._last: _Announced | None = None

    def hear(self, number: int, told: Draft | None) -> bool:
        """Return whether a sentence only announces incidents ("Two incidents took place on May 3"); keep their day.

        Where it takes them from attacks `told` before without a day, those were an announcement too.
        """
        bounds = self._reading.sentences[number]
        if not _INCIDENTS.search(self._reading.text, bounds.start, bounds.end):
            return False
        day = next((day for day in self._reading.dates_of(number) if is_precise(day)), None)
        if day is None:
            return False
        self._last = _Announced(number, day)
        if told is not None and told.date is None and _tells_of_several(told):
            told.group = True
            self._last.group = told
        return True

    def take(self, frame: Frame) -> bool:
        """Return whether "the first of these", "the second attack" is the next of what was announced.

        If so, it gets the day that was announced.
        """
        told = self._last
        if told is None or frame.sentence - told.sentence > _PART_REACH or frame.rank not in (None, told.parts + 1):
            return False
        told.sentence, told.parts = frame.sentence, told.parts + 1
        if told.group is not None:
            told.group.members += 1
        frame.when.done, frame.inherited = told.day, True
        frame.another, frame.given, frame.rank = True, False, None
        return True


def announces(frame: Frame) -> bool:
    """Return whether a frame announces several incidents that are still to be told."""
    if frame.headline:
        return True
    spot = names_spot(frame)
    counted = (frame.count is not None and frame.count.low >= 2) or frame.another
    if not frame.plural or spot or frame.background:
        return False
    return counted or (not frame.tolls and (frame.sentence <= _INTRODUCTION or not frame.roles.perpetrators))


def counts_announcement(frame: Frame, parent: Draft) -> bool:
    """Return whether "a second strike" takes what was announced, and not told since, for the first."""
    return frame.another and not (frame.part or frame.plural or parent.members or parent.frames[0].headline)


def is_said_of_all(draft: Draft, frame: Frame) -> bool:
    """Return whether a statement is about all that an announcement announced."""
    if frame.another or draft.frames[0].headline:
        return False
    if frame.weak and not (draft.members or frame.places or frame.when.done or frame.part):
        return True  # "They wounded nine" is told of all of them
    if not frame.plural:
        return False
    inside = draft.place is not None and all(relate(draft.place, place) is not Relation.APART for place in frame.places)
    return not frame.places or (frame.given and inside)


def is_part_of(introduction: Frame, frame: Frame) -> bool:
    """Return whether an introduction gave the dead of several attacks ("attacks killed 13") and this is one of them."""
    if not introduction.plural or introduction.when.done or introduction.sentence > _INTRODUCTION or frame.plural:
        return False
    whole, part = killed_in(introduction), killed_in(frame)
    return 0 < part < whole and names_spot(frame) and not names_spot(introduction) and not frame.given


def names_spot(frame: Frame) -> bool:
    """Return whether a statement names one spot."""
    return any(RANK.get(p.kind, 5) <= SPOT for p in frame.places)


def _tells_of_several(draft: Draft) -> bool:
    """Whether nothing but attacks in the plural is told, at no one spot."""
    return not any(map(names_spot, draft.frames)) and any(t.form is Form.NOUNS for t in draft.anchor.triggers)
