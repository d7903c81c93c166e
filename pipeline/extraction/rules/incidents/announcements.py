"""Announcements: what says that several incidents happened, which are then told one by one.

"Two attacks took place on May 3. The first …" Once its parts are told, the announcement is no incident of its own.
"""

import re
from dataclasses import dataclass, replace

from pipeline.extraction.document import Document
from pipeline.extraction.places.relations import RANK, SPOT, Relation, relate
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.incidents.days import is_precise
from pipeline.extraction.rules.incidents.newsworthiness import killed_in
from pipeline.extraction.rules.statements.statement import Contrast, Definiteness, Number, Statement
from pipeline.extraction.time.resolver import DateReading
from pipeline.extraction.violence.triggers import Form

_INCIDENTS = re.compile(
    r"\b(?:incidents|cases|episodes|operations|events)\b(?: (?!(?:by|to|that|who)\b)[\w-]+){0,4}? "
    r"(?:took place|occurred|happened|unfolded|were (?:reported|recorded))\b",
    re.IGNORECASE,
)
_PART_REACH = 3
_INTRODUCTION = 2


@dataclass(frozen=True, slots=True)
class Announced:
    """The sentence that announced incidents, or told of one of them last; their day; how many have been told.

    `group` is what had been told of all of them together.
    """

    sentence: int
    day: DateReading
    parts: int = 0
    group: IncidentCandidate | None = None


def announced_in(number: int, told: IncidentCandidate | None, document: Document) -> Announced | None:
    """Return what a sentence announces if it only announces incidents: "Two incidents took place on May 3".

    Where it takes them from attacks `told` before without a day, those were an announcement too: its `group`.
    """
    bounds = document.sentences[number]
    if not _INCIDENTS.search(document.text, bounds.start, bounds.end):
        return None
    day = next((day for day in document.dates_of(number) if is_precise(day)), None)
    if day is None:
        return None
    of_all = told is not None and told.date is None and _tells_of_several(told)
    return Announced(number, day, group=told if of_all else None)


def is_next(statement: Statement, announced: Announced | None) -> bool:
    """Return whether "the first of these", "the second attack" is the next of what was announced."""
    if announced is None or not statement.part or statement.when.done is not None:
        return False
    near = statement.sentence - announced.sentence <= _PART_REACH
    return near and statement.rank in (None, announced.parts + 1)


def told_next(statement: Statement, announced: Announced) -> Statement:
    """Return the next of what was announced with the day that was announced."""
    return replace(
        statement,
        when=replace(statement.when, done=announced.day, inherited=True),
        contrast=Contrast.OTHER_PART,
        definiteness=Definiteness.BARE,
        rank=None,
    )


def after(announced: Announced, statement: Statement) -> Announced:
    """Return the announcement after a statement has told the next of it."""
    return replace(announced, sentence=statement.sentence, parts=announced.parts + 1)


def announces(statement: Statement) -> bool:
    """Return whether a statement announces several incidents that are still to be told."""
    if statement.headline:
        return True
    spot = names_spot(statement)
    if statement.number is Number.SCATTERED and not statement.background:
        return True
    counted = (statement.count is not None and statement.count.low >= 2) or statement.another
    if not statement.plural or spot or statement.background:
        return False
    return counted or (
        not statement.tolls and (statement.sentence <= _INTRODUCTION or not statement.roles.perpetrators)
    )


def counts_announcement(statement: Statement, parent: IncidentCandidate) -> bool:
    """Return whether "a second strike" takes what was announced, and not told since, for the first."""
    return statement.another and not (
        statement.part or statement.plural or parent.members or parent.statements[0].headline
    )


def is_said_of_all(candidate: IncidentCandidate, statement: Statement) -> bool:
    """Return whether a statement is about all that an announcement announced."""
    if statement.another or candidate.statements[0].headline:
        return False
    if statement.weak and not (candidate.members or statement.places or statement.when.done or statement.part):
        return True  # "They wounded nine" is told of all of them
    if not statement.plural:
        return False
    inside = candidate.place is not None and all(
        relate(candidate.place, place) is not Relation.APART for place in statement.places
    )
    return not statement.places or (statement.given and inside)


def is_part_of(introduction: Statement, statement: Statement) -> bool:
    """Return whether an introduction gave the dead of several attacks ("attacks killed 13") and this is one of them."""
    if not introduction.plural or introduction.sentence > _INTRODUCTION or statement.plural:
        return False
    whole, part = killed_in(introduction), killed_in(statement)
    if introduction.number is Number.SCATTERED:
        return names_spot(statement) and not statement.given and part < whole
    if introduction.when.done is not None and is_precise(introduction.when.done):
        return False
    return 0 < part < whole and names_spot(statement) and not names_spot(introduction) and not statement.given


def tells_parts(told: IncidentCandidate, statement: Statement) -> bool:
    """Return whether a statement of several spots tells where what was told of a wider place was done.

    "Three drones flew over bases in Iraq. The drones targeted A and B."
    """
    if told.place is None or RANK.get(told.place.kind, 5) <= SPOT or told.group or statement.when.done:
        return False
    return names_spot(statement) and all(relate(told.place, place) is Relation.NESTED for place in statement.places)


def names_spot(statement: Statement) -> bool:
    """Return whether a statement names one spot."""
    return any(RANK.get(p.kind, 5) <= SPOT for p in statement.places)


def _tells_of_several(candidate: IncidentCandidate) -> bool:
    """Whether nothing but attacks in the plural is told, at no one spot."""
    return not any(map(names_spot, candidate.statements)) and any(
        t.form is Form.NOUNS for t in candidate.anchor.triggers
    )
