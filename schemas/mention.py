"""What one article says: of one incident (Mention), or of many at once (Tally)."""

from datetime import date

from pydantic import model_validator
from typing_extensions import Self

from schemas.base import Count, CountryCode, NonEmpty, Record, UtcDatetime, check_ordered
from schemas.enums import EventType, Unresolved
from schemas.happening import Happening
from schemas.parts import Actor, Attribution, Evidence
from schemas.tolls import Tolls


class Mention(Happening):
    """One report, in one article, of one incident.

    What it says stays one report when the text is edited elsewhere (`pipeline.records.identity`). A report that founds
    no incident is kept all the same.
    """

    mention_id: NonEmpty
    """Derived from the document and what is said: it stays when the text is edited elsewhere."""
    article_id: NonEmpty
    """The article: the newest text that says so."""
    ref: NonEmpty
    """The id, URL or path of that article."""
    url: str | None = None
    """The address of that article."""
    source: NonEmpty
    """Its publisher, feed or folder."""
    published_at: UtcDatetime | None = None
    """When it was first said, UTC."""
    attributions: tuple[Attribution, ...] = ()
    """Who says that whom did it: claimed, blamed, denied or confirmed."""
    evidence: tuple[Evidence, ...] = ()
    """The words that each filled field was read from, with their place in the article's text."""
    extractor: NonEmpty
    """Who read it."""
    extractor_version: NonEmpty
    """That extractor's version."""
    unresolved_reason: Unresolved | None = None
    """Why this report founds no incident: what it tells of cannot be identified; mostly null."""


class Counted(Record):
    """An aggregate statement: what it counts, and how many."""

    tally_id: NonEmpty
    """Derived from the document and what is said."""
    article_id: NonEmpty
    """The article."""
    ref: NonEmpty
    """The id, URL or path of that article."""
    what: NonEmpty
    """What is counted, in the article's words."""
    event_type: EventType = EventType.ATTACK
    """The type of what is counted."""
    count_low: Count | None = None
    """How many incidents, at least."""
    count_high: Count | None = None
    """How many incidents, at most."""


class Tally(Tolls, Counted):
    """An aggregate statement ("at least 24 attacks since October 17"): never an incident.

    `since` and `until` are inclusive; the tolls are of people over all the incidents that are counted.
    """

    since: date | None = None
    """The first day of the time that is counted over."""
    until: date | None = None
    """The last day of that time."""
    perpetrators: tuple[Actor, ...] = ()
    """Who is counted."""
    place_name: str | None = None
    """Where."""
    country: CountryCode | None = None
    """ISO 3166-1 alpha-3; XSE at sea."""
    evidence: tuple[Evidence, ...] = ()
    """The words that each filled field was read from."""

    @model_validator(mode="after")
    def _counts_are_ordered(self) -> Self:
        check_ordered("count", self.count_low, self.count_high)
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError(f"since {self.since} is after until {self.until}")
        return self
