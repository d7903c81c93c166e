"""Days counted from another deed of the sentence: "a day after a drone hit Engels on Friday, one struck Saratov"."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.document import Document
from pipeline.extraction.text.clauses import Clause
from pipeline.extraction.text.span_index import within
from pipeline.extraction.time.resolver import DateReading, reanchor
from schemas import DatePrecision


def counted_over_lapse(own: Sequence[Clause], clauses: Sequence[Clause], document: Document) -> DateReading | None:
    """Return the day of the deed told in `own`, where a lapse stands between it and what the other clauses date.

    "Two days after" opens a clause: what the others tell came so many days later than what it tells. None where there
    is no lapse, or no day to count from.
    """
    for lapse in (day for day in document.dates_of(clauses[0].sentence) if day.opens_lapse):
        opened = next((c for c in clauses if c.start <= lapse.span.start < c.end), None)
        if opened is None:
            continue
        inside = [day for day in _days_in([opened], document) if day.span.start > lapse.span.end]
        outside = _days_in([c for c in clauses if c is not opened], document)
        told_after = opened in own
        day = next(iter(outside if told_after else inside), None)
        if day is not None and day.earliest is not None:
            return replace(reanchor(_turned(lapse) if told_after else lapse, day), anchored=False)
    return None


def _days_in(clauses: Sequence[Clause], document: Document) -> list[DateReading]:
    dates = [day for c in clauses for day in within(document.dates_of(c.sentence), c.start, c.end)]
    return [
        day for day in dates if not day.anchored and (day.precision is DatePrecision.DAY or day.weekday is not None)
    ]


def _turned(lapse: DateReading) -> DateReading:
    low, high = lapse.shift
    return replace(lapse, shift=(-high, -low))
