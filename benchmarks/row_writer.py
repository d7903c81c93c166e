"""Writing rows to Parquet with little memory."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


class RowWriter:
    """Writes rows to one Parquet file, a row group at a time."""

    def __init__(self, path: Path, schema: pa.Schema, row_group: int) -> None:
        self._schema = schema
        self._file = pq.ParquetWriter(path, schema, compression="zstd")
        self._row_group = row_group
        self._waiting: list[dict[str, Any]] = []
        self.rows = 0

    def add(self, row: dict[str, Any]) -> None:
        self._waiting.append(row)
        self.rows += 1
        if len(self._waiting) == self._row_group:
            self._write()

    def close(self) -> None:
        self._write()
        self._file.close()

    def _write(self) -> None:
        self._file.write_table(pa.Table.from_pylist(self._waiting, schema=self._schema))
        self._waiting = []
