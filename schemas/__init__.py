"""The records that flow through the pipeline and the tables that hold them. Imports neither Beam nor DuckDB."""

from schemas.article import Article, Block
from schemas.enums import (
    ActorType,
    AttributionKind,
    BlockKind,
    Cause,
    Change,
    DateBasis,
    DatePrecision,
    EntryIdentity,
    EventType,
    FacilityType,
    GeoPrecision,
    Outcome,
    PublishedBasis,
    Status,
    Unresolved,
    WeaponType,
)
from schemas.feed import Feed, FeedEntry
from schemas.happening import Happening
from schemas.incident import Incident, IncidentMention, IncidentRevision, RunRecord
from schemas.mention import Mention, Tally
from schemas.parts import Actor, Attribution, Conflict, Evidence, ReportedAttribution, Weapon, check_quotes
from schemas.reject import Reject
from schemas.tolls import TOLLS, TollKind

__all__ = [
    "TOLLS",
    "Actor",
    "ActorType",
    "Article",
    "Attribution",
    "AttributionKind",
    "Block",
    "BlockKind",
    "Cause",
    "Change",
    "Conflict",
    "DateBasis",
    "DatePrecision",
    "EntryIdentity",
    "EventType",
    "Evidence",
    "FacilityType",
    "Feed",
    "FeedEntry",
    "GeoPrecision",
    "Happening",
    "Incident",
    "IncidentMention",
    "IncidentRevision",
    "Mention",
    "Outcome",
    "PublishedBasis",
    "Reject",
    "ReportedAttribution",
    "RunRecord",
    "Status",
    "Tally",
    "TollKind",
    "Unresolved",
    "Weapon",
    "WeaponType",
    "check_quotes",
]
