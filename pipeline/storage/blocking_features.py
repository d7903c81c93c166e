"""The SQL by which reports are blocked: their features, staged with them or kept beside them.

`linking.blocking_features` derives them. Those of mentions that another release has stored are derived anew, once.
"""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipeline.linking.blocking_features import VERSION, features_of
from pipeline.linking.blocking_keys import PERSON
from pipeline.records.report import UNREAD
from pipeline.storage.rows import table_of
from pipeline.storage.staged import DERIVED_FEATURES, listed, path_of, show_staged
from schemas import Mention
from schemas.tables import BLOCKING_FEATURES, MENTIONS, BlockingFeatures, arrow_schema, from_row

FEATURES = listed(BLOCKING_FEATURES.columns)
"""The columns of the blocking features."""

FOREMOST = "NOT dated, place_rank, CASE WHEN dated THEN last_day - first_day END, published_at NULLS LAST, mention_id"
"""The order of reports in a group (`clusters.order_of`)."""

IS_PERSON = f"starts_with(met, '{PERSON} ')"
"""Whether groups that meet under a key name the same person there (`blocking_keys.is_person`)."""

_READ = [name for name in MENTIONS.columns if name not in UNREAD]

REPORT = f"""struct_pack(
    mention := struct_pack({", ".join(f'"{name}" := m."{name}"' for name in _READ)}),
    original := coalesce(origins.original, m.article_id),
    publisher := coalesce(origins.publisher, m.source)
)"""
"""A mention `m` as a report, given the `origins` of the articles that are copies."""

_OLD = f"""
CREATE TEMP VIEW old_features AS
SELECT {FEATURES}
FROM (
    SELECT {FEATURES} FROM known_blocking_features WHERE version = {VERSION}
    UNION ALL
    SELECT {FEATURES} FROM staged_{DERIVED_FEATURES.name}
) ANTI JOIN renewed USING (mention_id);
"""

_UNDERIVED = f"""
SELECT {listed(tuple(_READ))}
FROM known_mentions ANTI JOIN (FROM known_blocking_features WHERE version = {VERSION}) USING (mention_id)
"""
_AT_A_TIME = 2_000


def show_features(connection: duckdb.DuckDBPyConnection, staged: Path) -> None:
    """Make readable as `old_features` what blocking needs of the known mentions.

    Left out are those that the table `renewed` names. What the release that stored them did not derive, or derived
    otherwise, is derived and staged.
    """
    rows = connection.execute(_UNDERIVED)
    names = [column[0] for column in rows.description or ()]
    writer: pq.ParquetWriter | None = None
    while found := rows.fetchmany(_AT_A_TIME):
        writer = writer or pq.ParquetWriter(path_of(DERIVED_FEATURES, staged), arrow_schema(BlockingFeatures))
        mentions = (from_row(Mention, dict(zip(names, row, strict=True))) for row in found)
        writer.write_table(table_of(BlockingFeatures, map(features_of, mentions)))
    if writer is not None:
        writer.close()
    show_staged(connection, DERIVED_FEATURES, staged)
    connection.execute(_OLD)


def features_of_ids(ids: str) -> str:
    """Return, as SQL, the features of the mentions in a table of ids."""
    return _features(f"SEMI JOIN {ids} USING (mention_id)")


def features_in(countries: str) -> str:
    """Return, as SQL, the features of the countries in a table of `link_key`s."""
    return _features(f"SEMI JOIN {countries} USING (link_key)")


def _features(condition: str) -> str:
    return f"(SELECT {FEATURES} FROM new_reports {condition} UNION ALL SELECT {FEATURES} FROM old_features {condition})"
