"""What a run changes of incidents: which differ, which are gone and to whom, why, and the revisions that tell of it."""

from datetime import datetime

import duckdb

from pipeline.storage.staged import listed
from schemas.tables import INCIDENT_MENTIONS, INCIDENTS

_CHANGES = """
CREATE TEMP TABLE relinked AS
    SELECT mention_id FROM staged_incident_mentions UNION SELECT mention_id FROM staged_retracted;

CREATE TEMP TABLE gone AS
    SELECT DISTINCT incident_id
    FROM incident_mentions SEMI JOIN relinked USING (mention_id) ANTI JOIN staged_incidents USING (incident_id);

CREATE TEMP TABLE successors AS
    SELECT was.incident_id, now.incident_id AS superseded_by
    FROM incident_mentions was
    SEMI JOIN gone ON gone.incident_id = was.incident_id
    JOIN staged_incident_mentions now USING (mention_id)
    WHERE was.incident_id <> now.incident_id
    GROUP BY was.incident_id, now.incident_id
    QUALIFY row_number() OVER (PARTITION BY was.incident_id ORDER BY count(*) DESC, now.incident_id) = 1;

CREATE TEMP TABLE dropped AS
    SELECT DISTINCT incident_id FROM gone SEMI JOIN staged_incident_mentions USING (incident_id);

CREATE TEMP TABLE origins AS
    SELECT now.incident_id, was.incident_id AS split_from
    FROM staged_incident_mentions now
    JOIN incident_mentions was USING (mention_id)
    ANTI JOIN gone ON gone.incident_id = was.incident_id
    ANTI JOIN incidents ON incidents.incident_id = now.incident_id
    GROUP BY now.incident_id, was.incident_id
    QUALIFY row_number() OVER (PARTITION BY now.incident_id ORDER BY count(*) DESC, was.incident_id) = 1;

CREATE TEMP TABLE changed AS
    SELECT staged.incident_id, stored.incident_id IS NULL AS is_new
    FROM (SELECT {columns} FROM staged_incidents) AS staged
    LEFT JOIN (SELECT {columns} FROM incidents SEMI JOIN staged_incidents USING (incident_id)) AS stored
        ON stored.incident_id = staged.incident_id
    WHERE staged IS DISTINCT FROM stored;
"""

_REVISIONS = """
INSERT INTO incident_revisions BY NAME
SELECT i.*, coalesce(last.revision, 0) + 1 AS revision, $run_id AS run_id, $now AS recorded_at
FROM (
    SELECT {columns}, CASE WHEN is_new THEN 'created' ELSE 'updated' END AS change,
        NULL AS superseded_by, split_from, {cause} AS cause
    FROM staged_incidents JOIN changed USING (incident_id) LEFT JOIN origins USING (incident_id)
        LEFT JOIN causes USING (incident_id)
    UNION ALL
    SELECT {columns},
        CASE WHEN dropped.incident_id IS NOT NULL THEN 'dropped'
            WHEN superseded_by IS NULL THEN 'withdrawn' ELSE 'superseded' END,
        CASE WHEN dropped.incident_id IS NULL THEN superseded_by END, NULL, {cause}
    FROM incidents JOIN gone USING (incident_id) LEFT JOIN successors USING (incident_id)
        LEFT JOIN dropped USING (incident_id) LEFT JOIN causes USING (incident_id)
) AS i
LEFT JOIN (
    SELECT incident_id, max(revision) AS revision
    FROM incident_revisions SEMI JOIN (SELECT incident_id FROM changed UNION ALL SELECT incident_id FROM gone)
        USING (incident_id)
    GROUP BY incident_id
) AS last USING (incident_id)
"""

_CAUSES = """
CREATE TEMP TABLE causes AS
WITH concerned AS (
    SELECT incident_id, mention_id FROM staged_incident_mentions
    UNION
    SELECT incident_id, mention_id FROM incident_mentions SEMI JOIN relinked USING (mention_id)
),
known AS (
    SELECT concerned.*, m.article_id, a.superseded_by
    FROM concerned LEFT JOIN mentions m USING (mention_id) LEFT JOIN articles a USING (article_id)
)
SELECT incident_id, CASE
    WHEN bool_or(article_id IN (SELECT article_id FROM staged_articles))
        OR bool_or(superseded_by IN (SELECT article_id FROM staged_articles)) THEN 'articles'
    WHEN bool_or(article_id IS NULL OR article_id IN (SELECT article_id FROM staged_reread)) THEN 'reread'
    WHEN bool_or(mention_id IN (SELECT mention_id FROM rulings UNION ALL SELECT mention_id FROM staged_rulings))
        THEN 'ruling'
END AS cause
FROM known GROUP BY incident_id
"""
_CAUSE = """coalesce(cause, CASE
    WHEN EXISTS (FROM staged_reread) AND NOT EXISTS (FROM staged_articles) THEN 'reread' ELSE 'articles'
END)"""
"""What changed an incident: a text that is new in it; what was read again (its mention may be gone); or a ruling."""

_INCIDENTS = """
DELETE FROM incidents WHERE incident_id IN (SELECT incident_id FROM changed UNION SELECT incident_id FROM gone);
INSERT INTO incidents BY NAME
    SELECT {columns} FROM staged_incidents SEMI JOIN changed USING (incident_id);
"""

_LINKS = """
CREATE TEMP TABLE moved AS
    SELECT staged.mention_id
    FROM (SELECT {columns} FROM staged_incident_mentions) AS staged
    LEFT JOIN (SELECT {columns} FROM incident_mentions SEMI JOIN staged_incident_mentions USING (mention_id)) AS stored
        ON stored.mention_id = staged.mention_id
    WHERE staged IS DISTINCT FROM stored
    UNION
    SELECT mention_id
    FROM incident_mentions SEMI JOIN relinked USING (mention_id) ANTI JOIN staged_incident_mentions USING (mention_id);
DELETE FROM incident_mentions WHERE mention_id IN (FROM moved);
INSERT INTO incident_mentions BY NAME
    SELECT {columns} FROM staged_incident_mentions SEMI JOIN moved USING (mention_id);
"""


def update_incidents(connection: duckdb.DuckDBPyConnection, run_id: int, now: datetime) -> None:
    """Let what is staged of incidents replace what is stored, with a revision for each that differs.

    Leaves the tables `changed` and `gone` behind, for whoever counts them.
    """
    columns = listed(INCIDENTS.columns)
    connection.execute(_CHANGES.format(columns=columns))
    connection.execute(_CAUSES)
    connection.execute(_REVISIONS.format(columns=columns, cause=_CAUSE), {"run_id": run_id, "now": now})
    connection.execute(_INCIDENTS.format(columns=columns))
    connection.execute(_LINKS.format(columns=listed(INCIDENT_MENTIONS.columns)))
