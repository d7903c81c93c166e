"""Calendar dates as header lines and datelines write them.

Only what names a day of the month is a date here; the year may be missing. Two numbers that could each be the month
(03/04/2023) are not read at all, because a wrong publication date shifts every relative date of an article. Two-digit
years are read as POSIX does: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068.
"""

import csv
import re
from datetime import date, timedelta
from importlib import resources
from typing import NamedTuple

TWO_DIGIT_PIVOT = 69
"""Two-digit years from this one on lie in the twentieth century."""

NEAR = timedelta(days=31)
"""How far a dateline may lie from the time that a web address names, to take its year from there."""


def read_data_lines(name: str) -> list[str]:
    """Return the lines of a data file of this package that are neither blank nor comments."""
    lines = (resources.files("pipeline.sources") / "data" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


MONTHS = {row["name"].lower(): int(row["month"]) for row in csv.DictReader(read_data_lines("months.csv"))}
"""The number of each month by its names in lower case, in full and cut short."""

MONTH_PATTERN = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
"""A regular expression of a month's name. To be used ignoring case."""

_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_NO_TIME = r"(?![\d%]|[:.,]\d)(?!\s*(?:[ap]\.?m|gmt|utc|hours|hrs|local)\b)"
_YEAR = rf"(?:(?:1[89]|20)\d{{2}}|'?\d{{2}}){_NO_TIME}"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"

DATE_PATTERN = (
    rf"{_WEEKDAY}(?:"
    r"(?:19|20)\d{2}(?P<between_ymd>[-/.])\d{1,2}(?P=between_ymd)\d{1,2}(?!\d)"
    rf"|{_DAY}(?:\s+of)?[\s.-]*{MONTH_PATTERN}(?:[\s,-]+{_YEAR})?"
    rf"|{MONTH_PATTERN}\s*{_DAY}(?!\d)(?:,?\s*{_YEAR})?"
    r"|\d{1,2}(?P<between_dmy>[/.])\d{1,2}(?P=between_dmy)(?:19|20)\d{2}(?!\d)"
    r")"
)
"""A regular expression of every form that `read_date` reads. To be used ignoring case, once within a pattern."""


class WrittenDate(NamedTuple):
    """A day as it is written: the year may be missing, and the day may not exist."""

    year: int | None
    month: int
    day: int

    def on_calendar(self) -> date | None:
        """Return the day; None if its year is missing, or there is no such day (31 February)."""
        return None if self.year is None else existing_day(self.year, self.month, self.day)

    def near(self, first: date, last: date) -> date | None:
        """Return the day in the year that brings it nearest to the time from `first` to `last`, if it is `NEAR`."""
        years = range(max(first.year - 1, 1), last.year + 2) if self.year is None else [self.year]
        days = [day for year in years if (day := existing_day(year, self.month, self.day))]
        gaps = [(max(first - day, day - last, timedelta(0)), day) for day in days]
        gap, day = min(gaps, default=(timedelta.max, first))
        return day if gap <= NEAR else None


def read_date(written: str) -> WrittenDate | None:
    """Return the date that `written`, a stretch matched by `DATE_PATTERN`, says; None where it is ambiguous."""
    numbers = [int(digits) for digits in re.findall(r"\d+", written)]
    words = re.findall(r"[a-z]+", written.lower())
    month = next((MONTHS[word] for word in words if word in MONTHS), None)
    if month is not None:
        year = _full_year(numbers[1]) if len(numbers) > 1 else None
        return WrittenDate(year, month, numbers[0])
    if numbers[0] > 31:
        return WrittenDate(numbers[0], numbers[1], numbers[2])
    return _day_and_month(*numbers)


def existing_day(year: int, month: int, day: int) -> date | None:
    """Return the day; None if there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(year: int) -> int:
    if year >= 100:
        return year
    return year + (1900 if year >= TWO_DIGIT_PIVOT else 2000)


def _day_and_month(first: int, second: int, year: int) -> WrittenDate | None:
    if first == second or first > 12:
        return WrittenDate(year, second, first)
    return WrittenDate(year, first, second) if second > 12 else None
