"""GeoParquet 1.1."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.export.columns import flat
from pipeline.export.formats.plain import CSV_COLUMNS, FLAT_SCHEMA, batches
from pipeline.export.points import count, well_known_binary
from pipeline.export.rows import Row, Written, point_of

_GEOMETRY = "geometry"
_METADATA = {
    "version": "1.1.0",
    "primary_column": _GEOMETRY,
    "columns": {_GEOMETRY: {"encoding": "WKB", "geometry_types": ["Point"]}},
}
SCHEMA = FLAT_SCHEMA.append(pa.field(_GEOMETRY, pa.binary())).with_metadata({"geo": json.dumps(_METADATA)})


def write_geoparquet(rows: Iterable[Row], path: Path) -> Written:
    """Write the plain columns, the nested ones as JSON, and `geometry`, which is null where there is no point."""
    written = Written()
    with pq.ParquetWriter(path, SCHEMA) as file:
        for batch in batches(rows):
            file.write_batch(pa.RecordBatch.from_pylist([_record(row) for row in batch], schema=SCHEMA))
            for row in batch:
                count(written, row)
    return written


def _record(row: Row) -> dict[str, Any]:
    point = point_of(row)
    shape = None if point is None else well_known_binary(point)
    return {column.name: flat(column.of(row)) for column in CSV_COLUMNS} | {_GEOMETRY: shape}
