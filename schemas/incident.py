"""The fusion of the mentions of one real-world incident, how it came about, and how it changed."""

from pydantic import Field

from schemas.base import Count, NonEmpty, Record, Share, UtcDatetime
from schemas.enums import Cause, Change
from schemas.happening import Happening
from schemas.parts import Conflict, ReportedAttribution


class Incident(Happening):
    """One real-world incident: what its reports say, fused."""

    incident_id: NonEmpty
    """The incident's id: it stays as long as any of its reports goes on."""
    mention_count: int = Field(ge=1)
    """How many reports tell of it."""
    article_count: int = Field(ge=1)
    """In how many articles they stand."""
    source_count: int = Field(ge=1)
    """How many independent publishers report it: a syndicated copy counts as its original."""
    first_reported_at: UtcDatetime | None = None
    """When the first of its articles was published, UTC; null when none has a date."""
    last_reported_at: UtcDatetime | None = None
    """When the last of its articles was published, UTC."""
    attributions: tuple[ReportedAttribution, ...] = ()
    """Who says that whom did it, report by report: claimed, blamed, denied or confirmed."""
    conflicts: tuple[Conflict, ...] = ()
    """What the reports disagree on, value by value, with the reports that say so."""


class IncidentMention(Record):
    """That a mention is a report of an incident, and why.

    Report by report, evidence makes groups; an incident is one group, or several that were united, or what a ruling of
    an analyst has made of them.
    """

    incident_id: NonEmpty
    """The incident."""
    mention_id: NonEmpty
    """The report."""
    link_score: Share
    """How surely the report belongs to its group, from 0 to 1."""
    link_reasons: tuple[str, ...]
    """Why the report is in its group: the comparisons, with their weights."""
    group_id: NonEmpty
    """The group of reports that evidence has made, of which an incident has one or more."""
    group_reasons: tuple[str, ...] = ()
    """Why the group is in the incident; empty where it is all of it."""


class IncidentRevision(Incident):
    """What was known of an incident after a run that changed it: one row a run and incident.

    With `superseded`, another incident took its reports over; with `withdrawn`, no current article reports it any more;
    with `dropped`, an analyst has ruled that it is none.
    """

    revision: int = Field(ge=1)
    """The number of the change within the incident, from 1."""
    run_id: int = Field(ge=1)
    """The run that made the change."""
    recorded_at: UtcDatetime
    """When that run was, UTC: what was known when."""
    change: Change
    """What happened to the incident."""
    cause: Cause | None = None
    """What the run did that changed it; null before that was kept."""
    superseded_by: str | None = None
    """The incident that took its reports over, where it was superseded."""
    split_from: str | None = None
    """The incident that had most of its reports before, and is still there."""


class RunRecord(Record):
    """One run of the pipeline over its inputs, and what it found and changed."""

    run_id: int = Field(ge=1)
    """The number of the run, from 1."""
    started_at: UtcDatetime
    """When it began, UTC."""
    finished_at: UtcDatetime
    """When it was done reading and linking, UTC."""
    version: NonEmpty
    """The program's version."""
    extractor: NonEmpty
    """Who read: the extractor's name."""
    extractor_version: NonEmpty
    """The extractor's version."""
    places_digest: str | None = None
    """What stands for the user's own list of places that it read with; null without one."""
    actors_digest: str | None = None
    """What stands for the user's own list of actors; null without one."""
    inputs: tuple[str, ...]
    """What it was given to read."""
    articles_read: Count
    """How many articles it met."""
    articles_new: Count
    """How many of them were new."""
    articles_reread: Count | None = None
    """How many articles of earlier runs it read again."""
    mentions_new: Count
    """How many reports were new."""
    tallies_new: Count
    """How many aggregate statements were new."""
    rejects_new: Count
    """How many rejects were new."""
    incidents_created: Count
    """How many incidents it created."""
    incidents_updated: Count
    """How many incidents it changed."""
    incidents_superseded: Count
    """How many incidents went into others."""
    llm_articles: Count | None = None
    """How many articles were read by a language model's answers, new or kept; null where none was to read."""
    llm_fallbacks: Count | None = None
    """How many articles it was to read and did not: the rules read them."""
    llm_over_budget: Count | None = None
    """How many of those because the budget was reached."""
    llm_requests: Count | None = None
    """How many requests were answered in this run."""
    llm_prompt_tokens: Count | None = None
    """The tokens of those requests."""
    llm_completion_tokens: Count | None = None
    """The tokens of their answers."""
    llm_quotes_dropped: Count | None = None
    """How many quotes did not stand in the sentence that they were said to stand in."""
    llm_reports_dropped: Count | None = None
    """How many reports had no quote of their deed in the text."""
