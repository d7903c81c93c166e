"""A mention on its way into an incident, with what is known of the article it stands in."""

from collections.abc import Mapping
from enum import Enum
from functools import cached_property
from typing import Any

from schemas import ActorType, GeoPrecision, Mention
from schemas.base import NonEmpty, Record, Share

UNREAD: Mapping[str, Any] = {"evidence": (), "confidence_parts": {}, "url": None, "unresolved_reason": None}
"""What linking does not look at, and how it is when reports travel without it."""

VAGUEST = 2
"""The rank of a place of which the country is known at most."""

LONGEST_DATED_DAYS = 14
"""An interval wider than this does not place a report in time; such a report is linked by its other evidence."""

_AFTER_ALL_DATES = "~"
_VAGUE = (GeoPrecision.COUNTRY, GeoPrecision.UNKNOWN)


class Report(Record):
    """A mention with what linking needs to know of its article, and without what linking does not need, such as quotes.

    `original` is the article whose text it originally is (itself, unless it is a copy), `publisher` the source of
    that one.
    """

    mention: Mention
    original: NonEmpty
    publisher: NonEmpty

    @property
    def link_key(self) -> str:
        """The country that reports are grouped by; reports without one are compared among themselves."""
        return self.mention.country or ""

    @cached_property
    def days(self) -> int | None:
        """How many days the mention's interval spans, both ends included; None without a date."""
        earliest, latest = self.mention.date_earliest, self.mention.date_latest
        return None if earliest is None or latest is None else (latest - earliest).days + 1

    @cached_property
    def is_dated(self) -> bool:
        """Whether the mention's interval places it in time."""
        return self.days is not None and self.days <= LONGEST_DATED_DAYS

    @cached_property
    def place_rank(self) -> int:
        """How well the place is known: 0 a site or a town, 1 a region or a province, 2 the country at most."""
        mention = self.mention
        if mention.facility is not None or mention.geo_precision in (GeoPrecision.EXACT, GeoPrecision.LOCALITY):
            return 0
        named = mention.place_name is not None and mention.geo_precision not in _VAGUE
        return 1 if named else VAGUEST

    @cached_property
    def names_people(self) -> bool:
        """Whether victims or suspects are reported one by one, by name or otherwise."""
        actors = (*self.mention.targets, *self.mention.perpetrators)
        return any(actor.actor_type is ActorType.PERSON for actor in actors)

    @cached_property
    def seniority(self) -> tuple[str, str]:
        """The order of reports by publication (undated articles last), then by id. No two reports tie."""
        published = self.mention.published_at
        return published.isoformat() if published else _AFTER_ALL_DATES, self.mention.mention_id


class LinkState(str, Enum):
    """What is to be done with a report."""

    PENDING = "pending"
    """It is to be linked: it is new, or dated ones have changed its case, or more is known of its article."""
    ASSIGNED = "assigned"
    """It is in a group, and stays there unless a pending report changes the case."""
    RETRACTED = "retracted"
    """It is in a group, and no longer counts: its article has been replaced."""


class Assignment(Record):
    """A report and the group that it is assigned to, how surely (0 to 1) and why; null before it is linked.

    `oversized`: of the timeless blocking keys of a report without a date (`linking.blocking_keys`), those whose blocks
    have too many dated reports to be given with it. `complete`: of a dated one, whether its whole neighbourhood is
    given with it, that is all assigned reports that are indexed where it searches, as they are for every pending one.
    """

    report: Report
    state: LinkState = LinkState.PENDING
    group_id: str | None = None
    link_score: Share | None = None
    link_reasons: tuple[str, ...] = ()
    oversized: tuple[str, ...] = ()
    complete: bool = False


def report_of(mention: Mention) -> Report:
    """Return a mention as a report of its own article's."""
    stripped = mention.model_copy(update=UNREAD)
    return Report(mention=stripped, original=mention.article_id, publisher=mention.source)
