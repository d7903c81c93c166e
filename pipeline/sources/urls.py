"""What a web address tells of an article: the site that published it, and often the day."""

import re
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from pipeline.sources.written_dates import MONTH_PATTERN, MONTHS, existing_day

_SUBSITES = ("www.", "amp.", "m.", "mobile.")
_END = r"(?=[/_.-]|$)"
_DAYS = (
    re.compile(rf"/(\d{{4}})[/-](\d{{1,2}})[/-](\d{{1,2}}){_END}"),
    re.compile(rf"/(\d{{4}})/({MONTH_PATTERN})/(\d{{1,2}}){_END}", re.IGNORECASE),
    re.compile(rf"/((?:19|20)\d{{2}})(\d{{2}})(\d{{2}}){_END}"),
    re.compile(rf"[/_-]((?:19|20)\d{{2}})-(\d{{2}})-(\d{{2}}){_END}"),
)
_MONTH = re.compile(r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])/")
_YEAR = re.compile(r"/((?:19|20)\d{2})/")


class Stretch(NamedTuple):
    """The days from `first` to `last`, both included."""

    first: date
    last: date


def site_of(url: str | None) -> str | None:
    """Return the site's host in lower case, without `www.` and the names of its editions for phones; None if none."""
    host = _split(url).hostname or ""
    for subsite in _SUBSITES:
        host = host.removeprefix(subsite)
    return host or None


def stretch_in(url: str | None) -> Stretch | None:
    """Return the narrowest time that the path of `url` names: a day (/2023/11/14/), a month or a year; None if none.

    Hosts and queries are not looked at. Days that do not exist are passed over.
    """
    path = _split(url).path
    if day := _day_in(path):
        return Stretch(day, day)
    if month := _MONTH.search(path):
        first = date(int(month[1]), int(month[2]), 1)
        return Stretch(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    if year := _YEAR.search(path):
        return Stretch(date(int(year[1]), 1, 1), date(int(year[1]), 12, 31))
    return None


def _split(url: str | None) -> SplitResult:
    try:
        return urlsplit(url or "")
    except ValueError:  # such as a broken IPv6 host
        return urlsplit("")


def _day_in(path: str) -> date | None:
    for pattern in _DAYS:
        for year, month, day in pattern.findall(path):
            number = int(month) if month.isdigit() else MONTHS[month.lower().rstrip(".")]
            if found := existing_day(int(year), number, int(day)):
                return found
    return None
