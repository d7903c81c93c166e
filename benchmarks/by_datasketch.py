"""Linking by datasketch: MinHash LSH over what reports say of place, day, type, actors and counts, then components."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.linking_scale import ANSWER, Figures

_PERMUTATIONS, _THRESHOLD = 64, 0.7
"""The threshold with the best F1 on 10,000 reports, of 0.4, 0.5, 0.6, 0.7 and 0.8."""
_COLUMNS = [
    "mention_id",
    "event_type",
    "date_earliest",
    "date_latest",
    "place_name",
    "admin1",
    "country",
    "perpetrators",
    "targets",
    "weapons",
    "killed_best",
    "wounded_best",
]


def link(reports: Path, threshold: float = _THRESHOLD) -> Figures:
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError as error:
        raise SystemExit("datasketch is not installed: pip install 'incident-stream[benchmark]'") from error
    index = MinHashLSH(threshold=threshold, num_perm=_PERMUTATIONS)
    parents: dict[str, str] = {}
    for row in _rows(next(reports.glob("mentions-*.parquet"))):
        name = row["mention_id"]
        if name in parents:
            continue
        sketch = MinHash(num_perm=_PERMUTATIONS)
        sketch.update_batch([token.encode() for token in _tokens(row)])
        parents[name] = name
        for other in index.query(sketch):
            parents[_root(parents, other)] = _root(parents, name)
        index.insert(name, sketch, check_duplication=False)
    found = [_root(parents, name) for name in parents]
    pq.write_table(pa.table({"mention_id": list(parents), "found": found}), reports / ANSWER)
    return {"threshold": threshold}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for batch in pq.ParquetFile(path).iter_batches(columns=_COLUMNS):
        yield from batch.to_pylist()


def _tokens(row: dict[str, Any]) -> Iterator[str]:
    for column in _COLUMNS[1:]:
        value = row[column]
        if column in ("perpetrators", "targets"):
            yield from (f"{column}={actor['name']}" for actor in value)
        elif column == "weapons":
            yield from (f"weapon={weapon['weapon_type']}" for weapon in value)
        elif value is not None:
            yield f"{column}={value}"


def _root(parents: dict[str, str], name: str) -> str:
    while parents[name] != name:
        parents[name] = name = parents[parents[name]]
    return name
