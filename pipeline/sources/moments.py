"""Moments as machines and sites write them: ISO 8601, RFC 2822, and dates with the month in words.

A moment keeps the zone that it is written in, because "on Tuesday" is a Tuesday of the publisher's clock. What names no
whole day (a year, a month, seconds since 1970) and what two countries read differently (03/04/2023) is no moment.
"""

import re
from datetime import datetime, timezone

from pipeline.sources.written_dates import MONTH_PATTERN, MONTHS, TWO_DIGIT_PIVOT
from pipeline.sources.zones import ZONE_PATTERN, zone_of

TIME_PATTERN = (
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\b\.?)?|\d{1,2}\s?[AaPp]\.?\s?[Mm]\b\.?|\d{4}(?=\s?hrs?\b)"
)
"""A regular expression of a time of day."""

# Not datetime.fromisoformat: before Python 3.11 it reads neither "Z" nor the compact form.
_ISO = re.compile(
    r"(?P<year>\d{4})(?P<dash>[-/.]?)(?P<month>\d\d)(?P=dash)(?P<day>\d\d)"
    r"(?:(?:T|\s+(?:at\s)?)(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    rf"\s?(?P<zone>[Zz]|[+\-−]\d\d(?::?\d\d)?|{ZONE_PATTERN})?(?:\[(?P<city>[\w/+-]+)\])?)?",
    re.ASCII,
)
_DAY = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<month>{MONTH_PATTERN})[\s,.-]+(?P<year>'?\d{{4}}|'?\d{{2}}(?![:\d]))"
    rf"|(?P<month_first>{MONTH_PATTERN})\s+(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_last>\d{{4}}))\b(?!\s*(?i:hrs?|hours|gmt|utc|local)\b)",
    re.IGNORECASE,
)
_ASCTIME = re.compile(r"(?:[A-Za-z]{3} )?([A-Za-z]{3}) (\d{1,2}) (\d\d:\d\d:\d\d)( [A-Z]{1,5})? (\d{4})")
_TIME = re.compile(rf"(?<![\d+\-−:])(?:{TIME_PATTERN})")
_ZONE = re.compile(rf"(?<![A-Za-z]){ZONE_PATTERN}")
_PAREN = re.compile(r"\([^()]{0,40}\)")
_ZONE_IN_BRACKETS = re.compile(rf"\({ZONE_PATTERN}\)")
_FILLER = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|\b(?:at|on|hrs?|hours|local|time|of)\b|[\s,|·•.;–—-]",
    re.IGNORECASE,
)
_LONGEST = 80


def read_moment(written: str) -> datetime | None:
    """Return the moment that `written` says, in the zone that it names; None if it is none.

    Without a zone it is taken as UTC. A date is the beginning of its day.
    """
    written = " ".join(written[:_LONGEST].split()) if len(written) <= _LONGEST else ""
    try:
        iso = _ISO.fullmatch(written)
        moment = _from_iso(iso) if iso else _from_words(written)
        if moment is not None:
            moment.astimezone(timezone.utc)
    except (ValueError, OverflowError):  # 31 February; the first or last day of the calendar in a distant zone
        return None
    return moment


def find_moment(words: str) -> datetime | None:
    """Return the moment that stands among a few other words, as in a byline; None if there is none."""
    day = _DAY.search(words[:_LONGEST])
    return (read_moment(words[day.start() :]) or read_moment(day[0])) if day else None


def _from_iso(found: re.Match[str]) -> datetime:
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    microsecond = int((found["fraction"] or "0").ljust(6, "0")[:6])
    zone = zone_of(found["zone"] or found["city"] or "Z")
    return datetime(year, month, day, hour, minute, min(second, 59), microsecond, tzinfo=zone)


def _from_words(written: str) -> datetime | None:
    """Return a moment whose month is a word, if it and what belongs to it is all that is written."""
    day = _DAY.search(written := _ASCTIME.sub(r"\2 \1 \5 \3\4", written))
    if day is None:
        return None
    rest = f"{written[: day.start()]} \n {written[day.end() :]}"
    in_brackets = _ZONE_IN_BRACKETS.search(rest)
    rest = _PAREN.sub(" ", rest)
    zone = _ZONE.search(rest)
    rest = rest[: zone.start()] + rest[zone.end() :] if zone else rest
    time = _TIME.search(rest)
    rest = rest[: time.start()] + rest[time.end() :] if time else rest
    if _FILLER.sub("", rest) or (zone and not time and zone[0][0] in "+-−"):
        return None
    zoned = (zone or in_brackets or ["Z"])[0].strip("()")
    hour, minute, second = _clock_of(time[0]) if time else (0, 0, 0)
    month = MONTHS[(day["month"] or day["month_first"]).lower().rstrip(".")]
    number = int(day["day"] or day["day_second"])
    return datetime(_year_of(day), month, number, hour, minute, second, tzinfo=zone_of(zoned))


def _year_of(day: re.Match[str]) -> int:
    written = (day["year"] or day["year_last"]).lstrip("'")
    year = int(written)
    if len(written) > 2:
        return year
    return year + (1900 if year >= TWO_DIGIT_PIVOT else 2000)


def _clock_of(written: str) -> tuple[int, int, int]:
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    if len(numbers) == 1 and numbers[0] > 99:  # 1430 hrs
        numbers = [*divmod(numbers[0], 100)]
    hour, minute, second = (*numbers, 0, 0)[:3]
    half = re.search(r"[AaPp]", written)
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half[0] in "Pp" else 0)
    return hour, minute, min(second, 59)
