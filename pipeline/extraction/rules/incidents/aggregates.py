"""Statements that only add up what befell over months, years or a war: no incident, and no part of one."""

import re

from pipeline.extraction.document import Document
from pipeline.extraction.places.relations import RANK, SPOT
from pipeline.extraction.rules.incidents.days import is_precise
from pipeline.extraction.rules.statements.statement import Statement
from pipeline.extraction.violence.toll import Toll
from schemas import DatePrecision

_PERIODS = frozenset({"year", "years", "months", "decade", "decades"})
_THOUSANDS, _TEN_THOUSANDS = 1_000, 10_000
_LONG = (DatePrecision.MONTH, DatePrecision.YEAR)
_MANY, _HUNDREDS = 10, 100
_PERFECT_REACH = 6
_BETWEEN = frozenset({"been", "by", "now", "also", "already", "so", "far", "since", "then"})
_SINCE = re.compile(
    r"\b(?:since|so far|to date|by now|up to now|until now|(?:this|last) year|in recent (?:weeks|months|years)"
    r"|(?:over|in|during) the (?:past|last|previous) (?:\w+ )?(?:weeks|months?|years?|decades?)|all told)\b",
    re.IGNORECASE,
)


def is_of_a_war(statement: Statement) -> bool:
    """Return whether all the figures told are so large that they are those of a war."""
    return bool(statement.tolls) and all(_is_large(toll, statement) for toll in statement.tolls)


def _is_large(toll: Toll, statement: Statement) -> bool:
    """Whether a figure told without a deed of its own or without its day is too large for one incident."""
    return toll.low >= (_THOUSANDS if statement.weak else _TEN_THOUSANDS) and (
        statement.weak or not statement.when.done
    )


def is_of_a_period(statement: Statement, document: Document) -> bool:
    """Return whether the words sum up months or years: "has executed at least 90 people in the past two years"."""
    head, done = statement.head, statement.when.done
    if head.is_noun or done is None or is_precise(done):
        return False
    if not {"has", "have"} & set(document.words(head.first - 3, head.first + 1)):
        return False
    return bool(_PERIODS & set(done.span.text.lower().split()))


def is_campaign_total(statement: Statement, document: Document) -> bool:
    """Return whether the dead of a month or more are added up, of a whole province or country, and no deed is told.

    "In October at least 412 civilians were killed in Kordofan and Darfur."
    """
    done = statement.when.done
    if not statement.weak or done is None or is_precise(done) or done.precision not in _LONG:
        return False
    most = max((toll.low for toll in statement.tolls), default=0)
    spot = any(RANK.get(place.kind, 5) <= SPOT for place in statement.places)
    return most >= _MANY and not spot


def counts_since(statement: Statement, document: Document) -> bool:
    """Return whether a verb in the perfect counts what has been struck since a day: "more than 90 ships have been hit".

    "Since November more than 90 ships have been attacked in the Red Sea."
    """
    bounds, head = document.sentences[statement.sentence], statement.head
    first, _ = document.token_range(bounds.start, bounds.end)
    if (
        head.is_noun
        or statement.tolls
        or not _is_perfect(document.words(max(first, head.first - _PERFECT_REACH), head.first + 1))
    ):
        return False
    if not _SINCE.search(document.text, bounds.start, bounds.end):
        return False
    before = [n for n in document.numbers_of(statement.sentence) if n.span.end <= head.span.start]
    return any(number.low >= _MANY for number in before)


def sums_up_deaths(statement: Statement, document: Document) -> bool:
    """Return whether people are counted who have been killed by now, or in a year, and no deed is told by its day.

    "Almost 300 civilians have been killed since the truce ended", "the army has killed 190 rebels this year".
    """
    most = max((toll.low for toll in statement.tolls), default=0)
    if most < _MANY or (statement.when.done is not None and is_precise(statement.when.done)):
        return False
    bounds = document.sentences[statement.sentence]
    period = _SINCE.search(document.text, bounds.start, bounds.end) is not None
    first = document.token_range(bounds.start, bounds.end)[0]
    perfect = any(
        _is_perfect(document.words(max(first, t.first - _PERFECT_REACH), t.first + 1)) for t in statement.triggers
    )
    return (perfect and (period or most >= _HUNDREDS)) or (period and statement.weak and most >= _HUNDREDS)


def _is_perfect(words: list[str]) -> bool:
    """Whether the last of the words is a verb in the present perfect: "have by now been killed"."""
    at = max((at for at, word in enumerate(words) if word in ("has", "have")), default=None)
    if at is None:
        return False
    return all(word in _BETWEEN or word.endswith("ly") for word in words[at + 1 : -1])
