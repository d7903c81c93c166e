"""Grouping reports one by one: the first layer of linking. A group is an incident, or a part of one (`unions`).

**The rule.** Reports are taken in an order that belongs to the set and not to its arrival: the most precise first,
older ones first among equals. Each joins the incident that its evidence points to most strongly, or founds one. A veto
against any member that was compared keeps it out, so that chains of small likenesses do not pull two incidents
together. A report that lacks the day or the place joins only where one incident clearly beats the next best: between
two attacks on one base, a report without a date stays on its own. Reports without a date come after all others.

**What bounds the work.** Only incidents that share a key with a report (`keys`) are compared with it; and at most
`MAX_CANDIDATES` of them, by at most `MAX_COMPARED` members each. So the work grows with the number of reports,
however hot a place or a day is.

**Later reports.** What a report decides depends only on reports before it in the order, and among them on those that
it looks at. So when a report comes, goes or moves, only later ones that look at its incident can decide otherwise;
they are asked again, in order, and their moves passed on in turn. The answer is that of grouping everything anew
(tests compare the two), at the cost of the neighbourhood. `relink` says when the neighbourhood that it was given is
too small to be sure of that.

**What lost.** Grouping a whole country anew on every run: the same answer, at a cost that grows with the history.
Relinking connected components of the likeness graph: in a daily war, a component is the whole war.
"""

import heapq
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from itertools import islice, takewhile
from operator import attrgetter
from typing import NamedTuple

from pipeline.linking.evidence import THRESHOLD, Comparison, compare, score
from pipeline.linking.keys import (
    PEOPLE_SLACK_DAYS,
    dated_keys,
    dated_keys_seen_from,
    dated_keys_to_look,
    days_of,
    days_to_look,
    undated_keys,
    undated_keys_to_look,
    unit,
    units,
)
from pipeline.report import Filed, Filing, Report
from schemas.base import Record, Share

MAX_CANDIDATES = 100
MAX_COMPARED = 8
MAX_RIVALS = 3
MARGIN = 1.0
"""How much stronger than the second best the evidence for the best incident must be, for a vague report."""
MAX_AT_PLACE = 300
"""With more dated reports than this at its place, a report without a date cannot be told to belong to any."""

Order = tuple[bool, int, int, tuple[str, str]]
Keys = Callable[[Report], Sequence[Hashable]]

_UNDATED_LAST = 1_000_000


class NeighbourhoodError(Exception):
    """More filed reports have a say in where open ones belong than were given."""


class Linked(Record):
    """A report in a group: how surely it belongs there (0 to 1), and why."""

    report: Report
    score: Share
    reasons: tuple[str, ...]


class Cluster(Record):
    """A group of reports that evidence has put together one by one, in the order of the rule."""

    members: tuple[Linked, ...]


def cluster(reports: Iterable[Report]) -> list[Cluster]:
    """Group dated reports of one country into incidents."""
    return relink((Filed(report=report) for report in reports), reach_days=PEOPLE_SLACK_DAYS)


def relink(filed: Iterable[Filed], reach_days: int) -> list[Cluster]:
    """Link the open reports among dated reports of one country, and return the incidents that this made or changed.

    The filed ones must be all that there are within `reach_days` of an open or a gone one, and of every incident all
    dated reports. Raises NeighbourhoodError when more of them have a say.
    """
    entries = _entries(filed)
    stirred = [entry for entry in entries if entry.filing is not Filing.FILED]
    grouping = _Grouping(dated_keys, dated_keys_to_look)
    grouping.file(entries)
    if len(stirred) == len(entries):
        _check_reach(stirred, reach_days)
        _decide_all(grouping, entries)
    else:
        _settle(grouping, stirred, _days_around(stirred, reach_days))
    return grouping.touched_clusters()


def attach(filed: Iterable[Filed]) -> list[Cluster]:
    """Let open reports without a usable date join the incidents of their country, or group among themselves.

    All other reports given stay where they are filed. Returns the incidents that were made or changed. The dated
    incidents given must be all those with a report at the place of an open one, and whole; where there are more than
    `MAX_AT_PLACE` dated reports at a place, it suffices that the open one says so.
    """
    told = list(filed)
    entries = _entries(told)
    crowded = {place for file in told for place in file.crowded}
    grouping = _Grouping(_keys_without_day(entries, crowded), undated_keys_to_look)
    grouping.file(entries)
    _decide_all(grouping, entries)
    return grouping.touched_clusters()


def link(reports: Iterable[Report]) -> list[Cluster]:
    """Group all the reports of one country: what any number of runs over them, in any order, comes to."""
    told = list(reports)
    dated = cluster(report for report in told if report.is_dated)
    undated = [Filed(report=report) for report in told if not report.is_dated]
    if not undated:
        return dated
    attached = attach([*undated, *(file for number, found in enumerate(dated) for file in _refiled(found, number))])
    taken = {linked.report.mention.mention_id for found in attached for linked in found.members}
    return attached + [found for found in dated if found.members[0].report.mention.mention_id not in taken]


def _refiled(found: Cluster, number: int) -> Iterator[Filed]:
    for linked in found.members:
        yield Filed(
            report=linked.report,
            filing=Filing.FILED,
            group_id=str(number),
            link_score=linked.score,
            link_reasons=linked.reasons,
        )


def order_of(report: Report) -> Order:
    """Return a report's place in the order of the rule. No two reports tie."""
    is_dated = report.is_dated
    days = report.days if is_dated else None
    return not is_dated, report.place_rank, days or _UNDATED_LAST, report.seniority


def is_vague(report: Report) -> bool:
    """Return whether a report lacks the day or the place, so that the case must be clear for it."""
    return not report.is_dated or report.place_rank > 0


class _Entry:
    """A report in the grouping."""

    __slots__ = ("_unit", "filing", "group", "group_id", "order", "reasons", "report", "score")

    def __init__(self, file: Filed) -> None:
        self.report = file.report
        self.order = order_of(file.report)
        self.filing = file.filing
        self.group_id = file.group_id
        self.group: _Group | None = None
        self.score = 1.0 if file.link_score is None else file.link_score
        self.reasons = file.link_reasons
        self._unit: str | None = None

    @property
    def unit(self) -> str:
        """What the report would look under first if it had no date."""
        if self._unit is None:
            self._unit = unit(self.report)
        return self._unit


_order = attrgetter("order")


def _entries(filed: Iterable[Filed]) -> list[_Entry]:
    """Return each report once, in the order of the rule; of one mention read in two places, one report."""
    by_ref = sorted(filed, key=lambda file: (file.filing is not Filing.OPEN, file.report.mention.ref), reverse=True)
    distinct = {file.report.mention.mention_id: file for file in by_ref}
    return sorted(map(_Entry, distinct.values()), key=_order)


class _Group:
    """An incident under construction: its reports, in order."""

    __slots__ = ("members",)

    def __init__(self) -> None:
        self.members: list[_Entry] = []

    def compared_with(self, entry: _Entry) -> list[_Entry]:
        """Return the members that a report is compared with: the first few before it.

        Of those without a date, only the ones that look where it does: whatever is reported from other places, and in
        whatever order, has no say then.
        """
        before = takewhile(lambda member: member.order < entry.order, self.members)
        peers = (member for member in before if member.report.is_dated or member.unit == entry.unit)
        return list(islice(peers, MAX_COMPARED))

    def stands_for_it(self, entry: _Entry) -> bool:
        """Whether a member (or one that has just left) is one of those that others are compared with."""
        return bisect_left(self.members, entry.order, key=_order) < MAX_COMPARED


class _Match(NamedTuple):
    group: _Group
    comparison: Comparison

    @property
    def rank(self) -> tuple[float, Order]:
        """The order of matches: the strongest evidence first, the incident that began first among equals."""
        return -self.comparison.weight, self.group.members[0].order


class _Shelf:
    """The groups filed under one key, in the order of the first report that each has there."""

    __slots__ = ("firsts", "held")

    def __init__(self) -> None:
        self.firsts: list[tuple[Order, _Group]] = []
        self.held: dict[_Group, list[_Entry]] = {}

    def add(self, entry: _Entry, group: _Group) -> None:
        held = self.held.setdefault(group, [])
        if held and entry.order < held[0].order:
            self._forget(held[0], group)
        if not held or entry.order < held[0].order:
            insort(self.firsts, (entry.order, group), key=_first)
        insort(held, entry, key=_order)

    def remove(self, entry: _Entry, group: _Group) -> None:
        held = self.held[group]
        was_first = held[0] is entry
        held.pop(bisect_left(held, entry.order, key=_order))
        if was_first:
            self._forget(entry, group)
            if held:
                insort(self.firsts, (held[0].order, group), key=_first)
            else:
                del self.held[group]

    def _forget(self, entry: _Entry, group: _Group) -> None:
        self.firsts.pop(bisect_left(self.firsts, entry.order, key=_first))


def _first(pair: tuple[Order, _Group]) -> Order:
    return pair[0]


class _Grouping:
    """Incidents under construction, found again by the keys of their reports."""

    def __init__(self, keys: Keys, keys_to_look: Keys) -> None:
        self._keys = keys
        self._keys_to_look = keys_to_look
        self._shelves: dict[Hashable, _Shelf] = {}
        self._groups: dict[str, _Group] = {}
        self._touched: dict[_Group, None] = {}

    def touched_clusters(self) -> list[Cluster]:
        """Return the groups that have gained, lost or reconsidered a report, and have one left."""
        return [
            Cluster(
                members=tuple(
                    Linked(report=entry.report, score=entry.score, reasons=entry.reasons) for entry in group.members
                )
            )
            for group in sorted((group for group in self._touched if group.members), key=lambda g: g.members[0].order)
        ]

    def file(self, entries: Iterable[_Entry]) -> None:
        """Put the reports that are filed where they are filed. The incidents of the others are known to be touched."""
        for entry in entries:
            if entry.group_id is None:
                continue
            group = self._groups.setdefault(entry.group_id, _Group())
            if entry.filing is Filing.FILED:
                self.put(entry, group)
            else:
                self._touched[group] = None

    def put(self, entry: _Entry, group: _Group) -> None:
        """Make a report a member of a group."""
        insort(group.members, entry, key=_order)
        entry.group = group
        for key in self._keys(entry.report):
            shelf = self._shelves.get(key)
            if shelf is None:
                shelf = self._shelves[key] = _Shelf()
            shelf.add(entry, group)

    def _take_out(self, entry: _Entry) -> None:
        group = entry.group
        if group is None:
            return
        group.members.pop(bisect_left(group.members, entry.order, key=_order))
        entry.group = None
        for key in self._keys(entry.report):
            self._shelves[key].remove(entry, group)
        self._touched[group] = None

    def decide(self, entry: _Entry) -> _Group | None:
        """Put a report into the incident that it is of, or begin one with it. Return that if the report has moved."""
        matches = sorted(self._matches(entry), key=lambda match: match.rank)
        was, before = entry.group, (entry.score, entry.reasons)
        if not matches or _is_torn(matches, entry):
            group = was if was is not None and was.members[0] is entry else _Group()
            entry.score, entry.reasons = 1.0, ("first report",)
        else:
            group, best = matches[0]
            entry.score = score(best.weight)
            entry.reasons = tuple(f"{part.name}: {part.reason} ({part.weight:+.1f})" for part in best.parts)
        if group is was:
            if before != (entry.score, entry.reasons):
                self._touched[group] = None
            return None
        self._take_out(entry)
        self.put(entry, group)
        self._touched[group] = None
        return group

    def group_of(self, entry: _Entry) -> _Group | None:
        """Return the group that a report is in, or was filed in before it was opened or gone."""
        return entry.group or self._groups.get(entry.group_id or "")

    def looking_at(self, keys: Iterable[Hashable], after: _Entry) -> Iterator[_Entry]:
        """Yield the reports filed under any of the keys that come after a report."""
        for key in keys:
            shelf = self._shelves.get(key)
            for held in shelf.held.values() if shelf is not None else ():
                yield from held[bisect_left(held, after.order, key=_order) :]

    def _matches(self, entry: _Entry) -> Iterator[_Match]:
        for group in self._candidates(entry):
            best = _best_comparison(entry, group.compared_with(entry))
            if best is not None and best.weight >= THRESHOLD:
                yield _Match(group, best)

    def _candidates(self, entry: _Entry) -> list[_Group]:
        found: dict[_Group, None] = {}
        for key in self._keys_to_look(entry.report):
            shelf = self._shelves.get(key)
            for order, group in shelf.firsts if shelf is not None else ():
                if order >= entry.order:
                    break
                found[group] = None
                if len(found) == MAX_CANDIDATES:
                    return list(found)
        return list(found)


def _best_comparison(entry: _Entry, members: Iterable[_Entry]) -> Comparison | None:
    """Return the strongest evidence that a report belongs with others; None where one of them excludes it."""
    best: Comparison | None = None
    for member in members:
        comparison = compare(entry.report, member.report)
        if comparison.veto:
            return None
        if best is None or comparison.weight > best.weight:
            best = comparison
    return best


def _is_torn(matches: Sequence[_Match], entry: _Entry) -> bool:
    """Return whether two incidents that exclude one another are about as likely for a report as one another."""
    margin = MARGIN if is_vague(entry.report) else 0.0
    best, *others = matches[: MAX_RIVALS + 1]
    return any(
        _exclude(best.group.compared_with(entry), other.group.compared_with(entry))
        for other in others
        if best.comparison.weight - other.comparison.weight < margin
    )


def _exclude(one: Sequence[_Entry], other: Sequence[_Entry]) -> bool:
    return any(compare(mine.report, known.report).veto for known in one for mine in other)


def _keys_without_day(entries: Iterable[_Entry], crowded: Container[str]) -> Keys:
    dated = Counter(place for entry in entries if entry.report.is_dated for place in units(entry.report))

    def keys(report: Report) -> list[Hashable]:
        if not report.is_dated:
            return undated_keys(report)
        return [place for place in units(report) if dated[place] <= MAX_AT_PLACE and place not in crowded]

    return keys


def _decide_all(grouping: _Grouping, entries: Iterable[_Entry]) -> None:
    """Let the open reports decide, in order, where no filed one has to be asked again."""
    for entry in entries:
        if entry.filing is Filing.OPEN:
            grouping.decide(entry)


def _settle(grouping: _Grouping, stirred: Iterable[_Entry], known_days: set[int]) -> None:
    """Let the open reports decide, in order, and then all filed ones that may decide otherwise because of a move."""
    waiting = [(entry.order, entry) for entry in stirred]
    queued = {entry for _, entry in waiting}
    while waiting:
        _, entry = heapq.heappop(waiting)
        changed = [entry]
        was = grouping.group_of(entry)
        if was is not None and was.stands_for_it(entry):
            changed += was.members
        if entry.filing is not Filing.GONE:
            _check_known(entry, known_days)
            group = grouping.decide(entry)
            if group is None:
                continue
            if group.stands_for_it(entry):
                changed += group.members
        for member in changed:
            _check_known(member, known_days)
        keys = {key for member in changed for key in dated_keys_seen_from(member.report)}
        for other in grouping.looking_at(keys, after=entry):
            if other.filing is Filing.FILED and other not in queued:
                queued.add(other)
                heapq.heappush(waiting, (other.order, other))


def _days_around(stirred: Iterable[_Entry], reach_days: int) -> set[int]:
    """Return the days, as ordinals, of which all filed reports are given."""
    own = (days_of(entry.report) for entry in stirred)
    return {day for days in own for day in range(days[0] - reach_days, days[-1] + 1 + reach_days)}


def _check_reach(opened: Iterable[_Entry], reach_days: int) -> None:
    """Raise NeighbourhoodError where open reports, around which none is filed, look further than was looked there."""
    for entry in opened if reach_days < PEOPLE_SLACK_DAYS else ():
        if entry.filing is Filing.OPEN and days_of(entry.report)[0] - days_to_look(entry.report)[0] > reach_days:
            raise NeighbourhoodError(f"reports around {entry.report.mention.mention_id} are missing")


def _check_known(entry: _Entry, known_days: set[int]) -> None:
    if not known_days.issuperset(days_to_look(entry.report)):
        raise NeighbourhoodError(f"reports around {entry.report.mention.mention_id} are missing")
