"""What one article says: of one incident (Mention), or of many at once (Tally)."""

from datetime import date

from pydantic import model_validator
from typing_extensions import Self

from schemas.base import Count, CountryCode, NonEmpty, Record, UtcDatetime, check_ordered
from schemas.enums import EventType, Unresolved
from schemas.happening import Happening
from schemas.parts import Actor, Evidence
from schemas.tolls import Tolls


class Mention(Happening):
    """One report, in one article, of one incident.

    `mention_id` is derived from the document and what is said (`pipeline.records.identity`): it stays when the text is
    edited elsewhere. `article_id`, `ref` and the evidence are those of the newest text that says so; `published_at` is
    when it was first said. Every filled field has its words in `evidence`. `unresolved_reason` is set where the
    report tells of something that cannot be identified: it is kept, and no incident is founded on it.
    """

    mention_id: NonEmpty
    article_id: NonEmpty
    ref: NonEmpty
    url: str | None = None
    source: NonEmpty
    published_at: UtcDatetime | None = None
    evidence: tuple[Evidence, ...] = ()
    extractor: NonEmpty
    extractor_version: NonEmpty
    unresolved_reason: Unresolved | None = None


class Counted(Record):
    """What an aggregate statement counts: `count_*` are incidents."""

    tally_id: NonEmpty
    article_id: NonEmpty
    ref: NonEmpty
    what: NonEmpty
    event_type: EventType = EventType.ATTACK
    count_low: Count | None = None
    count_high: Count | None = None


class Tally(Tolls, Counted):
    """An aggregate statement ("at least 24 attacks since October 17"): queryable, never an incident.

    `since` and `until` are inclusive; the tolls are of people over all the incidents that are counted.
    """

    since: date | None = None
    until: date | None = None
    perpetrators: tuple[Actor, ...] = ()
    place_name: str | None = None
    country: CountryCode | None = None
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _counts_are_ordered(self) -> Self:
        check_ordered("count", self.count_low, self.count_high)
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError(f"since {self.since} is after until {self.until}")
        return self
