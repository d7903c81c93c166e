"""Grouping reports into incidents.

Reports are taken in an order that belongs to the set and not to its arrival: the most precise first, older ones
first among equals. Each joins the incident that its evidence points to most strongly, or founds one. A veto against
any member that was compared keeps it out, so that chains of small likenesses do not pull two incidents together.
A report that lacks the day or the place joins only where one incident clearly beats the next best: between two
attacks on one base, a report without a date stays on its own.

Only incidents that share a place and a day with a report, or the country and a day where it names no place, are
compared with it; and at most `MAX_CANDIDATES` of them, by at most `MAX_COMPARED` members each. So the work grows
with the number of reports, however hot a place or a day is.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from math import floor
from typing import NamedTuple

from pipeline.linking.evidence import THRESHOLD, Comparison, compare, score
from pipeline.report import Report
from schemas import GeoPrecision
from schemas.base import Record, Share

MAX_CANDIDATES = 100
MAX_COMPARED = 8
MARGIN = 1.0
"""How much stronger than the second best the evidence for the best incident must be, for a vague report."""

_CELL_DEGREES = 0.5
_POINTS = (GeoPrecision.EXACT, GeoPrecision.LOCALITY)
_UNDATED_LAST = 1_000_000


class Linked(Record):
    """A report in an incident: how surely it belongs there (0 to 1), and why."""

    report: Report
    score: Share
    reasons: tuple[str, ...]


class Cluster(Record):
    """The reports of one incident, in the order in which they joined."""

    members: tuple[Linked, ...]

    @property
    def link_key(self) -> str:
        """The country that all of its reports name."""
        return self.members[0].report.link_key

    @property
    def seniority(self) -> tuple[str, str]:
        """The order of incidents: that of their most senior reports."""
        return min(linked.report.seniority for linked in self.members)


class _Match(NamedTuple):
    position: int
    comparison: Comparison

    @property
    def weight(self) -> float:
        return self.comparison.weight


def cluster(reports: Iterable[Report]) -> list[Cluster]:
    """Group dated reports of one country and one stretch of time into incidents."""
    grouping = _Grouping(by_day=True)
    for report in _in_order(reports):
        grouping.add(report, margin=MARGIN if report.place_rank else 0.0)
    return grouping.clusters()


def attach(clusters: Iterable[Cluster], undated: Iterable[Report]) -> list[Cluster]:
    """Let reports without a usable date join the incidents of their country, or group among themselves."""
    reports = _in_order(undated)
    if not reports:
        return list(clusters)
    grouping = _Grouping(by_day=False)
    for known in sorted(clusters, key=lambda known: known.seniority):
        grouping.found(known.members)
    for report in reports:
        grouping.add(report, margin=MARGIN)
    return grouping.clusters()


def _in_order(reports: Iterable[Report]) -> list[Report]:
    """Return each report once, in the order that belongs to the set; of one mention read in two places, one report."""
    by_ref = sorted(reports, key=lambda report: report.mention.ref, reverse=True)
    distinct = {report.mention.mention_id: report for report in by_ref}
    return sorted(distinct.values(), key=_precision_first)


def _precision_first(report: Report) -> tuple[int, int, tuple[str, str]]:
    return report.place_rank, report.days or _UNDATED_LAST, report.seniority


class _Grouping:
    """Incidents under construction, found again by place and, where reports are dated, by day."""

    def __init__(self, by_day: bool) -> None:
        self._by_day = by_day
        self._members: list[list[Linked]] = []
        self._index: dict[Hashable, dict[int, None]] = defaultdict(dict)

    def clusters(self) -> list[Cluster]:
        return [Cluster(members=tuple(members)) for members in self._members]

    def found(self, members: Iterable[Linked]) -> None:
        """Begin an incident with these reports."""
        self._members.append([])
        for linked in members:
            self._join(len(self._members) - 1, linked)

    def add(self, report: Report, margin: float) -> None:
        """Put a report into the incident that it is of, or begin one with it."""
        matches = sorted(self._matches(report), key=lambda match: (-match.weight, match.position))
        if not matches or (len(matches) > 1 and matches[0].weight - matches[1].weight < margin):
            self.found([Linked(report=report, score=1.0, reasons=("first report",))])
            return
        best = matches[0].comparison
        reasons = tuple(f"{part.name}: {part.reason} ({part.weight:+.1f})" for part in best.parts)
        self._join(matches[0].position, Linked(report=report, score=score(best.weight), reasons=reasons))

    def _join(self, index: int, linked: Linked) -> None:
        self._members[index].append(linked)
        for key in self._dated(_places(linked.report), linked.report, slack=0):
            self._index[key][index] = None

    def _matches(self, report: Report) -> Iterator[_Match]:
        for index in self._candidates(report):
            comparisons = [compare(report, known.report) for known in self._members[index][:MAX_COMPARED]]
            if any(comparison.veto for comparison in comparisons):
                continue
            best = max(comparisons, key=lambda comparison: comparison.weight)
            if best.weight >= THRESHOLD:
                yield _Match(index, best)

    def _candidates(self, report: Report) -> list[int]:
        found: dict[int, None] = {}
        for key in self._dated(_places_to_look(report), report, slack=1):
            for index in self._index.get(key, ()):
                found[index] = None
                if len(found) == MAX_CANDIDATES:
                    return list(found)
        return list(found)

    def _dated(self, places: Iterable[Hashable], report: Report, slack: int) -> Iterator[Hashable]:
        if not self._by_day:
            yield from places
            return
        yield from ((place, day) for place in places for day in _days(report, slack))


def _days(report: Report, slack: int) -> range:
    """Return the days of a report's interval as ordinals, which go on where the calendar ends."""
    first, last = report.mention.date_earliest, report.mention.date_latest
    if first is None or last is None:
        return range(0)
    return range(first.toordinal() - slack, last.toordinal() + 1 + slack)


def _places(report: Report) -> list[Hashable]:
    """Return the keys that an incident is found under."""
    return [*_named_places(report), ("country",), *([("vague",)] if report.place_rank else [])]


def _places_to_look(report: Report) -> list[Hashable]:
    """Return the keys under which a report's incident may be found, the most telling first.

    A site or a town looks among its neighbours and where only a region is known; anything else, in the whole country.
    """
    named = _named_places(report)
    if report.place_rank:
        return [*named, ("country",)]
    cell = _cell(report)
    if cell is None:
        return [*named, ("vague",)]
    around = [("cell", cell[0] + dy, cell[1] + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dy, dx) != (0, 0)]
    return [*named, *around, ("vague",)]


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


def _cell(report: Report) -> tuple[int, int] | None:
    mention = report.mention
    if mention.latitude is None or mention.longitude is None or mention.geo_precision not in _POINTS:
        return None
    return floor(mention.latitude / _CELL_DEGREES), floor(mention.longitude / _CELL_DEGREES)
