"""What a run needs to know of earlier runs, exported from DuckDB to Parquet before the pipeline starts."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.report import UNREAD
from pipeline.storage.database import connect, create_schema
from schemas.tables import MENTIONS

_ARTICLES = """
SELECT article_id, coalesce(source || chr(10) || name, article_id) AS document, published_at, fetched_at, superseded_by
FROM articles
ORDER BY article_id
"""

_ORIGINS = """
CREATE OR REPLACE TEMP TABLE origins AS
WITH RECURSIVE steps AS (
    SELECT article_id, duplicate_of AS original FROM articles WHERE duplicate_of IS NOT NULL
    UNION ALL
    SELECT steps.article_id, articles.duplicate_of
    FROM steps JOIN articles ON articles.article_id = steps.original
    WHERE articles.duplicate_of IS NOT NULL
)
SELECT steps.article_id, original, articles.source AS publisher
FROM steps JOIN articles ON articles.article_id = steps.original
WHERE articles.duplicate_of IS NULL
"""

_FINGERPRINTS = """
SELECT article_id, coalesce(a.source || chr(10) || a.name, article_id) AS document,
    coalesce(o.publisher, a.source) AS publisher, a.published_at, f.bands, f.signature,
    a.duplicate_of, original.published_at AS original_published_at
FROM fingerprints f
JOIN articles a USING (article_id)
LEFT JOIN origins o USING (article_id)
LEFT JOIN articles original ON original.article_id = a.duplicate_of
ORDER BY article_id
"""

_REPORTS = """
SELECT struct_pack({mention_columns}) AS mention, coalesce(o.original, m.article_id) AS original,
    coalesce(o.publisher, m.source) AS publisher,
    coalesce(m.country, '') AS link_key, m.article_id
FROM mentions m
JOIN articles a USING (article_id)
LEFT JOIN origins o USING (article_id)
WHERE a.superseded_by IS NULL
ORDER BY link_key, m.mention_id
"""


_MENTION_COLUMNS = ", ".join(f'"{name}" := m."{name}"' for name in MENTIONS.columns if name not in UNREAD)


@dataclass(frozen=True)
class History:
    """Where the exported tables are. Every file exists, and has no rows before the first run."""

    articles: str
    fingerprints: str
    reports: str


def export_history(database: Path, folder: Path) -> History:
    """Write what the database knows (nothing, if it does not exist yet) to Parquet files in `folder`."""
    history = History(*(str(folder / f"{name}.parquet") for name in ("articles", "fingerprints", "reports")))
    source = database if database.exists() else Path(":memory:")
    with connect(source) as connection:
        if source is not database:
            create_schema(connection)
        connection.execute(_ORIGINS)
        for query, path in (
            (_ARTICLES, history.articles),
            (_FINGERPRINTS, history.fingerprints),
            (_REPORTS.format(mention_columns=_MENTION_COLUMNS), history.reports),
        ):
            _copy(connection, query, path)
    return history


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: str) -> None:
    quoted = path.replace("'", "''")
    connection.execute(f"COPY ({query}) TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
