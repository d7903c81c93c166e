"""What the later items of a list leave out, filled from the earlier ones: verb, doer, weapon, day."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extraction.document import Reading
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.rules.statements.statement import Frame
from pipeline.extraction.text.clauses import Clause, Joint
from pipeline.extraction.text.span_index import within
from pipeline.extraction.violence.casualties import Toll
from pipeline.extraction.violence.triggers import Form, Kind
from schemas import EventType

_OTHER_DEEDS = (EventType.ABDUCTION, EventType.SABOTAGE_DESTRUCTION, EventType.ARREST_RAID)
"""What a list tells of beside killings, and no way of killing."""


def without_verb(previous: Frame, clause: Clause) -> Frame:
    """Return the statement of an item that has no verb of its own: "and two more in Bannu on Tuesday"."""
    return Frame(clause.sentence, [clause], list(previous.triggers), previous.verdict)


def fill_gaps(frames: Sequence[Frame], reading: Reading) -> None:
    """Fill in, in place, what the statements of a sentence leave out because another of the list has said it."""
    if not any(frame.clauses[0].joint is Joint.CONJUNCT for frame in frames):
        return
    for previous, frame in pairwise(frames):
        if frame.clauses[0].joint is Joint.CONJUNCT:
            _fill(frame, previous, reading)
    days = reading.dates_of(frames[0].sentence)
    for frame in frames if len(days) == 1 else ():
        if frame.when.done is None and frame.when.told is None and frame.when.since is None:
            frame.when.done = days[0]


def _fill(frame: Frame, previous: Frame, reading: Reading) -> None:
    clause = frame.clauses[0]
    own = within(reading.triggers, clause.start, clause.end)
    frame.another = True
    if not own:
        frame.event_type, frame.guessed = previous.event_type, previous.guessed
        frame.weapons = [weapon._replace(low=None, high=None) for weapon in previous.weapons]
        frame.tolls = _counted(frame, previous, reading)
        frame.roles = Roles(perpetrators=list(previous.roles.perpetrators))
    opens = bool(own) and own[0].first <= clause.first + 1 and own[0].event_type is not EventType.ARREST_RAID
    harm = bool(own) and all(trigger.kind is Kind.HARM for trigger in own)
    if harm and (own[0].form is Form.ING or (opens and previous.event_type not in _OTHER_DEEDS)):
        frame.event_type, frame.guessed = previous.event_type, previous.guessed
    if opens and not (frame.roles.perpetrators or own[0].passive):
        frame.roles.perpetrators = list(previous.roles.perpetrators)


def _counted(frame: Frame, previous: Frame, reading: Reading) -> list[Toll]:
    numbers = within(reading.numbers_of(frame.sentence), frame.start, frame.end)
    place = frame.places[0].span.start if frame.places else frame.end
    told = [number for number in numbers if number.span.end <= place and not number.unknown]
    what = previous.tolls[-1].what if previous.tolls else ""
    return [Toll(what, n.low, n.best, n.high, n.span) for n in told[:1] if what]


def may_be_filled(clause: Clause, seeds: Sequence[Frame]) -> bool:
    """Return whether a clause without a verb is an item of a list that one with a verb opened."""
    return clause.joint is Joint.CONJUNCT and bool(seeds)
