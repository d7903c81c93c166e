"""The trace of an article as text for a terminal: its statements, one by one, and the incidents they made."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.extraction.document import Document
from pipeline.extraction.rules.incidents.trace import Step, Trace
from pipeline.extraction.rules.statements.statement import Statement
from schemas import Article

_LONGEST = 110
_UNKNOWN = "unknown"


def explained(article: Article, document: Document, trace: Trace) -> str:
    """Return what became of every statement of an article, sentence by sentence, and of every incident."""
    published = f"published {article.published_at:%Y-%m-%d}" if article.published_at else "without a date"
    return "\n".join([f"{article.ref}, {published}", *steps_told(trace.steps, document), "", *_incidents_told(trace)])


def steps_told(steps: Sequence[Step], document: Document) -> Iterator[str]:
    """Yield the lines that tell what became of statements, under the sentences they stand in."""
    for number, mine in groupby(steps, key=lambda step: step.statement.sentence):
        bounds = document.sentences[number]
        yield ""
        yield f"sentence {number + 1}: {_shortened(document.text[bounds.start : bounds.end])}"
        for step in mine:
            yield f"  {_statement_told(step.statement)}"
            yield f"    {_decision_told(step)}"


def _statement_told(statement: Statement) -> str:
    day, places = statement.when.done, ", ".join(place.name for place in statement.places)
    told = [
        f'"{statement.head.span.text}" {statement.event_type.value}',
        f"day {_day_told(statement)}" if day else "day unknown",
        f"place {places}" if places else "place unknown",
        statement.verdict.value,
        *([statement.aspect.value] if statement.aspect.value != "news" else []),
        *(f"{toll.what} {toll.low}" for toll in statement.tolls),
    ]
    return " · ".join(told)


def _day_told(statement: Statement) -> str:
    day = statement.when.done
    if day is None:
        return _UNKNOWN
    if day.earliest is None or day.latest is None:
        return f'"{day.span.text}"'
    return f"{day.earliest}" if day.earliest == day.latest else f"{day.earliest} to {day.latest}"


def _decision_told(step: Step) -> str:
    decision = step.decision
    which = f" {decision.incident + 1}" if decision.incident is not None else ""
    parts = decision.evidence.told if decision.evidence else {}
    agrees = f" ({', '.join(f'{part} {weight:+g}' for part, weight in parts.items())})" if parts else ""
    return f"{decision.fate.value}{which} [{decision.rule}]: {decision.meaning}{agrees}"


def _incidents_told(trace: Trace) -> Iterator[str]:
    told = {number: f"reported as {mention_id}" for number, mention_id in trace.reported.items()}
    told |= {one.incident: f"not reported [{one.rule}]: {one.meaning}" for one in trace.omissions}
    if not told:
        yield "no incident"
    for number in sorted(told):
        yield f"incident {number + 1}: {told[number]}"


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[:_LONGEST].rsplit(" ", 1)[0] + " …"
