"""The words around amounts, as patterns built from the data file once."""

import re
from functools import cache

from pipeline.extraction.quantities.number_words import TABLE
from pipeline.knowledge.tables import phrases_of, rows

KINDS = ("least", "most", "below", "about")
"""How words before an amount may qualify it."""


@cache
def group(name: str) -> tuple[str, ...]:
    """Return the phrases of a group of the table, longest first."""
    phrases = {phrase for row in rows(TABLE) if row["group"] == name for phrase in phrases_of(row["phrases"])}
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def _alternatives(phrases: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, phrases))


@cache
def before_amount(name: str) -> re.Pattern[str]:
    """Return what finds a phrase of the group right before an amount; the group `qualifier` is all qualifiers."""
    phrases = tuple(p for kind in KINDS for p in group(kind)) if name == "qualifier" else group(name)
    return re.compile(rf"\b({_alternatives(phrases)}) (?:the )?$")


@cache
def begins(name: str) -> re.Pattern[str]:
    """Return what matches a phrase of the group, and no longer word."""
    return re.compile(rf"(?:{_alternatives(group(name))})(?![^\W_])")


@cache
def any_word(name: str) -> re.Pattern[str]:
    """Return what finds a phrase of the group."""
    return re.compile(rf"\b(?:{_alternatives(group(name))})\b")


@cache
def measure() -> re.Pattern[str]:
    """Return what matches a unit of measure right after an amount."""
    filler, unit = _alternatives(group("measure_filler")), _alternatives(group("measure"))
    return re.compile(rf"[ -]?(?:(?:{filler})\.?[ -])?(?:{unit})(?![^\W_])")
