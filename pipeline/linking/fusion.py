"""Fusion: the canonical record of an incident, all its reports considered.

Reports vote, field by field; a report's vote is its confidence, and a publisher has one vote for a value however
often it prints it (a syndicated copy votes as its original). Date and place are taken whole from one report, the
most precise and then the most trusted, so that no incident has a day from one article and a basis from another.
Casualties keep the whole range that the reports span. What they disagree on stays in `conflicts`.

Fusion is a function of the set of reports: order does not matter, and a report given twice counts once. So is the
id that it derives, from the most senior report, the one published first. It is a proposal: an incident that was known
before keeps the id that it is known by (`linking.naming`).
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from math import prod
from typing import Any, TypeVar

from pipeline.linking.clusters import Cluster
from pipeline.linking.conflicts import conflicts_of
from pipeline.linking.fused_parties import fused_parties
from pipeline.linking.rulings import Fragment
from pipeline.linking.unions import group_id_of
from pipeline.records import identity
from pipeline.records.report import Report
from schemas import (
    TOLLS,
    DateBasis,
    DatePrecision,
    EventType,
    GeoPrecision,
    Incident,
    IncidentMention,
    Mention,
    Outcome,
    ReportedAttribution,
    Status,
    TollKind,
    Weapon,
)

ValueT = TypeVar("ValueT", bound=Hashable)

_DATE = (
    "date_earliest",
    "date_latest",
    "date_precision",
    "date_basis",
    "date_text",
    "date_weekday",
    "date_month",
    "date_day",
    "date_days",
)
_PLACE = (
    "place_name",
    "place_text",
    "facility",
    "facility_type",
    "admin1",
    "country",
    "latitude",
    "longitude",
    "geo_precision",
)
_DATE_RANK = {precision: rank for rank, precision in enumerate(DatePrecision)}
_BASIS_RANK = {basis: rank for rank, basis in enumerate(DateBasis)}
_GEO_RANK = {precision: rank for rank, precision in enumerate(GeoPrecision)}
_STATUS_RANK = {status: rank for rank, status in enumerate(Status)}
_SOURCE_SHARE = 0.5
"""How far two independent publishers are trusted to be independent, when their confidences are combined."""


def incident_of(group: Cluster) -> tuple[Incident, list[IncidentMention]]:
    """Return the incident that a group of reports tells of, and the links of its mentions."""
    return united_incident([Fragment(group_id_of(group), group.members)])


def united_incident(parts: Sequence[Fragment]) -> tuple[Incident, list[IncidentMention]]:
    """Return the incident that groups of reports tell of together, and the links of its mentions."""
    incident = fuse(linked.report for part in parts for linked in part.members)
    links = [
        IncidentMention(
            incident_id=incident.incident_id,
            mention_id=linked.report.mention.mention_id,
            link_score=linked.score,
            link_reasons=linked.reasons,
            group_id=part.group_id,
            group_reasons=part.reasons,
        )
        for part in parts
        for linked in part.members
    ]
    return incident, links


def fuse(reports: Iterable[Report]) -> Incident:
    """Fuse the reports of one incident. Raises ValueError when there is none."""
    distinct = {report.mention.mention_id: report for report in reports}
    members = sorted(distinct.values(), key=lambda report: report.seniority)
    if not members:
        raise ValueError("an incident has at least one report")
    mentions = [report.mention for report in members]
    event_type = _event_type(members)
    published = [mention.published_at for mention in mentions if mention.published_at is not None]
    return Incident(
        incident_id=identity.incident_id(mentions[0].mention_id),
        event_type=event_type,
        status=min((mention.status for mention in mentions), key=_STATUS_RANK.__getitem__),
        outcome=_vote(members, lambda mention: mention.outcome, ignore=Outcome.UNKNOWN) or Outcome.UNKNOWN,
        background=all(mention.background for mention in mentions),
        **_taken_from(_best_dated(members), _DATE),
        **_taken_from(_best_placed(members), _PLACE),
        **fused_parties(members, event_type),
        weapons=_weapons(mentions),
        **_intercepted(mentions),
        **{field: value for kind in TOLLS for field, value in _toll(members, kind).items()},
        **_confidence(members),
        mention_count=len(members),
        article_count=len({mention.article_id for mention in mentions}),
        source_count=len({report.publisher for report in members}),
        first_reported_at=min(published, default=None),
        last_reported_at=max(published, default=None),
        attributions=tuple(
            ReportedAttribution(actor=said.actor, kind=said.kind, by=said.by, mention_id=mention.mention_id)
            for mention in mentions
            for said in mention.attributions
        ),
        conflicts=conflicts_of(mentions),
    )


def _vote(
    reports: Sequence[Report], value_of: Callable[[Mention], ValueT | None], ignore: ValueT | None = None
) -> ValueT | None:
    """Return the value with the most trusted publishers behind it; the most senior report's among equals."""
    votes: dict[ValueT, dict[str, float]] = defaultdict(dict)
    for report in reports:
        value = value_of(report.mention)
        if value is not None and value != ignore:
            best = votes[value].get(report.publisher, 0.0)
            votes[value][report.publisher] = max(best, report.mention.confidence)
    return max(votes, key=lambda value: round(sum(votes[value].values()), 9), default=None)


def _event_type(reports: Sequence[Report]) -> EventType:
    specific = _vote(reports, lambda mention: mention.event_type, ignore=EventType.ATTACK)
    return specific or EventType.ATTACK


def _best_dated(reports: Sequence[Report]) -> Mention:
    def rank(report: Report) -> tuple[int, int, float]:
        mention = report.mention
        return _DATE_RANK[mention.date_precision], _BASIS_RANK[mention.date_basis], -mention.confidence

    return min(reports, key=rank).mention


def _best_placed(reports: Sequence[Report]) -> Mention:
    def rank(report: Report) -> tuple[int, bool, float]:
        mention = report.mention
        return _GEO_RANK[mention.geo_precision], mention.facility is None, -mention.confidence

    return min(reports, key=rank).mention


def _taken_from(mention: Mention, fields: Iterable[str]) -> dict[str, Any]:
    return {field: getattr(mention, field) for field in fields}


def _weapons(mentions: Sequence[Mention]) -> tuple[Weapon, ...]:
    merged: dict[str, list[Weapon]] = defaultdict(list)
    for mention in mentions:
        for weapon in mention.weapons:
            merged[weapon.weapon_type].append(weapon)
    return tuple(_weapon(weapons) for weapons in merged.values())


def _weapon(same: Sequence[Weapon]) -> Weapon:
    low, high = _spanned([weapon.count_low for weapon in same], [weapon.count_high for weapon in same])
    return Weapon(weapon_type=same[0].weapon_type, count_low=low, count_high=high, text=same[0].text)


def _spanned(lows: Iterable[int | None], highs: Iterable[int | None]) -> tuple[int | None, int | None]:
    """Return the range that ranges span. An end that is open in all of them stays open."""
    low, high = ([end for end in ends if end is not None] for ends in (lows, highs))
    return min(low + high) if low else None, max(low + high) if high else None


def _known(mentions: Sequence[Mention], *fields: str) -> list[int]:
    values = (getattr(mention, field) for mention in mentions for field in fields)
    return [value for value in values if value is not None]


def _intercepted(mentions: Sequence[Mention]) -> dict[str, int | None]:
    low, high = _spanned(_known(mentions, "intercepted_low"), _known(mentions, "intercepted_high"))
    return {"intercepted_low": low, "intercepted_high": high}


def _toll(reports: Sequence[Report], kind: TollKind) -> dict[str, int | None]:
    mentions = [report.mention for report in reports]
    least, most = _spanned(_known(mentions, kind.low, kind.best), _known(mentions, kind.best, kind.high))
    best: int | None = _vote(reports, lambda mention: getattr(mention, kind.best))
    return {kind.low: least, kind.best: best, kind.high: most}


def _confidence(reports: Sequence[Report]) -> dict[str, Any]:
    """Combine confidences: the best report's, raised by each further publisher as far as it is independent."""
    by_publisher: dict[str, float] = defaultdict(float)
    for report in reports:
        by_publisher[report.publisher] = max(by_publisher[report.publisher], report.mention.confidence)
    best, *others = sorted(by_publisher.values(), reverse=True)
    doubt = (1.0 - best) * prod(1.0 - _SOURCE_SHARE * confidence for confidence in others)
    combined = round(1.0 - doubt, 4)
    return {
        "confidence": combined,
        "confidence_parts": {"best_report": best, "further_sources": max(0.0, round(combined - best, 4))},
    }
