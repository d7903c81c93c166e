"""Batches of reports without a date, and the dated ones in their blocks."""

import duckdb

from pipeline.linking.clustering import MAX_IN_BLOCK
from pipeline.storage.blocking_features import features_in, features_of_ids

_FIND = f"""
CREATE OR REPLACE TEMP TABLE moved AS SELECT mention_id FROM entered UNION SELECT mention_id FROM work WHERE dated;

CREATE OR REPLACE TEMP TABLE touched AS
SELECT link_key, timeless_key, count(*) AS times
FROM (SELECT link_key, unnest(timeless_keys) AS timeless_key FROM {features_of_ids("moved")})
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE held AS
SELECT link_key, timeless_key, count(*) AS reports
FROM (
    FROM (SELECT mention_id, link_key, unnest(timeless_keys) AS timeless_key FROM {features_in("touched")} WHERE dated)
    SEMI JOIN touched USING (link_key, timeless_key)
) SEMI JOIN assigned USING (mention_id)
GROUP BY ALL;

CREATE OR REPLACE TABLE undated AS
WITH changed AS (
    SELECT link_key, timeless_key
    FROM touched LEFT JOIN held USING (link_key, timeless_key)
    WHERE coalesce(reports, 0) - times <= {{most}}
),
without_date AS MATERIALIZED (
    SELECT f.mention_id, f.link_key, f.timeless_keys[1] AS timeless_key, f.timeless_keys, work.state
    FROM blocking_features f LEFT JOIN (SELECT mention_id, state FROM work) AS work USING (mention_id)
    WHERE NOT f.dated AND (f.mention_id IN (SELECT mention_id FROM assigned) OR work.state IS NOT NULL)
),
searching AS (
    SELECT mention_id FROM (SELECT mention_id, link_key, unnest(timeless_keys) AS timeless_key FROM without_date) SEMI
    JOIN changed USING (link_key, timeless_key)
),
changed_groups AS (SELECT group_id FROM known_incident_mentions SEMI JOIN moved USING (mention_id)),
keys_of_changed_groups AS (
    SELECT link_key, timeless_key
    FROM without_date
    SEMI JOIN (FROM known_incident_mentions SEMI JOIN changed_groups USING (group_id)) USING (mention_id)
),
decided AS (
    SELECT mention_id, link_key, timeless_key, timeless_keys, CASE
        WHEN state IS NOT NULL THEN state
        WHEN mention_id IN (FROM searching) THEN 'pending'
        WHEN (link_key, timeless_key) IN (SELECT (link_key, timeless_key) FROM keys_of_changed_groups) THEN 'pending'
        ELSE 'assigned'
    END AS state
    FROM without_date
)
FROM decided SEMI JOIN (FROM decided WHERE state <> 'assigned') USING (link_key, timeless_key);

CREATE OR REPLACE TABLE blocked AS
WITH places AS (SELECT DISTINCT link_key, unnest(timeless_keys) AS timeless_key FROM undated),
there AS (
    FROM (SELECT mention_id, link_key, unnest(timeless_keys) AS timeless_key FROM blocking_features WHERE dated)
    SEMI JOIN places USING (link_key, timeless_key)
)
SELECT link_key, timeless_key, mention_id, count(*) OVER (PARTITION BY link_key, timeless_key) > {{most}} AS oversized
FROM there SEMI JOIN assigned USING (mention_id)
QUALIFY NOT oversized OR row_number() OVER (PARTITION BY link_key, timeless_key ORDER BY mention_id) = 1
ORDER BY link_key, timeless_key;
"""
"""The reports without a date that are to be asked, all that search where they do, and the dated ones in their blocks.

Asked are those that are new or retracted; those that search under what dated reports have come to, gone from or moved
at; and all that search where one does whose group had dated reports that moved. Where there have long been too many
dated reports to choose from, a further one changes nothing for others. Of those, one is kept, to show that the block is
oversized.
"""

_CUT = """
CREATE OR REPLACE TABLE undated_batches AS
WITH places AS (
    SELECT link_key, timeless_key, any_value(asking) AS asking, count(blocked.mention_id) AS found FROM (SELECT
    link_key, timeless_key, count(*) AS asking FROM undated GROUP BY ALL) LEFT JOIN blocked USING (link_key,
    timeless_key) GROUP BY link_key, timeless_key
),
cut AS (
    SELECT link_key, timeless_key, (sum(asking + found) OVER (ORDER BY link_key, timeless_key)) // {size} AS batch FROM
    places
)
SELECT undated.*, cut.batch FROM undated JOIN cut USING (link_key, timeless_key)
"""
"""All reports of a place go together; a batch is as large as what is asked and what is there to answer it."""

_CHOOSE = """
CREATE OR REPLACE TEMP TABLE chosen AS
WITH asked AS (FROM undated_batches WHERE batch = {batch}),
places AS (SELECT DISTINCT link_key, unnest(timeless_keys) AS timeless_key FROM asked),
affected AS (
    SELECT DISTINCT group_id
    FROM assigned
    WHERE mention_id IN (
        SELECT mention_id FROM blocked SEMI JOIN places USING (link_key, timeless_key) WHERE NOT oversized
        UNION
        SELECT mention_id FROM asked
    )
    UNION
    SELECT group_id FROM known_incident_mentions SEMI JOIN (FROM asked WHERE state = 'retracted') USING (mention_id)
),
oversized_keys AS (
    SELECT mention_id, list(timeless_key ORDER BY timeless_key) AS oversized
    FROM (SELECT mention_id, link_key, unnest(timeless_keys) AS timeless_key FROM asked)
        SEMI JOIN (FROM blocked WHERE oversized) USING (link_key, timeless_key)
    GROUP BY mention_id
)
SELECT mention_id, state, coalesce(oversized, []) AS oversized, false AS complete
FROM asked LEFT JOIN oversized_keys USING (mention_id)
UNION ALL
SELECT mention_id, 'assigned', [], false
FROM assigned SEMI JOIN affected USING (group_id) ANTI JOIN asked USING (mention_id)
"""
"""Of the dated reports of an oversized block, it is only said that there are so many."""


def cut(connection: duckdb.DuckDBPyConnection, size: int) -> None:
    """Fill the table `undated_batches` with all that have to be looked at, with what answers them `size` to a batch."""
    connection.execute(_FIND.format(most=MAX_IN_BLOCK))
    connection.execute(_CUT.format(size=size))


def choose(connection: duckdb.DuckDBPyConnection, batch: int) -> None:
    """Fill the table `chosen` with a batch and the groups that its reports may join."""
    connection.execute(_CHOOSE.format(batch=batch))
