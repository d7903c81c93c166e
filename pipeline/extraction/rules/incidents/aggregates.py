"""Statements that only add up what befell over months, years or a war: no incident, and no part of one."""

import re

from pipeline.extraction.document import Reading
from pipeline.extraction.rules.incidents.tallies import is_precise
from pipeline.extraction.rules.statements.statement import Frame
from pipeline.extraction.violence.casualties import Toll

_PERIODS = frozenset({"year", "years", "months", "decade", "decades"})
_THOUSANDS, _TEN_THOUSANDS = 1_000, 10_000
_MANY, _HUNDREDS = 10, 100
_PERFECT_REACH = 6
_BETWEEN = frozenset({"been", "by", "now", "also", "already", "so", "far", "since", "then"})
_SINCE = re.compile(
    r"\b(?:since|so far|to date|by now|up to now|until now|(?:this|last) year|in recent (?:weeks|months|years)"
    r"|(?:over|in|during) the (?:past|last|previous) (?:\w+ )?(?:weeks|months?|years?|decades?)|all told)\b",
    re.IGNORECASE,
)


def is_of_a_war(frame: Frame) -> bool:
    """Return whether all the figures told are so large that they are those of a war."""
    return bool(frame.tolls) and all(_is_large(toll, frame) for toll in frame.tolls)


def _is_large(toll: Toll, frame: Frame) -> bool:
    """Whether a figure told without a deed of its own or without its day is too large for one incident."""
    return toll.low >= (_THOUSANDS if frame.weak else _TEN_THOUSANDS) and (frame.weak or not frame.when.done)


def is_of_a_period(frame: Frame, reading: Reading) -> bool:
    """Return whether the words sum up months or years: "has executed at least 90 people in the past two years"."""
    head, done = frame.head, frame.when.done
    if head.is_noun or done is None or is_precise(done):
        return False
    if not {"has", "have"} & set(reading.words(head.first - 3, head.first + 1)):
        return False
    return bool(_PERIODS & set(done.span.text.lower().split()))


def sums_up_deaths(frame: Frame, reading: Reading) -> bool:
    """Return whether people are counted who have been killed by now, or in a year, and no deed is told by its day.

    "Almost 300 civilians have been killed since the truce ended", "the army has killed 190 rebels this year".
    """
    most = max((toll.low for toll in frame.tolls), default=0)
    if most < _MANY or (frame.when.done is not None and is_precise(frame.when.done)):
        return False
    bounds = reading.sentences[frame.sentence]
    period = _SINCE.search(reading.text, bounds.start, bounds.end) is not None
    first = reading.token_range(bounds.start, bounds.end)[0]
    perfect = any(_is_perfect(reading.words(max(first, t.first - _PERFECT_REACH), t.first + 1)) for t in frame.triggers)
    return (perfect and (period or most >= _HUNDREDS)) or (period and frame.weak and most >= _HUNDREDS)


def _is_perfect(words: list[str]) -> bool:
    """Whether the last of the words is a verb in the present perfect: "have by now been killed"."""
    at = max((at for at, word in enumerate(words) if word in ("has", "have")), default=None)
    if at is None:
        return False
    return all(word in _BETWEEN or word.endswith("ly") for word in words[at + 1 : -1])
