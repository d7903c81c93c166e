"""Runs the pipeline over labelled articles and counts what its linking got right. What the linking benchmarks share."""

import gzip
import json
import tempfile
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import duckdb

from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from pipeline.runtime import logs
from schemas import Mention
from schemas.tables import MENTIONS

KeyT = TypeVar("KeyT", bound=Hashable)


class Linked(NamedTuple):
    """A mention and the incident that it was linked into, as the database has them."""

    mention: Mention
    incident_id: str


class Agreement(NamedTuple):
    """How two groupings of the same things agree: B-cubed, and pairs wrongly joined or parted."""

    precision: float
    recall: float
    false_merges: int
    false_splits: int
    true_pairs: int

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def __str__(self) -> str:
        return (
            f"B-cubed P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}; false merges {self.false_merges}, "
            f"false splits {self.false_splits} of {self.true_pairs} true pairs"
        )


def read_lines(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def run_over(inputs: Path | Iterable[Mapping[str, Any]]) -> list[Linked]:
    """Run the pipeline over a folder, or over articles as lines of JSON, and return its links in the texts' order."""
    logs.configure(0)
    with tempfile.TemporaryDirectory() as folder:
        source = inputs if isinstance(inputs, Path) else Path(folder) / "articles.jsonl"
        if not isinstance(inputs, Path):
            source.write_text("".join(json.dumps(article) + "\n" for article in inputs), encoding="utf-8")
        database = Path(folder) / "incidents.duckdb"
        launcher.run(RunOptions(ReadOptions((str(source),)), database))
        columns = ", ".join(f'm."{name}"' for name in MENTIONS.columns)
        with duckdb.connect(str(database), read_only=True) as connection:
            answer = connection.execute(
                f"SELECT {columns}, l.incident_id FROM mentions m JOIN incident_mentions l USING (mention_id) "  # noqa: S608
                "JOIN (SELECT mention_id, min(start) AS start FROM evidence WHERE field = 'event_type' GROUP BY ALL) "
                "USING (mention_id) ORDER BY m.ref, m.background, start"
            ).fetchall()
    return [_linked(row) for row in answer]


def _linked(row: tuple[Any, ...]) -> Linked:
    *values, incident = row
    filled = dict(zip(MENTIONS.columns, values, strict=True))
    return Linked(
        Mention.model_validate({name: value for name, value in filled.items() if value is not None}), incident
    )


def agreement(truth: Mapping[KeyT, str], found: Mapping[KeyT, str]) -> Agreement:
    """Compare a grouping with the true one; what was not found at all is a group of its own."""
    groups: dict[str, set[KeyT]] = defaultdict(set)
    true_groups: dict[str, set[KeyT]] = defaultdict(set)
    placed = {key: found.get(key, f"none {key}") for key in truth}
    for key in truth:
        groups[placed[key]].add(key)
        true_groups[truth[key]].add(key)
    shared = {key: len(groups[placed[key]] & true_groups[truth[key]]) for key in truth}
    return Agreement(
        precision=sum(shared[key] / len(groups[placed[key]]) for key in truth) / len(truth),
        recall=sum(shared[key] / len(true_groups[truth[key]]) for key in truth) / len(truth),
        false_merges=_apart(groups.values(), truth),
        false_splits=_apart(true_groups.values(), placed),
        true_pairs=sum(len(group) * (len(group) - 1) // 2 for group in true_groups.values()),
    )


def _apart(groups: Iterable[set[KeyT]], other: Mapping[KeyT, str]) -> int:
    return sum(other[one] != other[two] for group in groups for one, two in combinations(group, 2))
