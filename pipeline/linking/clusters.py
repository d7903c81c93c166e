"""Groups of reports of one incident as they are handed on, and the order in which the rule takes reports."""

from pipeline.records.report import Report
from schemas.base import Record, Share

Order = tuple[bool, int, int, tuple[str, str]]

_UNDATED_LAST = 1_000_000


class Linked(Record):
    """A report in a group: how surely it belongs there (0 to 1), and why."""

    report: Report
    score: Share
    reasons: tuple[str, ...]


class Cluster(Record):
    """A group of reports that evidence has put together one by one, in the order of the rule."""

    members: tuple[Linked, ...]


def order_of(report: Report) -> Order:
    """Return a report's place in the order of the rule. No two reports tie."""
    is_dated = report.is_dated
    days = report.days if is_dated else None
    return not is_dated, report.place_rank, days or _UNDATED_LAST, report.seniority


def is_vague(report: Report) -> bool:
    """Return whether a report lacks the day or the place, so that the case must be clear for it."""
    return not report.is_dated or report.place_rank > 0
