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
from functools import cache

from pipeline.extraction.quantities.number_words import TABLE, Amount, openers, read_amount
from pipeline.extraction.text.calendar_words import COUNTED, FIRM_YEAR, MONTH_BY_DAY
from pipeline.extraction.text.normalise import flatten
from pipeline.extraction.text.spans import Span, span_of
from pipeline.knowledge.tables import phrases_of, rows

_WORD = re.compile(r"[a-z0-9]+")
_RANGE = re.compile(r" ?- ?| (?P<word>to|or|and) ")
_BETWEEN = re.compile(r"\bbetween $")
_MONTH_BEFORE = re.compile(
    rf"\b(?P<month>{MONTH_BY_DAY}) {{1,3}}(?:[0-9]{{1,2}}(?:st|nd|rd|th)?(?: ?- ?|, ?| (?:to|and|through) ))?$"
)
_MONTH_AFTER = re.compile(rf"(?:(?: ?- ?| (?:to|and|through) )[0-9]{{1,2}})?[ -](?:of )?(?P<month>{MONTH_BY_DAY})")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}$")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]$")
_CLOCK_BEFORE = re.compile(r"\b(?:at|until|from|by|since)(?: about| around| approximately)? $")
_CURRENCY = re.compile(r"[$€£¥] ?$")
_PARTIAL = re.compile(r"[0-9]*[a-z_]|[:/][0-9]|[.,][0-9]|'s|°")
_COMPOUND = re.compile(r"-(?!odd|plus)[a-z]")
_LINE_START = re.compile(r"(?:^|\n)[ \t]*$")
_LIST_MARK = re.compile(r"[.)] ")
_AGE_END = re.compile(r"[,).]| ,")
_HARMED = re.compile(r" (?:died|dead|were|was|others|more|had|have|lost)\b")
_HYPHENS = ("-", "\u2010", "\u2011")
_JOINED_BEFORE = (".", ",", ":", "/", "#", "_", "+")
_REACH = 32
_SMALL = 10
_OLDEST = 110
_LAST_YEAR = 2099


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
        if _is_amount(amount, flat, written, bool(second)) and (last is amount or _is_free(last, flat)):
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
    found = _before("qualifier").search(flat, max(0, amount.start - _REACH), amount.start)
    if not found or amount.form == "article" or amount.high == 0:
        return amount.start, ""
    words = found[1]
    if amount.low < _SMALL and words in _group("ten_or_more"):
        return amount.start, ""
    return found.start(), next(kind for kind in _KINDS if words in _group(kind))


def _qualifier_after(amount: Amount, flat: str) -> tuple[int, str]:
    for kind in ("least_after", "about_after"):
        for phrase in _group(kind):
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
    return before.endswith("from ") and bool(_any_word("rising").search(before))


def _is_amount(amount: Amount, flat: str, written: str, ranged: bool) -> bool:
    if not _is_free(amount, flat) and not ranged:
        return False
    if amount.form == "digits":
        return _digits_count(amount, flat, written)
    return _words_count(amount, flat, written)


def _is_free(amount: Amount, flat: str) -> bool:
    """Tell whether what follows leaves the amount an amount: it is no score, measure, compound or part of a word."""
    end = amount.end
    if _PARTIAL.match(flat, end) or _COMPOUND.match(flat, end):
        return False
    if flat.startswith("-", end) and flat[end + 1 : end + 2].isdigit():
        return False
    return not _measure().match(flat, end)


def _digits_count(amount: Amount, flat: str, written: str) -> bool:
    """Tell whether digits are an amount, and not money, a date, a year, an age or a part of a name."""
    start = amount.start
    previous = written[start - 1 : start]
    if previous in _HYPHENS or previous in _JOINED_BEFORE or previous.isalpha():
        return False
    return not (
        _is_date(amount, flat, written)
        or _is_age(amount, flat, written)
        or _is_named(amount, flat, written)
        or _CURRENCY.search(flat, max(0, start - 2), start)
        or _starts("idiom").match(flat, start)
        or (_LIST_MARK.match(flat, amount.end) and _LINE_START.search(written, max(0, start - _REACH), start))
    )


def _is_date(amount: Amount, flat: str, written: str) -> bool:
    """Tell whether the digits are a day beside its month, a year or a time."""
    before, digits = (max(0, amount.start - _REACH), amount.start), flat[amount.start : amount.end]
    if _CLOCK.match(digits) and _CLOCK_BEFORE.search(flat, *before):
        return True
    months = _MONTH_BEFORE.search(flat, *before), _MONTH_AFTER.match(flat, amount.end)
    if any(month and not written[month.start("month")].islower() for month in months):
        return amount.low <= _LAST_YEAR and "," not in digits
    if _YEAR.match(digits):
        return not COUNTED.match(flat, amount.end) or bool(FIRM_YEAR.search(flat, *before))
    return False


def _is_age(amount: Amount, flat: str, written: str) -> bool:
    """Tell whether the number is an age: "aged 23", or "Jane Doe, 23,"."""
    if amount.low > _OLDEST:
        return False
    if _before("age_before").search(flat, max(0, amount.start - _REACH), amount.start):
        return True
    name = re.search(r"([A-Z])\w*['’.)\"]?, $", written[max(0, amount.start - _REACH) : amount.start])
    return bool(name and _AGE_END.match(flat, amount.end))


def _is_named(amount: Amount, flat: str, written: str) -> bool:
    """Tell whether the number is part of a name: behind "tower" and the like, or behind a capitalised word.

    Behind a place ("In Gaza 24 people …") it is an amount if a noun in the plural follows.
    """
    before = written[max(0, amount.start - _REACH) : amount.start]
    words = before.split()
    if not words or not before.endswith(" "):
        return False
    if words[-1].lower() in _group("designator"):
        return True
    if not words[-1][0].isupper() or not words[-1].isalnum() or (words[-1].isupper() and before.upper() == before):
        return False
    opens = len(words) == 1 or words[-2][-1] in '.!?:"”“'
    after_preposition = len(words) > 1 and words[-2].lower() in ("in", "at", "near", "on", "from", "of", "by", "last")
    counts = COUNTED.match(flat, amount.end) or _HARMED.match(flat, amount.end)
    return not opens and not (after_preposition and counts)


def _words_count(amount: Amount, flat: str, written: str) -> bool:
    """Tell whether words are an amount, and not a part of a fixed expression."""
    start = amount.start
    previous = written[start - 1 : start]
    if previous in _HYPHENS or previous.isalnum():
        return False
    if _starts("idiom").match(flat, start) or _before("idiom_before").search(flat, max(0, start - _REACH), start):
        return False
    before = max(0, start - _REACH), start
    if flat.startswith("one", start) and amount.low == 1 and _before("pointing").search(flat, *before):
        return False
    if flat.startswith("both", start):
        return " and " not in re.split(r"[.,;:]", flat[amount.end : amount.end + 40])[0]
    if flat.startswith("no.", start) or _before("age_before").search(flat, *before):
        return False
    return amount.form != "article" or (flat.startswith(" ", amount.end) and not _counts_on(amount, flat))


def _counts_on(article: Amount, flat: str) -> bool:
    """Tell whether an article stands before another amount ("another three", "an estimated 30")."""
    rest = _WORD.match(flat, article.end + 1)
    if not rest:
        return True
    if rest[0] == "estimated":
        return True
    following = read_amount(flat, rest.start()) if rest[0] in openers() or rest[0] < ":" else None
    return following is not None and _is_free(following, flat)


_KINDS = ("least", "most", "below", "about")


@cache
def _group(name: str) -> tuple[str, ...]:
    """Return the phrases of a group of the table, longest first."""
    phrases = {phrase for row in rows(TABLE) if row["group"] == name for phrase in phrases_of(row["phrases"])}
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def _alternatives(phrases: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, phrases))


@cache
def _before(name: str) -> re.Pattern[str]:
    """Return what finds a phrase of the group right before an amount; the group `qualifier` is all qualifiers."""
    phrases = tuple(p for kind in _KINDS for p in _group(kind)) if name == "qualifier" else _group(name)
    return re.compile(rf"\b({_alternatives(phrases)}) (?:the )?$")


@cache
def _starts(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives(_group(name))})(?![^\W_])")


@cache
def _any_word(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(_group(name))})\b")


@cache
def _measure() -> re.Pattern[str]:
    filler, measure = _alternatives(_group("measure_filler")), _alternatives(_group("measure"))
    return re.compile(rf"[ -]?(?:(?:{filler})\.?[ -])?(?:{measure})(?![^\W_])")
