"""How a statement refers: to one deed or many, to a new one or to one told before, to what is only remembered."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extraction.document import Reading
from pipeline.extraction.quantities.numbers import NumberReading
from pipeline.extraction.rules.statements.factuality import is_habitual
from pipeline.extraction.rules.statements.statement import Frame
from pipeline.extraction.text.clauses import Clause
from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.time.patterns import WEEKDAY_NAMES
from pipeline.extraction.violence.triggers import Form, Trigger
from schemas import DateBasis, DatePrecision

_COUNT_REACH = 42
_MEMORY = 12
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
_DAY_WORDS = frozenset({*WEEKDAY_NAMES, "morning", "afternoon", "evening", "night"})
_CLOCKED = (DateBasis.WEEKDAY, DateBasis.DEICTIC)
_PERFECT = frozenset({"has", "have", "had"})
_SINCE_WHEN = re.compile(r"\bsince\s[^.;]{3,40}?,?\swhen\s[^.;]{0,80}$", re.IGNORECASE)
_ARTICLE_REACH = 40
_INDEFINITE = re.compile(r"\b(?:an?|another)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)
_SAME_PLACE = Wording(r"\b(?:the same|that|the)\s«same_place»\b(?!\sof\s[A-Z])")
_PARTS = frozenset({"one", "other", "another", "first", "second"})
_THESE = frozenset({"these", "those", "such"})
_SINGLE = frozenset((word, "of") for word in ("one", "first", "second", "third", "last", "latest"))
_RANKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


def read_cues(frame: Frame, reading: Reading) -> None:
    """Fill in what the words around its trigger say of a frame: many or one, new or known, told or remembered."""
    head, clause = frame.head, frame.clauses[0]
    floor = max(clause.first, head.first - 8)
    before = reading.words(max(clause.first, head.first - 5), head.first)
    single = any(pair in _SINGLE for pair in pairwise(before))
    frame.plural = head.form is Form.NOUNS and not single
    frame.count = _count(head, frame.sentence, reading) if head.is_noun else None
    apart = _is_told_apart(clause, head, reading)
    new = head.is_noun and reading.cued("another", floor, head.first) is not None
    frame.another = new or (apart and not frame.weak) or _is_other_incident(clause, head, reading)
    listed = frame.plural or (head.form is Form.ING and bool({"incidents", "operations"} & set(before)))
    these = bool(_THESE & set(before[-3:]))
    frame.series = listed and (these or reading.cued("series", floor, head.first) is not None)
    done = frame.when.done
    dated = done is not None and (done.weekday is not None or done.precision is DatePrecision.DAY)
    told = dated or any(toll.best is not None for toll in frame.tolls)
    frame.habitual = not told and any(
        is_habitual(head, c, reading) for c in frame.clauses if c.start <= head.span.start < c.end
    )
    frame.habitual = frame.habitual or reading.cued("scene", floor, head.last) is not None
    so_far = frame.plural and reading.words(head.last, head.last + 1) == ["have"]
    frame.habitual = frame.habitual or (so_far and not told)
    frame.part = single or bool(_PARTS & set(reading.words(clause.first, min(clause.first + 3, head.first))))
    frame.opener = bool(_SINCE_WHEN.search(reading.text, reading.sentences[clause.sentence].start, head.span.start))
    if frame.opener and frame.when.done is None and frame.when.since is not None:
        frame.when.done = replace(frame.when.since, bound=None)
    frame.background = frame.background or frame.opener or _is_recalled(frame, head, reading)
    frame.recount = reading.cued("recount", clause.first, head.first) is not None or _is_nth(head, clause, reading)
    reach = max(frame.start, head.span.start - _ARTICLE_REACH), head.span.start
    frame.indefinite = head.is_noun and bool(_INDEFINITE.search(reading.text, *reach))
    frame.same_place = not frame.places and bool(_SAME_PLACE.search(reading.text, frame.start, frame.end))
    auxiliary = _PERFECT & set(reading.words(max(clause.first, head.first - 3), head.first + 1))
    frame.perfect = not head.is_noun and bool(auxiliary)
    _fill_definiteness(frame, reading)


def _is_other_incident(clause: Clause, head: Trigger, reading: Reading) -> bool:
    """Whether "another incident" or the like stands before what is told: "reported another incident, in which …"."""
    start = reading.sentences[clause.sentence].start
    return bool(_OTHER_INCIDENT.search(reading.text, start, head.span.start))


def _is_nth(head: Trigger, clause: Clause, reading: Reading) -> bool:
    """Whether the words only count what was told: "it marked the eighth bombing this year"."""
    return head.is_noun and bool(
        _NTH.search(reading.text, max(clause.start, head.span.start - _NTH_REACH), head.span.start)
    )


def _is_told_apart(clause: Clause, head: Trigger, reading: Reading) -> bool:
    """Whether "separately", "elsewhere" or "also" opens the clause; what somebody "also said" is told of no other."""
    opening, _ = reading.token_range(reading.sentences[clause.sentence].start, clause.end)
    starts = dict.fromkeys((clause.first, opening))
    apart = next(filter(None, (reading.cued("apart", at, min(at + 3, head.last)) for at in starts)), None)
    if apart is None or reading.cued("speech", apart.last, apart.last + 1) is not None:
        return False
    return not _OTHER_FIGURE.search(reading.text, clause.start, head.span.start)


def _fill_definiteness(frame: Frame, reading: Reading) -> None:
    noun, clause = frame.triggers[0] if frame.triggers[0].is_noun else frame.head, frame.clauses[0]
    if not noun.is_noun:
        return
    before = reading.words(max(clause.first, noun.first - 5), noun.first)
    known, fresh = reading.cue_words["given"], reading.cue_words["article"]
    determiner = next((word for word in reversed(before) if word in known | fresh), "")
    single = any(pair in _SINGLE for pair in pairwise(before))
    frame.given = not single and (_points_back(before) or determiner in known)
    ordinal = reading.cued("ordinal", max(clause.first, noun.first - 6), noun.first) if frame.given else None
    if ordinal is not None:
        frame.rank = _RANKS.get(reading.tokens[ordinal.first].lower)


def _points_back(before: Sequence[str]) -> bool:
    """Whether "that" stands before the noun, with at most a day between: "that Thursday morning attack"."""
    at = len(before) - 1
    while at >= 0 and before[at] in _DAY_WORDS:
        at -= 1
    return at >= 0 and before[at] == "that"


def _is_recalled(frame: Frame, head: Trigger, reading: Reading) -> bool:
    """Whether the deed is only remembered: its anniversary is marked, a court tries it, or it was years ago."""
    done = frame.when.done
    if done is not None and done.earliest is None and done.span.text.lower().endswith(" ago"):
        return True
    if done is not None and done.basis in _CLOCKED and _commemorated(frame, head, reading):
        frame.remembered = True
    near = max(reading.token_range(reading.sentences[frame.sentence].start, head.span.end)[0], head.first - _MEMORY)
    if reading.cued("anniversary", near, head.first):
        return True
    fresh = done is not None and done.basis in _CLOCKED  # "prosecutors look into Thursday's attack"
    return not fresh and reading.cued("legal", near, head.first) is not None


def _commemorated(frame: Frame, head: Trigger, reading: Reading) -> bool:
    first, _ = reading.token_range(reading.sentences[frame.sentence].start, head.span.end)
    return reading.cued("anniversary", max(first, head.first - _MEMORY), head.first) is not None


def _count(head: Trigger, sentence: int, reading: Reading) -> NumberReading | None:
    near = [n for n in reading.numbers_of(sentence) if 0 <= head.span.start - n.span.end <= _COUNT_REACH]
    if not near:
        return None
    gap = reading.text[near[-1].span.end : head.span.start]
    return (
        near[-1]
        if re.fullmatch(r"[\s\w'’-]*", gap) and not re.search(r"\b(?:in|on|by|at|and|were|was)\b", gap)
        else None
    )
