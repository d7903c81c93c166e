"""Amounts as English writes them ("1,400", "twenty-three", "several dozen"), and what each is worth.

Reads one amount at a given place in flattened text (see `flat`); what stands around it is for `numbers` to judge.
"""

import re
from functools import cache
from typing import NamedTuple

from pipeline.knowledge.tables import phrases_of, rows

TABLE = "quantities.csv"

_ONES = "one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: number for number, word in enumerate(f"{_ONES} {_TEENS}".split(), 1)}
_VALUES |= {word: number for number, word in zip(range(20, 100, 10), _TENS.split(), strict=True)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

_ones, _teens, _tens = (words.replace(" ", "|") for words in (_ONES, _TEENS, _TENS))
_BELOW_100 = rf"(?:(?:{_tens})(?:[ -](?:{_ones}))?|{_teens}|{_ones})"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}|an?) hundred(?: (?:and )?{_BELOW_100})?|{_BELOW_100})"
_SPELLED = re.compile(
    rf"(?:(?:{_BELOW_1000}|an?) (?:thousand|million|billion)(?:,? (?:and )?{_BELOW_1000})?|{_BELOW_1000})(?![^\W_])"
)
_DIGITS = re.compile(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})(?P<fraction>\.[0-9]{1,3})?(?![0-9])")
_NUMBER_OF = re.compile(r"an? (?P<words>(?:[a-z]+[ -]){0,3}?)numbers? of(?![^\W_])")
_SCALE = re.compile(rf"[ -](?:of )?(?P<scale>{'|'.join(_SCALES)})s?(?![^\W_])")


class Amount(NamedTuple):
    """An amount: its offsets, the least, likeliest and most it means (null: open), and how it is written.

    `form` is digits, words, phrase or article.
    """

    start: int
    end: int
    low: int
    best: int | None
    high: int | None
    form: str

    @property
    def plain(self) -> bool:
        """Return whether it is a numeral, in digits or in words."""
        return self.form in ("digits", "words")

    def scaled(self, factor: int, end: int) -> "Amount":
        """Return so many times the amount, and where the words that say so end."""
        best, high = self.best and self.best * factor, self.high and self.high * factor
        return self._replace(end=end, low=self.low * factor, best=best, high=high)


@cache
def openers() -> frozenset[str]:
    """Return the words that amounts begin with, besides digits."""
    return frozenset([*_VALUES, "hundred", *(re.split("[ -]", phrase)[0] for phrase in _phrases()[1])])


def read_amount(flat: str, start: int) -> Amount | None:
    """Return the amount that begins at `start`, the longest way to read it; None if there is none."""
    if flat[start] < ":":
        return _read_digits(flat, start)
    return _read_words(flat, start) or _read_phrase(flat, start)


def _read_digits(flat: str, start: int) -> Amount | None:
    match = _DIGITS.match(flat, start)
    if not match or (match["whole"][0] == "0" and match["whole"] != "0"):
        return None
    scale = _SCALE.match(flat, match.end())
    if match["fraction"] and not scale:
        return None
    factor = _SCALES[scale["scale"]] if scale else 1
    value = round(float(match["whole"].replace(",", "") + (match["fraction"] or "")) * factor)
    return Amount(start, scale.end() if scale else match.end(), value, value, value, "digits")


def _read_words(flat: str, start: int) -> Amount | None:
    match = _SPELLED.match(flat, start)
    if not match:
        return None
    value = _value_of(re.findall("[a-z]+", match[0]))
    return _with_scale(flat, Amount(start, match.end(), value, value, value, "words"))


def _value_of(words: list[str]) -> int:
    """Return what number words add up to ("two thousand five hundred and one" is 2,501)."""
    total, group = 0, 0
    for word in words:
        if word == "hundred":
            group = max(group, 1) * 100
        elif word in _SCALES:
            total, group = total + max(group, 1) * _SCALES[word], 0
        else:
            group += _VALUES.get(word, 0)
    return total + group


def _read_phrase(flat: str, start: int) -> Amount | None:
    pattern, values = _phrases()
    match = pattern.match(flat, start)
    if not match:
        return None
    if values[match[0]].form == "article":
        return _read_number_of(flat, start) or values[match[0]]._replace(start=match.start(), end=match.end())
    return _with_scale(flat, values[match[0]]._replace(start=match.start(), end=match.end()))


def _read_number_of(flat: str, start: int) -> Amount | None:
    """Return the amount of "a large number of", or of "an as yet unknown number of", which is open at both ends."""
    match = _NUMBER_OF.match(flat, start)
    if not match:
        return None
    words = set(re.split("[ -]", match["words"]))
    kind = next((kind for kind in ("unknown", "small") if words & _words_of(kind)), "")
    low = {"unknown": 0, "small": 2}.get(kind, 3)
    return Amount(start, match.end(), low, None, None, "phrase")


@cache
def _words_of(group: str) -> frozenset[str]:
    return frozenset(phrase for row in rows(TABLE) if row["group"] == group for phrase in phrases_of(row["phrases"]))


def _with_scale(flat: str, amount: Amount) -> Amount:
    """Return the amount with the dozens or thousands behind it ("two dozen", "tens of thousands")."""
    scale = _SCALE.match(flat, amount.end)
    return amount.scaled(_SCALES[scale["scale"]], scale.end()) if scale else amount


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, Amount]]:
    """Return what finds the amounts of the table, and what each of them means (at no place yet)."""
    values = {
        phrase: Amount(0, 0, int(row["low"]), _number(row["best"]), _number(row["high"]), _form(row["group"]))
        for row in rows(TABLE)
        if row["group"] in ("amount", "article")
        for phrase in phrases_of(row["phrases"])
    }
    longest_first = "|".join(map(re.escape, sorted(values, key=len, reverse=True)))
    return re.compile(rf"(?:{longest_first})(?![^\W_])"), values


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _form(group: str) -> str:
    return "article" if group == "article" else "phrase"
