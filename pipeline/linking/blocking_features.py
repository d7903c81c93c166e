"""What blocking needs of a mention, in a row that is kept beside it: DuckDB blocks by these, out of core."""

from datetime import date

from pipeline.linking.blocking_keys import group_keys, searches, spots, timeless_keys
from pipeline.records.report import Report, report_of
from schemas import Mention
from schemas.tables import BlockingFeatures, Search

VERSION = 1
"""Raised whenever features are derived otherwise, so that those of known mentions are derived anew."""

_EPOCH = date(1970, 1, 1).toordinal()


def features_of(mention: Mention) -> BlockingFeatures:
    """Return the blocking features of a mention."""
    report = report_of(mention)
    dated = report.is_dated
    return BlockingFeatures(
        mention_id=mention.mention_id,
        version=VERSION,
        link_key=report.link_key,
        dated=dated,
        place_rank=report.place_rank,
        published_at=mention.published_at,
        first_day=_since_1970(mention.date_earliest),
        last_day=_since_1970(mention.date_latest),
        timeless_keys=tuple(timeless_keys(report)),
        group_keys=tuple(group_keys(report)),
        spots=tuple(spots(report)) if dated else (),
        searches=_searches(report) if dated else (),
    )


def _searches(report: Report) -> tuple[Search, ...]:
    return tuple(
        Search(spot=each.spot, since=each.days[0] - _EPOCH, until=each.days[-1] - _EPOCH) for each in searches(report)
    )


def _since_1970(day: date | None) -> int | None:
    return None if day is None else day.toordinal() - _EPOCH
