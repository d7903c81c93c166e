"""The words of the calendar: months, also misspelt, and weekdays; what tells four digits that are a year from a number.

They are looked for in flattened text (see `normalise.flatten`): lower case, one kind of quotes and dashes.
"""

import re
from collections.abc import Iterable, Iterator

_MONTH_STEMS = "jan feb mar apr may jun jul aug sep oct nov dec"
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The weekdays from Monday."""

MONTHS = {stem: number for number, stem in enumerate(_MONTH_STEMS.split(), 1)}
"""The months from 1, by their first three letters."""

_LONG_MONTHS = "january february august september october november december"
_CUT_SHORT = "fe. ap. au. oc."


def _slips(name: str) -> Iterator[str]:
    """Yield a name with one letter left out, typed twice or changed for its neighbour, but for the first."""
    for at in range(1, len(name)):
        yield name[:at] + name[at + 1 :]
        yield name[: at + 1] + name[at:]
        yield name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


MISSPELT = {slip: MONTHS[name[:3]] for name in _LONG_MONTHS.split() for slip in _slips(name) if slip != name}
MISSPELT |= {
    short: number for short in _CUT_SHORT.split() for stem, number in MONTHS.items() if stem.startswith(short[:-1])
}
"""The months from 1, by their long names with one slip of the pen, or cut short."""


def month_of(name: str) -> int:
    """Return the number of a month, from 1, by its name, short or long, with at most one slip of the pen."""
    return MISSPELT.get(name) or MONTHS[name[:3]]


WEEKDAYS = {name[:3]: number for number, name in enumerate(WEEKDAY_NAMES)}
"""The weekdays from Monday, 0, by their first three letters."""

MONTH_NAME = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?![^\W_])"
)
"""A month, long or short."""


def _tree(words: Iterable[str], depth: int) -> str:
    """Return a pattern for any of some words, which tries only those that begin as the text does."""
    if not depth:
        return "|".join(map(re.escape, words))
    ends: dict[str, list[str]] = {}
    for word in words:
        ends.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{_tree(rest, depth - 1)})" for first, rest in ends.items())


MONTH_BY_DAY = rf"(?:{MONTH_NAME}|(?=[adfjnos])(?:{_tree(MISSPELT, 2)})(?![^\W_]))"
"""A month beside a day, which tells it even where it is misspelt."""

FIRM_YEAR = re.compile(r"\b(?:in|since|during|the|year) $")
"""What makes four digits a year even before a noun in the plural."""

COUNTED = re.compile(r" (?:other |more )?(?:people|men|women|police|personnel|troops|[a-z]{3,}s)\b")
"""What follows a number that counts."""
