"""Under which keys reports meet: the blocking that bounds the work of linking.

A dated report is indexed under its places on each of its days, and searches under the same places one day around them,
and under the people that it names two weeks around them; so only reports that are near in place and in time, vague in
place and near in time, or of the same people, are ever compared. Searching is mutual: whoever may find a report is
indexed where that report searches. A report without a date meets those with a date under its timeless keys, which are
all that it names, at any time; and the others without one under the first of these, so that what they are among
themselves depends on that group alone.
"""

from collections.abc import Hashable, Iterable, Iterator
from math import floor
from typing import NamedTuple

from pipeline.linking.days import is_day
from pipeline.linking.days_of_year import names_of, stretch_of
from pipeline.linking.people import people_keys
from pipeline.linking.places import named_site
from pipeline.records.report import VAGUEST, Report
from schemas import GeoPrecision, Mention

SLACK_DAYS = 1
"""How far apart the days of two reports of one incident can be."""
PEOPLE_SLACK_DAYS = 14
"""How far apart, where they name the same people."""

CELL_DEGREES = 0.5
"""How high and wide the cells are by which places are known to be near, in degrees."""
_FEW_DAYS = 3
_POINTS = (GeoPrecision.EXACT, GeoPrecision.LOCALITY)


DatedKey = tuple[str, int]
"""A spot, and a day as an ordinal."""


def days_of(report: Report, slack: int = 0) -> range:
    """Return the days of a dated report, and so many around them, as ordinals, which go on where the calendar ends.

    Raises ValueError for a report without a date.
    """
    first, last = report.mention.date_earliest, report.mention.date_latest
    if first is None or last is None:
        raise ValueError("only dated reports have a place in time")
    return range(first.toordinal() - slack, last.toordinal() + 1 + slack)


def dated_keys(report: Report) -> list[DatedKey]:
    """Return the keys that a dated report is indexed under."""
    return list(_on(days_of(report), spots(report)))


def dated_search_keys(report: Report) -> list[DatedKey]:
    """Return the keys under which the others of a dated report's incident may be indexed, the most telling first.

    Whoever finds a report is indexed under one of these.
    """
    return [(each.spot, day) for each in searches(report) for day in each.days]


class SearchedSpot(NamedTuple):
    """Where a dated report searches for others, and on which days, as ordinals."""

    spot: str
    days: range


def searches(report: Report) -> list[SearchedSpot]:
    """Return where a dated report searches for the others of its incident, the most telling first."""
    around, near = days_of(report, PEOPLE_SLACK_DAYS), days_of(report, SLACK_DAYS)
    people = [SearchedSpot(key, around) for key in _people(report.mention)]
    return people + [SearchedSpot(spot, near) for spot in search_spots(report)]


def spots(report: Report) -> list[str]:
    """Return where a dated report is indexed on each of its days."""
    return [*_named_places(report), COUNTRY, *([VAGUE] if report.place_rank else []), *_people(report.mention)]


def search_spots(report: Report) -> list[str]:
    """Return where others of a dated report's incident may be indexed, but for people, the most telling first.

    A site or a town searches among its neighbours and where only a region is known; anything else, in the whole
    country.
    """
    return [*_named_places(report), *([COUNTRY] if report.place_rank else [*_around(report), VAGUE])]


class Covered:
    """The keys under which all dated reports are known: those under which some of them search, and what these imply."""

    def __init__(self, searching: Iterable[Report]) -> None:
        self._keys = {key for report in searching for key in dated_search_keys(report)}

    def __contains__(self, key: object) -> bool:
        """Return whether all is known that is indexed under a key: of a day in the whole country, all is."""
        return key in self._keys or (isinstance(key, tuple) and (COUNTRY, key[1]) in self._keys)


COUNTRY, VAGUE = "country", "vague"
"""Where all dated reports of a country are indexed, and those whose place is vague."""

ANYWHERE, ON_DAY, PERSON = "", "on", "person"
"""What stands for no place in particular, and before a day of the year and the key of a person."""


def first_timeless_key(report: Report) -> str:
    """Return under what a report without a date meets the others without one: what it searches under first."""
    return timeless_keys(report)[0]


def timeless_keys(report: Report) -> list[str]:
    """Return under what reports with a date and reports without one find each other, the most telling first.

    That is: a site, a town, people, a day of the year ("on Oct. 26", of a text that gives no year); and `ANYWHERE`,
    where all without a date search, and all with a date are found whose place is vague.
    """
    mention = report.mention
    places = (named_site(mention), mention.place_name) if report.place_rank < VAGUEST else ()
    names = [name for name in dict.fromkeys((*places, *_people(mention), *_on_days(mention))) if name is not None]
    return [*names, *([ANYWHERE] if report.place_rank or not report.is_dated else [])]


def undated_keys(report: Report) -> list[Hashable]:
    """Return the keys that a report without a date is indexed under."""
    return [("undated", first_timeless_key(report))]


def undated_search_keys(report: Report) -> list[Hashable]:
    """Return the keys under which the others of its incident may be indexed, those without a date first."""
    return [*undated_keys(report), *timeless_keys(report)]


def group_keys(report: Report) -> list[str]:
    """Return the keys under which whole groups meet that have a report such as this.

    They are `timeless_keys`, each of its country. People are the same in every country.
    """
    return [name if is_person(name) else f"{report.link_key}: {name}" for name in timeless_keys(report)]


def is_person(key: str) -> bool:
    """Return whether a timeless key, or a key under which groups meet, is a person."""
    return key.startswith(f"{PERSON} ")


def _on_days(mention: Mention) -> list[str]:
    stretch = stretch_of(mention) if is_day(mention) or mention.date_earliest is None else None
    return [f"{ON_DAY} {name}" for name in names_of(stretch)] if stretch and stretch.days <= _FEW_DAYS else []


def _on(days: Iterable[int], places: Iterable[str]) -> Iterator[DatedKey]:
    return ((place, day) for place in places for day in days)


def _people(mention: Mention) -> list[str]:
    return [f"{PERSON} {key}" for key in sorted(people_keys(mention))]


def _named_places(report: Report) -> list[str]:
    mention = report.mention
    places: list[str] = []
    site = named_site(mention)
    if site is not None:
        places.append(f"site {site}")
    if mention.place_name is not None and report.place_rank < VAGUEST:
        places.append(f"place {mention.place_name}")
    if mention.admin1 is not None:
        places.append(f"admin1 {mention.admin1}")
    cell = _cell(mention)
    if cell is not None:
        places.append(_cell_name(*cell))
    return places


def _around(report: Report) -> list[str]:
    cell = _cell(report.mention)
    if cell is None:
        return []
    return [_cell_name(cell[0] + dy, cell[1] + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dy, dx) != (0, 0)]


def _cell(mention: Mention) -> tuple[int, int] | None:
    if mention.latitude is None or mention.longitude is None or mention.geo_precision not in _POINTS:
        return None
    return floor(mention.latitude / CELL_DEGREES), floor(mention.longitude / CELL_DEGREES)


def _cell_name(row: int, column: int) -> str:
    return f"cell {row} {column}"
