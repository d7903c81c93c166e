"""Atom (RFC 4287): an entry for each revision of an incident, so that a feed reader tells what is new."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from pathlib import Path

from pipeline.export.rows import Row, Written, names, sources_of, title_of
from pipeline.export.xml_text import xml

_FEED_ID = "urn:incident-stream:incidents"
_NEVER = datetime(1970, 1, 1, tzinfo=timezone.utc)
"""When a feed without entries was last updated: the same database gives the same bytes."""


def write_atom(rows: Iterable[Row], path: Path) -> Written:
    """Write an entry a row; a row is a revision, which has `revision`, `change` and `recorded_at` besides.

    Rows come with the newest first.
    """
    written = Written()
    entries = []
    newest = _NEVER
    for row in rows:
        entries.append("".join(_entry(row)))
        newest = max(newest, row["recorded_at"])
        written.rows += 1
    path.write_text("\n".join([*_head(newest), *entries, "</feed>", ""]), encoding="utf-8")
    return written


def _head(updated: datetime) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom">'
    yield f"<id>{_FEED_ID}</id><title>Incidents</title><updated>{_moment(updated)}</updated>"
    yield "<author><name>incident-stream</name></author>"


def _entry(row: Row) -> Iterator[str]:
    yield f"<entry><id>urn:incident-stream:{xml(row['incident_id'])}:{row['revision']}</id>"
    yield f"<title>{xml(title_of(row))} ({xml(row['change'])})</title>"
    yield f"<updated>{_moment(row['recorded_at'])}</updated>"
    yield f'<category term="{xml(row["event_type"])}"/>'
    yield from (f'<link rel="related" href="{xml(url)}"/>' for url in _urls(row))
    yield f'<content type="text">{xml(" ".join(_told(row)))}</content></entry>'


def _urls(row: Row) -> list[str]:
    linked = (report["url"] for report in row["reports"])
    return list(dict.fromkeys(url for url in linked if url and url.startswith(("http://", "https://"))))


def _told(row: Row) -> Iterator[str]:
    for label, parties in (("By", "perpetrators"), ("Against", "targets"), ("Claimed by", "claimed_by")):
        if row[parties]:
            yield f"{label} {names(row[parties])}."
    for what in ("killed", "wounded"):
        low, high = row[f"{what}_low"], row[f"{what}_high"]
        if low is not None or high is not None:
            yield f"{what.capitalize()}: {low if low == high or high is None else f'{low} to {high}'}."
    if row["reports"]:
        yield f"Reported by {sources_of(row)}."


def _moment(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
