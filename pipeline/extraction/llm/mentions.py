"""From what a model points at to mentions.

Nothing of the model's own is stored but its judgement of what kind of thing an incident is: type, status, outcome, and
whether it is background. Days, places, names and numbers are read by our own modules from the words that it points at;
no confidence is claimed for what it says, as none has been measured.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from pipeline.extraction.llm.answer import Pointed
from pipeline.extraction.llm.grounding import GroundedReport, Words
from pipeline.extraction.llm.passages import Passage
from pipeline.extraction.llm.values import brought_down_in, date_in, parties_in, place_in, tolls_in, weapons_in
from pipeline.extraction.mention_fields import (
    NOTHING,
    Filled,
    armed,
    brought_down,
    dated,
    dated_by_publication,
    harmed,
    joined,
    placed,
    taking_part,
)
from pipeline.extraction.rules.statements.event_place import at_sea, is_off_coast
from pipeline.extraction.time.resolver import DateReading, reanchor
from pipeline.extraction.violence.tolls import Range, merge_tolls
from schemas import Article, EventType, Evidence, Mention, Outcome, Status

Passages = Callable[[Words], Passage | None]
"""Where words are read; null for words in another language without their English."""

_AT_SEA = (EventType.SHIP_ATTACK, EventType.DRONE_ATTACK, EventType.ROCKET_MISSILE_MORTAR)
_ROLES = {"perpetrators": Pointed.BY, "targets": Pointed.AGAINST, "claimed_by": Pointed.CLAIMED_BY}


def mentions_of(
    reports: Sequence[GroundedReport], passages: Passages, article: Article, extractor: tuple[str, str]
) -> Iterator[Mention]:
    """Yield the mentions that reports amount to, in their order. `extractor` is its name and version."""
    before: DateReading | None = None
    for report in reports:
        told = _Told(report, passages)
        when = date_in(told.of(Pointed.WHEN))
        if when is not None and before is not None:
            when = reanchor(when, before)
        before = when or before
        yield _mention(told, when, article, extractor)


class _Told:
    """What is told of one incident, and where each of it is read."""

    def __init__(self, report: GroundedReport, passages: Passages) -> None:
        self.report = report
        self._passages = passages
        words = (report.anchor, *(words for _, words in report.quotes))
        self.translations = {(one.span.start, one.span.end): one.english for one in words if one.english}

    def of(self, field: Pointed) -> list[Passage]:
        """Return the passages that tell of a field."""
        return self._read(self.report.told(field))

    def weapons(self) -> list[Passage]:
        """Return the passages in which weapons may be named."""
        return self._read([self.report.anchor, *self.report.told(Pointed.BROUGHT_DOWN)])

    def _read(self, words: Sequence[Words]) -> list[Passage]:
        return [passage for one in words if (passage := self._passages(one)) is not None]

    def first(self, *fields: Pointed) -> Words:
        """Return the first words that tell of one of the fields, in this order; those of the deed if none do."""
        return next((words for field in fields for words in self.report.told(field)), self.report.anchor)


def _mention(told: _Told, when: DateReading | None, article: Article, extractor: tuple[str, str]) -> Mention:
    report, anchor = told.report, told.report.anchor.span
    filled = joined(
        (
            _judged(told),
            _when(report, when, article.published_at.date() if article.published_at else None),
            _where(told, article.text),
            *(taking_part(role, parties_in(told.of(field))) for role, field in _ROLES.items()),
            armed(weapons_in(told.weapons())),
            harmed(_tolls(told)),
            _brought_down(told),
        )
    )
    return Mention(
        mention_id=f"m-{anchor.start}-{anchor.end}",  # until it is identified
        article_id=article.article_id,
        ref=article.ref,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        evidence=tuple(_translated(one, told) for one in filled.evidence),
        extractor=extractor[0],
        extractor_version=extractor[1],
        **filled.values,
    )


def _judged(told: _Told) -> Filled:
    """Return what the model judges, each with the words that it goes by."""
    report = told.report
    evidence = [report.anchor.span.as_evidence("event_type")]
    if report.status is not Status.ASSERTED:
        claimed = (Pointed.CLAIMED_BY,) if report.status is Status.CLAIMED else ()
        evidence.append(told.first(*claimed).span.as_evidence("status"))
    if report.outcome is Outcome.HIT:
        evidence.append(told.first(Pointed.KILLED, Pointed.WOUNDED).span.as_evidence("outcome"))
    elif report.outcome is not Outcome.UNKNOWN:
        evidence.append(told.first(Pointed.BROUGHT_DOWN).span.as_evidence("outcome"))
    if report.background:
        evidence.append(told.first(Pointed.WHEN).span.as_evidence("background"))
    values = {name: getattr(report, name) for name in ("event_type", "status", "outcome", "background")}
    return Filled(values, evidence)


def _when(report: GroundedReport, when: DateReading | None, clock: date | None) -> Filled:
    if when is not None:
        return dated(when, when.basis)
    return NOTHING if report.background else dated_by_publication(clock, report.anchor.span)


def _where(told: _Told, text: str) -> Filled:
    passages = told.of(Pointed.WHERE)
    place, around = place_in(passages)
    if place is None:
        return NOTHING
    if told.report.event_type in _AT_SEA and is_off_coast(place, text):
        place = at_sea(place)
    if around is None and not passages[0].is_translated:
        around = passages[0].document.setting(place.span.start)
    return placed(place, around)


def _brought_down(told: _Told) -> Filled:
    number = brought_down_in(told.of(Pointed.BROUGHT_DOWN))
    if number is None:
        return NOTHING
    return brought_down(number.low, number.high, number.span)


def _tolls(told: _Told) -> dict[str, Range]:
    pointed = {"killed": Pointed.KILLED, "wounded": Pointed.WOUNDED}
    return merge_tolls([toll for what, field in pointed.items() for toll in tolls_in(what, told.of(field))])


def _translated(evidence: Evidence, told: _Told) -> Evidence:
    """Return evidence with the English of its words, where they are in another language."""
    english = told.translations.get((evidence.start, evidence.end))
    return evidence.model_copy(update={"translation": english}) if english else evidence
