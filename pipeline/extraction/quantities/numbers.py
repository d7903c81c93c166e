"""How many: the amounts in English news that count people, weapons or incidents.

Conventions, where words are vague (the figures stand in `data/quantities.csv`):

* "several" is 3 or more, "a few" 2 or more, "dozens" 24 or more, "scores" 40 or more, "hundreds" 200 or more: `low` is
  the least that a careful writer means, `best` and `high` are open. "A dozen" is 12 and "a couple" 2, inexactly.
* "At least 24", "more than 24" and "24 or more" are low 24, best 24, high open.
* "Up to 24" and "as many as 24" are low 0, best open, high 24; "fewer than 24" likewise with high 23.
* "Some 30", "about 30" and "nearly 30" are 30 on all three counts, but not exact.
* "A large number of" is 3 or more, "a small number of" 2 or more; "an unknown number of" is open at both ends (low 0).
* "Three to five", "between three and five" and "three or four" have a low and a high, and no best.

Years, dates, times, ages, money, measures, percentages, ordinals, scores and the numbers in names ("Tower 22", "T-72")
are not amounts of anything, and are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extraction.quantities.amount_screening import is_amount, is_free
from pipeline.extraction.quantities.number_phrases import KINDS, any_word, before_amount, group
from pipeline.extraction.quantities.number_words import Amount, openers, read_amount
from pipeline.extraction.text.normalise import flatten
from pipeline.extraction.text.spans import Span, span_of

_WORD = re.compile(r"[a-z0-9]+")
_RANGE = re.compile(r" ?- ?| (?P<word>to|or|and) ")
_BETWEEN = re.compile(r"\bbetween $")
_REACH = 32
_SMALL = 10


@dataclass(frozen=True, slots=True)
class NumberReading:
    """An amount as it stands in a text: the least, the likeliest and the most that is meant.

    `best` null is "no one figure", `high` null is "open". `exact` is false for anything rounded, vague or bounded.
    `span` includes the words that qualify the figure ("at least 24").
    """

    low: int
    best: int | None
    high: int | None
    span: Span
    exact: bool

    @property
    def unknown(self) -> bool:
        """Whether the words say that nobody knows how many ("an unknown number of")."""
        return self.low == 0 and self.best is None and self.high is None


def find_numbers(text: str, start: int, end: int) -> list[NumberReading]:
    """Return the amounts in `text[start:end]` in order, not overlapping; spans count in `text`.

    Every "a", "an", "another", "one" and "no" that may count is among them: the caller knows which nouns it counts.
    """
    written = text[start:end]
    flat = flatten(written)
    return [
        NumberReading(low, best, high, span_of(text, start + first, start + last), exact)
        for first, last, low, best, high, exact in _readings(flat, written)
    ]


_Reading = tuple[int, int, int, int | None, int | None, bool]


def _readings(flat: str, written: str) -> Iterator[_Reading]:
    done = 0
    known = openers()
    for word in _WORD.finditer(flat):
        if word.start() < done or not (word[0] in known or word[0] < ":"):
            continue
        amount = read_amount(flat, word.start())
        if amount is None:
            continue
        second = _second_of_range(amount, flat)
        last = second or amount
        if is_amount(amount, flat, written, bool(second)) and (last is amount or is_free(last, flat)):
            reading = _reading(amount, second, flat)
            yield reading
            done = reading[1]
        elif second or amount.form != "article":
            done = last.end


def _reading(amount: Amount, second: Amount | None, flat: str) -> _Reading:
    if second and _rises(amount, flat):
        return second.start, second.end, second.low, second.best, second.high, True
    if second:
        start = _start_of(_BETWEEN, amount, flat)
        return start, second.end, amount.low, None, second.high, False
    start, kind = _qualifier(amount, flat)
    end, kind_after = _qualifier_after(amount, flat)
    return (start, end, *_bounds(amount, kind or kind_after))


def _bounds(amount: Amount, kind: str) -> tuple[int, int | None, int | None, bool]:
    """Return low, best, high and exact of an amount, qualified as least, most, below, about or not at all."""
    if kind == "least":
        return amount.low, amount.best, None, False
    if kind in ("most", "below"):
        high = amount.high if amount.high is None or kind == "most" else max(amount.high - 1, 0)
        return 0, None, high, False
    exact = not kind and (amount.form != "phrase" or amount.low == 0)
    return amount.low, amount.best, amount.high, exact


def _start_of(pattern: re.Pattern[str], amount: Amount, flat: str) -> int:
    found = pattern.search(flat, max(0, amount.start - _REACH), amount.start)
    return found.start() if found else amount.start


def _qualifier(amount: Amount, flat: str) -> tuple[int, str]:
    """Return where the amount begins with the words that qualify it, and how they do."""
    found = before_amount("qualifier").search(flat, max(0, amount.start - _REACH), amount.start)
    if not found or amount.form == "article" or amount.high == 0:
        return amount.start, ""
    words = found[1]
    if amount.low < _SMALL and words in group("ten_or_more"):
        return amount.start, ""
    return found.start(), next(kind for kind in KINDS if words in group(kind))


def _qualifier_after(amount: Amount, flat: str) -> tuple[int, str]:
    for kind in ("least_after", "about_after"):
        for phrase in group(kind):
            joint = amount.end if phrase[0] in "-+" else amount.end + 1
            if flat.startswith(phrase, joint) and not flat[joint + len(phrase) : joint + len(phrase) + 1].isalnum():
                return joint + len(phrase), kind.removesuffix("_after")
    return amount.end, ""


def _second_of_range(first: Amount, flat: str) -> Amount | None:
    """Return the upper end of a range that begins with `first`."""
    joint = _RANGE.match(flat, first.end) if first.plain else None
    if not joint or joint.end() >= len(flat):
        return None
    second = read_amount(flat, joint.end())
    if not second or not second.plain or second.low <= first.low:
        return None
    if joint["word"] == "and" and not _BETWEEN.search(flat, max(0, first.start - _REACH), first.start):
        return None
    return second


def _rises(first: Amount, flat: str) -> bool:
    before = flat[max(0, first.start - _REACH) : first.start]
    return before.endswith("from ") and bool(any_word("rising").search(before))
