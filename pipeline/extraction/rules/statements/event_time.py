"""Which of a sentence's dates says when the deed was done, and which only when it was told."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extraction.document import Reading
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


@dataclass(slots=True)
class Timing:
    """When a deed was done (`done`), or at least when it was told (`told`); `since` opens a period of many deeds."""

    done: DateReading | None = None
    told: DateReading | None = None
    since: DateReading | None = None


def time_of(own: Sequence[Clause], clauses: Sequence[Clause], head: Trigger, reading: Reading) -> Timing:
    """Return the timing of the deed that `head` tells of.

    Dates in the deed's own clauses come first, then those of clauses that tell of no other deed.
    """
    timing = Timing()
    if not reading.dates_of(clauses[0].sentence):
        return timing
    counted = counted_over_lapse(own, clauses, reading)
    mine = [date for clause in own for date in _dates_in(clause, reading) if not _is_aside(date, clause, reading)]
    mine = [date for date in mine if counted is None or not date.opens_lapse]
    idle = [c for c in clauses if c not in own and not within(reading.triggers, c.start, c.end)]
    spans = [c for c in idle if reading.words(c.first, c.first + 1) == ["since"]]
    timing.since = next((date for c in spans for date in _dates_in(c, reading)), None)
    idle = [c for c in idle if c not in spans]
    bounds = clauses[0].start, clauses[-1].end
    begun = [date for date in mine if head.form is Form.NOUNS and _is_start(date, bounds, reading)]
    timing.since = timing.since or next(iter(begun), None)
    mine = [date for date in mine if date not in begun]
    mourned = is_of_aftermath(head, reading)
    _sort_out(timing, _nearest_first(mine, head, mourned), bounds, reading)
    timing.done = timing.done or counted
    _sort_out(timing, _nearest_first([d for c in idle for d in _dates_in(c, reading)], head), bounds, reading)
    if timing.done is None:
        ended = next((d for d in _nearest_first(mine, head) if _is_end(d, bounds, reading)), None)
        timing.done = ended and until(ended)
    if timing.done is None and any(reading.cued("told_day", c.first, c.last) for c in own):
        timing.done = timing.told
    return timing


def _is_aside(date: DateReading, clause: Clause, reading: Reading) -> bool:
    """Whether the day is that of a remark in passing, ", which they took on May 3,", that tells of no deed."""
    opened = _REMARK.search(reading.text, max(clause.start, date.span.start - _REMARK_REACH), date.span.start)
    if opened is None or reading.text[date.span.end : date.span.end + 1] != ",":
        return False
    return not within(reading.triggers, opened.start(), date.span.end)


def _dates_in(clause: Clause, reading: Reading) -> list[DateReading]:
    return within(reading.dates_of(clause.sentence), clause.start, clause.end)


def is_of_aftermath(head: Trigger, reading: Reading) -> bool:
    """Return whether the sentence first tells what people did after the deed: "buried the victims of the bombing"."""
    sentence = reading.sentences[reading.clause_at(head.span.start).sentence]
    first, _ = reading.token_range(sentence.start, sentence.end)
    return reading.cued("aftermath", first, head.first) is not None


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


def _sort_out(timing: Timing, dates: Iterable[DateReading], bounds: tuple[int, int], reading: Reading) -> None:
    for date in dates:
        first, _ = reading.token_range(date.span.start, date.span.end)
        opening, _ = reading.token_range(*bounds)
        if not _is_pair(date) and _BOUNDARY_WORDS & set(reading.words(max(opening, first - 2), first + 1)):
            timing.since = timing.since or date
        elif _is_end(date, bounds, reading):
            continue
        elif not _is_deeds_own(date, reading) and _is_told(date, bounds, reading):
            timing.told = timing.told or date
        elif not reading.cued("anniversary", first, first + 4):
            timing.done = timing.done or date


def _is_deeds_own(date: DateReading, reading: Reading) -> bool:
    """Whether the day is part of what the deed is called: "claimed Monday's attack", "condemned the May 3 bombing"."""
    deed = next(iter(within(reading.triggers, date.span.end, date.span.end + _OWN_REACH)), None)
    if deed is None or not deed.is_noun:
        return False
    if _OWNED.fullmatch(reading.text, date.span.end, deed.span.start):
        return True
    named = bool(_ARTICLE.search(reading.text, max(0, date.span.start - _OWN_REACH), date.span.start))
    return named and reading.text[date.span.end : deed.span.start].isspace()


def _is_end(date: DateReading, bounds: tuple[int, int], reading: Reading) -> bool:
    """Whether something ended that day: "the siege ended on Saturday" bounds the attack where nothing else dates it."""
    return bool(_ENDED.search(reading.text, max(bounds[0], date.span.start - _REACH), date.span.start))


def _is_start(date: DateReading, bounds: tuple[int, int], reading: Reading) -> bool:
    """Whether something began that day: "attacks that began on Monday" are those of the time since."""
    return bool(_BEGAN.search(reading.text, max(bounds[0], date.span.start - _REACH), date.span.start))


def _is_told(date: DateReading, bounds: tuple[int, int], reading: Reading) -> bool:
    """Whether the verb that a date goes with tells or speaks: the last one before it, else the first one after it."""
    first, last = reading.token_range(date.span.start, date.span.end)
    begin, end = reading.token_range(*bounds)
    deed = next(iter(within(reading.triggers, date.span.end, bounds[1])), None)
    if deed is not None and deed.is_noun and _OVER.match(reading.text, date.span.end, deed.span.start):
        return True
    before = _last_of(reading, max(begin, first - _UTTER_REACH), first)
    if before is not None:
        return before
    if reading.text.startswith(",", date.span.end) and first - begin > _OPENING:
        return False  # "… on Monday, the army said"
    after = _first_told(reading, last, min(end, last + _UTTER_REACH))
    deeds = within(reading.triggers, date.span.end, bounds[1])
    return after is not None and (not deeds or after < deeds[0].first)


def _is_only_claimed(deed: Trigger, first: int, reading: Reading) -> bool:
    """Whether the deed is only what somebody claims or speaks of, so that the day is that of their words.

    "Claimed the attack hours later", "confirmed the latest abduction on Thursday" tell when it was spoken of.
    """
    if not deed.is_noun:
        return False
    before = max(first, deed.first - _CLAIM_REACH)
    if reading.cued("claim", before, deed.last) is not None:
        return True
    at, end = reading.tokens[before].start, deed.span.start
    return bool(_SPOKEN_OF.search(reading.text, at, end))


def _first_told(reading: Reading, first: int, last: int) -> int | None:
    found = [hit.first for hit in (reading.cued(group, first, last) for group in _TELLING) if hit]
    return min(found, default=None)


def _last_of(reading: Reading, first: int, last: int) -> bool | None:
    uttered = -1
    at = first
    while (hit := _first_told(reading, at, last)) is not None:
        uttered, at = hit, hit + 1
    deeds = within(reading.triggers, reading.tokens[first].start, reading.tokens[last].start)
    deeds = [deed for deed in deeds if not _is_only_claimed(deed, first, reading)]
    deed = deeds[-1].first if deeds else -1
    if uttered > deed and "that" in reading.words(uttered + 1, last):
        return None  # "reported that on Sunday …" dates what is reported
    return None if uttered == deed == -1 else uttered > deed
