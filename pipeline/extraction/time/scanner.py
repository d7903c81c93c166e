"""Finds the date expressions of a text: one combined scan, and a reader for each kind of expression."""

import re
from collections.abc import Callable
from typing import NamedTuple

from pipeline.extraction.text.calendar_words import COUNTED, FIRM_YEAR, WEEKDAYS, month_of
from pipeline.extraction.time.expressions import Calendar, Expression, Offset, Part, Period, Unit
from pipeline.extraction.time.patterns import (
    COUNT_LEAD,
    LEAD,
    MONTH_CONTEXT,
    SPELLED,
    TAIL,
    WORD,
    YEAR_CONTEXT,
    grammar,
    named_days,
)
from schemas import DateBasis, DatePrecision

_VERBS = ("may", "march")
_ALSO_NAMES = (*_VERBS, "april", "june", "august")
_STRICT = ("last", "past", "this past")
_NOT_PAST = ("next", "coming", "this coming", "upcoming", "the following", "every", "each", "most", "on a", "on an")
_BACKWARDS = ("ago", "earlier", "before", "prior", "previously", "previous", "preceding")
_PARTS: dict[str, Part] = {
    "early": "early",
    "beginning of": "early",
    "start of": "early",
    "mid": "mid",
    "middle of": "mid",
    "late": "late",
    "end of": "late",
}
_PERIODS: dict[str, Unit] = {"week": "week", "month": "month", "year": "year", "weekend": "weekend"}
_DEICTIC_DAYS = {
    "yesterday": (-1, -1),
    "last night": (-1, -1),
    "last evening": (-1, -1),
    "overnight": (-1, 0),
    "day before yesterday": (-2, -2),
}
_COUNTS = {"the": (1, 1), "a": (1, 1), "an": (1, 1), "several": (3, 7), "many": (3, 10)}
_COUNTS |= {word: (number, number) for word, number in SPELLED.items()}
_FEW, _COUPLE, _BARE_PLURAL = (2, 5), (2, 3), (2, 6)
_UNIT_DAYS = {"week": 7, "fortnight": 14, "month": 30, "year": 365}
_RECENT_DAYS = {"hour": 1, "day": 7, "week": 28, "month": 180, "year": 1825}
_WIDTHS = ((6, DatePrecision.DAYS), (14, DatePrecision.WEEK), (31, DatePrecision.MONTH))
_UNIT_PRECISION = {
    "week": DatePrecision.WEEK,
    "fortnight": DatePrecision.WEEK,
    "month": DatePrecision.MONTH,
    "year": DatePrecision.YEAR,
}


class _Core(NamedTuple):
    """A core found: its groups, and the text as flattened and as written."""

    match: re.Match[str]
    flat: str
    written: str

    def before(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the words right before the core that fit the pattern."""
        start = self.match.start()
        return pattern.search(self.flat, max(0, start - 32), start)

    def lead(self) -> tuple[int, str, str]:
        """Return where the expression begins, and what the words before say: what part ("late"), which one ("last")."""
        lead = self.before(LEAD)
        if not lead or not lead[0]:
            return self.match.start(), "", ""
        return lead.start(), lead["part"] or "", lead["which"] or ""

    def tail_end(self) -> int:
        """Return where the expression ends, with the time of day that follows it."""
        tail = TAIL.match(self.flat, self.match.end())
        return tail.end() if tail else self.match.end()


def scan(flat: str, written: str) -> list[Expression]:
    """Return the date expressions of a text, in order and not overlapping.

    `flat` is `written` as `flatten` gives it. Expressions of the future ("tomorrow", "next Thursday") and of habit
    ("every Friday") are left out.
    """
    kinds, digit_kinds, cores = grammar()
    found: list[Expression] = []
    read = 0
    for word in WORD.finditer(flat):
        opener = word[0]
        trying = kinds.get(opener) or (digit_kinds if opener < ":" else None)  # digits sort before the colon
        if not trying or word.start() < read:
            continue
        for kind in trying:
            match = cores[kind].match(flat, word.start())
            if match:
                expression = _READERS[kind](_Core(match, flat, written))
                if expression and (not found or expression.start >= found[-1].end):
                    found.append(expression)
                read = match.end()
                break
    return found


def _read_named(core: _Core) -> Expression:
    year, month, day = named_days()[core.match["phrase"]]
    return Calendar(*core.match.span(), usual_year=year, month=month, day=day)


def _read_iso(core: _Core) -> Expression:
    return Calendar(*core.match.span(), int(core.match["year"]), int(core.match["month"]), int(core.match["day"]))


def _read_slashed(core: _Core) -> Expression | None:
    """Read 10/17/2023 as Americans do, unless it can only be day first."""
    month, day = int(core.match["first"]), int(core.match["second"])
    if month > 12:
        month, day = day, month
    return Calendar(*core.match.span(), int(core.match["year"]), month, day) if month <= 12 else None


def _read_day_month(core: _Core) -> Expression | None:
    short = core.match["short"]
    return _day(core, _century(short) if short else _number(core.match["year"]), core.match["last"])


def _read_month_day(core: _Core) -> Expression | None:
    return _day(core, _number(core.match["year"]), core.match["last"] or core.match["also"])


def _day(core: _Core, year: int | None, last: str | None) -> Expression | None:
    match = core.match
    if match["month"] in _VERBS and core.written[match.start("month")].islower():
        return None
    start, part, _ = core.lead()
    return Calendar(
        start if part else match.start(),
        core.tail_end(),
        year=year,
        month=month_of(match["month"]),
        day=_number(match["day"]),
        last_day=_number(last),
    )


def _number(digits: str | None) -> int | None:
    return int(digits.rstrip("stndrh")) if digits else None


def _century(short: str) -> int:
    """Return the year of two digits: 00 to 49 are of the twenty-first century."""
    return int(short) + (2000 if int(short) < 50 else 1900)


def _read_month(core: _Core) -> Expression | None:
    match = core.match
    start, part, which = core.lead()
    if which in _NOT_PAST or not (match["year"] or _is_month(core)):
        return None
    return Calendar(
        start,
        match.end(),
        year=_number(match["year"]),
        month=month_of(match["month"]),
        part=_PARTS.get(part),
        strict=which in _STRICT,
    )


def _is_month(core: _Core) -> bool:
    """Tell whether a bare month is one: names and verbs ("May", "March") need a word before them that says so."""
    name = core.match["month"]
    if name not in _ALSO_NAMES:
        return len(name) > 3 and not name.endswith(".")
    return not core.written[core.match.start()].islower() and core.before(MONTH_CONTEXT) is not None


def _read_year(core: _Core) -> Expression | None:
    match = core.match
    if not core.before(YEAR_CONTEXT):
        return None
    if COUNTED.match(core.flat, match.end()) and not core.before(FIRM_YEAR):
        return None
    start, part, _ = core.lead()
    decade = bool(match["decade"])
    return Calendar(start, match.end(), int(match["year"]), part=None if decade else _PARTS.get(part), decade=decade)


def _read_weekday(core: _Core) -> Expression | None:
    start, _, which = core.lead()
    if core.match["plural"] or which in _NOT_PAST:
        return None
    weekday = WEEKDAYS[core.match["weekday"][:3]]
    return Calendar(start, core.tail_end(), weekday=weekday, strict=which in _STRICT)


def _read_short_weekday(core: _Core) -> Expression | None:
    if core.written[core.match.start()].islower():
        return None
    return Calendar(*core.match.span(), weekday=WEEKDAYS[core.match["weekday"][:3]])


def _read_deictic(core: _Core) -> Expression | None:
    phrase = core.match["phrase"]
    start, part, _ = core.lead()
    if "tomorrow" in phrase or part == "later":
        return None
    days = _DEICTIC_DAYS.get(phrase, (0, 0))
    precision = DatePrecision.DAY if days[0] == days[1] else DatePrecision.DAYS
    return Offset(start, core.tail_end(), days, precision, DateBasis.DEICTIC)


def _read_period(core: _Core) -> Expression | None:
    which, unit = core.match["which"], core.match["unit"]
    start, part, _ = core.lead()
    if which in ("next", "coming") or part == "later":
        return None
    if unit != "weekend" and (which == "past" or (which == "last" and core.flat.endswith("the ", 0, start))):
        return _past(core, _UNIT_DAYS[unit])
    step = -1 if which in ("last", "past") else 0
    return Period(start, core.match.end(), _PERIODS[unit], step, _PARTS.get(part))


def _read_weekend(core: _Core) -> Expression | None:
    """Read "over the weekend", which is the latest."""
    the = core.flat.endswith("the ", 0, core.match.start())
    return Period(core.match.start() - 4, core.match.end(), "weekend", 0) if the else None


def _read_window(core: _Core) -> Expression | None:
    which, unit, plural = core.match["which"], core.match["unit"], bool(core.match["plural"])
    if not plural and which != "past":
        return None
    if which == "recent":
        return _past(core, _RECENT_DAYS.get(unit, 0))
    most = _counted(core.match["count"], plural)[1]
    return _past(core, -(-most // 24) if unit == "hour" else most * _UNIT_DAYS.get(unit, unit == "day"))


def _past(core: _Core, days: int) -> Expression | None:
    """Read "the past two weeks": every day from then to the clock."""
    precision = next((width for most, width in _WIDTHS if days <= most), DatePrecision.YEAR)
    return Offset(*core.match.span(), (-days, 0), precision) if days else None


def _read_step(core: _Core) -> Expression | None:
    """Read "two days ago", counted from the clock, and "two days later", counted from the incident told before."""
    match, lead = core.match, core.before(COUNT_LEAD)
    unit, way = match["unit"], match["way"]
    low, high = _distance(unit, _counted(lead["count"] if lead else None, bool(match["plural"])))
    if lead and lead["within"]:
        low = 0
    precision = _UNIT_PRECISION.get(unit, DatePrecision.DAY if low == high else DatePrecision.DAYS)
    days = (-high, -low) if way in _BACKWARDS else (low, high)
    return Offset(lead.start() if lead else match.start(), core.tail_end(), days, precision, anchored=way != "ago")


def _counted(words: str | None, plural: bool) -> tuple[int, int]:
    """Return how many are meant, from least to most."""
    if not words:
        return _BARE_PLURAL if plural else (1, 1)
    if words.isdigit():
        return int(words), int(words)
    if "few" in words:
        return _FEW
    return _COUPLE if "couple" in words else _COUNTS[words]


def _distance(unit: str, counts: tuple[int, int]) -> tuple[int, int]:
    """Return the distance in days, from least to most: exact for days, with half a unit's slack for longer units."""
    low, high = counts
    if unit == "hour":
        return (low - 1) // 24, -(-high // 24)
    if unit in ("day", "night", "morning", "afternoon", "evening"):
        return counts
    length = _UNIT_DAYS.get(unit, 0)
    return low * length - length // 2, high * length + length // 2


def _read_neighbour(core: _Core) -> Expression | None:
    """Read "the same day", "the previous night", "the following week"."""
    which, unit = core.match["which"], core.match["unit"]
    start = core.match.start()
    given = core.flat.endswith("the ", 0, start)
    if which == "next" and unit in _UNIT_DAYS and not given:
        return None
    low, high = _distance(unit, (0, 0) if which in ("same", "that") else (1, 1))
    days = (-high, -low) if which in _BACKWARDS else (low, high)
    precision = _UNIT_PRECISION.get(unit, DatePrecision.DAY)
    return Offset(start - 4 * given, core.match.end(), days, precision, anchored=True)


def _read_meanwhile(core: _Core) -> Expression:
    return Offset(*core.match.span(), (0, 0), DatePrecision.DAY, anchored=True)


_READERS: dict[str, Callable[[_Core], Expression | None]] = {
    "named": _read_named,
    "iso": _read_iso,
    "slashed": _read_slashed,
    "day_month": _read_day_month,
    "month_day": _read_month_day,
    "month": _read_month,
    "year": _read_year,
    "weekday": _read_weekday,
    "short_weekday": _read_short_weekday,
    "deictic": _read_deictic,
    "period": _read_period,
    "weekend": _read_weekend,
    "window": _read_window,
    "step": _read_step,
    "neighbour": _read_neighbour,
    "meanwhile": _read_meanwhile,
}
