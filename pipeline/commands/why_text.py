"""Why an incident is what it is, told as a person would like to read it: who says so, in which words, how surely."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby, pairwise
from typing import TypeVar

from pipeline.storage.accounts import Account, LinkedMention
from schemas import (
    TOLLS,
    Attribution,
    AttributionKind,
    Cause,
    Change,
    Conflict,
    Happening,
    Incident,
    IncidentRevision,
    Mention,
)
from schemas.tables import Ruled

_SHOWN = {
    "event_type": "what",
    "date_earliest": "when",
    "place_name": "where",
    "facility": "site",
    "perpetrators": "by",
    "targets": "against",
    "claimed_by": "claimed by",
    "attributions": "who did it",
    "weapons": "weapons",
    **{kind.low: kind.name for kind in TOLLS},
    "intercepted_low": "brought down",
    "outcome": "outcome",
    "status": "status",
}
"""The fields whose words are shown, in order, and what they are called."""

_TRACKED = (
    "event_type", "date_earliest", "date_latest", "place_name", *(kind.best for kind in TOLLS), "mention_count"
)  # fmt: skip
_COUNTED = (
    *((kind.name, kind.low, kind.high) for kind in TOLLS),
    ("brought down", "intercepted_low", "intercepted_high"),
)
"""What is counted of an incident: what it is called, and the fields of its range."""

_SAID_OF = {
    AttributionKind.CLAIMED: "claims it",
    AttributionKind.BLAMED: "is blamed",
    AttributionKind.DENIED: "denies it",
    AttributionKind.CONFIRMED: "is confirmed",
}
_BY_OTHERS = (AttributionKind.BLAMED, AttributionKind.CONFIRMED)
_VERDICTS = {"merge": "are of one incident", "apart": "are not of one incident", "drop": "is of no incident"}
_CAUSES = {Cause.REREADING: "read again", Cause.RULING: "an analyst's ruling"}
_LONGEST_QUOTE = 90
_MOST_QUOTES = 3
_UNKNOWN = "unknown"

ValueT = TypeVar("ValueT")


def text_of(account: Account) -> str:
    """Return the account as text for a terminal."""
    return "\n".join(_lines(account))


def _lines(account: Account) -> Iterator[str]:
    for one, other in pairwise((account.asked, *account.path)):
        yield f"{one} is now part of {other}."
    if account.incident is None:
        why = "an analyst has dropped it" if _is_dropped(account) else "no current article reports it"
        yield f"{(account.asked, *account.path)[-1]} is no incident any more: {why}."
    else:
        yield from _headline(account.incident)
    yield from _reports(account.reports)
    yield from _groups(account.reports)
    yield from _rulings(account.rulings, account.reports)
    if account.incident is not None:
        yield from _conflicts(account.incident.conflicts, account.reports)
    yield from _revisions(account.revisions)


def _is_dropped(account: Account) -> bool:
    return bool(account.revisions) and account.revisions[-1].change is Change.DROPPED


def _headline(incident: Incident) -> Iterator[str]:
    yield f"{incident.incident_id}: {incident.event_type}, {_when(incident)}, {_where(incident)}"
    numbers = [
        f"{_range(getattr(incident, low), getattr(incident, high))} {label}"
        for label, low, high in _COUNTED
        if getattr(incident, low) is not None or getattr(incident, high) is not None
    ]
    sides = [
        f"{label} {', '.join(actor.name for actor in actors)}"
        for label, actors in (
            ("by", incident.perpetrators),
            ("against", incident.targets),
            ("claimed by", incident.claimed_by),
        )
        if actors
    ]
    if numbers or sides:
        yield "  " + "; ".join((*numbers, *sides))
    if incident.attributions:
        yield "  who says who did it: " + "; ".join(_unique(map(_attributed, incident.attributions)))
    yield (
        f"  {_counted(incident.mention_count, 'report')} in {_counted(incident.article_count, 'article')} of "
        f"{_counted(incident.source_count, 'publisher')}; confidence {incident.confidence:.2f}"
    )


def _attributed(said: Attribution) -> str:
    by = f" by {said.by.name}" if said.by is not None and said.kind in _BY_OTHERS else ""
    return f"{said.actor.name} {_SAID_OF[said.kind]}{by}"


def _reports(reports: Sequence[LinkedMention]) -> Iterator[str]:
    for number, report in enumerate(reports, 1):
        mention, link = report.mention, report.link
        yield ""
        yield f"report {number}, {_day(mention.published_at)}, {mention.source}: {report.title or mention.ref}"
        yield f"  {mention.mention_id} in {mention.ref}; linked with score {link.link_score:.2f}, because"
        yield from (f"    {reason}" for reason in link.link_reasons)
        yield "  it says"
        yield from _quotes(mention)


def _groups(reports: Sequence[LinkedMention]) -> Iterator[str]:
    """Tell of the groups that were united."""
    groups: dict[str, list[int]] = {}
    reasons: dict[str, tuple[str, ...]] = {}
    for number, report in enumerate(reports, 1):
        groups.setdefault(report.link.group_id, []).append(number)
        reasons[report.link.group_id] = report.link.group_reasons
    if any(reasons.values()):
        yield ""
        yield f"evidence put them into {_counted(len(groups), 'group')}, one report after the other"
    for name, numbers in groups.items() if any(reasons.values()) else ():
        yield f"  group {name}, report {_listed(numbers)}; it belongs here, because"
        yield from (f"    {reason}" for reason in reasons[name])


def _rulings(rulings: Sequence[Ruled], reports: Sequence[LinkedMention]) -> Iterator[str]:
    numbers = {report.mention.mention_id: f"report {number}" for number, report in enumerate(reports, 1)}
    if rulings:
        yield ""
        yield "an analyst has ruled"
    for _, same in groupby(rulings, key=lambda ruled: ruled.ruling):
        ruled = list(same)
        known = [numbers[each.mention_id] for each in ruled if each.mention_id in numbers]
        names = " and ".join([*known, *(each.mention_id for each in ruled if each.mention_id not in numbers)])
        yield f"  {_ruled(ruled[0], names)}{': ' + ruled[0].note if ruled[0].note else ''}"


def _ruled(ruling: Ruled, names: str) -> str:
    """Return what a ruling says, of an incident by its id and of reports by their numbers."""
    about = ruling.named if ruling.named is not None and ruling.named.startswith("i-") else names
    if ruling.verdict == "set":
        return f"of {about}, {ruling.field} is {ruling.value}"
    return f"{about if ruling.verdict == 'drop' else names} {_VERDICTS[ruling.verdict]}"


def _quotes(mention: Mention) -> Iterator[str]:
    for field, label in _SHOWN.items():
        quotes = _unique(item.quote for item in mention.evidence if item.field == field)
        if quotes:
            shown = ", ".join(f"“{_shortened(quote)}”" for quote in quotes[:_MOST_QUOTES])
            more = f" and {len(quotes) - _MOST_QUOTES} more" if len(quotes) > _MOST_QUOTES else ""
            yield f"    {label}: {shown}{more}{_reading(mention, field)}"


def _reading(mention: Mention, field: str) -> str:
    """Return what was made of the words, where it is not the words themselves."""
    if field == "date_earliest":
        return f" → {_when(mention)}"
    if field == "place_name":
        return f" → {_where(mention)}"
    return f" → {mention.event_type}" if field == "event_type" else ""


def _conflicts(conflicts: Sequence[Conflict], reports: Sequence[LinkedMention]) -> Iterator[str]:
    numbers = {report.mention.mention_id: number for number, report in enumerate(reports, 1)}
    if conflicts:
        yield ""
        yield "the reports disagree"
    for field in _unique(conflict.field for conflict in conflicts):
        values = (
            f"{conflict.value} (report {_listed(numbers[name] for name in conflict.mention_ids if name in numbers)})"
            for conflict in conflicts
            if conflict.field == field
        )
        yield f"  {field}: {' / '.join(values)}"


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))


def _revisions(revisions: Sequence[IncidentRevision]) -> Iterator[str]:
    yield ""
    yield "what was known, and when"
    before: IncidentRevision | None = None
    for revision in revisions:
        what = _changes(before, revision) if before else _counted(revision.mention_count, "report")
        if revision.change is Change.SUPERSEDED:
            what = f"its reports went to {revision.superseded_by}"
        if revision.split_from is not None:
            what += f", split from {revision.split_from}"
        if revision.cause not in (None, Cause.ARTICLES):
            what += f" ({_CAUSES[revision.cause]})"
        yield f"  {revision.recorded_at:%Y-%m-%d %H:%M} UTC, run {revision.run_id}: {revision.change}; {what}"
        before = revision


def _changes(before: IncidentRevision, after: IncidentRevision) -> str:
    changed = [
        f"{field} {_plain(getattr(before, field))} → {_plain(getattr(after, field))}"
        for field in _TRACKED
        if getattr(before, field) != getattr(after, field)
    ]
    return "; ".join(changed) or "details"


def _when(happening: Happening) -> str:
    first, last = happening.date_earliest, happening.date_latest
    if first is None or last is None:
        return f"day {_UNKNOWN}" if happening.date_text is None else f"“{happening.date_text}”, no day known"
    return str(first) if first == last else f"{first} to {last}"


def _where(happening: Happening) -> str:
    parts = _unique((happening.facility, happening.place_name, happening.admin1, happening.country))
    return ", ".join(part for part in parts if part) or f"place {_UNKNOWN}"


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "undated"


def _range(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return f"at least {low}" if high is None else f"up to {high}"
    return str(low) if low == high else f"{low}–{high}"


def _plain(value: object) -> str:
    return _UNKNOWN if value is None else str(value)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _shortened(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= _LONGEST_QUOTE else flat[: _LONGEST_QUOTE - 1] + "…"


def _unique(values: Iterable[ValueT]) -> list[ValueT]:
    return list(dict.fromkeys(values))
