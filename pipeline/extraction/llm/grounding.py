"""Where in the article a model's quotes stand. What stands nowhere, or elsewhere than it is said to, is dropped.

A quote is taken as it is, but for the breaks of lines and the signs that keyboards lack: "the Army's" is found where
the article has the sign for an apostrophe. Nothing is guessed: there is no nearest match.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.llm.answer import Anchor, Answer, Pointed, Report
from pipeline.extraction.llm.prompt import sentences_of
from pipeline.extraction.text.spans import Span, span_of
from schemas import EventType, Outcome, Status

_PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014\u00a0\u202f", "''\"\"-----  ")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the article, and what the model says they are in English: empty for an article in English."""

    span: Span
    english: str


@dataclass(frozen=True, slots=True)
class GroundedReport:
    """One incident, every quote of it found in the article, by what it tells."""

    event_type: EventType
    status: Status
    outcome: Outcome
    background: bool
    anchor: Words
    quotes: tuple[tuple[Pointed, Words], ...]

    def told(self, field: Pointed) -> list[Words]:
        """Return the words that tell of `field`, in the model's order."""
        return [words for told, words in self.quotes if told is field]


@dataclass(frozen=True, slots=True)
class Grounded:
    """What an answer amounts to in its article, in the order of the text, and how much of it had to be dropped."""

    reports: tuple[GroundedReport, ...]
    quotes_dropped: int
    reports_dropped: int


def ground(answer: Answer, text: str) -> Grounded:
    """Return what an answer points at in the text of its article.

    A report whose anchor does not stand in its sentence is dropped, and so is one whose anchor another has.
    """
    sentences = sentences_of(text)
    grounded: dict[Span, GroundedReport] = {}
    quotes_dropped = 0
    for report in answer.reports:
        anchor = _found(report.anchor, sentences, text)
        if anchor is None or anchor.span in grounded:
            continue
        quotes = _quotes(report, sentences, text)
        quotes_dropped += len(report.quotes) - len(quotes)
        grounded[anchor.span] = GroundedReport(
            report.event_type, report.status, report.outcome, report.background, anchor, quotes
        )
    in_order = tuple(grounded[span] for span in sorted(grounded))
    return Grounded(in_order, quotes_dropped, len(answer.reports) - len(in_order))


def _quotes(report: Report, sentences: Sequence[Span], text: str) -> tuple[tuple[Pointed, Words], ...]:
    found = ((quote.field, _found(quote, sentences, text)) for quote in report.quotes)
    return tuple((field, words) for field, words in found if words is not None)


def _found(quote: Anchor, sentences: Sequence[Span], text: str) -> Words | None:
    """Return the first place of its sentence in which a quote stands; null if it stands nowhere there."""
    words = quote.quote.translate(_PLAIN).split()
    if not words or not 0 <= quote.sentence < len(sentences):
        return None
    sentence = sentences[quote.sentence]
    pattern = _edge(words[0][0], r"(?<!\w)") + r"\s+".join(map(re.escape, words)) + _edge(words[-1][-1], r"(?!\w)")
    found = re.search(pattern, sentence.text.translate(_PLAIN))
    if found is None:
        return None
    span = span_of(text, sentence.start + found.start(), sentence.start + found.end())
    return Words(span, " ".join(quote.english.split()))


def _edge(character: str, pattern: str) -> str:
    """Return a pattern for where a word ends: "11" is not found in "2011". Not all scripts set words apart."""
    return pattern if character.isdigit() or character.lower() != character.upper() else ""
