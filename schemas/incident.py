"""The fusion of the mentions of one real-world incident, how it came about, and how it changed."""

from pydantic import Field

from schemas.base import Count, NonEmpty, Record, Share, UtcDatetime
from schemas.enums import Change
from schemas.happening import Happening
from schemas.parts import Conflict


class Incident(Happening):
    """One real-world incident.

    `source_count` counts independent publishers: a syndicated copy counts as its original. `first_reported_at` and
    `last_reported_at` are the publication times of its articles (null when none has one). `conflicts` keeps what
    the reports disagree on, value by value.
    """

    incident_id: NonEmpty
    mention_count: int = Field(ge=1)
    article_count: int = Field(ge=1)
    source_count: int = Field(ge=1)
    first_reported_at: UtcDatetime | None = None
    last_reported_at: UtcDatetime | None = None
    conflicts: tuple[Conflict, ...] = ()


class IncidentMention(Record):
    """That a mention is a report of an incident.

    Report by report, evidence makes groups; an incident is one group, or several that were united, or what a ruling of
    an analyst has made of them. `link_score` (0 to 1) and `link_reasons` say how surely and why the report is in the
    group `group_id`, `group_reasons` why the group is in the incident: empty where it is all of it.
    """

    incident_id: NonEmpty
    mention_id: NonEmpty
    link_score: Share
    link_reasons: tuple[str, ...]
    group_id: NonEmpty
    group_reasons: tuple[str, ...] = ()


class IncidentRevision(Incident):
    """What was known of an incident after a run that changed it.

    `revision` counts from 1 within the incident. `superseded_by` names the incident that took its reports over
    (`change` is `superseded`); with `withdrawn`, no current article reports it any more. `split_from` names the
    incident that had most of its reports before, and is still there (`change` is `created`).
    """

    revision: int = Field(ge=1)
    run_id: int = Field(ge=1)
    recorded_at: UtcDatetime
    change: Change
    superseded_by: str | None = None
    split_from: str | None = None


class RunRecord(Record):
    """One run of the pipeline over its inputs, and what it found and changed."""

    run_id: int = Field(ge=1)
    started_at: UtcDatetime
    finished_at: UtcDatetime
    version: NonEmpty
    extractor: NonEmpty
    extractor_version: NonEmpty
    inputs: tuple[str, ...]
    articles_read: Count
    articles_new: Count
    mentions_new: Count
    tallies_new: Count
    rejects_new: Count
    incidents_created: Count
    incidents_updated: Count
    incidents_superseded: Count
