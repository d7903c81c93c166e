"""Which of a sentence's dates says when the deed was done, and which only when it was told."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.lapses import counted_over_lapse
from pipeline.extraction.text.clauses import Clause
from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.text.span_index import within
from pipeline.extraction.time.resolver import DateReading, until
from pipeline.extraction.violence.triggers import Form, Trigger
from schemas import DateBasis, DatePrecision

_BOUNDARY_WORDS = frozenset({"since", "until", "till", "between"})
_UTTER_REACH = 11
_CLAIM_REACH = 6
_REACH = 60
_OPENING = 4
_OWN_REACH = 40
_OWNED = re.compile(r"['’]s?\s(?:[\w-]+\s){0,3}")
_ARTICLE = re.compile(r"\b(?:the|this|that)\s$")
_ENDED = re.compile(r"\b(?:end(?:ed|ing)|finished|concluded)\s(?:[\w-]+\s){0,3}$")
_BEGAN = re.compile(r"\b(?:began|begun|started|starting|beginning)\s(?:on\s)?$")
_OVER = re.compile(
    r",? (?:over|in connection with|in relation to|on suspicion of|for|about) (?:victims of |those killed in )?"
    r"(?:the|a|an|his|her|their|last) "
)
_SPOKEN_OF = Wording(r"\b«speak_of» (?:the|this|that|these|those|such) (?:[\w-]+ ){0,3}$")
_REMARK = re.compile(r",\s(?:which|whom|who|where)\s[^,;.]*$")
_REMARK_REACH = 90
_TELLING = ("utter", "claim")


@dataclass(frozen=True, slots=True)
class Timing:
    """When a deed was done (`done`), or at least when it was told (`told`); `since` opens a period of many deeds.

    `inherited` is true where the day is that of the deed that it is told with.
    """

    done: DateReading | None = None
    told: DateReading | None = None
    since: DateReading | None = None
    inherited: bool = False


def time_of(own: Sequence[Clause], clauses: Sequence[Clause], head: Trigger, document: Document) -> Timing:
    """Return the timing of the deed that `head` tells of.

    Dates in the deed's own clauses come first, then those of clauses that tell of no other deed.
    """
    if not document.dates_of(clauses[0].sentence):
        return Timing()
    mine = [date for clause in own for date in _dates_in(clause, document) if not _is_aside(date, clause, document)]
    counted = counted_over_lapse(own, clauses, document)
    mine = [date for date in mine if counted is None or not date.opens_lapse]
    idle = [c for c in clauses if c not in own and not within(document.triggers, c.start, c.end)]
    spans = [c for c in idle if document.words(c.first, c.first + 1) == ["since"]]
    opened = [date for c in spans for date in _dates_in(c, document)]
    beside = [date for c in idle if c not in spans for date in _dates_in(c, document)]
    bounds = clauses[0].start, clauses[-1].end
    begun = [date for date in mine if head.form is Form.NOUNS and _is_start(date, bounds, document)]
    mine = [date for date in mine if date not in begun]
    timing = Timing(since=next(iter([*opened, *begun]), None))
    timing = _sorted_out(timing, _nearest_first(mine, head, is_of_aftermath(head, document)), bounds, document)
    timing = replace(timing, done=timing.done or counted or _opened_by(own[0], document))
    timing = _sorted_out(timing, _nearest_first(beside, head), bounds, document)
    if timing.done is not None:
        return timing
    ended = next((d for d in _nearest_first(mine, head) if _is_end(d, bounds, document)), None)
    if ended is not None:
        return replace(timing, done=until(ended))
    told_day = any(document.cued("told_day", c.first, c.last) for c in own)
    return replace(timing, done=timing.told) if told_day else timing


def _opened_by(clause: Clause, document: Document) -> DateReading | None:
    """Return the day right before a clause that says what happened then: "the fighting began on May 3, when rebels"."""
    if document.words(clause.first, clause.first + 1) != ["when"]:
        return None
    before = [date for date in document.dates_of(clause.sentence) if date.span.end <= clause.start]
    joint = document.text[before[-1].span.end : clause.start] if before else "."
    return before[-1] if joint.strip(" ,") == "" else None


def _is_aside(date: DateReading, clause: Clause, document: Document) -> bool:
    """Whether the day is that of a remark in passing, ", which they took on May 3,", that tells of no deed."""
    opened = _REMARK.search(document.text, max(clause.start, date.span.start - _REMARK_REACH), date.span.start)
    if opened is None or document.text[date.span.end : date.span.end + 1] != ",":
        return False
    return not within(document.triggers, opened.start(), date.span.end)


def _dates_in(clause: Clause, document: Document) -> list[DateReading]:
    return within(document.dates_of(clause.sentence), clause.start, clause.end)


def is_of_aftermath(head: Trigger, document: Document) -> bool:
    """Return whether the sentence first tells what people did after the deed: "buried the victims of the bombing"."""
    sentence = document.sentences[document.clause_at(head.span.start).sentence]
    first, _ = document.token_range(sentence.start, sentence.end)
    return document.cued("aftermath", first, head.first) is not None


def _nearest_first(dates: Iterable[DateReading], head: Trigger, mourned: bool = False) -> list[DateReading]:
    told = list(dates)
    own = next((d for d in told if d.span.start >= head.span.end), None)
    return sorted(told, key=lambda d: (_is_others(d, own, mourned), _width(d), abs(d.span.start - head.span.start)))


def _is_others(date: DateReading, own: DateReading | None, mourned: bool) -> bool:
    """Whether a day is another verb's: the deed's own date, the first behind it, lies wholly before that day.

    "X, who killed 51 people in March 2019, filed an appeal on Monday". A day of the week is as good where `mourned`,
    the sentence first tells what people did afterwards.
    """
    if own is None or date is own or own.latest is None or date.earliest is None:
        return False
    firm = mourned or own.basis in (DateBasis.EXPLICIT, DateBasis.RELATIVE)
    return firm and not own.anchored and own.latest < date.earliest


def _is_pair(date: DateReading) -> bool:
    """Whether a date names both ends of its days: "between 3 and 5 March"."""
    return date.precision is DatePrecision.DAYS


def _width(date: DateReading) -> int:
    return 0 if date.precision.value in ("day", "days") or date.weekday is not None else 1


def _sorted_out(timing: Timing, dates: Iterable[DateReading], bounds: tuple[int, int], document: Document) -> Timing:
    """Return the timing with what the dates say that it does not know yet."""
    done, told, since = timing.done, timing.told, timing.since
    opening, _ = document.token_range(*bounds)
    for date in dates:
        first, _ = document.token_range(date.span.start, date.span.end)
        if not _is_pair(date) and _BOUNDARY_WORDS & set(document.words(max(opening, first - 2), first + 1)):
            since = since or date
        elif _is_end(date, bounds, document):
            continue
        elif not _is_deeds_own(date, document) and _is_told(date, bounds, document):
            told = told or date
        elif not document.cued("anniversary", first, first + 4):
            done = done or date
    return Timing(done, told, since)


def _is_deeds_own(date: DateReading, document: Document) -> bool:
    """Whether the day is part of what the deed is called: "claimed Monday's attack", "condemned the May 3 bombing"."""
    deed = next(iter(within(document.triggers, date.span.end, date.span.end + _OWN_REACH)), None)
    if deed is None or not deed.is_noun:
        return False
    if _OWNED.fullmatch(document.text, date.span.end, deed.span.start):
        return True
    named = bool(_ARTICLE.search(document.text, max(0, date.span.start - _OWN_REACH), date.span.start))
    return named and document.text[date.span.end : deed.span.start].isspace()


def _is_end(date: DateReading, bounds: tuple[int, int], document: Document) -> bool:
    """Whether something ended that day: "the siege ended on Saturday" bounds the attack where nothing else dates it."""
    return bool(_ENDED.search(document.text, max(bounds[0], date.span.start - _REACH), date.span.start))


def _is_start(date: DateReading, bounds: tuple[int, int], document: Document) -> bool:
    """Whether something began that day: "attacks that began on Monday" are those of the time since."""
    return bool(_BEGAN.search(document.text, max(bounds[0], date.span.start - _REACH), date.span.start))


def _is_told(date: DateReading, bounds: tuple[int, int], document: Document) -> bool:
    """Whether the verb that a date goes with tells or speaks: the last one before it, else the first one after it."""
    first, last = document.token_range(date.span.start, date.span.end)
    begin, end = document.token_range(*bounds)
    deed = next(iter(within(document.triggers, date.span.end, bounds[1])), None)
    if deed is not None and deed.is_noun and _OVER.match(document.text, date.span.end, deed.span.start):
        return True
    before = _last_of(document, max(begin, first - _UTTER_REACH), first)
    if before is not None:
        return before
    if document.text.startswith(",", date.span.end) and first - begin > _OPENING:
        return False  # "… on Monday, the army said"
    after = _first_told(document, last, min(end, last + _UTTER_REACH))
    deeds = within(document.triggers, date.span.end, bounds[1])
    return after is not None and (not deeds or after < deeds[0].first)


def _is_only_claimed(deed: Trigger, first: int, document: Document) -> bool:
    """Whether the deed is only what somebody claims or speaks of, so that the day is that of their words.

    "Claimed the attack hours later", "confirmed the latest abduction on Thursday" tell when it was spoken of.
    """
    if not deed.is_noun:
        return False
    before = max(first, deed.first - _CLAIM_REACH)
    if document.cued("claim", before, deed.last) is not None:
        return True
    at, end = document.tokens[before].start, deed.span.start
    return bool(_SPOKEN_OF.search(document.text, at, end))


def _first_told(document: Document, first: int, last: int) -> int | None:
    found = [hit.first for hit in (document.cued(group, first, last) for group in _TELLING) if hit]
    return min(found, default=None)


def _last_of(document: Document, first: int, last: int) -> bool | None:
    uttered = -1
    at = first
    while (hit := _first_told(document, at, last)) is not None:
        uttered, at = hit, hit + 1
    deeds = within(document.triggers, document.tokens[first].start, document.tokens[last].start)
    deeds = [deed for deed in deeds if not _is_only_claimed(deed, first, document)]
    deed = deeds[-1].first if deeds else -1
    if uttered > deed and "that" in document.words(uttered + 1, last):
        return None  # "reported that on Sunday …" dates what is reported
    return None if uttered == deed == -1 else uttered > deed
