"""When an article was published, as its own text says it.

The date of an article is what "Thursday" and "overnight" are read against, so a wrong one is worse than none. It comes
from the first of these that gives a whole date:

1. metadata: what the source or the page declares;
2. a header: a labelled date ("Published: 14 November 2023") or a line that is nothing but a date, above the text;
3. a dateline: the place and date that a news agency opens with ("BAGHDAD, Nov. 14, 2023 (Reuters) -");
4. the path of the web address (/2023/11/14/).

A date without a year is completed from the web address if that names a time close to it, and is otherwise none:
the year is never guessed. Dates that do not exist are passed over, and so are photographs' captions and the entries
of timelines, which look much like datelines. Times of day are not read: one from a text is the beginning (UTC) of
its day.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from itertools import takewhile
from typing import NamedTuple

from pipeline.sources.moments import read_moment
from pipeline.sources.urls import Stretch, stretch_in
from pipeline.sources.written_dates import DATE_PATTERN, read_data_lines, read_date
from schemas.enums import PublishedBasis

HEAD_CHARS = 1_500
"""How much of a text is searched, in characters."""

HEAD_LINES = 8
"""How many lines that are not blank are searched for a header, and each of their beginnings for a dateline."""

TIMELINE_CHARS = 20_000
"""How much of a text is searched for further entries when its head looks like a timeline's, in characters."""

_DATELINE_CHARS = 200
_ENTRY_CHARS = 60
_STAMP_CHARS = 90


def _any_of(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


_DATE = rf"(?P<date>(?i:{DATE_PATTERN}))"
_LABELS = read_data_lines("date_labels.txt")
# A label begins in upper case: "issued 14 November 2020" may be the middle of a wrapped sentence.
_LABELLED = re.compile(
    rf"(?:^|[|•·]|\s-\s)\s*(?=[A-Z])(?P<label>(?i:{_any_of(_LABELS)}))(?:\s+(?:on|at))?\s*:?\s*{_DATE}(?![\w/])"
)
_LEADING = re.compile(r"\s*date:?\s+(?P<date>(?:19|20)\d{2}-\d{2}-\d{2})(?![\w-])", re.IGNORECASE)
_TIME = r"(?:,?\s*(?:at\s+)?\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?(?:\s*\(?[A-Z]{2,5}\)?)?)?"
_BARE = re.compile(rf"\s*[(\[]?{_DATE}{_TIME}[)\]]?\s*")

# A place is words that begin in upper case, with the particles of place names and brackets in between.
_PARTICLE = rf"(?:{_any_of(read_data_lines('place_particles.txt'))})"
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.'’`/-]*"
_PLACE = rf"[(\[]?(?:{_NAME}|{_PARTICLE}\b)(?:[\s,()\[\]]+(?:{_NAME}|{_PARTICLE}\b)){{0,7}}[)\]]?"
_DASH = r"(?:--+|[-–—―:])"
_NO_CREDIT = rf"(?![^)\n]{{0,20}}\b(?i:{_any_of(read_data_lines('photo_credits.txt'))}))"
_AGENCY = rf"{_NO_CREDIT}(?:[(\[][^()]{{2,60}}?[)\]]|/[^/\n]{{2,60}}/)"
_PLACED = re.compile(
    rf"\s*{_PLACE}\s*(?:,|{_DASH}|[)\]/])\s*[(\[]?{_DATE}"
    rf"\s*[)\]]?\s*(?:,?\s*{_AGENCY}|{_DASH}(?=\s)|\.\s+{_NO_CREDIT}|\.?\s*{_AGENCY})"
)
_AGENCY_FIRST = re.compile(rf"\s*\([^()\n]{{2,40}}\)\s*{_DASH}?\s*{_DATE}(?![\w/])")
_DATE_FIRST = re.compile(rf"\s*{_DATE}\s*{_AGENCY}\s*{_DASH}")
_DATE_ALONE = re.compile(rf"\s*{_DATE}\s*{_DASH}\s")
_PLACE_AND_DATE = re.compile(rf"\s*{_PLACE}\s*(?:,|{_DASH}|\|)\s*{_DATE}{_TIME}\.?\s*")
_LABEL = re.compile(rf"\s*(?:{_any_of(_LABELS)})(?:\s+(?:on|at))?\s*:?\s*", re.IGNORECASE)
_DATELINES = (_PLACED, _AGENCY_FIRST, _DATE_FIRST, _DATE_ALONE)


class PublicationDate(NamedTuple):
    """When an article was published (UTC), and where that is said; null and `none` when nothing says it.

    `offset_minutes` is how far the clock that it was told by was ahead of UTC, null where that is not known.
    """

    published_at: datetime | None
    basis: PublishedBasis
    offset_minutes: int | None = None


def read_publication_date(text: str, url: str | None = None, metadata: datetime | None = None) -> PublicationDate:
    """Return when an article was published, from its text, its web address and what its source declares."""
    if metadata is not None:
        offset = metadata.utcoffset() or timedelta()
        minutes = int(offset.total_seconds() // 60) or None
        return PublicationDate(metadata.astimezone(timezone.utc), PublishedBasis.METADATA, minutes)
    stretch = stretch_in(url)
    lines, timeline = _head_lines(text), _is_timeline(text)
    if day := _header_date(lines, stretch, timeline):
        return PublicationDate(_begin(day), PublishedBasis.HEADER)
    if day := _dateline_date(lines, stretch, timeline):
        return PublicationDate(_begin(day), PublishedBasis.DATELINE)
    if stretch and stretch.first == stretch.last:
        return PublicationDate(_begin(stretch.first), PublishedBasis.URL)
    return PublicationDate(None, PublishedBasis.NONE)


def is_header_line(line: str) -> bool:
    """Tell whether a line above an article gives its date, so that it is no headline."""
    return bool(_LABELLED.search(line) or _BARE.fullmatch(line) or _PLACE_AND_DATE.fullmatch(line) or _stamped(line))


def has_dateline(line: str) -> bool:
    """Tell whether a line begins with a dateline that has a date, so that it is no headline."""
    return any(pattern.match(line) for pattern in _DATELINES)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.utc)


def _head_lines(text: str) -> list[str]:
    """Return the first lines that are not blank, each with what follows it in its paragraph, as datelines wrap."""
    head = text[:HEAD_CHARS]
    starts = [match.start() for match in re.finditer(r"^[^\S\n]*\S", head, re.MULTILINE)]
    return [head[start : start + _DATELINE_CHARS].split("\n\n")[0] for start in starts[:HEAD_LINES]]


def _header_date(lines: list[str], stretch: Stretch | None, timeline: bool) -> date | None:
    if lines and (leading := _LEADING.match(lines[0])) and (day := _resolve(leading["date"], None)):
        return day
    firsts = [line.split("\n")[0] for line in lines]
    above = list(takewhile(lambda line: not has_dateline(line), () if timeline else firsts))
    labelled = sorted(
        (match for line in firsts for match in _LABELLED.finditer(line)),
        key=lambda match: _LABELS.index(match["label"].lower()),
    )
    whole = (_BARE.fullmatch(line) or _PLACE_AND_DATE.fullmatch(line) for line in above)
    return _first_date([*labelled, *whole], stretch) or next(filter(None, map(_stamped, above)), None)


def _stamped(line: str) -> date | None:
    """Return the day of a line that is nothing but a moment: "Updated 3:45 PM EST, Wed November 15, 2023"."""
    if len(line) > _STAMP_CHARS:
        return None
    moment = read_moment(_LABEL.sub("", line, count=1))
    return moment.date() if moment else None


def _dateline_date(lines: list[str], stretch: Stretch | None, timeline: bool) -> date | None:
    patterns = [pattern for pattern in _DATELINES if not (timeline and pattern is _DATE_ALONE)]
    return _first_date((pattern.match(line) for line in lines for pattern in patterns), stretch)


def _first_date(matches: Iterable[re.Match[str] | None], stretch: Stretch | None) -> date | None:
    return next((day for match in matches if match and (day := _resolve(match["date"], stretch))), None)


def _is_timeline(text: str) -> bool:
    """Tell whether several days head lines of their own: they date what the text tells, not the text."""
    beginnings = (line[:_ENTRY_CHARS] for line in text[:TIMELINE_CHARS].split("\n"))
    entries = (_BARE.fullmatch(line) or _DATE_ALONE.match(line) for line in beginnings)
    return len({read_date(entry["date"]) for entry in entries if entry}) > 1


def _resolve(written: str, stretch: Stretch | None) -> date | None:
    found = read_date(written)
    if found is None:
        return None
    if found.year is None and stretch:
        return found.near(stretch.first, stretch.last)
    return found.on_calendar()
