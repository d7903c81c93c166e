"""Whether two statements tell of one day."""

import re
from datetime import timedelta

from pipeline.extraction.rules.incidents.candidates import is_that_day
from pipeline.extraction.text.calendar_words import MONTH_NAME
from pipeline.extraction.time.resolver import DateReading
from schemas import DateBasis, DatePrecision

_LONG_PAST = re.compile(
    rf"\b(?:ago|last|past|previous)\b|^(?:(?:late|early|mid|the (?:start|beginning|end) of)[ -])?(?:{MONTH_NAME})$"
    r"|\b(?:start|beginning|end|earlier) (?:of )?(?:this|the) (?:month|year)\b|\bearlier this (?:month|year)\b",
    re.IGNORECASE,
)
_DAY_OF_YEAR = re.compile(
    rf"\b(?P<month>{MONTH_NAME})\.?\s(?P<day>\d{{1,2}})\b|\b(?P<first>\d{{1,2}})\s(?:of\s)?(?P<then>{MONTH_NAME})\b",
    re.IGNORECASE,
)
_DAY_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_AFTERMATH = timedelta(days=2)
_OPENING = 4


def day_fit(one: DateReading | None, other: DateReading | None) -> float | None:
    """Return how well two days agree, 0 where one is not known, None where they are two days."""
    if one is None or other is None:
        return 0.0
    if one.earliest and one.latest and other.earliest and other.latest:
        if one.earliest > other.latest or other.earliest > one.latest:
            return None
        return 2.0 if one.earliest == other.earliest else 1.0
    if one.weekday is not None and other.weekday is not None:
        return 2.0 if one.weekday == other.weekday else None
    if one.earliest is None and other.earliest is None and is_long_past(one) != is_long_past(other):
        return None
    if one.earliest is None and other.earliest is None and is_long_past(other):
        return 0.0 if one.span.text.lower() == other.span.text.lower() else None
    if other.anchored and other.basis is DateBasis.RELATIVE and not is_that_day(other):
        return None
    return 0.0


def name_two_days(one: DateReading, other: DateReading) -> bool:
    """Return whether two dates that no clock places name two days: of the year, or one of the year and a weekday."""
    if one.earliest is not None or other.earliest is not None:
        return False
    mine, theirs = _day_of_year(one), _day_of_year(other)
    if mine and theirs:
        return mine != theirs
    return (bool(mine) and other.weekday is not None) or (bool(theirs) and one.weekday is not None)


def _day_of_year(date: DateReading) -> tuple[str, int] | None:
    found = _DAY_OF_YEAR.search(date.span.text)
    if found is None or date.weekday is not None:
        return None
    month, day = found["month"] or found["then"], found["day"] or found["first"]
    return month[:3].lower(), int(day)


def is_long_past(date: DateReading) -> bool:
    """Return whether the words, which no clock places, name an earlier week, month or year and no day of it."""
    if date.earliest is not None or date.weekday is not None or date.anchored or date.basis is DateBasis.DEICTIC:
        return False
    return bool(_LONG_PAST.search(date.span.text))


def is_aftermath(one: DateReading | None, other: DateReading | None) -> bool:
    """Return whether two dates are so near that people killed on the one may be those of the other's attack."""
    if one is None or other is None or not one.latest or not other.earliest or not one.earliest or not other.latest:
        return False
    return other.earliest - one.latest <= _AFTERMATH and one.earliest - other.latest <= timedelta(0)


def is_precise(day: DateReading) -> bool:
    """Return whether a date names a day, with or without its year."""
    if day.weekday is not None or day.precision is DatePrecision.DAY or day.basis is DateBasis.DEICTIC:
        return True
    yearless = day.basis is DateBasis.EXPLICIT and day.precision is DatePrecision.UNKNOWN
    return yearless and _DAY_NUMBER.search(day.span.text) is not None


def turns_back(day: DateReading, opening: int) -> bool:
    """Return whether a sentence, which begins at `opening`, opens with a time before the news.

    "Last week a commander was shot dead."
    """
    return not is_precise(day) and day.span.start - opening <= _OPENING
