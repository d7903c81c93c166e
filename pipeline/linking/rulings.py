"""An analyst's must-link and cannot-link constraints: which reports are of one incident, whatever the evidence says.

Rulings come in a file (`pipeline.run.overrides` reads it), name reports or incidents there (`Overrides`), and reports
alone once they are understood (`Rulings`): an incident's id stands for the report that founded it, also when the
incident has been superseded since.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError
from typing_extensions import Self

from pipeline.linking.clusters import Cluster, Linked, order_of
from pipeline.linking.comparison import compare
from pipeline.linking.settings import Id, Setting, apply
from schemas import Incident
from schemas.base import Record

MERGE, APART, SET, DROP = "merge", "apart", "set", "drop"
_INCIDENT = "i-"

_Member = tuple[str, Linked]
"""A report and the id of the group that it is in."""


class Ruling(Record):
    """Reports or incidents that belong together, or do not; `note` says why, for those who come later."""

    ids: tuple[Id, ...] = Field(min_length=2)
    note: str | None = None

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        if len(set(self.ids)) < len(self.ids):
            raise ValueError("an id is given twice")
        return self


class Dropping(Record):
    """That an incident is none, or that a mention is no report of one; `note` says why."""

    id: Id
    note: str | None = None

    @property
    def reason(self) -> str:
        """What is said of it where it counts."""
        return f"dropped by an analyst{': ' + self.note if self.note else ''}"


class Overrides(Record):
    """All rulings of a file. Raises ValidationError where they contradict one another."""

    merge: tuple[Ruling, ...] = ()
    apart: tuple[Ruling, ...] = ()
    set: tuple[Setting, ...] = ()
    drop: tuple[Dropping, ...] = ()

    @model_validator(mode="after")
    def _rulings_agree(self) -> Self:
        groups = _united(ruling.ids for ruling in self.merge)
        for number, ruling in enumerate(self.apart, 1):
            for one, other in combinations(ruling.ids, 2):
                if one in groups and groups[one] == groups.get(other):
                    raise ValueError(f"apart[{number}] holds {one} and {other} apart, which merge puts together")
        return self

    @property
    def ids(self) -> frozenset[str]:
        """Every id that is ruled on."""
        several = (name for ruling in (*self.merge, *self.apart) for name in ruling.ids)
        return frozenset((*several, *(each.id for each in self.set), *(each.id for each in self.drop)))

    def renamed(self, names: Mapping[str, str]) -> "Overrides":
        """Return which reports belong together and which do not, by the names that `names` has for ids, if it has any.

        Raises ValidationError where the names show that rulings contradict one another.
        """
        merge, apart = (tuple(_renamed(ruling, names) for ruling in rulings) for rulings in (self.merge, self.apart))
        return Overrides(
            merge=tuple(ruling for ruling in merge if ruling is not None),
            apart=tuple(ruling for ruling in apart if ruling is not None),
        )


class Fragment(NamedTuple):
    """What rulings leave together of a group: all of it, unless they split it; and which rulings concern it."""

    group_id: str
    members: tuple[Linked, ...]
    reasons: tuple[str, ...] = ()


class Rulings:
    """Rulings on reports, as uniting obeys them."""

    def __init__(self, overrides: Overrides, names: Mapping[str, str] | None = None) -> None:
        """Take rulings on what `names` has mentions for; without names, rulings that name mentions alone.

        Raises ValidationError where the names show that rulings contradict one another.
        """
        named = {name: name for name in overrides.ids} if names is None else names
        reports = overrides.renamed(named)
        self._number_of = _united(ruling.ids for ruling in reports.merge)
        self._notes: dict[str, list[str]] = defaultdict(list)
        for ruling in reports.merge:
            for name in ruling.ids:
                self._notes[name].append(_reason("put together", ruling))
        self._rivals: dict[str, dict[str, str]] = defaultdict(dict)
        for ruling in reports.apart:
            for one, other in combinations(ruling.ids, 2):
                self._rivals[one][other] = self._rivals[other][one] = _reason("held apart", ruling)
        self._settings: dict[str, list[tuple[int, Setting]]] = defaultdict(list)
        for number, setting in enumerate(overrides.set):
            if setting.id in named:
                self._settings[named[setting.id]].append((number, setting))
                self._notes[named[setting.id]].append(setting.reason)
        known = [dropping for dropping in overrides.drop if dropping.id in named]
        self._no_incidents = {named[each.id] for each in known if each.id.startswith(_INCIDENT)}
        self._no_reports = {named[each.id] for each in known if not each.id.startswith(_INCIDENT)}
        for dropping in known:
            self._notes[named[dropping.id]].append(dropping.reason)

    def is_dropped(self, parts: Iterable["Fragment"]) -> bool:
        """Return whether what groups tell of together is ruled to be no incident."""
        names = {name for part in parts for name in _names(part.members)}
        return not names.isdisjoint(self._no_incidents) or not names.isdisjoint(self._no_reports)

    def apply(self, incident: Incident, parts: Iterable["Fragment"]) -> Incident:
        """Return what groups tell of together as settings have it.

        Raises ValidationError where settings contradict one another.
        """
        names = {name for part in parts for name in _names(part.members)}
        numbered = sorted(
            (one for name in names & self._settings.keys() for one in self._settings[name]), key=lambda one: one[0]
        )
        said: dict[str, tuple[int, Setting]] = {}
        for number, setting in numbered:
            first, other = said.setdefault(setting.field, (number, setting))
            if other.as_json != setting.as_json:
                problem = f"the incident of {setting.id} has {setting.field} set to another value by set[{first + 1}]"
                raise _refused(number, setting, problem)
        try:
            return apply(incident, (setting for _, setting in numbered))
        except ValueError as error:
            raise _refused(*numbered[-1], f"with all that is set of it, the incident {_told(error)}") from error

    def may_share(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Return whether no ruling holds any of some mentions apart from any of the others."""
        mine, there = set(some), set(others)
        if not self._no_reports.isdisjoint(mine | there):
            return False
        return not any(rival in there for name in mine if name in self._rivals for rival in self._rivals[name])

    def arranged(self, groups: Mapping[str, Cluster]) -> Iterator[tuple[Fragment, ...]]:
        """Yield groups, given by their ids, as rulings have them: one by one, or put together, or split."""
        for names in self._put_together(groups):
            members = [(name, linked) for name in names for linked in groups[name].members]
            kept = [each for each in members if each[1].report.mention.mention_id not in self._no_reports]
            for piece in self._split(kept) if kept else ():
                yield tuple(self._fragments(piece))
            for dropped in members if len(kept) < len(members) else ():
                if dropped[1].report.mention.mention_id in self._no_reports:
                    yield tuple(self._fragments([dropped]))

    def _put_together(self, groups: Mapping[str, Cluster]) -> Iterator[list[str]]:
        sharing: dict[int, list[str]] = defaultdict(list)
        for name, group in sorted(groups.items()):
            for number in {self._number_of[each] for each in _names(group.members) if each in self._number_of}:
                sharing[number].append(name)
        ends = _united(names for names in sharing.values() if len(names) > 1)
        found: dict[int, list[str]] = defaultdict(list)
        for name in sorted(groups):
            if name in ends:
                found[ends[name]].append(name)
            else:
                yield [name]
        yield from found.values()

    def _split(self, members: Sequence[_Member]) -> list[list[_Member]]:
        """Return members in so many pieces that none has two that must be apart.

        What is put together stays so. Of the others, each stays with the piece that it is most like.
        """
        present = _names(linked for _, linked in members)
        if not any(not present.isdisjoint(self._rivals[name]) for name in present if name in self._rivals):
            return [list(members)]
        units: dict[int | str, list[_Member]] = defaultdict(list)
        for member in sorted(members, key=lambda each: order_of(each[1].report)):
            name = member[1].report.mention.mention_id
            if name in self._number_of or not present.isdisjoint(self._rivals.get(name, ())):
                units[self._number_of.get(name, name)].append(member)
        pieces: list[list[_Member]] = []
        for unit in units.values():
            named = _names(linked for _, linked in unit)
            home = next((piece for piece in pieces if self.may_share(named, _names(each for _, each in piece))), None)
            if home is None:
                pieces.append(list(unit))
            else:
                home += unit
        founders = [tuple(linked for _, linked in piece) for piece in pieces]
        named = _names(linked for piece in founders for linked in piece)
        for member in members:
            if member[1].report.mention.mention_id not in named:
                likeness = [max(_weight(member[1], founder) for founder in piece) for piece in founders]
                pieces[likeness.index(max(likeness))].append(member)
        return pieces

    def _fragments(self, piece: Iterable[_Member]) -> Iterator[Fragment]:
        by_group: dict[str, list[Linked]] = defaultdict(list)
        for name, linked in piece:
            by_group[name].append(linked)
        for name, members in by_group.items():
            ordered = sorted(members, key=lambda linked: order_of(linked.report))
            yield Fragment(name, tuple(ordered), tuple(self._reasons(_names(members))))

    def _reasons(self, names: set[str]) -> list[str]:
        together = {reason for name in names for reason in self._notes.get(name, ())}
        apart = {reason for name in names for reason in self._rivals.get(name, {}).values()}
        return sorted(together) + sorted(apart)


def _refused(number: int, setting: Setting, problem: str) -> ValidationError:
    """Return what to raise for a setting that cannot be obeyed."""
    kind = PydanticCustomError("setting", "{problem}", {"problem": problem})
    details = InitErrorDetails(type=kind, loc=(SET, number, setting.field), input=setting.value)
    return ValidationError.from_exception_data("Overrides", [details])


def _told(error: ValueError) -> str:
    problems = error.errors() if isinstance(error, ValidationError) else [{"msg": str(error)}]
    return "cannot be: " + "; ".join(str(problem["msg"]) for problem in problems)


def _renamed(ruling: Ruling, names: Mapping[str, str]) -> Ruling | None:
    ids = tuple(dict.fromkeys(names[name] for name in ruling.ids if name in names))
    return ruling.model_copy(update={"ids": ids}) if len(ids) > 1 else None


def _reason(verdict: str, ruling: Ruling) -> str:
    return f"{verdict} by an analyst{': ' + ruling.note if ruling.note else ''}"


def _names(reports: Iterable[Linked]) -> set[str]:
    return {linked.report.mention.mention_id for linked in reports}


def _weight(one: Linked, other: Linked) -> float:
    found = compare(one.report, other.report)
    return float("-inf") if found.cannot_link else found.weight


def _united(groups: Iterable[Sequence[str]]) -> dict[str, int]:
    """Return the number of the group that each name ends in, when groups that share a name are one."""
    number: dict[str, int] = {}
    for fresh, names in enumerate(groups):
        old = {number[name] for name in names if name in number}
        number |= dict.fromkeys(names, fresh)
        number |= {name: fresh for name, group in number.items() if group in old}
    return number


NOTHING_RULED = Overrides()
NO_RULINGS = Rulings(NOTHING_RULED)
