"""The evidence of time: how sure it is that two reports speak of one day.

Days that both reports state settle the matter; a weekday or a day without a year says less; the week before an
article, which is all that an undated report in it has, says hardly anything. Where days lie side by side, one of them
may be that of the report rather than of the event, or the event may have lasted through a night.
"""

from datetime import date

from pipeline.linking.days_of_year import stretch_of
from pipeline.linking.evidence import CannotLink, Finding, Part
from schemas import DateBasis, DatePrecision, Mention

SAME_DAY, NEXT_DAY, NEXT_DATE, OVERLAP, NARROW_OVERLAP = 3.0, -2.5, -1.0, 0.5, 1.0
BOUND_BY_PUBLICATION, LONG_BEFORE, SAME_WEEKDAY, NEXT_WEEKDAY = 0.5, -1.0, 2.0, -1.5
SAME_WEEKDAY_EVER, NO_DAY = 1.0, -0.5
"""Where neither report has a date, the weekday may be that of any week; where nothing is said, any day."""

RECALLED = 1.5
"""More where both look back on the day: few incidents are worth that."""

_NARROW_DAYS, _CLOSE_DAYS = 2, 2
_FIRM = (DateBasis.EXPLICIT, DateBasis.WEEKDAY)


def judge_days(one: Mention, other: Mention) -> Finding:
    """Weigh when two reports say it was."""
    first, second = _interval(one), _interval(other)
    if first is None or second is None:
        if _precedes(one, other) or _precedes(other, one):
            return CannotLink("not reported yet")
        return _partial(one, other) or Part("date", NO_DAY, "no day that both tell of")
    shared = (min(first[1], second[1]) - max(first[0], second[0])).days + 1
    if DateBasis.PUBLICATION in (one.date_basis, other.date_basis):
        return _against_publication(one, other, shared)
    if shared <= 0:
        return _disjoint(one, other, 1 - shared, is_day(one) and is_day(other))
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
        return CannotLink("reported weeks apart")
    after = _days_after(dated, bounded)
    if after > 1:
        return CannotLink("not reported yet")
    return (
        Part("date", NEXT_DAY, "a day after publication")
        if after > 0
        else Part("date", LONG_BEFORE, "longer before publication than news are")
    )


def _days_after(dated: Mention, bounded: Mention) -> int:
    """Return how many days after the one the other began; negative where it began before."""
    if dated.date_earliest is None or bounded.date_latest is None:
        return 0
    return (dated.date_earliest - bounded.date_latest).days


def _precedes(undated: Mention, dated: Mention) -> bool:
    """Whether an article without the day appeared before that day: more than the clocks of two zones differ."""
    if undated.date_earliest is not None or undated.published_at is None or dated.date_earliest is None:
        return False
    return (dated.date_earliest - undated.published_at.date()).days > 1


def _disjoint(one: Mention, other: Mention, gap: int, firm: bool, of: str = "") -> Finding:
    """Weigh so many days between two dates; `firm` says that both are days.

    A day that was not stated may be that of the report; an interval takes in already all that the text leaves open.
    """
    if firm and (gap > 1 or one.date_basis == other.date_basis == DateBasis.EXPLICIT):
        return CannotLink(f"different days{of}")
    if gap > _CLOSE_DAYS:
        return CannotLink(f"different dates{of}")
    loose = firm and not (one.date_basis in _FIRM and other.date_basis in _FIRM)
    return Part("date", NEXT_DATE if loose else NEXT_DAY, "dates next to each other")


def _partial(one: Mention, other: Mention) -> Finding:
    """Compare what is known of days where one report has no date: the days of the year, else that of the week."""
    first, second = stretch_of(one), stretch_of(other)
    if first is None or second is None:
        return _weekday(one, other)
    gap = first.gap(second)
    if DateBasis.PUBLICATION in (one.date_basis, other.date_basis):
        return _weekday(one, other) if gap else Part("date", BOUND_BY_PUBLICATION, "within the days before publication")
    firm = first.days == second.days == 1
    if gap:
        return _disjoint(one, other, gap, firm, " of the year")
    if not firm:
        return Part("date", NARROW_OVERLAP, "days of the year that overlap")
    recalled = one.background and other.background
    return Part("date", SAME_DAY + RECALLED * recalled, "same day of the year" + ", looked back on" * recalled)


def _weekday(one: Mention, other: Mention) -> Finding:
    first, second = _weekday_of(one), _weekday_of(other)
    if first is None or second is None:
        return None
    if first == second:
        dated = one.date_earliest is not None or other.date_earliest is not None
        return Part("date", SAME_WEEKDAY if dated else SAME_WEEKDAY_EVER, "same weekday")
    if (first - second) % 7 in (1, 6):
        return Part("date", NEXT_WEEKDAY, "weekdays next to each other")
    return CannotLink("different weekdays")


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
