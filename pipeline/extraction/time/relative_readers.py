"""Readers of expressions that count from the article's clock, or from what was told before."""

from collections.abc import Callable

from pipeline.extraction.time.core import PARTS, Core
from pipeline.extraction.time.expressions import Expression, Offset, Period, Unit
from pipeline.extraction.time.patterns import COUNT_LEAD, SPELLED
from schemas import DateBasis, DatePrecision

_BACKWARDS = ("ago", "earlier", "before", "prior", "previously", "previous", "preceding")
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


def _read_deictic(core: Core) -> Expression | None:
    phrase = core.match["phrase"]
    start, part, _ = core.lead()
    if "tomorrow" in phrase or part == "later":
        return None
    days = _DEICTIC_DAYS.get(phrase, (0, 0))
    precision = DatePrecision.DAY if days[0] == days[1] else DatePrecision.DAYS
    return Offset(start, core.tail_end(), days, precision, DateBasis.DEICTIC)


def _read_period(core: Core) -> Expression | None:
    which, unit = core.match["which"], core.match["unit"]
    start, part, _ = core.lead()
    if which in ("next", "coming") or part == "later":
        return None
    if unit != "weekend" and (which == "past" or (which == "last" and core.flat.endswith("the ", 0, start))):
        return _past(core, _UNIT_DAYS[unit])
    step = -1 if which in ("last", "past") else 0
    return Period(start, core.match.end(), _PERIODS[unit], step, PARTS.get(part))


def _read_weekend(core: Core) -> Expression | None:
    """Read "over the weekend", which is the latest."""
    the = core.flat.endswith("the ", 0, core.match.start())
    return Period(core.match.start() - 4, core.match.end(), "weekend", 0) if the else None


def _read_window(core: Core) -> Expression | None:
    which, unit, plural = core.match["which"], core.match["unit"], bool(core.match["plural"])
    if not plural and which != "past":
        return None
    if which == "recent":
        return _past(core, _RECENT_DAYS.get(unit, 0))
    most = _counted(core.match["count"], plural)[1]
    return _past(core, -(-most // 24) if unit == "hour" else most * _UNIT_DAYS.get(unit, unit == "day"))


def _past(core: Core, days: int) -> Expression | None:
    """Read "the past two weeks": every day from then to the clock."""
    precision = next((width for most, width in _WIDTHS if days <= most), DatePrecision.YEAR)
    return Offset(*core.match.span(), (-days, 0), precision) if days else None


def _read_step(core: Core) -> Expression | None:
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


def _read_neighbour(core: Core) -> Expression | None:
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


def _read_meanwhile(core: Core) -> Expression:
    return Offset(*core.match.span(), (0, 0), DatePrecision.DAY, anchored=True)


READERS: dict[str, Callable[[Core], Expression | None]] = {
    "deictic": _read_deictic,
    "period": _read_period,
    "weekend": _read_weekend,
    "window": _read_window,
    "step": _read_step,
    "neighbour": _read_neighbour,
    "meanwhile": _read_meanwhile,
}
"""By the kind of core; None where the words are of the future, or count nothing."""
