"""When a feed is asked again.

After an answer: once its `ttl`, its `Cache-Control: max-age` and its `Expires` are all over, a little early so that a
scheduler that comes round as often as that finds it due; with none of them, whenever the pipeline runs. After a
failure: after a time that doubles with every further one, or when `Retry-After` says so. After 410 (gone): now and
then. Nothing of this ever becomes for ever. Feeds that fail together do not come back together: waiting times differ by
a share that depends on the feed and not on chance, so that a run can be repeated.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import blake2b

from schemas import Feed

LONGEST_WAIT = timedelta(days=1)
"""The longest that a server or a series of failures can put a feed off."""

GONE_WAIT = timedelta(days=7)
"""How long a feed is left alone that is gone, as its server says."""

FIRST_BACK_OFF = timedelta(minutes=10)
"""The wait after a first failure; it doubles with each further one."""

_MOST_DOUBLINGS = 10
_JITTER = 0.2
_EARLY_SHARE, _MOST_EARLY = 0.1, timedelta(minutes=1)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NEVER_KEPT = re.compile(r"(?:^|[\s,])no-(?:cache|store)\b", re.IGNORECASE)


def is_due(feed: Feed, now: datetime) -> bool:
    """Tell whether a feed is to be asked now. A clock that was set back by more than a wait makes every feed due."""
    if feed.next_poll_at is None:
        return True
    return feed.next_poll_at <= now or feed.next_poll_at > now + 2 * GONE_WAIT


def after_answer(headers: Mapping[str, str], ttl_seconds: int, now: datetime) -> datetime:
    """Return when a feed is due again that has answered."""
    wait = max(timedelta(seconds=ttl_seconds), _max_age(headers), _until_expiry(headers, now))
    wait = min(wait, LONGEST_WAIT)
    return now + wait - min(wait * _EARLY_SHARE, _MOST_EARLY)


def after_failure(feed_url: str, failures: int, headers: Mapping[str, str], now: datetime) -> datetime:
    """Return when a feed is due again that has now failed `failures` times in a row (1 or more)."""
    wished = _retry_after(headers, now)
    if wished > timedelta():
        return now + min(wished, LONGEST_WAIT)
    wait: timedelta = FIRST_BACK_OFF * 2 ** min(failures - 1, _MOST_DOUBLINGS)
    return now + min(wait * _jitter(feed_url, failures), LONGEST_WAIT)


def after_farewell(feed_url: str, failures: int, now: datetime) -> datetime:
    """Return when to see whether a feed that is gone has come back after all."""
    return now + GONE_WAIT * _jitter(feed_url, failures)


def _jitter(feed_url: str, failures: int) -> float:
    """Return a factor from 0.8 to 1.2, always the same for the same feed and number of failures."""
    digest = blake2b(f"{failures} {feed_url}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return 1 - _JITTER + 2 * _JITTER * int.from_bytes(digest, "big") / 2**64


def _max_age(headers: Mapping[str, str]) -> timedelta:
    control = headers.get("cache-control", "")
    found = _MAX_AGE.search(control)
    return timedelta(seconds=int(found[1])) if found and not _NEVER_KEPT.search(control) else timedelta()


def _until_expiry(headers: Mapping[str, str], now: datetime) -> timedelta:
    expires = _http_date(headers.get("expires"), now)
    return max(timedelta(), expires - (_http_date(headers.get("date"), now) or now)) if expires else timedelta()


def _retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return how long to wait, said in seconds or as a date; nothing if nothing is said, or a time that is over."""
    written = headers.get("retry-after", "").strip()
    if written.isascii() and written.isdigit():
        return timedelta(seconds=min(int(written[:12]), LONGEST_WAIT.total_seconds()))
    until = _http_date(written, now)
    return max(timedelta(), until - now) if until else timedelta()


def _http_date(written: str | None, now: datetime) -> datetime | None:
    try:
        found: datetime = parsedate_to_datetime(written or "")
    except (ValueError, TypeError, IndexError, OverflowError):  # such as "0" and "-1", which mean that it is over
        return None
    return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)
