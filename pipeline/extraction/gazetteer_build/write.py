"""The gazetteer's file: tab-separated text, gzipped, the same bytes for the same rows."""

import gzip
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

from pipeline.extraction.gazetteer_build.build import Row


def _line(row: Row) -> str:
    cells = (
        row.kind,
        row.name,
        "|".join(row.keys),
        row.admin1,
        row.country,
        f"{row.latitude:.3f}",
        f"{row.longitude:.3f}",
        str(row.population),
        row.flags,
    )
    return "\t".join(cells)


def write_rows(rows: Iterable[Row], path: Path) -> int:
    """Write `rows` in the order of country, kind and name, and return how many there are."""
    ordered = sorted(set(rows), key=lambda row: (row.country, row.kind, row.name, astuple(row)))
    text = "\n".join(_line(row) for row in ordered) + "\n"
    path.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))
    return len(ordered)
