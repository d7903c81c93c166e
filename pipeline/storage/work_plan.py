"""Taking stock: what reading has staged, how it stands to what is known, and which reports are to be linked."""

from pathlib import Path

import duckdb

from pipeline.storage.blocking_features import CARD, REPORT
from pipeline.storage.duplicates import find_copies, find_superseded
from pipeline.storage.staged import INCIDENT_COLUMNS, LINK_COLUMNS, show_staged
from schemas.tables import ARTICLES, FINGERPRINTS, MENTIONS

_TAKE_NEW = """
CREATE TABLE new_articles AS
SELECT article_id, source, coalesce(source || chr(10) || name, article_id) AS document, published_at, fetched_at
FROM staged_articles ANTI JOIN known.articles USING (article_id)
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY ref) = 1;

CREATE TEMP VIEW new_fingerprints AS
SELECT DISTINCT article_id, bands, signature FROM staged_fingerprints SEMI JOIN new_articles USING (article_id);

CREATE TEMP VIEW all_articles AS
SELECT article_id, source, document, published_at, fetched_at, NULL AS duplicate_of, NULL AS superseded_by
FROM new_articles
UNION ALL
SELECT article_id, source, coalesce(source || chr(10) || name, article_id), published_at, fetched_at, duplicate_of,
    superseded_by
FROM known.articles;
"""

_TRACE = """
CREATE TABLE origins AS
WITH RECURSIVE duplicates AS (
    FROM copies
    UNION ALL
    SELECT article_id, duplicate_of
    FROM known.articles ANTI JOIN copies USING (article_id)
    WHERE duplicate_of IS NOT NULL
),
steps AS (
    FROM duplicates
    UNION ALL
    SELECT steps.article_id, d.original FROM steps JOIN duplicates d ON d.article_id = steps.original
)
SELECT steps.article_id, steps.original, a.source AS publisher
FROM steps JOIN all_articles a ON a.article_id = steps.original
ANTI JOIN duplicates d ON d.article_id = steps.original;

CREATE TABLE retraced AS
WITH RECURSIVE moved AS (
    SELECT article_id FROM copies SEMI JOIN known.articles USING (article_id)
    UNION
    SELECT a.article_id FROM known.articles a JOIN moved ON a.duplicate_of = moved.article_id
)
FROM moved;
"""
"""Where copies come from in the end, and which known articles come from elsewhere than was known."""

_TAKE_REPORTS = f"""
CREATE TEMP VIEW staged_twice AS SELECT mention_id FROM staged_mentions GROUP BY mention_id HAVING count(*) > 1;

CREATE TABLE new_reports AS
SELECT {CARD}, {REPORT} AS report
FROM (
    FROM staged_mentions ANTI JOIN staged_twice USING (mention_id)
    UNION ALL
    FROM staged_mentions SEMI JOIN staged_twice USING (mention_id)
    QUALIFY row_number() OVER (PARTITION BY mention_id ORDER BY ref) = 1
) AS m
ANTI JOIN known.mentions USING (mention_id) ANTI JOIN superseded USING (article_id)
LEFT JOIN origins USING (article_id)
WHERE m.unresolved_reason IS NULL
ORDER BY link_key, first_day, mention_id;

CREATE TEMP VIEW cards AS
SELECT * EXCLUDE (report) FROM new_reports
UNION ALL
SELECT {CARD} FROM known.mentions m;

CREATE TABLE work AS
WITH stirred AS (
    SELECT mention_id, 'open' AS filing, 1 AS turn FROM new_reports
    UNION ALL
    SELECT mention_id, 'gone', 0 FROM known.mentions SEMI JOIN superseded USING (article_id)
    UNION ALL
    SELECT mention_id, 'open', 0
    FROM known.mentions SEMI JOIN retraced USING (article_id) ANTI JOIN superseded USING (article_id)
)
SELECT mention_id, filing, turn, dated, link_key, first_day
FROM stirred JOIN cards USING (mention_id)
WHERE turn = 1 OR mention_id IN (SELECT mention_id FROM known_links);

CREATE TABLE entered AS SELECT {LINK_COLUMNS} FROM known_links LIMIT 0;
CREATE TABLE fused AS SELECT {INCIDENT_COLUMNS} FROM known.incidents LIMIT 0;

CREATE TEMP VIEW filed AS
SELECT group_id, mention_id, link_score, link_reasons FROM entered
UNION ALL
SELECT group_id, mention_id, link_score, link_reasons FROM known_links ANTI JOIN entered USING (mention_id)
ANTI JOIN (FROM work WHERE filing = 'gone') USING (mention_id);
"""
"""What there is to do, and the case before it: reports filed in the database, or by an earlier batch."""


def take_stock(connection: duckdb.DuckDBPyConnection, staged: Path) -> None:
    """Fill the ledger's tables and views, all but those of batches.

    `work` is what there is to link, `new_reports` those of it that the database does not have, `cards` what linking
    files reports by, and `filed` where they are filed: by the database, or by an earlier batch.
    """
    for table in (ARTICLES, FINGERPRINTS, MENTIONS):
        show_staged(connection, table, staged)
    connection.execute(_TAKE_NEW)
    find_superseded(connection)
    find_copies(connection)
    connection.execute(_TRACE)
    connection.execute(_TAKE_REPORTS)
