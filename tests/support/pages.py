"""Databases made of records, pages made of databases, and what a page holds."""

import gzip
import json
import re
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.page.report import Written, write_report
from pipeline.page.selection import PageSelection, Words
from pipeline.storage.database import connect, create_schema
from schemas import Article, Change, Evidence, Incident, IncidentMention, IncidentRevision, Mention, Tally
from schemas.base import Record
from schemas.incident import RunRecord
from schemas.tables import (
    ARTICLES,
    INCIDENT_MENTIONS,
    INCIDENT_REVISIONS,
    INCIDENTS,
    MENTIONS,
    RUNS,
    TALLIES,
    Table,
    arrow_schema,
    to_row,
)

RUN_AT = datetime(2023, 11, 12, 9, 30, tzinfo=timezone.utc)

_TABLES: dict[type[Record], Table] = {
    Article: ARTICLES,
    Mention: MENTIONS,
    Tally: TALLIES,
    Incident: INCIDENTS,
    IncidentMention: INCIDENT_MENTIONS,
    IncidentRevision: INCIDENT_REVISIONS,
    RunRecord: RUNS,
}


def database_of(path: Path, *records: Record) -> Path:
    """Write a database that holds these records, and no others."""
    by_table: dict[Table, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        by_table[_TABLES[type(record)]].append(to_row(record))
    path.unlink(missing_ok=True)
    with connect(path) as connection:
        create_schema(connection)
        for table, rows in by_table.items():
            connection.register("added", pa.Table.from_pylist(rows, arrow_schema(table.model)))
            connection.execute(f"INSERT INTO {table.name} BY NAME FROM added")
            connection.unregister("added")
    return path


def run_record(number: int = 1, at: datetime = RUN_AT) -> RunRecord:
    kinds = ("articles", "mentions", "tallies", "rejects", "incidents")
    return RunRecord.model_validate(
        dict.fromkeys((name for name in RunRecord.model_fields if name.startswith(kinds)), 0)
        | {"run_id": number, "started_at": at, "finished_at": at, "version": "0", "inputs": ()}
        | {"extractor": "test", "extractor_version": "1"}
    )


def revision(incident: Incident, number: int = 1, at: datetime = RUN_AT, **fields: Any) -> IncidentRevision:
    values: dict[str, Any] = {"revision": number, "run_id": number, "recorded_at": at, "change": Change.CREATED}
    told = {name: getattr(incident, name) for name in Incident.model_fields}
    return IncidentRevision(**told | values | fields)


def link(incident: Incident, mention: Mention, **fields: Any) -> IncidentMention:
    values: dict[str, Any] = {
        "incident_id": incident.incident_id,
        "mention_id": mention.mention_id,
        "link_score": 1.0,
        "link_reasons": ("first report",),
        "group_id": incident.incident_id,
    }
    return IncidentMention(**values | fields)


def quoted(text: str, field: str, words: str) -> Evidence:
    """Evidence for a field: the first place of these words in a text."""
    start = text.index(words)
    return Evidence(field=field, start=start, end=start + len(words), quote=words)


def written(
    database: Path, page: Path, selection: PageSelection | None = None, words: Words = Words.FULL, max_mb: float = 100
) -> Written:
    return write_report(database, page, selection or PageSelection(), words, max_mb)


def data_of(page: Path) -> dict[str, Any]:
    """What a page holds, unpacked, by the names of its elements."""
    found = re.findall(r'<script type="text/plain" id="([\w-]+)">([^<]*)</script>', page.read_text(encoding="utf-8"))
    return {name: json.loads(gzip.decompress(b64decode(packed))) for name, packed in found}


def details_of(page: Path) -> list[dict[str, Any]]:
    """The details of all incidents of a page, in their order."""
    data = data_of(page)
    names = sorted((name for name in data if name.startswith("detail-")), key=lambda name: int(name[7:]))
    return [detail for name in names for detail in data[name]]


def in_utf16(text: str, start: int, end: int) -> str:
    """The part of a text between two UTF-16 offsets, as a browser counts."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def marked(passages: Iterable[tuple[str, list[tuple[int, int, str]]]]) -> list[tuple[str, str]]:
    """What is marked in passages: what was read, and the words."""
    return [(read, in_utf16(text, start, end)) for text, marks in passages for start, end, read in marks]
