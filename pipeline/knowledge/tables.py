"""Reading the data files: CSV with a header row, in which lines that begin with # are comments."""

import csv
from collections.abc import Iterator
from importlib.resources import files

DATA = files("pipeline.knowledge") / "data"
"""Where the data files are."""

LANGUAGES = ("en",)
"""The languages that articles are read in: the folders of `data` that hold word lists."""


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of the data file `name`.

    What is known of the world (places, actors) is one file; word lists are a file in each language's folder.
    """
    known = DATA / name
    for file in (known,) if known.is_file() else (DATA / language / name for language in LANGUAGES):
        lines = file.read_text(encoding="utf-8").splitlines()
        yield from csv.DictReader(line for line in lines if line.strip() and not line.startswith("#"))


def phrases_of(cell: str) -> list[str]:
    """Return the phrases of a cell, which are separated by bars."""
    return [phrase.strip() for phrase in cell.split("|") if phrase.strip()]
