"""What date expressions look like in flattened text (see `flat`): the patterns that `date_scanner` reads with.

A pattern matches the core of an expression only ("thursday", "days ago"); what stands before it ("late last", "two")
is read backwards from there, since a scan for every word that may precede a date would be slow.
"""

import re
from functools import cache
from typing import NamedTuple

from pipeline.extraction.text.calendar_words import MISSPELT, MONTH_BY_DAY, MONTH_NAME, WEEKDAY_NAMES
from pipeline.knowledge.tables import phrases_of, rows

_COUNTING = "one two three four five six seven eight nine ten eleven twelve"

SPELLED = {word: number for number, word in enumerate(_COUNTING.split(), 1)}
SPELLED |= {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
"""The numbers that distances in time are spelled with."""

_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9]|,[0-9])"
_COUNT = rf"(?:the|an?|{'|'.join(SPELLED)}|[0-9]{{1,3}}|several|many|(?:a )?few|(?:a )?couple(?: of)?)"
_LONG = r"(?:day|night|morning|afternoon|evening|week|fortnight|month|year)"
_UNIT = rf"(?:minute|moment|hour|{_LONG})"
_NOT_A_DAY = r"(?!\w|[.,:][0-9]|%|-(?:year|day|hour|week|month|man|member|point|minute|page|strong|foot|mile))"
_LIST_END = r"(?=[.,;:)\]'\"]|$| (?:in|at|on|against|by|when|near|as|which|that|during|after|before|respectively)\b)"
_TO = r"(?: ?[-/] ?| (?:to|and|through|until|or|&) )"

_CORES = {
    "iso": r"(?P<year>(?:19|20)[0-9]{2})[-/.](?P<month>1[0-2]|0?[1-9])[-/.](?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9])",
    "slashed": r"(?P<first>[0-9]{1,2})[/.](?P<second>[0-9]{1,2})[/.](?P<year>(?:19|20)[0-9]{2})(?![0-9])",
    "day_month": r"(?<![0-9][.,:/])(?<![a-z]-)(?<![$€£])"
    rf"(?P<day>{_DAY})(?:{_TO}(?P<last>{_DAY}))?[ -](?:of )?(?P<month>{MONTH_BY_DAY})"
    rf"(?:,? {{1,3}}(?P<year>{_YEAR})|[ -]'?(?P<short>[0-9]{{2}})(?= *(?:$|[-()\[\].,;:\x00])))?",
    "month_day": rf"(?P<month>{MONTH_BY_DAY}) {{1,3}}(?P<day>{_DAY}){_NOT_A_DAY}"
    rf"(?:(?:, {_DAY})*,? and (?P<also>{_DAY}){_LIST_END}|(?: ?- ?| to | through )(?P<last>{_DAY}){_NOT_A_DAY})?"
    rf"(?:,? {{1,3}}(?P<year>{_YEAR}))?",
    "month": rf"(?P<month>{MONTH_NAME})(?:,? (?:of )?(?P<year>{_YEAR}))?",
    "year": rf"(?<![$€£])(?P<year>{_YEAR})(?P<decade>'?s)?(?![\w%]|-[a-z])",
    "weekday": r"(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day(?P<plural>s)?(?!\w)",
    "short_weekday": r"(?P<weekday>mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)(?!\w)\.?"
    rf"(?=,? {{1,3}}(?:{MONTH_NAME}|{_DAY} {MONTH_NAME}))",
    "deictic": r"(?P<phrase>today|tonight|tomorrow|yesterday|overnight|last (?:night|evening)"
    r"|this (?:morning|afternoon|evening)|day (?:before yesterday|after tomorrow))(?!\w)",
    "period": r"(?P<which>this|last|next|past|coming) (?P<unit>weekend|week|month|year)(?!\w| of )",
    "weekend": r"weekend(?!\w)",
    "window": rf"(?P<which>past|last|recent) (?:(?P<count>{_COUNT}) )?(?P<unit>{_UNIT})(?P<plural>s)?(?!\w| of )",
    "step": rf"(?P<unit>{_UNIT}|shortly|soon|immediately)(?P<plural>s)? "
    rf"(?P<way>ago|earlier|before|prior|previously|later|after(?:wards?)?|following)(?! {_UNIT})(?!\w)",
    "neighbour": rf"(?P<which>same|that|previous|preceding|prior|following|next|subsequent) (?P<unit>{_LONG})(?!\w)",
    "meanwhile": r"(?:same time|simultaneously)(?!\w)",
}

_MONTH_NAMES = (
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october"
    " nov november dec december"
)
_UNIT_NAMES = "day night morning afternoon evening week fortnight month year minute moment hour"
_OPENERS = {
    "month_day": " ".join((_MONTH_NAMES, *MISSPELT)).replace(".", ""),
    "month": _MONTH_NAMES,
    "weekday": " ".join(f"{day} {day}s" for day in WEEKDAY_NAMES),
    "short_weekday": "mon tue tues wed weds thu thur thurs fri sat sun",
    "deictic": "today tonight tomorrow yesterday overnight last this day",
    "period": "this last next past coming",
    "weekend": "weekend",
    "window": "past last recent",
    "step": " ".join(f"{unit} {unit}s" for unit in _UNIT_NAMES.split()) + " shortly soon immediately",
    "neighbour": "same that previous preceding prior following next subsequent",
    "meanwhile": "same simultaneously",
}
_DIGIT_KINDS = ("named", "iso", "slashed", "day_month", "year")

WORD = re.compile(r"[a-z0-9]+")
"""The words that cores may begin with; a core checks for itself that no letter stands before it."""

LEAD = re.compile(
    r"(?:\b(?P<part>early|earlier|late|later|mid|(?:middle|beginning|start|end) of)[ -]"
    r"(?:in |on |of |from )?(?:the )?)?"
    r"(?:\b(?P<which>last|this past|past|this coming|coming|upcoming|the following|this|next|every|each|most"
    r"|on an?) )?$"
)
"""The words before a core that qualify it; the match may be empty."""

COUNT_LEAD = re.compile(rf"\b(?:(?P<within>less than|within|under) )?(?P<count>{_COUNT})[ -]$")
"""The count before a core ("two" before "days ago")."""

TAIL = re.compile(r"(?: (?:morning|afternoon|evening|night|midday|noon|dawn|midnight)\b)?")
"""The time of day behind a core; the match may be empty."""

MONTH_CONTEXT = re.compile(r"\b(?:in|since|until|during|last|early|late|mid|of)[ -]$")
"""What must stand before a month whose name is also a verb or a person's name."""

YEAR_CONTEXT = re.compile(
    r"(?:\b(?:in|since|until|till|of|by|during|from|before|after|through|throughout|to|between|and|the|early|late"
    r"|mid|year|around|circa|summer|winter|spring|autumn|fall)|[0-9]{4} ?-)[ -]?$|\($"
)
"""What must stand before four digits that are a year."""


class Grammar(NamedTuple):
    """What to try where: kinds of core by the first word that they may begin with, or for any that begin in digits."""

    kinds: dict[str, tuple[str, ...]]
    digit_kinds: tuple[str, ...]
    cores: dict[str, re.Pattern[str]]


@cache
def grammar() -> Grammar:
    """Return the compiled patterns, kinds in the order to try; the names of days come from `date_words.csv`."""
    patterns = {"named": rf"(?P<phrase>{'|'.join(map(re.escape, named_days()))})(?!\w)", **_CORES}
    openers = {"named": " ".join(WORD.findall(name)[0] for name in named_days()), **_OPENERS}
    kinds: dict[str, tuple[str, ...]] = {}
    for kind, words in openers.items():
        for word in {word for word in words.split() if not word[0].isdigit()}:
            kinds[word] = (*kinds.get(word, ()), kind)
    return Grammar(kinds, _DIGIT_KINDS, {kind: re.compile(rf"\b{core}") for kind, core in patterns.items()})


@cache
def named_days() -> dict[str, tuple[int | None, int, int]]:
    """Return the days that go by a name, longest name first: year (null for feasts), month, day."""
    days = {
        phrase: _date_parts(row["day"])
        for row in rows("date_words.csv")
        if row["group"] == "named"
        for phrase in phrases_of(row["phrases"])
    }
    return dict(sorted(days.items(), key=lambda item: -len(item[0])))


def _date_parts(iso: str) -> tuple[int | None, int, int]:
    """Read 2001-09-11, or --12-25 for every year."""
    year, month, day = iso.rsplit("-", 2)
    return None if year == "-" else int(year), int(month), int(day)
