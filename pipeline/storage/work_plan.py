"""The work plan: what reading has staged, how it stands to what is known, and which reports are to be linked."""

from pathlib import Path

import duckdb

from pipeline.storage.blocking_features import FEATURES, REPORT, show_features
from pipeline.storage.duplicates import DOCUMENT, find_copies, find_superseded
from pipeline.storage.staged import INCIDENT_COLUMNS, LINK_COLUMNS, listed, show_staged
from schemas.tables import ARTICLES, BLOCKING_FEATURES, FINGERPRINTS, MENTIONS

_TAKE_NEW = f"""
CREATE TABLE new_articles AS
SELECT article_id, source, {DOCUMENT} AS document, published_at, fetched_at
FROM staged_articles ANTI JOIN known_articles USING (article_id)
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY ref) = 1;

CREATE TEMP VIEW new_fingerprints AS
SELECT DISTINCT article_id, bands, signature FROM staged_fingerprints SEMI JOIN new_articles USING (article_id);

CREATE TEMP VIEW all_articles AS
SELECT article_id, source, document, published_at, fetched_at, NULL AS duplicate_of, NULL AS superseded_by
FROM new_articles
UNION ALL
SELECT article_id, source, {DOCUMENT}, published_at, fetched_at, duplicate_of,
    superseded_by
FROM known_articles;
"""

_TRACE = """
CREATE TABLE origins AS
WITH RECURSIVE duplicates AS (
    FROM copies
    UNION ALL
    SELECT article_id, duplicate_of
    FROM known_articles ANTI JOIN copies USING (article_id)
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
    SELECT article_id FROM copies SEMI JOIN known_articles USING (article_id)
    UNION
    SELECT a.article_id FROM known_articles a JOIN moved ON a.duplicate_of = moved.article_id
)
FROM moved;
"""
"""Where copies come from in the end, and which known articles come from elsewhere than was known."""

_TAKE_REPORTS = f"""
CREATE TEMP VIEW staged_twice AS SELECT mention_id FROM staged_mentions GROUP BY mention_id HAVING count(*) > 1;

CREATE TEMP VIEW new_features AS
FROM staged_blocking_features ANTI JOIN staged_twice USING (mention_id)
UNION ALL
SELECT DISTINCT * FROM staged_blocking_features SEMI JOIN staged_twice USING (mention_id);

CREATE TABLE new_reports AS
SELECT {listed(BLOCKING_FEATURES.columns, "f.")}, {REPORT} AS report
FROM (
    FROM staged_mentions ANTI JOIN staged_twice USING (mention_id)
    UNION ALL
    FROM staged_mentions SEMI JOIN staged_twice USING (mention_id)
    QUALIFY row_number() OVER (PARTITION BY mention_id ORDER BY ref) = 1
) AS m
JOIN new_features f ON f.mention_id = m.mention_id
ANTI JOIN known_mentions k ON k.mention_id = m.mention_id
ANTI JOIN superseded USING (article_id)
LEFT JOIN origins USING (article_id)
ORDER BY f.link_key, f.first_day, f.mention_id;

CREATE TEMP VIEW blocking_features AS SELECT {FEATURES} FROM new_reports UNION ALL FROM old_features;

CREATE TABLE work AS
WITH asked AS (
    SELECT mention_id, 'pending' AS state, 1 AS turn FROM new_reports
    UNION ALL
    SELECT mention_id, 'retracted', 0 FROM known_mentions SEMI JOIN superseded USING (article_id)
    UNION ALL
    SELECT mention_id, 'pending', 0
    FROM known_mentions SEMI JOIN retraced USING (article_id) ANTI JOIN superseded USING (article_id)
)
SELECT mention_id, state, turn, dated, link_key, first_day
FROM asked JOIN blocking_features USING (mention_id)
WHERE turn = 1 OR mention_id IN (SELECT mention_id FROM known_incident_mentions);

CREATE TABLE entered AS SELECT {LINK_COLUMNS} FROM known_incident_mentions LIMIT 0;
CREATE TABLE fused AS SELECT {INCIDENT_COLUMNS} FROM known_incidents LIMIT 0;

CREATE TEMP VIEW assigned AS
SELECT group_id, mention_id, link_score, link_reasons FROM entered
UNION ALL
SELECT group_id, mention_id, link_score, link_reasons FROM known_incident_mentions ANTI JOIN entered USING (mention_id)
ANTI JOIN (FROM work WHERE state = 'retracted') USING (mention_id);
"""
"""What there is to do, and the case before it: reports assigned in the database, or by an earlier batch."""


def plan_work(connection: duckdb.DuckDBPyConnection, staged: Path) -> None:
    """Fill the workspace's tables and views, all but those of batches.

    `work` is what there is to link, `new_reports` those of it that the database does not have, `blocking_features` what
    linking blocks reports by, and `assigned` which group they are in: by the database, or by an earlier batch.
    """
    for table in (ARTICLES, FINGERPRINTS, MENTIONS, BLOCKING_FEATURES):
        show_staged(connection, table, staged)
    connection.execute(_TAKE_NEW)
    find_superseded(connection)
    find_copies(connection)
    connection.execute(_TRACE)
    show_features(connection, staged)
    connection.execute(_TAKE_REPORTS)
