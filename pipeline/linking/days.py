"""The evidence of time: how sure it is that two reports speak of one day.

Days that both reports state settle the matter; a weekday or a day without a year says less; the week before an
article, which is all that an undated report in it has, says hardly anything. Where days lie side by side, one of them
may be that of the report rather than of the deed, or the deed may have lasted through a night.
"""

import re
from datetime import date, timedelta

from pipeline.linking.findings import Finding, Part, Veto
from schemas import DateBasis, DatePrecision, Mention

SAME_DAY, NEXT_DAY, NEXT_DATE, OVERLAP, NARROW_OVERLAP = 3.0, -2.5, -1.0, 0.5, 1.0
BOUND_BY_PUBLICATION, LONG_BEFORE, SAME_WEEKDAY, NEXT_WEEKDAY = 0.5, -1.0, 2.0, -1.5
RECALLED = 1.5
"""More where both look back on the day: few incidents are worth that."""

_NARROW_DAYS, _CLOSE_DAYS, _MONTH_DAYS = 2, 2, 31
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_MONTH_DAY = re.compile(
    rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b|\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}", re.IGNORECASE
)
_FIRM = (DateBasis.EXPLICIT, DateBasis.WEEKDAY)


def judge_days(one: Mention, other: Mention) -> Finding:
    """Weigh when two reports say it was."""
    first, second = _interval(one), _interval(other)
    if first is None or second is None:
        return _partial(one, other)
    shared = (min(first[1], second[1]) - max(first[0], second[0])).days + 1
    if DateBasis.PUBLICATION in (one.date_basis, other.date_basis):
        return _against_publication(one, other, shared)
    if shared <= 0:
        return _disjoint(one, other, gap=1 - shared)
    if is_day(one) and is_day(other):
        recalled = one.background and other.background and DateBasis.EXPLICIT in (one.date_basis, other.date_basis)
        return Part("date", SAME_DAY + RECALLED * recalled, f"same day {first[0]}" + ", looked back on" * recalled)
    widest = max((first[1] - first[0]).days, (second[1] - second[0]).days)
    return Part("date", NARROW_OVERLAP if widest <= _NARROW_DAYS else OVERLAP, "overlapping dates")


def _against_publication(one: Mention, other: Mention, shared: int) -> Finding:
    """Weigh a date that is only the time of the report: what was reported then happened then, or some time before."""
    if shared > 0:
        return Part("date", BOUND_BY_PUBLICATION, "within the days before publication")
    bounded, dated = (one, other) if one.date_basis is DateBasis.PUBLICATION else (other, one)
    if dated.date_basis is DateBasis.PUBLICATION:
        return Veto("reported weeks apart")
    if _follows(dated, bounded):
        return Veto("not reported yet")
    return Part("date", LONG_BEFORE, "longer before publication than news are")


def _follows(dated: Mention, bounded: Mention) -> bool:
    return bool(dated.date_earliest and bounded.date_latest and (dated.date_earliest - bounded.date_latest).days > 1)


def _disjoint(one: Mention, other: Mention, gap: int) -> Finding:
    firm = (is_day(one), is_day(other))
    if all(firm) and (gap > 1 or one.date_basis == other.date_basis == DateBasis.EXPLICIT):
        return Veto("different days")
    if gap > _CLOSE_DAYS:
        return Veto("different dates")
    firm_days = all(firm) and one.date_basis in _FIRM and other.date_basis in _FIRM
    return Part("date", NEXT_DAY if firm_days else NEXT_DATE, "dates next to each other")


def _partial(one: Mention, other: Mention) -> Finding:
    """Compare what is known of days where one report has no clock: the day of the month, else that of the week."""
    first, second = day_of_year(one), day_of_year(other)
    if first is None or second is None:
        return _day_in_interval(one, other) or _weekday(one, other)
    if first == second:
        recalled = one.background and other.background
        return Part("date", SAME_DAY + RECALLED * recalled, "same day of the year" + ", looked back on" * recalled)
    return Veto("different days of the year")


def _day_in_interval(one: Mention, other: Mention) -> Finding:
    without, dated = (one, other) if _interval(one) is None else (other, one)
    day, interval = day_of_year(without), _interval(dated)
    if day is None or interval is None or dated.date_basis is DateBasis.PUBLICATION:
        return None
    length = (interval[1] - interval[0]).days + 1
    days = [interval[0] + timedelta(days=number) for number in range(min(length, _MONTH_DAYS))]
    within = length <= _MONTH_DAYS and any((each.month, each.day) == day for each in days)
    return Part("date", NARROW_OVERLAP, "day of the year within the dates") if within else None


def day_of_year(mention: Mention) -> tuple[int, int] | None:
    """Return the month and the day that a mention states, with or without a year; None where it states no day."""
    if is_day(mention) and mention.date_earliest is not None:
        return mention.date_earliest.month, mention.date_earliest.day
    return stated_day(mention.date_text or "") if mention.date_earliest is None else None


def stated_day(text: str) -> tuple[int, int] | None:
    """Return the month and the day in words that give a day, with or without a year; None if they give none."""
    found = _MONTH_DAY.search(text)
    if found is None:
        return None
    return _MONTHS.index((found[1] or found[4])[:3].lower()) + 1, int(found[2] or found[3])


def _weekday(one: Mention, other: Mention) -> Finding:
    first, second = _weekday_of(one), _weekday_of(other)
    if first is None or second is None:
        return None
    if first == second:
        return Part("date", SAME_WEEKDAY, "same weekday")
    if (first - second) % 7 in (1, 6):
        return Part("date", NEXT_WEEKDAY, "weekdays next to each other")
    return Veto("different weekdays")


def _weekday_of(mention: Mention) -> int | None:
    if is_day(mention) and mention.date_earliest is not None:
        return mention.date_earliest.weekday()
    return mention.date_weekday


def is_day(mention: Mention) -> bool:
    """Return whether a mention states its day."""
    return mention.date_precision is DatePrecision.DAY


def _interval(mention: Mention) -> tuple[date, date] | None:
    if mention.date_earliest is None or mention.date_latest is None:
        return None
    return mention.date_earliest, mention.date_latest
