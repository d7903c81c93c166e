"""Putting records where the stages find them: Parquet files, as the pipeline stages and exports them."""

from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.linking.blocking_features import features_of
from pipeline.linking.clusters import Cluster, Linked
from pipeline.linking.fusion import incident_of
from pipeline.records.renewal import Retracted
from pipeline.records.report import Report
from pipeline.sources.copies import Copy
from pipeline.sources.revisions import Superseded
from pipeline.storage.load import RunFacts, load
from pipeline.storage.staged import COPIES, RETRACTED, SUPERSEDED
from schemas import Article, Feed, Mention, Reject, Tally
from schemas.base import Record
from schemas.incident import RunRecord
from schemas.tables import (
    ARTICLES,
    BLOCKING_FEATURES,
    FEEDS,
    INCIDENT_MENTIONS,
    INCIDENTS,
    MENTIONS,
    REJECTS,
    TALLIES,
    Fingerprint,
    Table,
    arrow_schema,
    to_row,
)

NOON = datetime(2023, 11, 10, 12, tzinfo=timezone.utc)
FACTS = RunFacts(NOON, NOON, version="0", extractor="test", extractor_version="1", inputs=("news",), articles_read=9)

_TABLE_OF: dict[type[Record], Table] = {
    Article: ARTICLES,
    Mention: MENTIONS,
    Tally: TALLIES,
    Reject: REJECTS,
    Feed: FEEDS,
    Copy: COPIES,
    Superseded: SUPERSEDED,
    Retracted: RETRACTED,
    Fingerprint: Table("fingerprints", Fingerprint, ("article_id",)),
}


def write_rows(path: Path, model: type[Record], records: Iterable[Record], per_group: int = 1_000) -> str:
    """Write records to a Parquet file, so many to a row group; return its path."""
    rows = pa.Table.from_pylist([to_row(record) for record in records], arrow_schema(model))
    pq.write_table(rows, path, row_group_size=per_group)
    return str(path)


def stage(folder: Path, *records: Record, clusters: Iterable[Cluster] = ()) -> Path:
    """Stage records, each in its table, and the incidents of clusters; return the folder."""
    folder.mkdir(exist_ok=True)
    fused = [incident_of(found) for found in clusters]
    staged = {table: [record for record in records if type(record) is model] for model, table in _TABLE_OF.items()}
    staged[INCIDENTS] = [incident for incident, _ in fused]
    staged[INCIDENT_MENTIONS] = [link for _, links in fused for link in links]
    staged[BLOCKING_FEATURES] = [features_of(each) for each in records if isinstance(each, Mention)]
    for table, rows in staged.items():
        if rows:
            write_rows(folder / f"{table.name}-00000-of-00001.parquet", table.model, rows)
    return folder


def run(database: Path, folder: Path, *records: Record, incidents: Iterable[Iterable[Report]] = ()) -> RunRecord:
    """Load what a run staged: records, and reports grouped into incidents."""
    clusters = [
        Cluster(members=tuple(Linked(report=reported, score=1.0, reasons=("told",)) for reported in group))
        for group in incidents
    ]
    return load(database, stage(folder, *records, clusters=clusters), FACTS)
