"""Which numbers are amounts of something, and which are dates, ages, money, measures or parts of names."""

import re

from pipeline.extraction.quantities.number_phrases import before_amount, begins, group, measure
from pipeline.extraction.quantities.number_words import Amount, openers, read_amount
from pipeline.extraction.text.calendar_words import COUNTED, FIRM_YEAR, MONTH_BY_DAY

_WORD = re.compile(r"[a-z0-9]+")
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
_OLDEST = 110
_LAST_YEAR = 2099
_REACH = 32


def is_amount(amount: Amount, flat: str, written: str, ranged: bool) -> bool:
    """Return whether what was read is an amount of something; `ranged` says that it is the lower end of a range."""
    if not is_free(amount, flat) and not ranged:
        return False
    if amount.form == "digits":
        return _digits_count(amount, flat, written)
    return _words_count(amount, flat, written)


def is_free(amount: Amount, flat: str) -> bool:
    """Tell whether what follows leaves the amount an amount: it is no score, measure, compound or part of a word."""
    end = amount.end
    if _PARTIAL.match(flat, end) or _COMPOUND.match(flat, end):
        return False
    if flat.startswith("-", end) and flat[end + 1 : end + 2].isdigit():
        return False
    return not measure().match(flat, end)


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
        or begins("idiom").match(flat, start)
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
    if before_amount("age_before").search(flat, max(0, amount.start - _REACH), amount.start):
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
    if words[-1].lower() in group("designator"):
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
    if begins("idiom").match(flat, start) or before_amount("idiom_before").search(flat, max(0, start - _REACH), start):
        return False
    before = max(0, start - _REACH), start
    if flat.startswith("one", start) and amount.low == 1 and before_amount("pointing").search(flat, *before):
        return False
    if flat.startswith("both", start):
        return " and " not in re.split(r"[.,;:]", flat[amount.end : amount.end + 40])[0]
    if flat.startswith("no.", start) or before_amount("age_before").search(flat, *before):
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
    return following is not None and is_free(following, flat)
