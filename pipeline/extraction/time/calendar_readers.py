"""Readers of expressions that the calendar places: dates, months, years, weekdays."""

from collections.abc import Callable

from pipeline.extraction.text.calendar_words import COUNTED, FIRM_YEAR, WEEKDAYS, month_of
from pipeline.extraction.time.core import NOT_PAST, PARTS, Core
from pipeline.extraction.time.expressions import Calendar, Expression
from pipeline.extraction.time.patterns import MONTH_CONTEXT, YEAR_CONTEXT, named_days

_VERBS = ("may", "march")
_ALSO_NAMES = (*_VERBS, "april", "june", "august")
_STRICT = ("last", "past", "this past")


def _read_named(core: Core) -> Expression:
    year, month, day = named_days()[core.match["phrase"]]
    return Calendar(*core.match.span(), usual_year=year, month=month, day=day)


def _read_iso(core: Core) -> Expression:
    return Calendar(*core.match.span(), int(core.match["year"]), int(core.match["month"]), int(core.match["day"]))


def _read_slashed(core: Core) -> Expression | None:
    """Read 10/17/2023 as Americans do, unless it can only be day first."""
    month, day = int(core.match["first"]), int(core.match["second"])
    if month > 12:
        month, day = day, month
    return Calendar(*core.match.span(), int(core.match["year"]), month, day) if month <= 12 else None


def _read_day_month(core: Core) -> Expression | None:
    short = core.match["short"]
    return _day(core, _century(short) if short else _number(core.match["year"]), core.match["last"])


def _read_month_day(core: Core) -> Expression | None:
    return _day(core, _number(core.match["year"]), core.match["last"] or core.match["also"])


def _day(core: Core, year: int | None, last: str | None) -> Expression | None:
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


def _read_month(core: Core) -> Expression | None:
    match = core.match
    start, part, which = core.lead()
    if which in NOT_PAST or not (match["year"] or _is_month(core)):
        return None
    return Calendar(
        start,
        match.end(),
        year=_number(match["year"]),
        month=month_of(match["month"]),
        part=PARTS.get(part),
        strict=which in _STRICT,
    )


def _is_month(core: Core) -> bool:
    """Tell whether a bare month is one: names and verbs ("May", "March") need a word before them that says so."""
    name = core.match["month"]
    if name not in _ALSO_NAMES:
        return len(name) > 3 and not name.endswith(".")
    return not core.written[core.match.start()].islower() and core.before(MONTH_CONTEXT) is not None


def _read_year(core: Core) -> Expression | None:
    match = core.match
    if not core.before(YEAR_CONTEXT):
        return None
    if COUNTED.match(core.flat, match.end()) and not core.before(FIRM_YEAR):
        return None
    start, part, _ = core.lead()
    decade = bool(match["decade"])
    return Calendar(start, match.end(), int(match["year"]), part=None if decade else PARTS.get(part), decade=decade)


def _read_weekday(core: Core) -> Expression | None:
    start, _, which = core.lead()
    if core.match["plural"] or which in NOT_PAST:
        return None
    weekday = WEEKDAYS[core.match["weekday"][:3]]
    return Calendar(start, core.tail_end(), weekday=weekday, strict=which in _STRICT)


def _read_short_weekday(core: Core) -> Expression | None:
    if core.written[core.match.start()].islower():
        return None
    return Calendar(*core.match.span(), weekday=WEEKDAYS[core.match["weekday"][:3]])


READERS: dict[str, Callable[[Core], Expression | None]] = {
    "named": _read_named,
    "iso": _read_iso,
    "slashed": _read_slashed,
    "day_month": _read_day_month,
    "month_day": _read_month_day,
    "month": _read_month,
    "year": _read_year,
    "weekday": _read_weekday,
    "short_weekday": _read_short_weekday,
}
"""By the kind of core; None where the words are no date after all, or not of the past."""
