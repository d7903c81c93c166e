"""Statements about many incidents at once: recognised, and turned into tallies."""

import re
from datetime import date

from pipeline.extraction.document import Document
from pipeline.extraction.quantities.numbers import NumberReading, find_numbers
from pipeline.extraction.rules.incidents.days import is_precise
from pipeline.extraction.rules.statements.statement import Number, Statement
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.violence.tolls import Range, merge_tolls
from schemas import Article, Evidence, Tally

_MANY = 3
_TIMES = re.compile(r"\stimes\b")
_LONGEST = 200
_FIRM = 0.7


def is_tally(statement: Statement, document: Document) -> bool:
    """Return whether a statement counts incidents over a time or a war instead of telling one."""
    if _times(statement, document) is not None:
        return True
    if not statement.plural or statement.count is None or statement.count.low < _MANY:
        return False
    first, last = document.token_range(statement.start, statement.end)
    periodic = statement.when.since is not None or document.cued("since", first, last) is not None
    if periodic:
        return True
    precise = statement.when.done is not None and is_precise(statement.when.done)
    return (
        not precise
        and not statement.tolls
        and statement.head.strength >= _FIRM
        and (statement.number is Number.SERIES or statement.count.low > _MANY)
    )


def _times(statement: Statement, document: Document) -> NumberReading | None:
    """Return the number of "targeted 23 times"."""
    if statement.head.is_noun:
        return None
    for found in _TIMES.finditer(document.text, statement.start, min(statement.end, statement.start + _LONGEST * 3)):
        counted = find_numbers(document.text, max(statement.start, found.start() - _LONGEST // 4), found.start())
        if counted and counted[-1].low >= _MANY and found.start() - counted[-1].span.end <= 1:
            return counted[-1]
    return None


def tally_of(statement: Statement, article: Article, document: Document) -> Tally:
    """Return the tally that a statement states, under a provisional id (`records.identity.identified`)."""
    what = _what(statement, document)
    count = _times(statement, document) or statement.count
    if count is None:
        raise ValueError(f"not a tally: {what.text!r}; ask is_tally first")
    tolls = merge_tolls(document.tolls_of(statement.sentence))
    place = statement.places[0] if statement.places else None
    actors = statement.roles.perpetrators + statement.roles.claimants
    since, until = _period(statement)
    evidence = [
        what.as_evidence("what"),
        count.span.as_evidence("count_low"),
        statement.head.span.as_evidence("event_type"),
    ]
    if count.high is not None:
        evidence.append(count.span.as_evidence("count_high"))
    evidence += [actor.span.as_evidence("perpetrators") for actor in actors]
    evidence += _more_evidence(statement, tolls, since, until)
    return Tally(
        tally_id=f"t-{what.start}-{what.end}",
        article_id=article.article_id,
        ref=article.ref,
        what=what.text,
        event_type=statement.event_type,
        count_low=count.low,
        count_high=count.high,
        **{f"{kind}_{end}": getattr(toll, end) for kind, toll in tolls.items() for end in ("low", "best", "high")},
        since=since,
        until=until,
        perpetrators=tuple(party.actor for party in actors),
        place_name=place.name if place else None,
        country=place.country if place else None,
        evidence=tuple(evidence),
    )


def _what(statement: Statement, document: Document) -> Span:
    start = statement.count.span.start if statement.count else statement.start
    end = min(statement.end, start + _LONGEST)
    text = document.text[start:end]
    return span_of(document.text, start, start + len(text.rstrip(' ,;.\n\t\r"”')))


def _period(statement: Statement) -> tuple[date | None, date | None]:
    since = statement.when.since.earliest if statement.when.since else None
    done = statement.when.done
    if done is not None and since is None:
        return done.earliest, done.latest
    until = done.latest if done is not None else None
    return since, until if until is None or since is None or until >= since else None


def _more_evidence(
    statement: Statement, tolls: dict[str, Range], since: date | None, until: date | None
) -> list[Evidence]:
    found: list[Evidence] = []
    for kind, toll in tolls.items():
        found += toll.evidence(kind)
    if statement.places:
        found += [statement.places[0].span.as_evidence(name) for name in ("place_name", "country")]
    for name, value in (("since", since), ("until", until)):
        words = statement.when.since if name == "since" and statement.when.since else statement.when.done
        if value is not None and words is not None:
            found.append(words.span.as_evidence(name))
    return found
