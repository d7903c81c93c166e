"""What a page is filled with: the incidents' columns, the towns, the tallies, and what the page says of itself."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from pipeline.page.columns import columns_of, day_number
from pipeline.page.database import Shown
from pipeline.page.details import detail_of
from pipeline.page.document import CHUNK, LIVE_CHUNK, pack, world
from pipeline.page.selection import PageSelection, Words
from pipeline.page.towns import towns

_LONGEST_QUOTES = 4
"""Quotes told of a tally, at most."""


def content_of(shown: Shown, selection: PageSelection, words: Words, snapshot: str | None = None) -> dict[str, bytes]:
    """Return the packed data of a page by the names of their elements.

    `snapshot` names, for a served page, the state of the database that its server is asked for.
    """
    columns = columns_of(shown.incidents())
    places = zip(columns["columns"]["latitude"], columns["columns"]["longitude"], strict=True)
    points = ((latitude, longitude) for latitude, longitude in places if latitude is not None)
    return {
        "about": pack(_about(shown, selection, words, snapshot)),
        "world": world(),
        "incidents": pack(columns),
        "towns": pack(towns(points)),
        "tallies": pack([_tally(row) for row in shown.tallies()] if words is not Words.NONE or snapshot else []),
    }


def details_of(shown: Shown, words: Words) -> Iterator[bytes]:
    """Yield the packed details of the incidents, `CHUNK` at a time; nothing where no words are wanted."""
    if words is Words.NONE:
        return
    behind = shown.behind(words)
    while chunk := [detail_of(one, words) for one in islice(behind, CHUNK)]:
        yield pack(chunk)


def chunk_of(shown: Shown, number: int) -> bytes:
    """Return one pack of details for a served page, with all words, by its number."""
    first = number * LIVE_CHUNK
    behind = shown.batch(Words.FULL, first, min(shown.count, first + LIVE_CHUNK))
    return pack([detail_of(one, Words.FULL) for one in behind])


def _about(shown: Shown, selection: PageSelection, words: Words, snapshot: str | None) -> dict[str, Any]:
    facts = shown.facts
    return {
        "run": facts.run_id,
        "written": facts.finished_at.isoformat(timespec="minutes") if facts.finished_at else None,
        "held": facts.held,
        "undated": facts.undated,
        "where": selection.where,
        "since": _iso(selection.since),
        "until": _iso(selection.until),
        "known_on": _iso(selection.known_on),
        "words": words.value,
        "chunk": CHUNK if snapshot is None else LIVE_CHUNK,
        "live": snapshot is not None,
        "snapshot": snapshot,
    }


def _tally(row: dict[str, Any]) -> dict[str, Any]:
    quotes = sorted(set(row["quotes"] or ()), key=lambda quote: (-len(quote), quote))[:_LONGEST_QUOTES]
    told = {name: value for name, value in row.items() if name not in ("quotes", "published_at", "since", "until")}
    return told | {
        "since": day_number(row["since"]),
        "until": day_number(row["until"]),
        "day": _iso(row["published_at"].date()) if row["published_at"] else None,
        "quotes": quotes,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
