"""Under which keys reports meet: the blocking that bounds the work of linking.

A dated report is filed under its places on each of its days, and looks under the same places one day around them, and
under the people that it names two weeks around them; so only reports that are near in place and in time, vague in
place and near in time, or of the same people, are ever compared. A report
without a date meets those with a date under all that it names, at any time; and the others without one under the most
telling of that, so that what they are among themselves depends on that group alone.
"""

from collections.abc import Hashable, Iterable, Iterator
from math import floor

from pipeline.linking.days import is_day
from pipeline.linking.days_of_year import names_of, stated_days, stretch_of
from pipeline.linking.people import people_keys
from pipeline.linking.spots import named_site
from pipeline.report import VAGUEST, Report
from schemas import GeoPrecision, Mention

SLACK_DAYS = 1
"""How far apart the days of two reports of one incident can be."""
PEOPLE_SLACK_DAYS = 14
"""How far apart, where they name the same people."""

_CELL_DEGREES = 0.5
_FEW_DAYS = 3
_POINTS = (GeoPrecision.EXACT, GeoPrecision.LOCALITY)


def days_of(report: Report, slack: int = 0) -> range:
    """Return the days of a dated report, and so many around them, as ordinals, which go on where the calendar ends.

    Raises ValueError for a report without a date.
    """
    first, last = report.mention.date_earliest, report.mention.date_latest
    if first is None or last is None:
        raise ValueError("only dated reports have a place in time")
    return range(first.toordinal() - slack, last.toordinal() + 1 + slack)


def days_to_look(report: Report) -> range:
    """Return the days on which a dated report looks for others."""
    return days_of(report, PEOPLE_SLACK_DAYS if _people(report) else SLACK_DAYS)


def dated_keys(report: Report) -> list[Hashable]:
    """Return the keys that a dated report is filed under."""
    places = [*_named_places(report), _COUNTRY, *([_VAGUE] if report.place_rank else [])]
    return list(_on(days_of(report, 0), [*places, *_people(report)]))


def dated_keys_to_look(report: Report) -> list[Hashable]:
    """Return the keys under which the others of a dated report's incident may be filed, the most telling first.

    A site or a town looks among its neighbours and where only a region is known; anything else, in the whole country.
    """
    places = [*_named_places(report), *([_COUNTRY] if report.place_rank else [*_around(report), _VAGUE])]
    return [*_people_around(report), *_on(days_of(report, SLACK_DAYS), places)]


def dated_keys_seen_from(report: Report) -> list[Hashable]:
    """Return the keys that those are filed under who may look at a dated report."""
    places = [*_named_places(report), *_around(report), _VAGUE, *([_COUNTRY] if report.place_rank else [])]
    return [*_people_around(report), *_on(days_of(report, SLACK_DAYS), places)]


ANYWHERE, ON_DAY, PERSON = "", "on", "person"
"""What stands for no place in particular, and before a day of the year and the key of a person."""


def unit(report: Report) -> str:
    """Return under what a report without a date meets the others without one: what it looks under first."""
    return units(report)[0]


def units(report: Report) -> list[str]:
    """Return under what reports with a date and reports without one find each other, the most telling first.

    That is: a site, a town, people, a day of the year ("on Oct. 26", of a text that gives no year); and `ANYWHERE`,
    where all without a date look, and all with a date are found whose place is vague.
    """
    mention = report.mention
    places = (named_site(mention), mention.place_name) if report.place_rank < VAGUEST else ()
    people = (f"{PERSON} {key}" for key in sorted(people_keys(mention)))
    names = [name for name in dict.fromkeys((*places, *people, *_on_days(mention))) if name is not None]
    return [*names, *([ANYWHERE] if report.place_rank or not report.is_dated else [])]


def undated_keys(report: Report) -> list[Hashable]:
    """Return the keys that a report without a date is filed under."""
    return [("undated", unit(report))]


def undated_keys_to_look(report: Report) -> list[Hashable]:
    """Return the keys under which the others of its incident may be filed, those without a date first."""
    return [*undated_keys(report), *units(report)]


def met_under(report: Report) -> list[str]:
    """Return the keys under which whole groups meet that have a report such as this: `units`, each of its country.

    People are the same in every country.
    """
    return [name if is_person(name) else f"{report.link_key}: {name}" for name in units(report)]


def is_person(key: str) -> bool:
    """Return whether a unit, or what groups meet under, is a person."""
    return key.startswith(f"{PERSON} ")


def _on_days(mention: Mention) -> list[str]:
    if mention.date_earliest is None:
        return on_days_told(mention.date_text or "")
    stretch = stretch_of(mention) if is_day(mention) else None
    return [] if stretch is None else [f"{ON_DAY} {name}" for name in names_of(stretch)]


def on_days_told(text: str) -> list[str]:
    """Return under what a report is found whose text tells, in these words and without a year, on which days it was."""
    stretch = stated_days(text)
    return [f"{ON_DAY} {name}" for name in names_of(stretch)] if stretch and stretch.days <= _FEW_DAYS else []


_COUNTRY, _VAGUE = ("country",), ("vague",)


def _on(days: Iterable[int], places: Iterable[Hashable]) -> Iterator[Hashable]:
    return ((place, day) for place in places for day in days)


def _people(report: Report) -> list[Hashable]:
    return [("person", key) for key in people_keys(report.mention)]


def _people_around(report: Report) -> Iterator[Hashable]:
    people = _people(report)
    return _on(days_of(report, PEOPLE_SLACK_DAYS), people) if people else iter(())


def _named_places(report: Report) -> list[Hashable]:
    mention = report.mention
    keys: list[Hashable] = []
    site = named_site(mention)
    if site is not None:
        keys.append(("facility", site))
    if mention.place_name is not None and report.place_rank < VAGUEST:
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
