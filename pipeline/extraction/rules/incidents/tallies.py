"""Statements about many incidents at once: recognised, and turned into tallies."""

import re
from datetime import date

from pipeline.extraction.document import Reading
from pipeline.extraction.quantities.numbers import NumberReading, find_numbers
from pipeline.extraction.rules.statements.statement import Frame
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.time.resolver import DateReading
from pipeline.extraction.violence.tolls import Range, merge_tolls
from schemas import Article, DateBasis, DatePrecision, Evidence, Tally

_MANY = 3
_TIMES = re.compile(r"\stimes\b")
_LONGEST = 200
_FIRM = 0.7

_DAY_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


def is_tally(frame: Frame, reading: Reading) -> bool:
    """Return whether a frame counts incidents over a time or a war instead of telling one."""
    if _times(frame, reading) is not None:
        return True
    if not frame.plural or frame.count is None or frame.count.low < _MANY:
        return False
    first, last = reading.token_range(frame.start, frame.end)
    periodic = frame.when.since is not None or reading.cued("since", first, last) is not None
    if periodic:
        return True
    precise = frame.when.done is not None and is_precise(frame.when.done)
    return (
        not precise and not frame.tolls and frame.head.strength >= _FIRM and (frame.series or frame.count.low > _MANY)
    )


def is_precise(reading: DateReading) -> bool:
    """Return whether a date names a day, with or without its year."""
    if reading.weekday is not None or reading.precision is DatePrecision.DAY or reading.basis is DateBasis.DEICTIC:
        return True
    yearless = reading.basis is DateBasis.EXPLICIT and reading.precision is DatePrecision.UNKNOWN
    return yearless and _DAY_NUMBER.search(reading.span.text) is not None


def _times(frame: Frame, reading: Reading) -> NumberReading | None:
    """Return the number of "targeted 23 times"."""
    if frame.head.is_noun:
        return None
    for found in _TIMES.finditer(reading.text, frame.start, min(frame.end, frame.start + _LONGEST * 3)):
        counted = find_numbers(reading.text, max(frame.start, found.start() - _LONGEST // 4), found.start())
        if counted and counted[-1].low >= _MANY and found.start() - counted[-1].span.end <= 1:
            return counted[-1]
    return None


def tally_of(frame: Frame, article: Article, reading: Reading) -> Tally:
    """Return the tally that a frame states, under a provisional id (`records.identity.identified`)."""
    what = _what(frame, reading)
    count = _times(frame, reading) or frame.count
    if count is None:
        raise ValueError(f"not a tally: {what.text!r}; ask is_tally first")
    tolls = merge_tolls(reading.tolls_of(frame.sentence))
    place = frame.places[0] if frame.places else None
    actors = frame.roles.perpetrators + frame.roles.claimants
    since, until = _period(frame)
    evidence = [
        what.as_evidence("what"),
        count.span.as_evidence("count_low"),
        frame.head.span.as_evidence("event_type"),
    ]
    if count.high is not None:
        evidence.append(count.span.as_evidence("count_high"))
    evidence += [actor.span.as_evidence("perpetrators") for actor in actors]
    evidence += _more_evidence(frame, tolls, since, until)
    return Tally(
        tally_id=f"t-{what.start}-{what.end}",
        article_id=article.article_id,
        ref=article.ref,
        what=what.text,
        event_type=frame.event_type,
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


def _what(frame: Frame, reading: Reading) -> Span:
    start = frame.count.span.start if frame.count else frame.start
    end = min(frame.end, start + _LONGEST)
    text = reading.text[start:end]
    return span_of(reading.text, start, start + len(text.rstrip(' ,;.\n\t\r"”')))


def _period(frame: Frame) -> tuple[date | None, date | None]:
    since = frame.when.since.earliest if frame.when.since else None
    done = frame.when.done
    if done is not None and since is None:
        return done.earliest, done.latest
    until = done.latest if done is not None else None
    return since, until if until is None or since is None or until >= since else None


def _more_evidence(frame: Frame, tolls: dict[str, Range], since: date | None, until: date | None) -> list[Evidence]:
    found: list[Evidence] = []
    for kind, toll in tolls.items():
        found += toll.evidence(kind)
    if frame.places:
        found += [frame.places[0].span.as_evidence(name) for name in ("place_name", "country")]
    for name, value in (("since", since), ("until", until)):
        words = frame.when.since if name == "since" and frame.when.since else frame.when.done
        if value is not None and words is not None:
            found.append(words.span.as_evidence(name))
    return found
