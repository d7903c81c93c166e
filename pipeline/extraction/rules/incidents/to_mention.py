"""Drafts made into mentions, every filled field with the words it was read from."""

from collections.abc import Sequence
from datetime import timedelta

from pipeline.extraction.actors.persons import PersonReading
from pipeline.extraction.document import Document
from pipeline.extraction.mention_fields import (
    NOTHING,
    Filled,
    armed,
    brought_down,
    dated,
    dated_by_publication,
    harmed,
    interval,
    joined,
    placed,
    spread,
    taking_part,
)
from pipeline.extraction.rules.incidents.attributions import attributions_of
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.incidents.confidence import combine, confidence_parts
from pipeline.extraction.rules.incidents.identity import unresolved_reason
from pipeline.extraction.rules.incidents.outcome import interceptions, outcome_of
from pipeline.extraction.rules.statements.event_place import at_sea, is_off_coast
from pipeline.extraction.rules.statements.factuality import Verdict
from pipeline.extraction.text.spans import Span
from pipeline.extraction.violence.tolls import merge_tolls
from schemas import Article, DateBasis, DatePrecision, EventType, Mention, Outcome, Status

TOLD_DAYS = 2
"""An incident "reported on Saturday" is taken to lie in that day and the two before it."""

_AT_SEA = (EventType.SHIP_ATTACK, EventType.DRONE_ATTACK, EventType.ROCKET_MISSILE_MORTAR)


def mention_of(
    candidate: IncidentCandidate,
    anchor: Span,
    persons: Sequence[PersonReading],
    article: Article,
    document: Document,
    extractor: tuple[str, str],
) -> Mention:
    """Return the mention that a candidate amounts to.

    `anchor` is the span that tells it from the others of the article, and that its provisional id is made of, until all
    of them are known (`records.identity.identified`); `persons` are the victims and suspects that the article names of
    it.
    """
    when = _when(candidate, document)
    filled = joined(
        (
            when,
            _where(candidate, document),
            _who(candidate, persons),
            _what(candidate, document),
            attributions_of(candidate, document),
        )
    )
    evidence = [candidate.anchor.head.span.as_evidence("event_type"), *filled.evidence]
    status, words = _status(candidate)
    if candidate.background:
        evidence.append((candidate.date or candidate.anchor.head).span.as_evidence("background"))
    if status is not Status.ASSERTED:
        evidence.append(words.as_evidence("status"))
    parts = confidence_parts(
        candidate,
        filled.values.get("date_precision", DatePrecision.UNKNOWN),
        filled.values.get("date_basis", DateBasis.NONE),
        status,
    )
    return Mention(
        mention_id=f"m-{anchor.start}-{anchor.end}",
        article_id=article.article_id,
        ref=article.ref,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        event_type=candidate.event_type,
        status=status,
        background=candidate.background,
        confidence=combine(parts),
        confidence_parts=parts,
        evidence=tuple(evidence),
        extractor=extractor[0],
        extractor_version=extractor[1],
        unresolved_reason=unresolved_reason(candidate, when.values),
        **filled.values,
    )


def _when(candidate: IncidentCandidate, document: Document) -> Filled:
    if candidate.date is not None:
        return dated(candidate.date, DateBasis.INHERITED if candidate.date_inherited else candidate.date.basis)
    if candidate.told is not None and candidate.told.latest is not None:
        told = candidate.told
        values = interval(told, told.basis) | {
            "date_earliest": told.earliest and told.earliest - timedelta(days=TOLD_DAYS),
            "date_precision": DatePrecision.DAYS,
            "date_weekday": None,
        }
        return spread(values, told.span)
    if candidate.told is not None:
        return dated(candidate.told, candidate.told.basis)
    return NOTHING if candidate.background else dated_by_publication(document.clock, candidate.anchor.head.span)


def _where(candidate: IncidentCandidate, document: Document) -> Filled:
    place = candidate.place
    if place is None:
        return NOTHING
    if candidate.event_type in _AT_SEA and is_off_coast(place, document.text):
        place = at_sea(place)
    return placed(place, document.setting(place.span.start) if place.country is None else None)


def _who(candidate: IncidentCandidate, persons: Sequence[PersonReading]) -> Filled:
    suspects = [person for person in persons if person.suspect]
    victims = [person for person in persons if not person.suspect]
    return joined(
        (
            taking_part("perpetrators", [*candidate.roles.perpetrators, *suspects]),
            taking_part("targets", [*candidate.roles.targets, *victims]),
            taking_part("claimed_by", candidate.roles.claimants),
        )
    )


def _what(candidate: IncidentCandidate, document: Document) -> Filled:
    tolls = merge_tolls([toll for statement in candidate.statements for toll in statement.tolls])
    down = interceptions(candidate, document)
    outcome, words = outcome_of(candidate, down, tolls, document)
    return joined(
        (
            armed(count for statement in candidate.statements for count in statement.weapons),
            harmed(tolls),
            brought_down(*down) if down is not None else NOTHING,
            Filled({"outcome": outcome}, [words.as_evidence("outcome")] if outcome is not Outcome.UNKNOWN else []),
        )
    )


def _status(candidate: IncidentCandidate) -> tuple[Status, Span]:
    anchor = candidate.anchor
    if all(statement.verdict is Verdict.DENIED for statement in candidate.statements):
        return Status.DENIED, anchor.head.span
    if anchor.verdict is Verdict.ATTEMPT:
        return Status.ATTEMPTED, anchor.head.span
    if anchor.roles.claimants:
        return Status.CLAIMED, anchor.roles.claimants[0].span
    return Status.ASSERTED, anchor.head.span
