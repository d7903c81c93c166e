"""How a statement refers: to one deed or many, to a new one or to one told before, to what is only remembered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extraction.document import Document
from pipeline.extraction.quantities.numbers import NumberReading
from pipeline.extraction.rules.statements.event_time import Timing
from pipeline.extraction.rules.statements.factuality import is_habitual
from pipeline.extraction.rules.statements.kernel import Kernel
from pipeline.extraction.rules.statements.statement import Aspect, Contrast, Definiteness, Number, is_weak
from pipeline.extraction.text.calendar_words import WEEKDAY_NAMES
from pipeline.extraction.text.clauses import Clause
from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.time.resolver import DateReading
from pipeline.extraction.violence.toll import Toll
from pipeline.extraction.violence.triggers import Form, Trigger
from schemas import DateBasis, DatePrecision

_COUNT_REACH = 42
_MEMORY = 12
_NOUN_REACH = 8
_NTH_REACH = 150
_OTHER_FIGURE = re.compile(
    r"\b(?:gave|gives|put|puts|cited|offered|had)\s(?:[\w-]+\s){0,3}(?:figure|toll|number|count|tally|account|version)\b"
)
_OTHER_INCIDENT = re.compile(
    r"\b(?:another|a second|a third|a fourth|a separate|a different|a further|a similar|one more)\s"
    r"(?:\w+\s)?(?:incident|case|episode|attack|operation|event)\b"
    r"|\bin (?:(?:other|separate|related|connected|similar|different) )?incidents\b",
    re.IGNORECASE,
)
_NTH = re.compile(
    r"\b(?:mark(?:s|ed|ing)?|is|was|were|bec[ao]mes?|making (?:it|this))\s(?:at least\s|only\s)?(?:the|its|their)\s"
    r"(?:\d+(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\s(?:[\w'’-]+\s){0,4}$"
)
_ORDINAL_REACH = 6
_OVER_TIME_REACH = 80
_OVER_TIME = re.compile(
    r"(?:\s(?!(?:which|who|that|after|before|when)\b)[\w’'-]+){0,8}?\s(?:(?:in|for)\s(?:(?:the|past|last|a|an|less|than"
    r"|only|just|over|more)\s)*(?:\w+\s)?(?:days?|weeks?|months?|years?|decades?)|this\s(?:week|month|year)|since)\b",
    re.IGNORECASE,
)
_DAY_WORDS = frozenset({*WEEKDAY_NAMES, "morning", "afternoon", "evening", "night"})
_CLOCKED = (DateBasis.WEEKDAY, DateBasis.DEICTIC)
_PERFECT = frozenset({"has", "have", "had"})
_SINCE_WHEN = re.compile(r"\bsince\s[^.;]{3,40}?,?\swhen\s[^.;]{0,80}$", re.IGNORECASE)
_ARTICLE_REACH = 40
_INDEFINITE = re.compile(r"\b(?:an?|another)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)
_SAME_PLACE = Wording(r"\b(?:the same|that|the)\s«same_place»\b(?!\sof\s[A-Z])")
_SCATTERED = Wording(
    r"\b(?:in|over|during|across|from)\s(?:(?:at\sleast|the)\s)?«several»\s(?:(?:of|separate|different|other)\s)?"
    r"(?:(?!(?:and|on|in|by|the)\b)[\w’'-]+\s){0,2}«incidents_told»\b|\bin\s«incidents_of_any»\b"
)
_PARTS = frozenset({"one", "other", "another", "first", "second"})
_THESE = frozenset({"these", "those", "such"})
_SINGLE = frozenset((word, "of") for word in ("one", "first", "second", "third", "last", "latest"))
_RANKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


@dataclass(frozen=True, slots=True)
class Cues:
    """What the words around a trigger say of how a statement refers; the fields are those of `Statement`."""

    number: Number
    count: NumberReading | None
    rank: int | None
    definiteness: Definiteness
    contrast: Contrast
    aspect: Aspect


def cues_of(kernel: Kernel, when: Timing, tolls: Sequence[Toll], document: Document) -> Cues:
    """Return what the words around its trigger say of a statement: many or one, new or known, told or remembered."""
    head, clause = kernel.head, kernel.clauses[0]
    before = document.words(max(clause.first, head.first - 5), head.first)
    single = any(pair in _SINGLE for pair in pairwise(before))
    number = _number(kernel, before, single, document)
    if number is not Number.SERIES and _is_scattered(kernel, document):
        number = Number.SCATTERED
    definiteness, rank = _definiteness(kernel, document)
    return Cues(
        number=number,
        count=_count(head, kernel.sentence, document) if head.is_noun else None,
        rank=rank,
        definiteness=definiteness,
        contrast=_contrast(kernel, single, document),
        aspect=_aspect(kernel, when, tolls, number, document),
    )


def dated_by_opening(when: Timing, aspect: Aspect) -> Timing:
    """Return the timing of a statement that says since when something goes on: the deed is of that day."""
    if aspect is not Aspect.OPENER or when.done is not None or when.since is None:
        return when
    return replace(when, done=replace(when.since, bound=None))


def same_place_told(kernel: Kernel, document: Document) -> bool:
    """Return whether the words refer to a place told before: "the same village"."""
    return bool(_SAME_PLACE.search(document.text, kernel.start, kernel.end))


def _number(kernel: Kernel, before: Sequence[str], single: bool, document: Document) -> Number:
    head = kernel.head
    plural = head.form is Form.NOUNS and not single
    listed = plural or (head.form is Form.ING and bool({"incidents", "operations"} & set(before)))
    floor = max(kernel.clauses[0].first, head.first - _NOUN_REACH)
    if listed and (_THESE & set(before[-3:]) or document.cued("series", floor, head.first) is not None):
        return Number.SERIES
    return Number.MANY if plural else Number.ONE


def _is_scattered(kernel: Kernel, document: Document) -> bool:
    """Whether words beside the trigger count the deeds or their places: "were killed in two separate incidents"."""
    found, head = _SCATTERED.search(document.text, kernel.start, kernel.end), kernel.head.span
    return found is not None and not found.start() < head.end <= found.end()


def _contrast(kernel: Kernel, single: bool, document: Document) -> Contrast:
    head, clause = kernel.head, kernel.clauses[0]
    floor = max(clause.first, head.first - _NOUN_REACH)
    part = single or bool(_PARTS & set(document.words(clause.first, min(clause.first + 3, head.first))))
    other = head.is_noun and document.cued("another", floor, head.first) is not None
    other = other or (not is_weak(head) and _is_told_apart(clause, head, document))
    if other or _is_other_incident(clause, head, document):
        return Contrast.OTHER_PART if part else Contrast.OTHER
    return Contrast.PART if part else Contrast.NONE


def _aspect(kernel: Kernel, when: Timing, tolls: Sequence[Toll], number: Number, document: Document) -> Aspect:
    """Return how a deed is placed in time; of several that hold, the one that makes least of it."""
    head, clause = kernel.head, kernel.clauses[0]
    if _is_habitual(kernel, when, tolls, number, document):
        return Aspect.HABITUAL
    if document.cued("recount", clause.first, head.first) is not None or _is_nth(head, clause, document):
        return Aspect.RECOUNTED
    if _SINCE_WHEN.search(document.text, document.sentences[clause.sentence].start, head.span.start):
        return Aspect.OPENER
    if kernel.background:
        return Aspect.BACKGROUND
    recalled = _recalled(kernel, when.done, document)
    if recalled is not None:
        return recalled
    auxiliary = _PERFECT & set(document.words(max(clause.first, head.first - 3), head.first + 1))
    return Aspect.PERFECT if auxiliary and not head.is_noun else Aspect.NEWS


def _is_habitual(kernel: Kernel, when: Timing, tolls: Sequence[Toll], number: Number, document: Document) -> bool:
    head, done = kernel.head, when.done
    floor = max(kernel.clauses[0].first, head.first - _NOUN_REACH)
    if document.cued("scene", floor, head.last) is not None:
        return True
    if (done is not None and (done.weekday is not None or done.precision is DatePrecision.DAY)) or any(
        toll.best is not None for toll in tolls
    ):
        return False
    if any(is_habitual(head, c, document) for c in kernel.clauses if c.start <= head.span.start < c.end):
        return True
    return number is not Number.ONE and document.words(head.last, head.last + 1) == ["have"]  # "attacks have"


def _is_other_incident(clause: Clause, head: Trigger, document: Document) -> bool:
    """Whether "another incident" or the like stands before what is told: "reported another incident, in which …"."""
    start = document.sentences[clause.sentence].start
    return bool(_OTHER_INCIDENT.search(document.text, start, head.span.start))


def _is_nth(head: Trigger, clause: Clause, document: Document) -> bool:
    """Whether the words only count what was told: "it marked the eighth bombing this year", no anniversary."""
    if document.cued("anniversary", max(clause.first, head.first - _MEMORY), head.first):
        return False
    return head.is_noun and bool(
        _NTH.search(document.text, max(clause.start, head.span.start - _NTH_REACH), head.span.start)
    )


def _is_told_apart(clause: Clause, head: Trigger, document: Document) -> bool:
    """Whether "separately", "elsewhere" or "also" opens the clause; what somebody "also said" is told of no other."""
    opening, _ = document.token_range(document.sentences[clause.sentence].start, clause.end)
    starts = dict.fromkeys((clause.first, opening))
    apart = next(filter(None, (document.cued("apart", at, min(at + 3, head.last)) for at in starts)), None)
    if apart is None or document.cued("speech", apart.last, apart.last + 1) is not None:
        return False
    return not _OTHER_FIGURE.search(document.text, clause.start, head.span.start)


def _definiteness(kernel: Kernel, document: Document) -> tuple[Definiteness, int | None]:
    """Return whether the deed is told as known or as new, and its ordinal if it is known by one."""
    head, clause = kernel.head, kernel.clauses[0]
    noun = kernel.triggers[0] if kernel.triggers[0].is_noun else head
    if noun.is_noun and _is_given(noun, clause, document) and not _is_first_in_long(noun, document):
        ordinal = document.cued("ordinal", max(clause.first, noun.first - 6), noun.first)
        rank = _RANKS.get(document.tokens[ordinal.first].lower) if ordinal is not None else None
        return Definiteness.DEFINITE, rank
    reach = max(kernel.start, head.span.start - _ARTICLE_REACH), head.span.start
    new = head.is_noun and bool(_INDEFINITE.search(document.text, *reach))
    return (Definiteness.INDEFINITE if new else Definiteness.BARE), None


def _is_first_in_long(noun: Trigger, document: Document) -> bool:
    """Whether an ordinal only counts back over a time: "the first blast in a year", "the second attack this week"."""
    first, _ = document.token_range(
        document.sentences[document.clause_at(noun.span.start).sentence].start, noun.span.end
    )
    if document.cued("ordinal", max(first, noun.first - _ORDINAL_REACH), noun.first) is None:
        return False
    return bool(_OVER_TIME.match(document.text, noun.span.end, noun.span.end + _OVER_TIME_REACH))


def _is_given(noun: Trigger, clause: Clause, document: Document) -> bool:
    before = document.words(max(clause.first, noun.first - 5), noun.first)
    if any(pair in _SINGLE for pair in pairwise(before)):
        return False
    known, fresh = document.cue_words["given"], document.cue_words["article"]
    determiner = next((word for word in reversed(before) if word in known | fresh), "")
    return _points_back(before) or determiner in known


def _points_back(before: Sequence[str]) -> bool:
    """Whether "that" stands before the noun, with at most a day between: "that Thursday morning attack"."""
    at = len(before) - 1
    while at >= 0 and before[at] in _DAY_WORDS:
        at -= 1
    return at >= 0 and before[at] == "that"


def _recalled(kernel: Kernel, done: DateReading | None, document: Document) -> Aspect | None:
    """Return how a deed is recalled, if it is: its anniversary is marked, a court tries it, or it was years ago."""
    if done is not None and done.earliest is None and done.span.text.lower().endswith(" ago"):
        return Aspect.BACKGROUND
    head = kernel.head
    first, _ = document.token_range(document.sentences[kernel.sentence].start, head.span.end)
    near = max(first, head.first - _MEMORY)
    fresh = done is not None and done.basis in _CLOCKED  # "prosecutors look into Thursday's attack"
    if document.cued("anniversary", near, head.first):
        return Aspect.COMMEMORATED if fresh else Aspect.BACKGROUND
    tried = not fresh and document.cued("legal", near, head.first) is not None
    return Aspect.BACKGROUND if tried else None


def _count(head: Trigger, sentence: int, document: Document) -> NumberReading | None:
    near = [n for n in document.numbers_of(sentence) if 0 <= head.span.start - n.span.end <= _COUNT_REACH]
    if not near:
        return None
    gap = document.text[near[-1].span.end : head.span.start]
    return (
        near[-1]
        if re.fullmatch(r"[\s\w'’-]*", gap) and not re.search(r"\b(?:in|on|by|at|and|were|was)\b", gap)
        else None
    )
