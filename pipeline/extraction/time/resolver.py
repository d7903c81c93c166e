"""When it happened: the date expressions of English news, placed in the calendar by the article's clock.

Reports tell what has happened, so a date without a year, and a weekday, is the latest one that is not after the
clock; the clock's own weekday is the clock's own day. Expressions of the future and of habit are not reported, so that
nobody takes them for the date. Without a clock no year is invented: such a reading keeps its words, its basis and its
weekday, but has no interval.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from pipeline.extraction.text.normalise import flatten
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.time.expressions import (
    CLOCK_TOLERANCE_DAYS,
    Calendar,
    Expression,
    Interval,
    Offset,
    Range,
    shift,
)
from pipeline.extraction.time.joints import joined
from pipeline.extraction.time.scanner import scan
from pipeline.knowledge.tables import phrases_of, rows
from schemas import DateBasis, DatePrecision

Bound = Literal["since", "until"]

_BOUND = re.compile(
    r"\b(?:(?P<since>since(?: about| around| at least)?(?: the)?|(?:starting|beginning)(?: on| from)?|after)"
    r"|(?P<until>(?:until|till|up to|as of|through)(?: the)?|by|before|prior to)) $"
)
_ATTRIBUTIVE_BOUND = re.compile(r"since|until|till|up to|as of")
_CLAUSE_END = re.compile(r"[.;\x00]")
_CUE_REACH = 60
_LAPSES = ("after", "before", "following", "prior")
_ORDER = tuple(DatePrecision)
_OF_DAYS = (DatePrecision.DAY, DatePrecision.DAYS)
_MANY_DAYS = 31
_ANY_YEAR = date(2000, 6, 30)
"""Where days without a year are placed: far from New Year, over which days in a row may reach; of a leap year."""


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date expression as it stands in a text, and the closed interval of days that it names.

    `earliest` and `latest` are both null, and `precision` unknown, where the words need a clock and there is none;
    `basis` tells how they were read all the same. `anchored` readings ("a day earlier", "the same day") count `shift`
    days, from least to most, from the incident told before: they are null until `reanchor`. `bound` tells that the
    words name the beginning ("since", "after") or the end ("until", "by", "as of") of something, and `span` then
    includes the preposition. `weekday` (Monday 0) is kept, so that undated mentions of weekdays can be compared; so are
    the days of a year, `yearless`, where the year is not known.
    """

    earliest: date | None
    latest: date | None
    precision: DatePrecision
    basis: DateBasis
    span: Span
    anchored: bool = False
    weekday: int | None = None
    bound: Bound | None = None
    shift: tuple[int, int] = (0, 0)
    yearless: "DaysOfYear | None" = None

    @property
    def opens_lapse(self) -> bool:
        """Whether it counts from what is told right after it: "two days after gunmen shot him"."""
        return 0 not in self.shift and self.ends_in_joint

    @property
    def ends_in_joint(self) -> bool:
        """Whether its last word also ties what follows to what stands before: "hours after gunmen shot him"."""
        return self.anchored and self.span.text.lower().endswith(_LAPSES)


class DaysOfYear(NamedTuple):
    """So many days in a row, from a day of a month on, of a year that nobody knows: "Nov. 9", "October 17 and 18"."""

    month: int
    day: int
    days: int


def find_dates(text: str, start: int, end: int, clock: date | None) -> list[DateReading]:
    """Return the date expressions of `text[start:end]` in order, not overlapping; spans count in `text`.

    `clock` is the day the article was published, null when unknown.
    """
    written = text[start:end]
    flat = flatten(written)
    readings: list[DateReading] = []
    for expression in joined(scan(flat, written), flat):
        interval = expression.place(clock)
        if not _is_told(expression, interval, clock) or _is_planned(expression, flat, clock):
            continue
        if not _is_name(expression, flat, written):
            first, bound = _bound(expression, flat, readings[-1].span.end - start if readings else 0)
            span = span_of(text, start + first, start + expression.end)
            readings.append(_reading(expression, interval, span, bound))
    return _counted_on(readings)


def _counted_on(readings: list[DateReading]) -> list[DateReading]:
    """Count "three days earlier", "the following day" from the day told before in the same stretch, if there is one."""
    placed: list[DateReading] = []
    for reading in readings:
        day = next((one for one in reversed(placed) if one.precision is DatePrecision.DAY), None)
        if reading.anchored and not reading.opens_lapse and day is not None and day.bound is None:
            reading = replace(reanchor(reading, day), anchored=False)
        placed.append(reading)
    return placed


def reanchor(reading: DateReading, previous: DateReading) -> DateReading:
    """Return an anchored reading counted from the date of the incident told before; any other as it is.

    The result is as wide as the wider of the two. It stays null where the previous incident has no date; if that one
    has a weekday ("a day earlier" than Thursday), the result has the weekday that follows from it.
    """
    if not reading.anchored:
        return reading
    if previous.earliest is None or previous.latest is None:
        return replace(reading, weekday=_shifted_weekday(previous.weekday, reading.shift))
    earliest, latest = shift(previous.earliest, reading.shift[0]), shift(previous.latest, reading.shift[1])
    precision = max(previous.precision, _width(earliest, latest), key=_ORDER.index)
    return replace(reading, earliest=earliest, latest=latest, precision=precision)


def until(reading: DateReading) -> DateReading:
    """Return the days of what had ended on a day: that one and the one before, of which it has no weekday."""
    if reading.earliest is None or reading.latest is None:
        return replace(reading, weekday=None)
    earliest = shift(reading.earliest, -1)
    precision = max(reading.precision, _width(earliest, reading.latest), key=_ORDER.index)
    return replace(reading, earliest=earliest, precision=precision, weekday=None)


def _shifted_weekday(weekday: int | None, by: tuple[int, int]) -> int | None:
    if weekday is None or by[0] != by[1]:
        return None
    return (weekday + by[0]) % 7


def _width(earliest: date, latest: date) -> DatePrecision:
    days = (latest - earliest).days
    if days == 0:
        return DatePrecision.DAY
    limits = ((6, DatePrecision.DAYS), (14, DatePrecision.WEEK), (31, DatePrecision.MONTH))
    return next((precision for most, precision in limits if days <= most), DatePrecision.YEAR)


def _is_told(expression: Expression, interval: Interval | None, clock: date | None) -> bool:
    """Tell whether the days exist and are not after the clock; without a clock, they may be unknown."""
    if clock is None or (isinstance(expression, Offset) and expression.anchored):
        return True
    return interval is not None and interval[0] <= shift(clock, CLOCK_TOLERANCE_DAYS)


def _reading(expression: Expression, interval: Interval | None, span: Span, bound: Bound | None) -> DateReading:
    earliest, latest = interval or (None, None)
    anchored = isinstance(expression, Offset) and expression.anchored
    return DateReading(
        earliest,
        latest,
        expression.precision if interval else DatePrecision.UNKNOWN,
        expression.basis,
        span,
        anchored,
        expression.weekday,
        bound,
        expression.days if isinstance(expression, Offset) and anchored else (0, 0),
        None if interval else _yearless(expression),
    )


def _yearless(expression: Expression) -> DaysOfYear | None:
    """Return the days that words name without their year; None where they name none, or many."""
    if expression.basis is not DateBasis.EXPLICIT or expression.precision not in _OF_DAYS:
        return None
    earliest, latest = expression.place(_ANY_YEAR) or (None, None)
    if earliest is None or latest is None or (latest - earliest).days >= _MANY_DAYS:
        return None
    return DaysOfYear(earliest.month, earliest.day, (latest - earliest).days + 1)


def _bound(expression: Expression, flat: str, free_from: int) -> tuple[int, Bound | None]:
    """Return where the words begin, with the preposition that makes them a beginning or an end, and which it is.

    What stands before `free_from` belongs to the date before.
    """
    found = _BOUND.search(flat, max(free_from, expression.start - 24), expression.start)
    if not found or isinstance(expression, Range):
        return expression.start, None
    if flat.startswith("'s", expression.end) and not _ATTRIBUTIVE_BOUND.match(found[0]):
        return expression.start, None
    return found.start(), "since" if found["since"] else "until"


@cache
def _words(group: str) -> re.Pattern[str]:
    phrases = [p for row in rows("date_words.csv") if row["group"] == group for p in phrases_of(row["phrases"])]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


def _is_name(expression: Expression, flat: str, written: str) -> bool:
    """Tell whether the date is part of a name: "March 23 Movement", "Sunday Times", "Black Friday", "USA Today"."""
    start, end = expression.start, expression.end
    if isinstance(expression, Calendar) and expression.shape in ("day", "weekday"):
        if written[end + 1 : end + 2].isupper() and _words("name_after").match(flat, end + 1):
            return True
        return expression.shape == "weekday" and _follows(_words("name_before"), flat, written, start)
    return written.startswith("Today", start) and _follows(_words("today_before"), flat, written, start)


def _follows(words: re.Pattern[str], flat: str, written: str, start: int) -> bool:
    before = words.finditer(flat, max(0, start - 16), start)
    return any(word.end() == start - 1 and written[word.start()].isupper() for word in before)


def _is_planned(expression: Expression, flat: str, clock: date | None) -> bool:
    """Tell whether a day without a year is still to come: it lies ahead this year, and the clause says "will" or so."""
    if not clock or not isinstance(expression, Calendar) or expression.shape != "day" or expression.year:
        return False
    this_year = replace(expression, year=clock.year).place_before(clock)
    if not this_year or this_year[0] <= clock:
        return False
    clause = _CLAUSE_END.split(flat[max(0, expression.start - _CUE_REACH) : expression.start])[-1]
    return _words("future_cue").search(clause) is not None
