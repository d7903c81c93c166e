"""Under which keys reports meet: the blocking that bounds the work of linking.

A dated report is filed under its places on each of its days, and looks under the same places one day around them; so
only reports that are near in place and in time, or vague in place and near in time, are ever compared. A report
without a date meets the others without one under one place, the most specific that it names; and those with a date
under that place at any time, and under no place.
"""

from collections.abc import Hashable, Iterable, Iterator
from math import floor
from typing import NamedTuple

from pipeline.report import Report
from schemas import GeoPrecision

SLACK_DAYS = 1
"""How far apart the days of two reports of one incident can be."""

_CELL_DEGREES = 0.5
_POINTS = (GeoPrecision.EXACT, GeoPrecision.LOCALITY)


class Reach(NamedTuple):
    """The days, as ordinals (which go on where the calendar ends), from `first` to `last`, both included."""

    first: int
    last: int


def reach(report: Report) -> Reach:
    """Return the days on which a dated report looks for others. Raises ValueError for one without a date."""
    days = _days(report, SLACK_DAYS)
    return Reach(days[0], days[-1])


def dated_keys(report: Report) -> list[Hashable]:
    """Return the keys that a dated report is filed under."""
    places = [*_named_places(report), _COUNTRY, *([_VAGUE] if report.place_rank else [])]
    return list(_on(_days(report, 0), places))


def dated_keys_to_look(report: Report) -> list[Hashable]:
    """Return the keys under which the others of a dated report's incident may be filed, the most telling first.

    A site or a town looks among its neighbours and where only a region is known; anything else, in the whole country.
    """
    places = [*_named_places(report), *([_COUNTRY] if report.place_rank else [*_around(report), _VAGUE])]
    return list(_on(_days(report, SLACK_DAYS), places))


def dated_keys_seen_from(report: Report) -> list[Hashable]:
    """Return the keys that those are filed under who may look at a dated report."""
    places = [*_named_places(report), *_around(report), _VAGUE, *([_COUNTRY] if report.place_rank else [])]
    return list(_on(_days(report, SLACK_DAYS), places))


ANYWHERE = ""
"""The place, without a name, of what is known to be in a country at most."""


def unit(report: Report) -> str:
    """Return the place under which a report without a date is linked: its site or its town, else `ANYWHERE`."""
    mention = report.mention
    if mention.facility is not None:
        return mention.facility
    return mention.place_name or ANYWHERE if report.place_rank < 2 else ANYWHERE


def units(report: Report) -> list[str]:
    """Return the places under which reports without a date find a dated one.

    They look under their own, and under `ANYWHERE`, where all are found whose place is vague.
    """
    mention = report.mention
    names = [name for name in dict.fromkeys((mention.facility, mention.place_name)) if name is not None]
    return [*(names if report.place_rank < 2 else []), *([ANYWHERE] if report.place_rank else [])]


def undated_keys(report: Report) -> list[Hashable]:
    """Return the keys that a report without a date is filed under."""
    return [("undated", unit(report))]


def undated_keys_to_look(report: Report) -> list[Hashable]:
    """Return the keys under which the others of its incident may be filed, those without a date first."""
    return [*undated_keys(report), *dict.fromkeys((unit(report), ANYWHERE))]


_COUNTRY, _VAGUE = ("country",), ("vague",)


def _on(days: Iterable[int], places: Iterable[Hashable]) -> Iterator[Hashable]:
    return ((place, day) for place in places for day in days)


def _days(report: Report, slack: int) -> range:
    first, last = report.mention.date_earliest, report.mention.date_latest
    if first is None or last is None:
        raise ValueError("only dated reports have a place in time")
    return range(first.toordinal() - slack, last.toordinal() + 1 + slack)


def _named_places(report: Report) -> list[Hashable]:
    mention = report.mention
    keys: list[Hashable] = []
    if mention.facility is not None:
        keys.append(("facility", mention.facility))
    if mention.place_name is not None and report.place_rank < 2:
        keys.append(("place", mention.place_name))
    if mention.admin1 is not None:
        keys.append(("admin1", mention.admin1))
    cell = _cell(report)
    if cell is not None:
        keys.append(("cell", *cell))
    return keys


def _around(report: Report) -> list[Hashable]:
    cell = _cell(report)
    if cell is None:
        return []
    return [("cell", cell[0] + dy, cell[1] + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dy, dx) != (0, 0)]


def _cell(report: Report) -> tuple[int, int] | None:
    mention = report.mention
    if mention.latitude is None or mention.longitude is None or mention.geo_precision not in _POINTS:
        return None
    return floor(mention.latitude / _CELL_DEGREES), floor(mention.longitude / _CELL_DEGREES)
