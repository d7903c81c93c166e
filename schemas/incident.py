"""The fusion of the mentions of one real-world incident, how it came about, and how it changed."""

from pydantic import Field

from schemas.base import Count, NonEmpty, Record, Share, UtcDatetime
from schemas.enums import Cause, Change
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
    (`change` is `superseded`); with `withdrawn`, no current article reports it any more; with `dropped`, an analyst has
    ruled that it is none. `cause` says what the run did that changed it (null before that was kept). `split_from`
    names the incident that had most of its reports before, and is still there (`change` is `created`).
    """

    revision: int = Field(ge=1)
    run_id: int = Field(ge=1)
    recorded_at: UtcDatetime
    change: Change
    cause: Cause | None = None
    superseded_by: str | None = None
    split_from: str | None = None


class RunRecord(Record):
    """One run of the pipeline over its inputs, and what it found and changed.

    `llm_*` is null where no language model was to read. `llm_articles` is how many articles were read by its answers,
    new or kept, `llm_fallbacks` how many it was to read and did not, `llm_over_budget` how many of those because the
    budget was reached. `llm_requests` were answered in this run, and took the tokens. A quote is dropped that does not
    stand in the sentence that it is said to stand in, a report whose deed has no such quote.
    `places_digest` and `actors_digest` stand for the user's own lists that it read with (null without);
    `articles_reread` counts the articles that it had read before and read again.
    """

    run_id: int = Field(ge=1)
    started_at: UtcDatetime
    finished_at: UtcDatetime
    version: NonEmpty
    extractor: NonEmpty
    extractor_version: NonEmpty
    places_digest: str | None = None
    actors_digest: str | None = None
    inputs: tuple[str, ...]
    articles_read: Count
    articles_new: Count
    articles_reread: Count | None = None
    mentions_new: Count
    tallies_new: Count
    rejects_new: Count
    incidents_created: Count
    incidents_updated: Count
    incidents_superseded: Count
    llm_articles: Count | None = None
    llm_fallbacks: Count | None = None
    llm_over_budget: Count | None = None
    llm_requests: Count | None = None
    llm_prompt_tokens: Count | None = None
    llm_completion_tokens: Count | None = None
    llm_quotes_dropped: Count | None = None
    llm_reports_dropped: Count | None = None
