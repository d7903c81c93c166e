"""CSV: an article a row (.csv, .csv.gz, .csv.zst), read row by row however long the file is.

The first row names the columns: the fields of `records`, in any order, and others that are passed over. Cells are
parted by commas, or else by semicolons, tabs or bars, as the header shows;
Excel's line `sep=;` above it is passed over. A cell in quotes may hold line ends, as RFC 4180
has it; so a place inside the file does not tell whether it begins a row, and a file is read by one worker.

A row that cannot be read becomes a reject, named by its first line. Since it may have lost a quote, and so have
swallowed the rows below it, reading goes on with the next line.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pipeline.errors import CompressionError, RecordError, SourceError, TooLargeError
from pipeline.records.rejects import RECORD_CHARS, reject
from pipeline.sources.compressed import plain_chunks
from pipeline.sources.decode import decode
from pipeline.sources.document import STAGE, Document, folder_of
from pipeline.sources.jsonl import check_is_utf8
from pipeline.sources.records import document_of, has_text
from pipeline.sources.streams import Limits, Line, read_lines
from schemas import Reject

_DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"\"?sep=.\"?")
_MOST_READ_AGAIN = 10
"""How often, in lines of the greatest length, a file's rejected rows may be read again: else it could take for ever."""


def read_csv(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Document | Reject]:
    """Yield the article of each row, or the reject of a row that cannot be read as one.

    Where a compressed stream is damaged or cut off, the rows before that are read, and one reject stands for the rest.

    Raises:
        SourceError: the file as a whole cannot be read, as its first line shows: it has no column `text`.
    """
    csv.field_size_limit(max(csv.field_size_limit(), limits.max_line_bytes))  # it is one for the whole process
    lines = _Lines(read_lines(plain_chunks(stream), limits.max_line_bytes), limits.max_line_bytes)
    folder = folder_of(path)
    try:
        header = next(lines, None)
        if header is None:
            return
        check_is_utf8(lines.held[0].data, "CSV")
        if _SEPARATOR_LINE.fullmatch(header.strip(" \r\n").lower()):  # Excel's own word on what parts the cells
            header = next(lines, "")
        names, delimiter = _columns(header)
        rows = csv.reader(lines, delimiter=delimiter, strict=True)
        while (found := _next_row(rows, lines, names, path, folder)) is not None:
            yield from found
    except CompressionError as error:
        yield reject(STAGE, f"after line {lines.number}: {error}", path)


def _columns(header: str) -> tuple[list[str], str]:
    for delimiter in _DELIMITERS:
        names = [name.strip().strip('"') for name in header.split(delimiter)]
        if has_text(dict.fromkeys(names)):
            return names, delimiter
    shown = ", ".join(f"`{name.strip()[:40]}`" for name in header.split(_DELIMITERS[0])[:10])
    raise RecordError(f"no column `text`: name the columns in the first row (it has {shown})")


def _next_row(
    rows: Iterator[list[str]], lines: "_Lines", names: list[str], path: str, folder: str
) -> list[Document | Reject] | None:
    """Return what the next row holds, which is nothing for a blank one; null at the end."""
    lines.held.clear()
    try:
        cells = next(rows, None)
        if cells is None:
            return None
        if not any(map(str.strip, cells)):
            return []
        if len(cells) != len(names):
            raise RecordError(f"{len(cells)} cells where the header has {len(names)}: put quotes around commas")
        return [document_of(dict(zip(names, cells, strict=True)), f"{path}:{lines.held[0].number}", folder)]
    except CompressionError:
        raise
    except (csv.Error, SourceError) as error:
        number, shown = lines.held[0].number, b"\n".join(line.data for line in lines.held[:RECORD_CHARS])
        lines.read_again_after_first()
        return [reject(STAGE, _reason(error), f"{path}:{number}", shown.decode("utf-8", "backslashreplace"))]


def _reason(error: Exception) -> str:
    if isinstance(error, SourceError):
        return str(error)
    return f"not CSV ({error}): put quotes around cells with commas or line ends, and double the quotes inside"


class _Lines:
    """The lines of a file as text. `held` are those of the row that is being read, `number` is the last one's."""

    def __init__(self, lines: Iterable[Line], max_row_bytes: int) -> None:
        self.held: list[Line] = []
        self.number = 0
        self._lines = iter(lines)
        self._again: deque[Line] = deque()
        self._max_row_bytes = max_row_bytes
        self._may_read_again = _MOST_READ_AGAIN * max_row_bytes
        self._row_bytes = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self._row_bytes = len(line.data) + (self._row_bytes + 1 if self.held else 0)
        self.held.append(line)
        self.number = max(self.number, line.number)
        if line.too_long or self._row_bytes > self._max_row_bytes:
            raise TooLargeError("the row", self._max_row_bytes)
        return decode(line.data.removesuffix(b"\r")).text + "\n"

    def read_again_after_first(self) -> None:
        """Go back to the line below the first one held, if not too much has been read again already."""
        size = sum(len(line.data) + 1 for line in self.held[1:])
        if size <= self._may_read_again:
            self._may_read_again -= size
            self._again.extendleft(reversed(self.held[1:]))
