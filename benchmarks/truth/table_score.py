"""How well the rows of `incidents` stand for the labelled incidents."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.truth.agreement import (
    TOLLS,
    Label,
    Row,
    alike,
    country_agrees,
    date_agrees,
    names_in,
    place_agrees,
    toll_agrees,
    type_agrees,
)
from benchmarks.truth.matching import matches
from benchmarks.truth.mention_score import Rates

PARTIES = ("perpetrators", "targets", "claimed_by")
_SAY_NOBODY = frozenset({
    *("attacker", "assailant", "gunman", "gunmen", "militant", "fighter", "terrorist", "bomber", "jihadist"),
    *("extremist", "insurgent", "rebel", "bandit", "robber", "raider", "shooter", "suspect"),
    *("men", "man", "woman", "women", "people"),
})  # fmt: skip
"""Perpetrators of whom the words say only that somebody did it: in nobody's way, nor of use."""


@dataclass
class TableScore:
    """The rows, told by the labels that their mentions match."""

    rows: Mapping[str, Row]
    labels: dict[str, list[Label]] = field(default_factory=lambda: defaultdict(list))
    told: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, mentions: Sequence[Row], labels: Sequence[Label]) -> None:
        """Count an article; a mention's `incident_id` is its row."""
        for label in labels:
            self.labels[cluster_of(label)].append(label)
        for one in matches(mentions, labels):
            self.told[mentions[one.mention]["incident_id"]][cluster_of(labels[one.label])] += 1

    @property
    def wanted(self) -> set[str]:
        """The clusters that are not optional."""
        return {name for name, labels in self.labels.items() if not all(label.get("optional") for label in labels)}

    def lines(self, errors: int = 0) -> Iterator[str]:
        """Yield the figures as lines of text, and the faults of as many rows as `errors` says."""
        wanted, rows_for = self.wanted, self._rows_for()
        counted = [i for i in self.rows if not self.told.get(i) or self._foremost(i) in wanted]
        found = sum(cluster in wanted for cluster in rows_for)
        invented = sum(not self.told.get(i) for i in self.rows)
        duplicates = sum(len(rows) - 1 for cluster, rows in rows_for.items() if cluster in wanted)
        mixed = sum(self._is_mixed(i) for i in self.rows)
        yield (
            f"table {Rates(found, len(counted), len(wanted))} ({len(counted)} rows for {len(wanted)} incidents; "
            f"invented {invented}, duplicates {duplicates}, mixed {mixed})"
        )
        yield from self._parties(rows_for)
        faults = {
            i: list(self._faults(i, n)) for c, rows in rows_for.items() if c in wanted for n, i in enumerate(rows)
        }
        clean = sum(not found for found in faults.values())
        yield f"clean rows {clean}/{len(counted)} = {clean / max(1, len(counted)):.3f}"
        for name, kinds in [(i, kinds) for i, kinds in faults.items() if kinds][:errors]:
            yield f"  {self._foremost(name)}: {', '.join(kinds)}"

    def _rows_for(self) -> dict[str, list[str]]:
        """Return the rows that stand for each cluster, the one of most mentions first."""
        rows: dict[str, list[str]] = defaultdict(list)
        for incident in self.rows:
            if self.told.get(incident):
                rows[self._foremost(incident)].append(incident)
        return {c: sorted(i, key=lambda name: -self.rows[name]["mention_count"]) for c, i in rows.items()}

    def _foremost(self, incident: str) -> str:
        return self.told[incident].most_common(1)[0][0]

    def _is_mixed(self, incident: str) -> bool:
        return len(self.wanted & self.told.get(incident, Counter()).keys()) > 1

    def _faults(self, incident: str, number: int) -> Iterator[str]:
        row, labels = self.rows[incident], self.labels[self._foremost(incident)]
        if number:
            yield "duplicate"
        if self._is_mixed(incident):
            yield "mixed"
        checks = {
            "type": any(type_agrees(row, label["event_type"]) for label in labels),
            "date": any(date_agrees(row, label["date"]) for label in labels),
            "place": any(place_agrees(row, label) for label in labels),
            "country": any(country_agrees(row, label) for label in labels),
        }
        for what in TOLLS:
            stated = [label[what] for label in labels if label.get(what)]
            checks[what] = not stated or any(toll_agrees(row, what, one) for one in stated)
        for column in PARTIES:
            given, right = _judged(row, labels, column)
            checks[column] = given == right
        yield from (name for name, right in checks.items() if not right)

    def _parties(self, rows_for: Mapping[str, Sequence[str]]) -> Iterator[str]:
        for column in PARTIES:
            right = given = filled = asked = 0
            for cluster, rows in rows_for.items():
                labels = self.labels[cluster]
                for incident in rows if cluster in self.wanted else ():
                    counts = _judged(self.rows[incident], labels, column)
                    given, right = given + counts[0], right + counts[1]
                    if _wanted(labels, column)[0]:
                        asked += 1
                        filled += _is_filled(self.rows[incident], labels, column)
            yield (
                f"  {column}: precision {right}/{given} = {right / max(1, given):.3f}, "
                f"filled {filled}/{asked} = {filled / max(1, asked):.3f}"
            )


def cluster_of(label: Label) -> str:
    """Return the real-world incident that a label is of."""
    return str(label.get("cluster") or label["key"])


def _wanted(labels: Iterable[Label], column: str) -> tuple[list[str], list[str]]:
    """Return the names that a column should have, and those that it may have besides."""
    named = {"perpetrators": "perpetrator", "targets": "target", "claimed_by": "claimed_by"}[column]
    tolerated = {
        "perpetrators": ("perpetrator_ok", "claimed_by", "claimed_ok"),
        "targets": ("target_ok", "place"),
        "claimed_by": ("claimed_ok",),
    }[column]
    return _united(labels, named), [name for key in tolerated for name in _united(labels, key)]


def _united(labels: Iterable[Label], key: str) -> list[str]:
    values: list[Any] = [label.get(key) or [] for label in labels]
    return [name for value in values for name in (value if isinstance(value, list) else [value]) if name]


def _judged(row: Row, labels: Iterable[Label], column: str) -> tuple[int, int]:
    """Return how many parties a row names, and how many rightly; what names nobody counts only where it is right."""
    first, besides = _wanted(labels, column)
    given = right = 0
    for names in names_in(row, column):
        good = any(alike(name, other) for name in names for other in (*first, *besides))
        right += good
        given += good or not _names_nobody(names, column)
    return given, right


def _is_filled(row: Row, labels: Iterable[Label], column: str) -> bool:
    first, besides = _wanted(labels, column)
    named = names_in(row, column) + (names_in(row, "claimed_by") if column == "perpetrators" else [])
    return any(alike(name, other) for names in named for name in names for other in (*first, *besides))


def _names_nobody(names: Sequence[str], column: str) -> bool:
    common = not any(letter.isupper() for name in names for letter in name)
    if column == "perpetrators":
        return common and all(name.split()[-1].rstrip("s") in {w.rstrip("s") for w in _SAY_NOBODY} for name in names)
    return common and column == "targets"
