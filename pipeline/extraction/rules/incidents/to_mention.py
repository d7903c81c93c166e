"""Drafts made into mentions, every filled field with the words it was read from."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from pipeline.extraction.actors.persons import PersonReading
from pipeline.extraction.document import Document
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.incidents.confidence import combine, confidence_parts
from pipeline.extraction.rules.incidents.identity import unresolved_reason
from pipeline.extraction.rules.incidents.outcome import interceptions, outcome_of
from pipeline.extraction.rules.statements.event_place import at_sea, is_off_coast
from pipeline.extraction.rules.statements.factuality import Verdict
from pipeline.extraction.text.spans import Span
from pipeline.extraction.time.resolver import DateReading
from pipeline.extraction.violence.tolls import merge_tolls
from pipeline.extraction.violence.weapons import merge_weapons
from schemas import Article, DateBasis, DatePrecision, EventType, Evidence, GeoPrecision, Mention, Outcome, Status

PUBLICATION_DAYS = 7
"""An undated incident in a dated article is taken to lie in the week that ends on the day of publication."""

TOLD_DAYS = 2
"""An incident "reported on Saturday" is taken to lie in that day and the two before it."""

_AT_SEA = (EventType.SHIP_ATTACK, EventType.DRONE_ATTACK, EventType.ROCKET_MISSILE_MORTAR)
_POINTLESS = (GeoPrecision.COUNTRY, GeoPrecision.UNKNOWN)


class Filled(NamedTuple):
    """Fields of a mention and the evidence for them."""

    values: dict[str, Any]
    evidence: list[Evidence]


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
    parts_filled = [when, _where(candidate, document), _who(candidate, persons), _what(candidate, document)]
    values: dict[str, Any] = {}
    evidence = [candidate.anchor.head.span.as_evidence("event_type")]
    for filled in parts_filled:
        values |= filled.values
        evidence += filled.evidence
    status, words = _status(candidate)
    if candidate.background:
        evidence.append((candidate.date or candidate.anchor.head).span.as_evidence("background"))
    if status is not Status.ASSERTED:
        evidence.append(words.as_evidence("status"))
    parts = confidence_parts(
        candidate,
        values.get("date_precision", DatePrecision.UNKNOWN),
        values.get("date_basis", DateBasis.NONE),
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
        **values,
    )


def _spread(values: Mapping[str, Any], span: Span) -> Filled:
    """Return the given fields, all read from the same words; null fields are left out."""
    filled = {name: value for name, value in values.items() if value is not None}
    return Filled(filled, [span.as_evidence(name) for name in filled])


def _when(candidate: IncidentCandidate, document: Document) -> Filled:
    if candidate.date is not None:
        return _dated(candidate.date, DateBasis.INHERITED if candidate.date_inherited else candidate.date.basis)
    if candidate.told is not None and candidate.told.latest is not None:
        told = candidate.told
        values = _interval(told, told.basis) | {
            "date_earliest": told.earliest and told.earliest - timedelta(days=TOLD_DAYS),
            "date_precision": DatePrecision.DAYS,
            "date_weekday": None,
        }
        return _spread(values, told.span)
    if candidate.told is not None:
        return _dated(candidate.told, candidate.told.basis)
    if document.clock is None or candidate.background:
        return Filled({}, [])
    values = {
        "date_earliest": document.clock - timedelta(days=PUBLICATION_DAYS),
        "date_latest": document.clock,
        "date_precision": DatePrecision.WEEK,
        "date_basis": DateBasis.PUBLICATION,
    }
    return _spread(values, candidate.anchor.head.span)


def _dated(date: DateReading, basis: DateBasis) -> Filled:
    return _spread(_interval(date, basis), date.span)


def _interval(date: DateReading, basis: DateBasis) -> dict[str, Any]:
    known = date.earliest is not None and date.latest is not None
    return {
        "date_earliest": date.earliest,
        "date_latest": date.latest,
        "date_precision": date.precision if known else None,
        "date_basis": basis,
        "date_text": date.span.text,
        "date_weekday": date.weekday,
        **_yearless(date),
    }


def _yearless(date: DateReading) -> dict[str, int]:
    return {} if date.yearless is None else {f"date_{name}": value for name, value in date.yearless._asdict().items()}


def _where(candidate: IncidentCandidate, document: Document) -> Filled:
    place = candidate.place
    if place is None:
        return Filled({}, [])
    if candidate.event_type in _AT_SEA and is_off_coast(place, document.text):
        place = at_sea(place)
    point = place.geo_precision not in _POINTLESS
    filled = _spread(_place_values(place, point), place.span)
    around = document.setting() if place.country is None else None
    if around is not None:
        filled.values["country"] = around.country
        filled.evidence.append(around.span.as_evidence("country"))
    return filled


def _place_values(place: PlaceReading, point: bool) -> dict[str, Any]:
    return {
        "place_name": place.name,
        "place_text": place.span.text,
        "facility": place.facility,
        "facility_type": place.facility_type,
        "admin1": place.admin1,
        "country": place.country,
        "latitude": place.latitude if point else None,
        "longitude": place.longitude if point else None,
        "geo_precision": place.geo_precision,
    }


def _who(candidate: IncidentCandidate, persons: Sequence[PersonReading]) -> Filled:
    values: dict[str, Any] = {}
    evidence: list[Evidence] = []
    for name, parties in (
        ("perpetrators", candidate.roles.perpetrators),
        ("targets", candidate.roles.targets),
        ("claimed_by", candidate.roles.claimants),
    ):
        named = [person for person in persons if name == ("perpetrators" if person.suspect else "targets")]
        values[name] = (*(party.actor for party in parties), *(person.actor for person in named))
        evidence += [party.span.as_evidence(name) for party in parties]
        evidence += [person.span.as_evidence(name) for person in named]
    return Filled(values, evidence)


def _what(candidate: IncidentCandidate, document: Document) -> Filled:
    values: dict[str, Any] = {}
    weapons = merge_weapons(count for statement in candidate.statements for count in statement.weapons)
    values["weapons"] = tuple(weapon for weapon, _ in weapons)
    evidence = [span.as_evidence("weapons") for _, span in weapons]
    tolls = merge_tolls([toll for statement in candidate.statements for toll in statement.tolls])
    for kind, toll in tolls.items():
        values |= {f"{kind}_{end}": getattr(toll, end) for end in ("low", "best", "high")}
        evidence += toll.evidence(kind)
    down = interceptions(candidate, document)
    if down is not None:
        filled = _spread({"intercepted_low": down[0], "intercepted_high": down[1]}, down[2])
        values |= filled.values
        evidence += filled.evidence
    outcome, words = outcome_of(candidate, down, tolls, document)
    values["outcome"] = outcome
    if outcome is not Outcome.UNKNOWN:
        evidence.append(words.as_evidence("outcome"))
    return Filled(values, evidence)


def _status(candidate: IncidentCandidate) -> tuple[Status, Span]:
    anchor = candidate.anchor
    if all(statement.verdict is Verdict.DENIED for statement in candidate.statements):
        return Status.DENIED, anchor.head.span
    if anchor.verdict is Verdict.ATTEMPT:
        return Status.ATTEMPTED, anchor.head.span
    if anchor.roles.claimants:
        return Status.CLAIMED, anchor.roles.claimants[0].span
    return Status.ASSERTED, anchor.head.span
