"""Reading rows of earlier runs by key, and writing the rows of this one: Parquet on both sides, DuckDB on neither."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
from apache_beam.io.filesystems import FileSystems

from pipeline.storage.selection import count_row_groups, select_rows
from schemas.base import Record
from schemas.tables import arrow_schema, to_row

_ROW_GROUP_BYTES = 8 * 1024 * 1024
"""How much of a table a worker gathers in memory before it writes it."""


@dataclass
class LookUp(beam.PTransform):
    """Rows of an exported table whose `column` holds one of the given values (or shares one, if it holds lists).

    Only that column is read in full, row group by row group; the other columns are read where it matches. So a few
    values meet a history of millions of rows in the time that it takes to scan one column.
    """

    path: str
    column: str
    model: type[Record]

    def expand(self, values: beam.PCollection[Any]) -> beam.PCollection[Any]:
        batches = values | "Batch" >> beam.BatchElements(min_batch_size=100, max_batch_size=10_000)
        return (
            values.pipeline
            | "Name the file" >> beam.Create([self.path])
            | "Split by row group" >> beam.FlatMap(_row_groups)
            | "Spread" >> beam.Reshuffle()
            | "Select"
            >> beam.ParDo(_Select(self.column, self.model), beam.pvalue.AsIter(batches)).with_output_types(self.model)
        )


@dataclass
class WriteTable(beam.PTransform):
    """Write records to Parquet files whose names begin with `prefix`; they appear once they are complete."""

    prefix: str
    model: type[Record]

    def expand(self, records: beam.PCollection[Any]) -> beam.PCollection[Any]:
        return (
            records
            | "To rows" >> beam.Map(to_row).with_output_types(dict[str, Any])
            | "Write Parquet"
            >> beam.io.WriteToParquet(
                self.prefix,
                arrow_schema(self.model),
                file_name_suffix=".parquet",
                codec="zstd",
                row_group_buffer_size=_ROW_GROUP_BYTES,
            )
        )


def _row_groups(path: str) -> Iterator[tuple[str, int]]:
    with FileSystems.open(path) as file:
        for row_group in range(count_row_groups(file)):
            yield path, row_group


class _Select(beam.DoFn):
    def __init__(self, column: str, model: type[Record]) -> None:
        self._column = column
        self._model = model

    def process(self, part: tuple[str, int], wanted: Any) -> Iterator[Any]:
        path, row_group = part
        with FileSystems.open(path) as file:
            yield from select_rows(file, row_group, self._column, wanted, self._model)
