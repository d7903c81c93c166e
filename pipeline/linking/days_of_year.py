"""Days of the year that a report states, with or without a year: "Nov. 9", "October 17 and 18".

They are numbered from 0 in a leap year, and go round: New Year's Day comes right after New Year's Eve.
"""

from datetime import date, timedelta
from typing import NamedTuple

from schemas import Mention

_LEAP_YEAR = 2000
_YEAR_DAYS, _LONGEST_DAYS = 366, 31


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
    if mention.date_earliest is not None and mention.date_latest is not None:
        return _stretch(mention.date_earliest, (mention.date_latest - mention.date_earliest).days + 1)
    if mention.date_month is None or mention.date_day is None or mention.date_days is None:
        return None
    return _stretch(date(_LEAP_YEAR, mention.date_month, mention.date_day), mention.date_days)


def _stretch(first: date, days: int) -> Stretch | None:
    if days > _LONGEST_DAYS:
        return None
    return Stretch((date(_LEAP_YEAR, first.month, first.day) - date(_LEAP_YEAR, 1, 1)).days, days)


def names_of(stretch: Stretch) -> list[str]:
    """Return its days by month and day, such as 10-17."""
    first = date(_LEAP_YEAR, 1, 1)
    days = (first + timedelta(days=(stretch.first + number) % _YEAR_DAYS) for number in range(stretch.days))
    return [f"{day:%m-%d}" for day in days]
