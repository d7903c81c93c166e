"""What the later items of a list leave out, filled from the earlier ones: verb, doer, weapon, day."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.rules.statements.statement import Contrast, Statement
from pipeline.extraction.text.clauses import Joint
from pipeline.extraction.text.span_index import within
from pipeline.extraction.time.resolver import DateReading
from pipeline.extraction.violence.toll import Toll
from pipeline.extraction.violence.triggers import Form, Kind, Trigger
from schemas import EventType

_OTHER_DEEDS = (EventType.ABDUCTION, EventType.SABOTAGE_DESTRUCTION, EventType.ARREST_RAID)
"""What a list tells of beside killings, and no way of killing."""


def with_gaps_filled(statements: Sequence[Statement], document: Document) -> list[Statement]:
    """Return the statements of a sentence with what they leave out because another of the list has said it."""
    if not any(_is_item(one) for one in statements):
        return list(statements)
    filled: list[Statement] = []
    for one in statements:
        filled.append(_filled(one, filled[-1], document) if filled and _is_item(one) else one)
    days = document.dates_of(statements[0].sentence)
    return [_dated(one, days[0]) for one in filled] if len(days) == 1 else filled


def _is_item(statement: Statement) -> bool:
    return statement.clauses[0].joint is Joint.CONJUNCT


def _dated(statement: Statement, day: DateReading) -> Statement:
    """Give a statement without a day the only day of its sentence."""
    when = statement.when
    if when.done is not None or when.told is not None or when.since is not None:
        return statement
    return replace(statement, when=replace(when, done=day))


def _filled(item: Statement, previous: Statement, document: Document) -> Statement:
    clause = item.clauses[0]
    own = within(document.triggers, clause.start, clause.end)
    item = replace(item, contrast=Contrast.OTHER)
    if not own:
        return replace(
            item,
            event_type=previous.event_type,
            type_basis=previous.type_basis,
            weapons=tuple(weapon._replace(low=None, high=None) for weapon in previous.weapons),
            tolls=_counted(item, previous, document),
            roles=Roles(perpetrators=previous.roles.perpetrators),
        )
    opens = own[0].first <= clause.first + 1 and own[0].event_type is not EventType.ARREST_RAID
    if _shares_deed(own, opens, previous):
        item = replace(item, event_type=previous.event_type, type_basis=previous.type_basis)
    if opens and not (item.roles.perpetrators or own[0].passive):
        item = replace(item, roles=replace(item.roles, perpetrators=previous.roles.perpetrators))
    return item


def _shares_deed(own: Sequence[Trigger], opens: bool, previous: Statement) -> bool:
    """Whether an item only tells of harm done in the same way: "…, and in Kirkuk on Saturday, killing two"."""
    harm = all(trigger.kind is Kind.HARM for trigger in own)
    return harm and (own[0].form is Form.ING or (opens and previous.event_type not in _OTHER_DEEDS))


def _counted(item: Statement, previous: Statement, document: Document) -> tuple[Toll, ...]:
    numbers = within(document.numbers_of(item.sentence), item.start, item.end)
    place = item.places[0].span.start if item.places else item.end
    told = [number for number in numbers if number.span.end <= place and not number.unknown]
    what = previous.tolls[-1].what if previous.tolls else ""
    return tuple(Toll(what, n.low, n.best, n.high, n.span) for n in told[:1] if what)
