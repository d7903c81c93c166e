"""Neighbouring date expressions that are one: "Thursday, October 19", "overnight Thursday to Friday"."""

import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.extraction.time.expressions import Calendar, Expression, Offset, Period, Range
from schemas import DateBasis

_LONGEST_JOINT = 12
_RANGE_JOINTS = ("-", "to", "through", "until", "till", "into", "thru")
_OVERNIGHT_JOINTS = ("", "on", "from", "between", "of", "into", "from late", "into early")
_PAIR = re.compile(r"\b(?:between|overnight|from)(?: the)? $")


def joined(expressions: list[Expression], flat: str) -> list[Expression]:
    """Join neighbours that are one expression: "Thursday, October 19", "overnight Thursday to Friday"."""
    wholes: list[Expression] = []
    for expression in expressions:
        whole = _join(wholes[-1], expression, flat) if wholes else None
        if whole:
            wholes[-1] = whole
        else:
            wholes.append(expression)
    return wholes


def _join(first: Expression, second: Expression, flat: str) -> Expression | None:
    if second.start - first.end > _LONGEST_JOINT:
        return None
    joint = flat[first.end : second.start].strip(" ")
    return next((whole for rule in _JOINTS if (whole := rule(first, second, joint, flat))), None)


def _join_weekday(first: Expression, second: Expression, joint: str, flat: str) -> Expression | None:
    """Join a weekday and a day of a month, whichever comes first."""
    if not isinstance(first, Calendar) or not isinstance(second, Calendar):
        return None
    shapes, end = (first.shape, second.shape), second.end
    if joint == "(" and flat.startswith(")", end):
        end += 1
    if shapes == ("weekday", "day") and joint in ("", ",", "the", ", the", "("):
        return replace(second, start=first.start, end=end, weekday=first.weekday)
    if shapes == ("day", "weekday") and (joint == "(" or (joint == "," and flat[second.end : second.end + 1] in ",)")):
        return replace(first, end=end, weekday=second.weekday)
    return None


def _join_night(first: Expression, second: Expression, joint: str, flat: str) -> Expression | None:
    """Join "overnight" and the day it is said of."""
    if _is_night(first, flat) and isinstance(second, Calendar) and joint in _OVERNIGHT_JOINTS:
        return replace(second, start=first.start, night="into" if joint.startswith("into") else "over")
    if _is_night(second, flat) and isinstance(first, Calendar) and joint == "":
        return replace(first, end=second.end, night="over")
    return None


def _is_night(expression: Expression, flat: str) -> bool:
    return isinstance(expression, Offset) and flat.startswith("overnight", expression.start)


def _join_week(first: Expression, second: Expression, joint: str, flat: str) -> Expression | None:
    """Join a weekday and its week: "Thursday last week", "earlier this week, on Tuesday"."""
    for day, week in ((first, second), (second, first)):
        if not isinstance(day, Calendar) or not isinstance(week, Period):
            continue
        if day.shape == "weekday" and week.unit == "week" and joint in ("", "of", ",", "on", ", on"):
            return replace(week, start=first.start, end=second.end, weekday=day.weekday, basis=DateBasis.WEEKDAY)
    return None


def _join_year(first: Expression, second: Expression, joint: str, flat: str) -> Expression | None:
    """Join a month or a day and its year: "January last year", "on March 3 this year"."""
    if not isinstance(first, Calendar) or not isinstance(second, Period) or first.year is not None:
        return None
    if first.shape not in ("day", "month") or second.unit != "year" or second.part or joint not in ("", "of", ","):
        return None
    return replace(first, end=second.end, years_back=-second.step)


def _join_range(first: Expression, second: Expression, joint: str, flat: str) -> Expression | None:
    """Join two dates of one shape, or a date and a day told by the clock, as the ends of a range."""
    if not isinstance(first, Calendar) or not isinstance(second, Calendar | Offset):
        return None
    if isinstance(second, Offset) and (second.anchored or second.days[0] != second.days[1]):
        return None
    if isinstance(second, Calendar) and first.shape != second.shape:
        return None
    paired = joint == "and" and (first.night or _PAIR.search(flat, max(0, first.start - 16), first.start))
    return Range(replace(first, night=None), second) if joint in _RANGE_JOINTS or paired else None


_JOINTS: tuple[Callable[[Expression, Expression, str, str], Expression | None], ...] = (
    _join_weekday,
    _join_night,
    _join_week,
    _join_year,
    _join_range,
)
