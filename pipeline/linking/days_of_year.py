"""Days of the year that a report states, with or without a year: "Nov. 9", "October 17 and 18".

They are numbered from 0 in a leap year, and go round: New Year's Day comes right after New Year's Eve.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from pipeline.extraction.time.resolver import find_dates
from schemas import DateBasis, DatePrecision, Mention

_CLOCK = date(2000, 6, 30)
"""Far from New Year, over which days in a row may reach; of a leap year, to have all days."""

_YEAR_DAYS, _LONGEST_DAYS = 366, 31
_STATED = (DatePrecision.DAY, DatePrecision.DAYS)


class Stretch(NamedTuple):
    """So many days in a row, from a first one on."""

    first: int
    days: int

    def gap(self, other: "Stretch") -> int:
        """Return how many days after the one the other begins, whichever comes first; 0 where they share a day."""
        after, before = (other.first - self.first) % _YEAR_DAYS, (self.first - other.first) % _YEAR_DAYS
        return max(0, min(after - self.days, before - other.days) + 1)


def stretch_of(mention: Mention) -> Stretch | None:
    """Return the days of the year on which a mention has its incident; None where it states none, or many."""
    if mention.date_earliest is None or mention.date_latest is None:
        return stated_days(mention.date_text or "")
    return _stretch(mention.date_earliest, mention.date_latest)


@lru_cache(maxsize=1 << 14)
def stated_days(text: str) -> Stretch | None:
    """Return the days in words that give days, with or without a year; None if they give none."""
    for found in find_dates(text, 0, len(text), _CLOCK):
        told = found.basis is DateBasis.EXPLICIT and found.precision in _STATED
        if told and found.earliest is not None and found.latest is not None:
            return _stretch(found.earliest, found.latest)
    return None


def _stretch(first: date, last: date) -> Stretch | None:
    days = (last - first).days + 1
    if days > _LONGEST_DAYS:
        return None
    return Stretch((date(_CLOCK.year, first.month, first.day) - date(_CLOCK.year, 1, 1)).days, days)


def names_of(stretch: Stretch) -> list[str]:
    """Return its days by month and day, such as 10-17."""
    first = date(_CLOCK.year, 1, 1)
    days = (first + timedelta(days=(stretch.first + number) % _YEAR_DAYS) for number in range(stretch.days))
    return [f"{day:%m-%d}" for day in days]
