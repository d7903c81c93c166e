"""What a worker needs to know of all earlier runs."""

from typing import BinaryIO

import numpy as np
import pyarrow.parquet as pq


class KnownKeys:
    """The values of a text column, held compactly (as sorted bytes) for asking whether one is among them."""

    def __init__(self, file: BinaryIO, column: str) -> None:
        values = pq.read_table(file, columns=[column])[column].to_pylist()
        self._sorted = np.sort(np.array([value.encode() for value in values], dtype=np.bytes_))

    def __contains__(self, key: str) -> bool:
        wanted = key.encode()
        position = int(np.searchsorted(self._sorted, np.bytes_(wanted)))
        return position < len(self._sorted) and self._sorted[position] == wanted
