"""Records as Parquet on Beam: what the launcher exports is read, what it will load is written."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import apache_beam as beam

from pipeline.runtime.globs import literal
from schemas.base import Record
from schemas.tables import arrow_schema, from_row, to_row

_ROW_GROUP_BYTES = 8 * 1024 * 1024
"""How much of a table a worker gathers in memory before it writes it."""


@dataclass
class ReadRecords(beam.PTransform):
    """The records of a Parquet file that the launcher has written; any worker may read any part of it."""

    path: str
    model: type[Record]

    def expand(self, root: beam.pvalue.PBegin) -> beam.PCollection[Any]:
        return (
            root
            | "Read Parquet" >> beam.io.ReadFromParquet(literal(self.path))
            | "To records" >> beam.Map(partial(from_row, self.model)).with_output_types(self.model)
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
