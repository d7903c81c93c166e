"""Zones of time as sites write them: an offset from UTC, the letters that news gives one, or the name of its city."""

import csv
import re
from datetime import timedelta, timezone, tzinfo
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.sources.written_dates import read_data_lines

ZONES = MappingProxyType({row["name"]: int(row["minutes"]) for row in csv.DictReader(read_data_lines("zones.csv"))})
"""How far zones are ahead of UTC, in minutes, by the names that news gives them."""

MOST_AHEAD = timedelta(hours=14)
"""How far a zone is ahead of UTC at most, or behind it."""

_NAMES = "|".join(sorted(ZONES, key=len, reverse=True))
_OFFSET = r"[+\-−]\d{1,2}(?::?\d{2})?"
_CITY = r"[A-Z][A-Za-z]{2,}(?:/[A-Z][A-Za-z_-]+){1,2}"
ZONE_PATTERN = rf"(?:(?:UTC|GMT)\s?{_OFFSET}|(?:{_NAMES})\b|[+\-−]\d\d:?\d\d|{_CITY})"
"""A regular expression of a zone of time. Not to be used ignoring case."""


def zone_of(written: str) -> tzinfo:
    """Return the zone that is written: a name, an offset, both, or a city's (`Europe/Paris`).

    Raises:
        ValueError: there is none such.
    """
    written = written.strip().replace("−", "-")
    if "/" in written:
        return _zone_of_city(written)
    sign = re.search(r"[+-]", written)
    if sign is None and written.upper() not in ZONES:
        raise ValueError(f"no zone is called {written}")
    if sign is None:
        return timezone(timedelta(minutes=ZONES[written.upper()]))
    digits = re.sub(r"\D", "", written[sign.start() :])
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    ahead = timedelta(hours=hours, minutes=minutes)
    if ahead > MOST_AHEAD:
        raise ValueError(f"no zone is {written} from UTC")
    return timezone(-ahead if sign[0] == "-" else ahead)


def _zone_of_city(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:  # OSError: the name of a folder of zones
        raise ValueError(f"no zone is called {name}") from error
