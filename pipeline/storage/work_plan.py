"""The work plan: what reading has staged, how it stands to what is known, and which reports are to be linked.

A document that is read anew, because its text has changed or because the rules have, says what it said, or something
else, or no longer something (`records.identity`). What it says as before stays in its group, and is shown with its new
article; what it no longer says is retracted; and what it says now is new.
"""

from pathlib import Path

import duckdb

from pipeline.storage.blocking_features import FEATURES, REPORT, show_features
from pipeline.storage.duplicates import DOCUMENT, find_copies, find_superseded
from pipeline.storage.staged import INCIDENT_COLUMNS, LINK_COLUMNS, REREAD, differing, show_staged
from schemas.tables import ARTICLES, BLOCKING_FEATURES, FINGERPRINTS, MENTIONS

_TAKE_NEW = f"""
CREATE TABLE new_articles AS
SELECT article_id, ref, source, {DOCUMENT} AS document, published_at, fetched_at
FROM staged_articles ANTI JOIN known_articles USING (article_id)
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY ref, source) = 1;

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

_TAKE_READ = """
CREATE TABLE read_now AS
SELECT article_id, ref FROM new_articles ANTI JOIN superseded USING (article_id)
UNION ALL
SELECT article_id, ref FROM known_articles SEMI JOIN staged_reread USING (article_id);

CREATE TEMP VIEW now_staged AS FROM staged_mentions SEMI JOIN read_now USING (article_id, ref);
CREATE TEMP VIEW staged_twice AS SELECT mention_id FROM now_staged GROUP BY mention_id HAVING count(*) > 1;

CREATE TEMP VIEW now_said AS
FROM now_staged ANTI JOIN staged_twice USING (mention_id)
UNION ALL
FROM now_staged SEMI JOIN staged_twice USING (mention_id)
QUALIFY row_number() OVER (PARTITION BY mention_id ORDER BY ref) = 1;

CREATE TABLE said_before AS
SELECT mention_id, k.published_at, mention_id IN (SELECT mention_id FROM known_incident_mentions) AS is_linked
FROM known_mentions k JOIN now_said USING (mention_id);

CREATE TABLE renewed AS
SELECT mention_id, is_linked, s.article_id <> k.article_id AS has_moved
FROM said_before JOIN now_said s USING (mention_id) JOIN known_mentions k USING (mention_id)
WHERE NOT is_linked OR {changed};

CREATE TABLE first_said AS
SELECT mention_id, min(published_at) AS published_at
FROM (
    SELECT mention_id, published_at FROM staged_mentions
    WHERE mention_id IN (SELECT mention_id FROM staged_mentions GROUP BY mention_id HAVING count(*) > 1)
    UNION ALL
    SELECT mention_id, published_at FROM staged_mentions SEMI JOIN said_before USING (mention_id)
    UNION ALL
    SELECT mention_id, published_at FROM said_before
)
GROUP BY mention_id
HAVING count(DISTINCT published_at) > 1;

CREATE TABLE retracted AS
SELECT mention_id
FROM known_mentions
WHERE (article_id IN (SELECT article_id FROM superseded) OR article_id IN (SELECT article_id FROM staged_reread))
    AND mention_id NOT IN (SELECT mention_id FROM said_before)
    AND mention_id IN (SELECT mention_id FROM known_incident_mentions);

CREATE TEMP VIEW held_mentions AS FROM known_mentions ANTI JOIN renewed USING (mention_id);
"""
"""What is said now by what was read, and what of it was said before. When it was first said is when it was reported."""

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
CREATE TEMP VIEW new_features AS
FROM staged_blocking_features QUALIFY row_number() OVER (PARTITION BY mention_id) = 1;

CREATE TABLE new_reports AS
SELECT f.* REPLACE (m.published_at AS published_at), {REPORT} AS report
FROM (
    SELECT said.* REPLACE (coalesce(first_said.published_at, said.published_at) AS published_at)
    FROM (
        FROM now_said ANTI JOIN said_before USING (mention_id)
        UNION ALL
        FROM now_said SEMI JOIN renewed USING (mention_id)
    ) AS said
    LEFT JOIN first_said USING (mention_id)
) AS m
JOIN new_features f ON f.mention_id = m.mention_id
LEFT JOIN origins USING (article_id)
WHERE m.unresolved_reason IS NULL
ORDER BY f.link_key, f.first_day, f.mention_id;

CREATE TEMP VIEW blocking_features AS SELECT {FEATURES} FROM new_reports UNION ALL FROM old_features;

CREATE TABLE work AS
WITH asked AS (
    SELECT mention_id, 'pending' AS state, 1 AS turn
    FROM new_reports ANTI JOIN (FROM renewed WHERE is_linked AND has_moved) USING (mention_id)
    UNION ALL
    SELECT mention_id, 'pending', 0 FROM renewed WHERE is_linked AND has_moved
    UNION ALL
    SELECT mention_id, 'retracted', 0 FROM retracted
    UNION ALL
    SELECT mention_id, 'pending', 0
    FROM held_mentions SEMI JOIN retraced USING (article_id) ANTI JOIN retracted USING (mention_id)
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


UNCOMPARED = ("published_at", "ref", "url", "evidence", "confidence_parts", "extractor", "extractor_version")
"""What may change in a mention without a change in its incident."""


def plan_work(connection: duckdb.DuckDBPyConnection, staged: Path) -> None:
    """Fill the workspace's tables and views, all but those of batches.

    `work` is what there is to link, `new_reports` those of it that the database does not have, `blocking_features` what
    linking blocks reports by, and `assigned` which group they are in: by the database, or by an earlier batch.
    """
    for table in (ARTICLES, FINGERPRINTS, MENTIONS, BLOCKING_FEATURES, REREAD):
        show_staged(connection, table, staged)
    connection.execute(_TAKE_NEW)
    find_superseded(connection)
    find_copies(connection)
    connection.execute(_TRACE)
    connection.execute(_TAKE_READ.format(changed=differing(MENTIONS, UNCOMPARED, "s", "k")))
    show_features(connection, staged)
    connection.execute(_TAKE_REPORTS)
