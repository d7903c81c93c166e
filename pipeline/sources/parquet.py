"""Parquet: an article a row (.parquet), read some rows at a time however large the file is.

The columns are the fields of `records`, and others that are not even read. A row that cannot be read becomes a reject,
named by its number in the file; a row group that is damaged becomes one from there on, and the next group is read.
"""

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import RecordError, SourceError, TooLargeError
from pipeline.records.rejects import reject
from pipeline.sources.document import STAGE, Document, folder_of
from pipeline.sources.parts import WHOLE, Part
from pipeline.sources.records import columns_of, document_of
from pipeline.sources.streams import Limits
from schemas import Reject

_ROWS_AT_A_TIME = 64
_BUFFER_BYTES = 1024 * 1024
_UNREADABLE = (ValueError, OverflowError, OSError, pa.ArrowException)
"""What Arrow raises for what it cannot read, besides what it calls its own."""


def read_parquet(stream: BinaryIO, path: str, limits: Limits, part: Part = WHOLE) -> Iterator[Document | Reject]:
    """Yield the article of each row, or the reject of a row or of a stretch of rows that cannot be read.

    Raises:
        SourceError: it is no Parquet file, or has no column `text`.
    """
    file = _opened(stream)
    folder, first = folder_of(path), part.first
    stop = file.num_row_groups if part.stop is None else part.stop
    for group in range(part.start, stop):
        yield from _read_group(file, group, first, path, folder, limits)
        first += file.metadata.row_group(group).num_rows


def cut_at_row_groups(stream: BinaryIO, part_bytes: int) -> list[Part]:
    """Return the parts of a file, each of so many row groups that they hold `part_bytes` or somewhat more, unpacked.

    Raises:
        SourceError: it is no Parquet file, or has no column `text`.
    """
    metadata = _opened(stream).metadata
    parts, start, first, size, row = [], 0, 1, 0, 1
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        row += group.num_rows
        size += group.total_byte_size
        if size >= part_bytes:
            parts.append(Part(start, number + 1, first))
            start, first, size = number + 1, row, 0
    if start < metadata.num_row_groups or not parts:
        parts.append(Part(start, metadata.num_row_groups, first))
    return parts


def _opened(stream: BinaryIO) -> pq.ParquetFile:
    try:
        file = pq.ParquetFile(stream, buffer_size=_BUFFER_BYTES, pre_buffer=False)
        names = file.schema_arrow.names
    except _UNREADABLE as error:
        _raise_if_of_the_disk(error)
        raise RecordError(f"not a Parquet file that can be read ({_brief(error)}): obtain the file again") from error
    fields = columns_of(names)
    if twice := next((name for name in fields.values() if names.count(name) > 1), None):
        raise RecordError(f"{names.count(twice)} columns named `{twice}`: give each column a name of its own")
    if "text" not in fields:
        shown = ", ".join(f"`{name[:40]}`" for name in names[:10])
        raise RecordError(f"no column `text`: name the columns as those of JSON Lines (it has {shown or 'none'})")
    return file


def _read_group(
    file: pq.ParquetFile, group: int, row: int, path: str, folder: str, limits: Limits
) -> Iterator[Document | Reject]:
    columns = list(columns_of(file.schema_arrow.names).values())
    batches = file.iter_batches(_ROWS_AT_A_TIME, row_groups=[group], columns=columns, use_threads=False)
    while True:
        try:
            batch = next(batches, None)
            if batch is None:
                return
            cells = {name: _plain_times(batch.column(name)) for name in batch.schema.names}
        except _UNREADABLE as error:
            _raise_if_of_the_disk(error)
            reason = f"row group {group + 1} is damaged from row {row} on ({_brief(error)}): obtain the file again"
            yield reject(STAGE, reason, f"{path}:{row}")
            return
        for index in range(batch.num_rows):
            yield _read_row(cells, index, f"{path}:{row}", folder, limits)
            row += 1


def _read_row(cells: dict[str, pa.Array], index: int, where: str, folder: str, limits: Limits) -> Document | Reject:
    record: dict[str, object] = {}
    try:
        for name, column in cells.items():
            record[name] = _value(name, column[index])
        text = record[columns_of(record)["text"]]
        if isinstance(text, str) and len(text) > limits.max_line_bytes:
            raise TooLargeError("the row", limits.max_line_bytes)
        return document_of(record, where, folder)
    except SourceError as error:
        return reject(STAGE, str(error), where, str({name: str(value)[:400] for name, value in record.items()}))


def _value(name: str, cell: pa.Scalar) -> object:
    try:
        return cell.as_py()
    except _UNREADABLE as error:
        raise RecordError(f"`{name}` cannot be read ({_brief(error)})") from error


def _plain_times(column: pa.Array) -> pa.Array:
    """Return a column of timestamps as ones that Python can tell: in UTC, and no finer than microseconds."""
    if not pa.types.is_timestamp(column.type):
        return column
    unit = "us" if column.type.unit == "ns" else column.type.unit
    return column.cast(pa.timestamp(unit, "UTC" if column.type.tz else None), safe=False)


def _raise_if_of_the_disk(error: Exception) -> None:
    """Let through what the file system says; what Arrow says of a file's content has no number."""
    if isinstance(error, OSError) and error.errno is not None:
        raise error


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
