"""The words of `data/words.csv`."""

import csv
from functools import cache
from importlib.resources import files


@cache
def words(group: str) -> frozenset[str]:
    """Return the words of a group, in lower case."""
    lines = (files("pipeline.extraction.encoder") / "data" / "words.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return frozenset(word for row in rows if row["group"] == group for word in row["words"].split("|"))
