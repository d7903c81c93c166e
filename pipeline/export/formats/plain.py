"""The rows as they are: CSV, JSON and Parquet."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.export.columns import Column, to_json, write_delimited
from pipeline.export.rows import Row, Written, names, sources_of
from schemas.tables import INCIDENTS, arrow_schema

_NAMES = (
    Column("perpetrator_names", lambda row: names(row["perpetrators"])),
    Column("target_names", lambda row: names(row["targets"])),
    Column("claimant_names", lambda row: names(row["claimed_by"])),
    Column("source_names", sources_of),
)
"""What a reader of a sheet wants to see of the nested columns; the columns themselves follow as JSON."""

_NESTED = frozenset(field.name for field in arrow_schema(INCIDENTS.model) if pa.types.is_nested(field.type))
_FLAT_FIRST = sorted(INCIDENTS.columns, key=lambda name: (name != "incident_id", name in _NESTED))

CSV_COLUMNS = (
    *(Column(name, name) for name in _FLAT_FIRST if name not in _NESTED),
    *_NAMES,
    *(Column(name, name) for name in _FLAT_FIRST if name in _NESTED),
)

_ARROW = {field.name: field.type for field in arrow_schema(INCIDENTS.model) if not pa.types.is_nested(field.type)}
FLAT_SCHEMA = pa.schema([(column.name, _ARROW.get(column.name, pa.string())) for column in CSV_COLUMNS])
"""The columns of formats that have no nested ones."""

_REPORT = pa.struct(
    [("source", pa.string()), ("url", pa.string()), ("title", pa.string()), ("published_at", pa.timestamp("us", "UTC"))]
)
SCHEMA = arrow_schema(INCIDENTS.model).append(pa.field("reports", pa.list_(_REPORT)))
"""The columns of `incidents`, and who reports each."""

_BATCH = 10_000


def write_csv(rows: Iterable[Row], path: Path) -> Written:
    """Write CSV (RFC 4180, UTF-8): plain columns first, then readable names, then the nested columns as JSON."""
    written = Written()
    with path.open("w", encoding="utf-8", newline="") as file:
        write_delimited(file, CSV_COLUMNS, rows, written)
    return written


def write_json(rows: Iterable[Row], path: Path) -> Written:
    """Write one JSON array, a row a line."""
    written = Written()
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(("[\n" if written.rows == 0 else ",\n") + to_json(row))
            written.rows += 1
        file.write("\n]\n" if written.rows else "[]\n")
    return written


def write_parquet(rows: Iterable[Row], path: Path) -> Written:
    """Write Parquet with the types of the table `incidents`."""
    written = Written()
    with pq.ParquetWriter(path, SCHEMA) as file:
        for batch in batches(rows):
            file.write_batch(pa.RecordBatch.from_pylist(batch, schema=SCHEMA))
            written.rows += len(batch)
    return written


def batches(rows: Iterable[Row]) -> Iterable[list[Row]]:
    """Yield the rows in lists that fit into memory."""
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
