"""Writing made-up reports as a run would stage them, and their truth beside them, with little memory."""

import sys
from pathlib import Path

import pyarrow as pa

from benchmarks.linking_scale import TRUTH
from benchmarks.made_up_reports import articles
from benchmarks.row_writer import RowWriter
from pipeline.linking.blocking_features import features_of
from pipeline.sources.copies import fingerprint_of
from schemas.base import Record
from schemas.tables import ARTICLES, BLOCKING_FEATURES, FINGERPRINTS, MENTIONS, Table, arrow_schema, to_row

_TRUTH_SCHEMA = pa.schema([("mention_id", pa.string()), ("event", pa.int64())])
_ROW_GROUP = 10_000


def stage(folder: Path, reports: int, seed: int = 0) -> None:
    """Write the articles, fingerprints, mentions and blocking features of `reports` reports, and the truth."""
    staged = (ARTICLES, FINGERPRINTS, MENTIONS, BLOCKING_FEATURES)
    tables = {table.name: _table_writer(folder, table) for table in staged}
    truth = RowWriter(folder / TRUTH, _TRUTH_SCHEMA, _ROW_GROUP)
    for reported in articles(reports, seed):
        _add(tables, ARTICLES, reported.article)
        _add(tables, FINGERPRINTS, fingerprint_of(reported.article))
        for mention, event in zip(reported.mentions, reported.events, strict=True):
            _add(tables, MENTIONS, mention)
            _add(tables, BLOCKING_FEATURES, features_of(mention))
            truth.add({"mention_id": mention.mention_id, "event": event})
    for writer in (*tables.values(), truth):
        writer.close()


def _table_writer(folder: Path, table: Table) -> RowWriter:
    return RowWriter(folder / f"{table.name}-00000-of-00001.parquet", arrow_schema(table.model), _ROW_GROUP)


def _add(tables: dict[str, RowWriter], table: Table, record: Record) -> None:
    tables[table.name].add(to_row(record))


if __name__ == "__main__":
    stage(Path(sys.argv[1]), int(sys.argv[2]))
