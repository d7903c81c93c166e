"""What an attack came to: brought down, hit, or both."""

import re
from collections.abc import Sequence

from pipeline.extraction.document import Document
from pipeline.extraction.quantities.numbers import NumberReading
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.statements.factuality import Verdict
from pipeline.extraction.rules.statements.statement import Statement
from pipeline.extraction.text.span_index import within
from pipeline.extraction.text.spans import Span
from pipeline.extraction.violence.tolls import Range
from pipeline.extraction.violence.triggers import Kind, Trigger
from pipeline.extraction.violence.weapons import FLYING, count_weapon
from schemas import EventType, Outcome

_REACH = 45
_NO_NOUN = re.compile(
    r"\s?(?:[,.;:)]|$)|\s(?:of\s(?:them|those|these|the)|over|in|near|during|overnight|and|while|on|as|at)\b"
)
_WERE = re.compile(r"\s(?:of\s(?:them|these|those|the\s\w+)\s)?(?:were|was|have\sbeen|had\sbeen)\s(?:later\s|all\s)?")
_OUT_OF = re.compile(
    r"\s(?:out\s)?of\s(?:the\s|some\s|about\s|its\s|around\s|those\s|an\sestimated\s|more\sthan\s|a\stotal\sof\s)*"
)


def interceptions(candidate: IncidentCandidate, document: Document) -> tuple[int, int | None, Span] | None:
    """Return how many drones, rockets or missiles were brought down: low, high (None: open) and the words.

    Statements repeat one another, so the largest stands; they are never added up.
    """
    found = [
        _count(trigger, statement, document)
        for statement in candidate.statements
        for trigger in statement.triggers
        if trigger.kind is Kind.INTERCEPT
    ]
    return max(found, key=lambda item: item[0]) if found else None


def _count(trigger: Trigger, statement: Statement, document: Document) -> tuple[int, int | None, Span]:
    numbers = document.numbers_of(statement.sentence)
    words = [w for w in within(document.weapons, statement.start, statement.end) if w.weapon_type in FLYING]
    near = sorted(words, key=lambda w: abs(w.span.start - trigger.span.start))[:1]
    direct = _direct_number(trigger, numbers, document.text) or _subject_number(trigger, numbers, document.text)
    if direct is not None:
        return direct.low, direct.high, trigger.span
    for word in near:
        known = next((weapon for weapon in statement.weapons if statement.counted_at and weapon.word == word), None)
        counted = known or count_weapon(document.text, document.tokens, word, numbers)
        if counted.low is not None:
            part = next((n for n in numbers if _OUT_OF.fullmatch(document.text, n.span.end, counted.span.start)), None)
            low, high = (counted.low, counted.high) if part is None else (part.low, part.high)
            return low, high, trigger.span
    subject = _bare_number(trigger, numbers)
    if subject is not None:
        return subject.low, subject.high, trigger.span
    plural = bool(near) and near[0].span.text.lower().endswith("s")
    return (1, None, trigger.span) if plural or not near else (1, 1, trigger.span)


def _direct_number(trigger: Trigger, numbers: Sequence[NumberReading], text: str) -> NumberReading | None:
    """Return the number that is all the object there is: "of 24 drones they downed 17"."""
    after = next((n for n in numbers if 0 <= n.span.start - trigger.span.end <= 1), None)
    return after if after is not None and after.low and _NO_NOUN.match(text, after.span.end) else None


def _subject_number(trigger: Trigger, numbers: Sequence[NumberReading], text: str) -> NumberReading | None:
    """Return the number that is all the subject there is: "52 were shot down", "87 of them were downed"."""
    before = next((n for n in reversed(numbers) if n.span.end <= trigger.span.start), None)
    return before if before is not None and _WERE.fullmatch(text, before.span.end, trigger.span.start) else None


def _bare_number(trigger: Trigger, numbers: Sequence[NumberReading]) -> NumberReading | None:
    near = [n for n in numbers if 0 <= trigger.span.start - n.span.end <= _REACH]
    return near[-1] if near else None


def outcome_of(
    candidate: IncidentCandidate,
    brought_down: tuple[int, int | None, Span] | None,
    tolls: dict[str, Range],
    document: Document,
) -> tuple[Outcome, Span]:
    """Return the outcome of an incident and the words it was read from."""
    hit, failed = _cue(candidate, "success", document), _cue(candidate, "failure", document)
    harmed = next((toll.span for toll in tolls.values() if toll.low), None)
    effect = harmed or hit
    if brought_down is not None:
        return (Outcome.PARTIAL, effect) if effect else (Outcome.FOILED, brought_down[2])
    if failed is not None:
        return (Outcome.PARTIAL, failed) if harmed else (Outcome.FOILED, failed)
    if effect is not None:
        return Outcome.HIT, effect
    if candidate.event_type is EventType.AIRSTRIKE and all(
        statement.verdict is Verdict.FACT for statement in candidate.statements
    ):
        return Outcome.HIT, candidate.anchor.head.span  # bombs that are dropped land
    return Outcome.UNKNOWN, candidate.anchor.head.span


def _cue(candidate: IncidentCandidate, group: str, document: Document) -> Span | None:
    for statement in candidate.statements:
        first, last = document.token_range(statement.start, statement.end)
        shot = [t for t in statement.triggers if t.kind is Kind.INTERCEPT]
        hit = document.cued(group, first, last)
        while hit is not None:
            if group == "failure" or not any(t.first <= hit.first < t.last + 2 for t in shot):
                return document.span(hit.first, hit.last)
            hit = document.cued(group, hit.first + 1, last)
    return None
