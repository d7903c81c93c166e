"""Moments as machines write them: ISO 8601 and RFC 2822."""

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

# Not datetime.fromisoformat: before Python 3.11 it reads neither "Z" nor the compact form.
_ISO = re.compile(
    r"(?P<year>\d{4})(?P<dash>-?)(?P<month>\d\d)(?P=dash)(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"\s?(?P<zone>Z|(?P<sign>[+-])(?P<zone_hours>\d\d):?(?P<zone_minutes>\d\d)?)?)?",
    re.ASCII | re.IGNORECASE,
)
_RFC = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)?(?: [A-Za-z]{1,5}| [+-]\d{4})?")


def read_moment(written: str) -> datetime | None:
    """Return the moment in UTC that an ISO 8601 date or datetime, or an RFC 2822 datetime, says; None if it is neither.

    Without a zone it is taken as UTC. A date is the beginning of its day.
    """
    written = written.strip()
    try:
        if iso := _ISO.fullmatch(written):
            return _from_iso(iso).astimezone(timezone.utc)
        if _RFC.fullmatch(written):
            moment = parsedate_to_datetime(written)
            return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)
    except (ValueError, OverflowError):  # 31 February; the first or last day of the calendar in a distant zone
        return None
    return None


def _from_iso(found: re.Match[str]) -> datetime:
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    microsecond = int((found["fraction"] or "0").ljust(6, "0")[:6])
    return datetime(year, month, day, hour, minute, second, microsecond, tzinfo=_zone(found))


def _zone(found: re.Match[str]) -> timezone:
    if not found["sign"]:
        return timezone.utc
    offset = timedelta(hours=int(found["zone_hours"]), minutes=int(found["zone_minutes"] or 0))
    return timezone(-offset if found["sign"] == "-" else offset)
