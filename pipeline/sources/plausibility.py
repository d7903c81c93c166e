"""Whether a date that a source declares can be when an article was published: one check, for every source.

A wrong date is worse than none, since "on Tuesday" is read against it. So a date is not believed that programs write
where they have none (the year 1, the beginning of 1970, Excel's day nought), that lies after the article was obtained,
or that is far from the day in the article's own address.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone

from pipeline.sources.urls import Stretch

MOST_AHEAD = timedelta(days=1)
"""How far after it was obtained an article may be dated and still be a slip of time zones, and no mistake."""

MOST_FROM_ADDRESS = timedelta(days=366)
"""How far from the day in its address an article may be dated, as one is that was taken up again."""

FIRST_YEAR = 1800
"""What is dated before is no newspaper."""

FIRST_FEED = date(1997, 1, 1)
"""No entry of a feed is older than feeds are."""

MOST_FROM_NEIGHBOURS = timedelta(days=3 * 366)
"""How much older than every other entry of its feed an entry may be."""

_PLACEHOLDERS = frozenset(
    date(*day)
    for day in (
        (1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (1904, 1, 1), (1969, 12, 31), (1970, 1, 1), (1970, 1, 2),
        (1979, 12, 31), (1980, 1, 1), (1601, 1, 1),
    )
)  # fmt: skip
"""The days from which programs count: a date without a value shows one of them."""


def implausible(published_at: datetime, fetched_at: datetime | None, address: Stretch | None) -> str | None:
    """Return why an article cannot have been published at a time (aware); None if it can.

    `fetched_at` (aware) is when it was obtained, null if that is not known. `address` is the time that its web address
    names.
    """
    day = published_at.date()
    if day.year < FIRST_YEAR or _is_placeholder(published_at):
        return f"its date {day.isoformat()} stands for none"
    if fetched_at is not None and published_at > fetched_at + MOST_AHEAD and fetched_at.date() not in _PLACEHOLDERS:
        return f"dated in the future: {published_at.isoformat()}, and obtained at {fetched_at.isoformat()}"
    if address and max(address.first - day, day - address.last) > MOST_FROM_ADDRESS:
        return f"its date {day.isoformat()} is far from the one in its address, {address.first.isoformat()}"
    return None


def strays(published_at: datetime, neighbours: Sequence[datetime]) -> str | None:
    """Return why an entry of a feed cannot be of the time it says, beside its neighbours; None if it can."""
    if published_at.date() < FIRST_FEED:
        return f"its date {published_at.date().isoformat()} is older than feeds are"
    if len(neighbours) > 2 and published_at < min(neighbours) - MOST_FROM_NEIGHBOURS:
        return f"its date {published_at.date().isoformat()} is years before those of all other entries"
    return None


def _is_placeholder(published_at: datetime) -> bool:
    """Tell whether a moment is the very beginning of a count, wherever its day begins."""
    in_utc = published_at.astimezone(timezone.utc)
    begins = {published_at.date(), in_utc.date()} & _PLACEHOLDERS
    return bool(begins) and (published_at.minute, published_at.second) == (0, 0)
