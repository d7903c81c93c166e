"""Where the words that a model points at are read: in the article itself, or in its English of them.

Our modules read English. Of an article in another language they read what the model says its quotes are in English, all
of them put together as one text; what they find is then said of the quotes.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Protocol, TypeVar

from pipeline.extraction.actors.persons import PersonReading
from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document, DocumentReader
from pipeline.extraction.llm.grounding import Words
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.quantities.numbers import NumberReading
from pipeline.extraction.text.span_index import within
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.time.resolver import DateReading
from pipeline.extraction.violence.toll import Toll
from pipeline.extraction.violence.weapons import WeaponCount

_OPENING = "The report says this."
"""Stands before the English of quotes, so that none of them is taken for the header of a text."""

_WIDEST = 300


class Spanned(Protocol):
    """What was found in a text, and where."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        ...


SpannedT = TypeVar("SpannedT", bound=Spanned)
Found = TypeVar("Found", DateReading, PlaceReading, Toll, ActorReading, PersonReading, NumberReading, WeaponCount)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words to be read: they stand in `document` at `span`, and the article has `quoted` for them."""

    document: Document
    span: Span
    quoted: Span

    @property
    def is_translated(self) -> bool:
        """Whether the document is not the article, but its English."""
        return self.span != self.quoted

    @property
    def sentence(self) -> int | None:
        """The number of the document's sentence that the words begin in, null for its header."""
        starts = self.document.sentences
        number = bisect_right(starts, self.span.start, key=attrgetter("start")) - 1
        return number if number >= 0 and self.span.start < starts[number].end else None

    def with_clauses(self) -> "Passage":
        """Return the clauses that the words stand in."""
        first = self.document.clause_at(self.span.start)
        last = self.document.clause_at(self.span.end - 1)
        whole = span_of(self.document.text, min(first.start, self.span.start), max(last.end, self.span.end))
        return Passage(self.document, whole, self.quoted if self.is_translated else whole)

    def overlapping(self, items: Sequence[SpannedT]) -> list[SpannedT]:
        """Return those of what was found in the document, in order, that share a character with the words."""
        near = within(items, self.span.start - _WIDEST, self.span.end + _WIDEST)
        return [item for item in near if self.overlap(item.span)]

    def overlap(self, span: Span) -> int:
        """Return how many characters of the document the words share with a stretch of it."""
        return max(0, min(self.span.end, span.end) - max(self.span.start, span.start))

    def said(self, found: Found) -> Found:
        """Return what was found in the words, or around them, as the article has it."""
        if not self.is_translated:
            return found
        if isinstance(found, ActorReading):
            actor = found.actor.model_copy(update={"text": self.quoted.text})
            return replace(found, actor=actor, span=self.quoted)
        if isinstance(found, WeaponCount):
            return found._replace(span=self.quoted, word=found.word._replace(span=self.quoted))
        if isinstance(found, PersonReading):
            return found._replace(span=self.quoted)
        return replace(found, span=self.quoted)


def as_written(document: Document, words: Words) -> Passage:
    """Return words of an article in English."""
    return Passage(document, words.span, words.span)


def as_translated(quotes: Iterable[Words], clock: date | None, documents: DocumentReader) -> dict[Words, Passage]:
    """Return words of an article in another language, by what they are in English; those without are left out."""
    text, spans = _OPENING, dict[Words, tuple[int, int]]()
    for words in quotes:
        if words.english and words not in spans:
            spans[words] = len(text) + 2, len(text) + 2 + len(words.english)
            text += f"\n\n{words.english}"
    document = documents.read(text, clock)
    return {words: Passage(document, span_of(text, *span), words.span) for words, span in spans.items()}
