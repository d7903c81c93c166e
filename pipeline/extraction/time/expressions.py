"""What a date expression means, and how a clock places it in the calendar.

Every expression knows its offsets in the text, its precision and its basis, and `place` gives the closed interval of
days that it names: None where it needs a clock that there is not, or names a day that does not exist. Nothing of the
past reaches beyond the clock: "this month" ends on the article's own day.
"""

import calendar
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from schemas import DateBasis, DatePrecision

Interval = tuple[date, date]
Part = Literal["early", "mid", "late"]
Unit = Literal["week", "month", "year", "weekend"]

CLOCK_TOLERANCE_DAYS = 2
"""How far past the clock a day may lie and still be taken at its word: clocks and time zones are off by a day."""
_YEARS_BACK = 8  # the 29th of February is at most eight years away


def shift(day: date, days: int) -> date:
    """Return `day` moved by `days`, held within the calendar that Python knows."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def weekday_on_or_before(day: date, weekday: int) -> date:
    """Return the latest day with this weekday (Monday 0) that is not after `day`."""
    return shift(day, -((day.weekday() - weekday) % 7))


def _month_days(year: int, month: int, part: Part | None) -> Interval:
    """Return a month, or its days 1 to 10 (early), 11 to 20 (mid) or 21 to the end (late)."""
    length = calendar.monthrange(year, month)[1]
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, length), None: (1, length)}[part]
    return date(year, month, first), date(year, month, last)


def _year_days(year: int, part: Part | None) -> Interval:
    """Return a year, or its first (early), second (mid) or last (late) four months."""
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), None: (1, 12)}[part]
    return date(year, first, 1), _month_days(year, last, None)[1]


def _week_days(monday: date, part: Part | None) -> Interval:
    """Return a week, or Monday to Wednesday (early), Tuesday to Thursday (mid) or Thursday to Sunday (late)."""
    first, last = {"early": (0, 2), "mid": (1, 3), "late": (3, 6), None: (0, 6)}[part]
    return shift(monday, first), shift(monday, last)


def _until(interval: Interval, clock: date | None) -> Interval:
    """Cut the interval off at the clock, unless all of it lies beyond."""
    first, last = interval
    return (first, clock) if clock is not None and first <= clock < last else interval


@dataclass(frozen=True, slots=True)
class Calendar:
    """A day, a month, a year or a weekday, as far as the words name it.

    `last_day` closes a range within the month ("October 17-20"), `decade` makes the year stand for ten, `strict`
    keeps the clock's own day or month out ("last Thursday"). `years_back` counts the year from the
    clock's ("January last year"). `usual_year` is the year that readers know the day to be of ("the October 7
    attacks"), unless the clock stands before it. `night` spreads a day over the night after it
    ("over": "overnight Thursday") or before it ("into": "overnight into Thursday").
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    part: Part | None = None
    strict: bool = False
    decade: bool = False
    usual_year: int | None = None
    night: Literal["over", "into"] | None = None
    years_back: int | None = None

    @property
    def shape(self) -> str:
        """Return what the words name: day, month, year or weekday."""
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "month"
        return "year" if self.year is not None else "weekday"

    @property
    def basis(self) -> DateBasis:
        """Return weekday for a bare weekday, explicit for all else."""
        return DateBasis.WEEKDAY if self.shape == "weekday" else DateBasis.EXPLICIT

    @property
    def precision(self) -> DatePrecision:
        """Return how wide the words are; a third of a month counts as a week."""
        if self.shape == "year":
            return DatePrecision.YEAR
        if self.shape == "month":
            return DatePrecision.WEEK if self.part else DatePrecision.MONTH
        return DatePrecision.DAYS if self.last_day or self.night else DatePrecision.DAY

    def place(self, clock: date | None) -> Interval | None:
        """Return the days meant: without a year, the latest that are not (much) after the clock."""
        interval = self.place_before(clock, CLOCK_TOLERANCE_DAYS)
        if interval is None or self.night is None:
            return interval and _until(interval, clock)
        day = interval[0]
        before = self.night == "into" or day == clock
        return (shift(day, -1), day) if before else (day, shift(day, 1))

    def place_before(self, limit: date | None, tolerance: int = 0) -> Interval | None:
        """Return the latest days that fit the words and begin at most `tolerance` days after `limit`."""
        if self.year is not None:
            return self._in_year(self.year)
        if self.years_back is not None:
            return self._in_year(limit.year - self.years_back) if limit else None
        usual = self._in_year(self.usual_year) if self.usual_year else None
        if usual and (limit is None or usual[0] <= limit):
            return usual
        if limit is None:
            return None
        if self.month is None:
            day = weekday_on_or_before(shift(limit, -1 if self.strict else 0), self.weekday or 0)
            return day, day
        fitting = (self._in_year(limit.year + 1 - back) for back in range(_YEARS_BACK + 2))
        return next((days for days in fitting if days and self._is_past(days, limit, tolerance)), None)

    def place_after(self, limit: date) -> Interval | None:
        """Return the first days that fit the words and do not begin before `limit`."""
        fitting = (self._in_year(limit.year + ahead) for ahead in range(_YEARS_BACK + 1))
        return next((days for days in fitting if days and days[0] >= limit), None)

    def _is_past(self, days: Interval, limit: date, tolerance: int) -> bool:
        if self.strict:
            return days[1] < limit
        return days[0] <= (shift(limit, tolerance) if self.day else limit)

    def _in_year(self, year: int) -> Interval | None:
        if not 1 <= year <= date.max.year:
            return None
        if self.month is None:
            return (date(year, 1, 1), date(year + 9, 12, 31)) if self.decade else _year_days(year, self.part)
        if self.day is None:
            return _month_days(year, self.month, self.part)
        last = self.last_day or self.day
        if not self.day <= last <= calendar.monthrange(year, self.month)[1]:
            return None
        return date(year, self.month, self.day), date(year, self.month, last)


@dataclass(frozen=True, slots=True)
class Offset:
    """Days counted from the clock ("yesterday", "two days ago") or, `anchored`, from the incident told before."""

    start: int
    end: int
    days: tuple[int, int]
    precision: DatePrecision
    basis: DateBasis = DateBasis.RELATIVE
    anchored: bool = False

    @property
    def weekday(self) -> None:
        """Return None: the words name no weekday."""

    def place(self, clock: date | None) -> Interval | None:
        """Return the days meant; None without a clock, and for anchored words, which the clock cannot place."""
        if clock is None or self.anchored:
            return None
        return shift(clock, self.days[0]), shift(clock, self.days[1])


@dataclass(frozen=True, slots=True)
class Period:
    """The clock's own week, weekend, month or year (`step` 0) or the one before (`step` -1), or a part of it.

    Weeks begin on Monday. A weekday within the week is the day meant ("Thursday last week").
    """

    start: int
    end: int
    unit: Unit
    step: int
    part: Part | None = None
    weekday: int | None = None
    basis: DateBasis = DateBasis.RELATIVE

    @property
    def precision(self) -> DatePrecision:
        """Return how wide the words are."""
        if self.weekday is not None:
            return DatePrecision.DAY
        if self.unit == "month":
            return DatePrecision.WEEK if self.part else DatePrecision.MONTH
        if self.unit == "week":
            return DatePrecision.DAYS if self.part else DatePrecision.WEEK
        return DatePrecision.DAYS if self.unit == "weekend" else DatePrecision.YEAR

    def place(self, clock: date | None) -> Interval | None:
        """Return the days meant, cut off at the clock."""
        return None if clock is None else _until(self._days(clock), clock)

    def _days(self, clock: date) -> Interval:
        monday = shift(clock, -clock.weekday() + 7 * self.step)
        if self.weekday is not None:
            return shift(monday, self.weekday), shift(monday, self.weekday)
        if self.unit == "week":
            return _week_days(monday, self.part)
        if self.unit == "weekend":
            saturday = weekday_on_or_before(clock if self.step == 0 else shift(monday, 6), 5)
            return saturday, shift(saturday, 1)
        months = clock.year * 12 + clock.month - 1 + (self.step if self.unit == "month" else 12 * self.step)
        year, month = max(months // 12, 1), months % 12 + 1
        return _month_days(year, month, self.part) if self.unit == "month" else _year_days(year, self.part)


@dataclass(frozen=True, slots=True)
class Range:
    """From one date to another ("between October 17 and November 3", "Thursday to Friday")."""

    first: Calendar
    second: Calendar | Offset

    @property
    def start(self) -> int:
        """Return where the words begin."""
        return self.first.start

    @property
    def end(self) -> int:
        """Return where the words end."""
        return self.second.end

    @property
    def basis(self) -> DateBasis:
        """Return how the first date was reached."""
        return self.first.basis

    @property
    def weekday(self) -> int | None:
        """Return the weekday it begins on, if the words name one."""
        return self.first.weekday

    @property
    def precision(self) -> DatePrecision:
        """Return days for a range of days, and the precision of its ends for longer ones."""
        return DatePrecision.DAYS if self.first.shape in ("day", "weekday") else self.first.precision

    def place(self, clock: date | None) -> Interval | None:
        """Return the days from the first date to the last; the end that has a year lends it to the other."""
        first, second = self.first, self.second
        if isinstance(second, Calendar) and second.year is None and first.year is not None:
            begun = first.place(clock)
            ended = begun and second.place_after(begun[0])
        else:
            ended = second.place(clock)
            begun = ended and first.place_before(ended[0])
            if begun and begun == ended and first.shape == "weekday":
                begun = replace(first, strict=True).place_before(begun[0])
        if not begun or not ended or begun[0] > ended[1]:
            return None
        return _until((begun[0], ended[1]), clock)


Expression = Calendar | Offset | Period | Range
