"""What a new incident takes over from those told before it: their announcement, their day."""

from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.incidents.coreference import compatible
from pipeline.extraction.rules.incidents.days import is_precise
from pipeline.extraction.rules.incidents.discourse import Discourse
from pipeline.extraction.rules.statements.statement import Aspect, Statement

_LOOK_BACK = 12


def announcement_of(statement: Statement, discourse: Discourse) -> IncidentCandidate | None:
    """Return the announcement that a new incident may be one of, the latest first."""
    groups = [candidate for candidate in discourse.latest() if candidate.group][:_LOOK_BACK]
    return next((group for group in groups if compatible(group, statement)), None)


def is_told_by_now(statement: Statement, discourse: Discourse) -> bool:
    """Return whether a perfect without a day tells older context: "has bombed the town before"."""
    if statement.aspect is not Aspect.PERFECT or not discourse.candidates or statement.another:
        return False
    return statement.when.done is None and statement.when.told is None


def day_source(
    statement: Statement, parent: IncidentCandidate | None, discourse: Discourse
) -> IncidentCandidate | None:
    """Return whose day an undated incident shares: the announcement's, or that of the one told just before."""
    dated = parent if parent is not None and parent.date is not None else None
    precise = dated is not None and dated.date is not None and is_precise(dated.date)
    previous = previous_news(discourse)
    if not precise and previous is not None and _told_together(statement, discourse):
        return previous
    return dated


def previous_news(discourse: Discourse) -> IncidentCandidate | None:
    """Return the incident told last that is news and has a date."""
    return next((c for c in discourse.latest() if c.date and not c.background), None)


def _told_together(statement: Statement, discourse: Discourse) -> bool:
    if discourse.focus is None:
        return False
    document = discourse.document
    day = any(document.cued("told_day", clause.first, clause.last) for clause in statement.clauses)
    return statement.another or day or discourse.in_same_paragraph(statement)
