"""Incidents worth a look as a file of rulings to complete: TOML, with every ruling behind a #."""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from schemas import Conflict, Incident

_SET_BY_ASPECT = {
    "event_type": ("event_type",),
    "outcome": ("outcome",),
    "date": ("date_earliest", "date_latest"),
    "facility": ("facility",),
    "killed": ("killed_low", "killed_best", "killed_high"),
    "wounded": ("wounded_low", "wounded_best", "wounded_high"),
    "intercepted": ("intercepted_low", "intercepted_high"),
    "weapons.count": ("weapons",),
}
"""Which fields settle what reports disagree on."""


def as_rulings(incidents: Iterable[Incident]) -> str:
    """Return the text: for each incident what it is, a setting for what is in dispute, and a way to drop it."""
    return "\n".join(line for incident in incidents for line in _lines(incident)) or "# there is no incident to look at"


def _lines(incident: Incident) -> Iterator[str]:
    yield f"# {_headline(incident)}"
    yield f"# {incident.mention_count} reports, confidence {incident.confidence:.2f}: 'why {incident.incident_id}'"
    aspects = dict.fromkeys(conflict.field for conflict in incident.conflicts)
    for aspect in aspects:
        yield f"# {aspect}: {' or '.join(_said(incident.conflicts, aspect))}"
        for field in _SET_BY_ASPECT[aspect]:
            yield from _setting(incident, field)
    if not aspects:
        yield from _setting(incident, "event_type")
    yield from ("# [[drop]]", f'# id = "{incident.incident_id}"', '# note = ""', "")


def _setting(incident: Incident, field: str) -> Iterator[str]:
    yield from ("# [[set]]", f'# id = "{incident.incident_id}"', f'# field = "{field}"')
    yield from (f"# value = {_toml(getattr(incident, field))}", '# note = ""')


def _headline(incident: Incident) -> str:
    days = dict.fromkeys(str(day) for day in (incident.date_earliest, incident.date_latest) if day is not None)
    places = dict.fromkeys(filter(None, (incident.facility, incident.place_name, incident.country)))
    killed = "" if incident.killed_best is None else f", {incident.killed_best} killed"
    where = _printable(", ".join(places)) or "place unknown"
    return f"{incident.event_type}, {' to '.join(days) or 'day unknown'}, {where}{killed}"


def _said(conflicts: Iterable[Conflict], aspect: str) -> list[str]:
    return [
        f"{_printable(conflict.value)} ({len(conflict.mention_ids)} reports)"
        for conflict in conflicts
        if conflict.field == aspect
    ]


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def _toml(value: object) -> str:
    """Return a field's value as TOML; `unknown` for null."""
    if value is None:
        return '"unknown"'
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(_table(item.model_dump(mode='json', exclude_none=True)) for item in value)}]"
    return json.dumps(value, ensure_ascii=False)


def _table(fields: dict[str, object]) -> str:
    return "{" + ", ".join(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()) + "}"
