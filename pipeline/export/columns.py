"""A delimited format as data: its columns in order, and where each takes its value from."""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TextIO

from pipeline.export.rows import Row, Written

_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a text begins with that a spreadsheet would run as a formula; the apostrophe, so that it can be undone."""


class Column(NamedTuple):
    """A column: its name, its value (a field of the row, or a function of it), and its HXL tag where it has one."""

    name: str
    value: Callable[[Row], Any] | str
    tag: str = ""

    def of(self, row: Row) -> Any:
        """Return the value in `row`."""
        return row[self.value] if isinstance(self.value, str) else self.value(row)


def nothing(row: Row) -> None:
    """Return nothing: the format has a column that reports say nothing about."""


def write_delimited(
    file: TextIO,
    columns: Sequence[Column],
    rows: Iterable[Row],
    written: Written,
    why_not: Callable[[Row], str | None] = nothing,
    tags: bool = False,
) -> None:
    """Write a header (and a row of tags) and the rows; those for which `why_not` gives a reason are left out."""
    writer = csv.writer(file)  # its line ends are CR LF, as RFC 4180 has them: what holds either is put in quotes
    writer.writerow([column.name for column in columns])
    if tags:
        writer.writerow([column.tag for column in columns])
    for row in rows:
        if reason := why_not(row):
            written.leave_out(reason)
            continue
        writer.writerow([cell(column.of(row)) for column in columns])
        written.rows += 1


def cell(value: Any) -> str:
    """Return a value as a cell: empty for null, text that no spreadsheet runs, lists and structs as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_RISKY) else value
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, (date, datetime)) else str(flat(value))


def flat(value: Any) -> Any:
    """Return a value for a format without nested columns: lists and structs as JSON."""
    return to_json(value) if isinstance(value, (list, dict)) else value


def to_json(value: Any) -> str:
    """Return a value as JSON; days and times as ISO 8601."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
