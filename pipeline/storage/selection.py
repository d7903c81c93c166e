"""Picking the rows of a Parquet file that a run needs."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import BinaryIO, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from schemas.base import Record
from schemas.tables import from_row

RecordT = TypeVar("RecordT", bound=Record)


def count_row_groups(file: BinaryIO) -> int:
    """Return how many row groups a Parquet file has."""
    return int(pq.ParquetFile(file).num_row_groups)


def select_rows(
    file: BinaryIO, row_group: int, column: str, wanted: Iterable[Sequence[str | int]], model: type[RecordT]
) -> Iterator[RecordT]:
    """Yield the rows of a row group whose `column` is (or, if it holds lists, shares) one of the wanted values.

    `wanted` comes in batches.
    """
    values = list(set(chain.from_iterable(wanted)))
    if not values:
        return
    parquet = pq.ParquetFile(file)
    keys = parquet.read_row_group(row_group, columns=[column])[column].combine_chunks()
    rows = _matching(keys, values)
    if len(rows) == 0:
        return
    columns = [name for name in model.model_fields if name in parquet.schema_arrow.names]
    table = parquet.read_row_group(row_group, columns=columns).take(rows)
    for batch in table.to_batches(max_chunksize=1_000):
        for row in batch.to_pylist():
            yield from_row(model, row)


class KnownKeys:
    """The values of a text column, held compactly (as sorted bytes) for asking whether one is among them."""

    def __init__(self, file: BinaryIO, column: str) -> None:
        values = pq.read_table(file, columns=[column])[column].to_pylist()
        self._sorted = np.sort(np.array([value.encode() for value in values], dtype=np.bytes_))

    def __contains__(self, key: str) -> bool:
        wanted = key.encode()
        position = int(np.searchsorted(self._sorted, np.bytes_(wanted)))
        return position < len(self._sorted) and self._sorted[position] == wanted


def _matching(keys: pa.Array, values: list[str | int]) -> pa.Array:
    """Return the positions in `keys` of what matches, each once, in order."""
    if pa.types.is_list(keys.type):
        hits = pc.is_in(pc.list_flatten(keys), value_set=pa.array(values, type=keys.type.value_type))
        return pc.unique(pc.list_parent_indices(keys).filter(hits))
    return pc.indices_nonzero(pc.is_in(keys, value_set=pa.array(values, type=keys.type)))
