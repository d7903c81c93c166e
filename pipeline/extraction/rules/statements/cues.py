"""How a statement refers: to one deed or many, to a new one or to one told before, to what is only remembered."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extraction.document import Document
from pipeline.extraction.quantities.numbers import NumberReading
from pipeline.extraction.rules.statements.factuality import is_habitual
from pipeline.extraction.rules.statements.statement import Statement
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


def read_cues(statement: Statement, document: Document) -> None:
    """Fill in what the words around its trigger say of a statement: many or one, new or known, told or remembered."""
    head, clause = statement.head, statement.clauses[0]
    floor = max(clause.first, head.first - 8)
    before = document.words(max(clause.first, head.first - 5), head.first)
    single = any(pair in _SINGLE for pair in pairwise(before))
    statement.plural = head.form is Form.NOUNS and not single
    statement.count = _count(head, statement.sentence, document) if head.is_noun else None
    apart = _is_told_apart(clause, head, document)
    new = head.is_noun and document.cued("another", floor, head.first) is not None
    statement.another = new or (apart and not statement.weak) or _is_other_incident(clause, head, document)
    listed = statement.plural or (head.form is Form.ING and bool({"incidents", "operations"} & set(before)))
    these = bool(_THESE & set(before[-3:]))
    statement.series = listed and (these or document.cued("series", floor, head.first) is not None)
    done = statement.when.done
    dated = done is not None and (done.weekday is not None or done.precision is DatePrecision.DAY)
    told = dated or any(toll.best is not None for toll in statement.tolls)
    statement.habitual = not told and any(
        is_habitual(head, c, document) for c in statement.clauses if c.start <= head.span.start < c.end
    )
    statement.habitual = statement.habitual or document.cued("scene", floor, head.last) is not None
    so_far = statement.plural and document.words(head.last, head.last + 1) == ["have"]
    statement.habitual = statement.habitual or (so_far and not told)
    statement.part = single or bool(_PARTS & set(document.words(clause.first, min(clause.first + 3, head.first))))
    statement.opener = bool(
        _SINCE_WHEN.search(document.text, document.sentences[clause.sentence].start, head.span.start)
    )
    if statement.opener and statement.when.done is None and statement.when.since is not None:
        statement.when.done = replace(statement.when.since, bound=None)
    statement.background = statement.background or statement.opener or _is_recalled(statement, head, document)
    statement.recount = document.cued("recount", clause.first, head.first) is not None or _is_nth(
        head, clause, document
    )
    reach = max(statement.start, head.span.start - _ARTICLE_REACH), head.span.start
    statement.indefinite = head.is_noun and bool(_INDEFINITE.search(document.text, *reach))
    statement.same_place = not statement.places and bool(
        _SAME_PLACE.search(document.text, statement.start, statement.end)
    )
    auxiliary = _PERFECT & set(document.words(max(clause.first, head.first - 3), head.first + 1))
    statement.perfect = not head.is_noun and bool(auxiliary)
    _fill_definiteness(statement, document)


def _is_other_incident(clause: Clause, head: Trigger, document: Document) -> bool:
    """Whether "another incident" or the like stands before what is told: "reported another incident, in which …"."""
    start = document.sentences[clause.sentence].start
    return bool(_OTHER_INCIDENT.search(document.text, start, head.span.start))


def _is_nth(head: Trigger, clause: Clause, document: Document) -> bool:
    """Whether the words only count what was told: "it marked the eighth bombing this year"."""
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


def _fill_definiteness(statement: Statement, document: Document) -> None:
    noun, clause = statement.triggers[0] if statement.triggers[0].is_noun else statement.head, statement.clauses[0]
    if not noun.is_noun:
        return
    before = document.words(max(clause.first, noun.first - 5), noun.first)
    known, fresh = document.cue_words["given"], document.cue_words["article"]
    determiner = next((word for word in reversed(before) if word in known | fresh), "")
    single = any(pair in _SINGLE for pair in pairwise(before))
    statement.given = not single and (_points_back(before) or determiner in known)
    ordinal = document.cued("ordinal", max(clause.first, noun.first - 6), noun.first) if statement.given else None
    if ordinal is not None:
        statement.rank = _RANKS.get(document.tokens[ordinal.first].lower)


def _points_back(before: Sequence[str]) -> bool:
    """Whether "that" stands before the noun, with at most a day between: "that Thursday morning attack"."""
    at = len(before) - 1
    while at >= 0 and before[at] in _DAY_WORDS:
        at -= 1
    return at >= 0 and before[at] == "that"


def _is_recalled(statement: Statement, head: Trigger, document: Document) -> bool:
    """Whether the deed is only remembered: its anniversary is marked, a court tries it, or it was years ago."""
    done = statement.when.done
    if done is not None and done.earliest is None and done.span.text.lower().endswith(" ago"):
        return True
    if done is not None and done.basis in _CLOCKED and _commemorated(statement, head, document):
        statement.remembered = True
    near = max(
        document.token_range(document.sentences[statement.sentence].start, head.span.end)[0], head.first - _MEMORY
    )
    if document.cued("anniversary", near, head.first):
        return True
    fresh = done is not None and done.basis in _CLOCKED  # "prosecutors look into Thursday's attack"
    return not fresh and document.cued("legal", near, head.first) is not None


def _commemorated(statement: Statement, head: Trigger, document: Document) -> bool:
    first, _ = document.token_range(document.sentences[statement.sentence].start, head.span.end)
    return document.cued("anniversary", max(first, head.first - _MEMORY), head.first) is not None


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
