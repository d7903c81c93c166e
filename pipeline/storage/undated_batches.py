"""Batches of reports without a date, and the dated ones at their places."""

import duckdb

from pipeline.linking.clustering import MAX_AT_PLACE
from pipeline.storage.blocking_features import cards_in, cards_of

_FIND = f"""
CREATE OR REPLACE TEMP TABLE moved AS SELECT mention_id FROM entered UNION SELECT mention_id FROM work WHERE dated;

CREATE OR REPLACE TEMP TABLE touched AS
SELECT link_key, unit, count(*) AS times
FROM (SELECT link_key, unnest(units) AS unit FROM {cards_of("moved")})
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE held AS
SELECT link_key, unit, count(*) AS reports
FROM (
    FROM (SELECT mention_id, link_key, unnest(units) AS unit FROM {cards_in("touched")} WHERE dated)
    SEMI JOIN touched USING (link_key, unit)
) SEMI JOIN filed USING (mention_id)
GROUP BY ALL;

CREATE OR REPLACE TABLE undated AS
WITH changed AS (
    SELECT link_key, unit
    FROM touched LEFT JOIN held USING (link_key, unit)
    WHERE coalesce(reports, 0) - times <= {{most}}
),
without_date AS MATERIALIZED (
    SELECT cards.mention_id, cards.link_key, cards.units[1] AS unit, cards.units, work.filing
    FROM cards LEFT JOIN (SELECT mention_id, filing FROM work) AS work USING (mention_id)
    WHERE NOT cards.dated
        AND (cards.mention_id IN (SELECT mention_id FROM filed) OR work.filing IS NOT NULL)
),
looking AS (
    SELECT mention_id
    FROM (SELECT mention_id, link_key, unnest(units) AS unit FROM without_date) SEMI JOIN changed USING (link_key, unit)
),
stirred_groups AS (SELECT group_id FROM known_links SEMI JOIN moved USING (mention_id)),
stirred_units AS (
    SELECT link_key, unit
    FROM without_date SEMI JOIN (FROM known_links SEMI JOIN stirred_groups USING (group_id)) USING (mention_id)
),
told AS (
    SELECT mention_id, link_key, unit, units, CASE
        WHEN filing IS NOT NULL THEN filing
        WHEN mention_id IN (FROM looking) THEN 'open'
        WHEN (link_key, unit) IN (SELECT (link_key, unit) FROM stirred_units) THEN 'open'
        ELSE 'filed'
    END AS filing
    FROM without_date
)
FROM told SEMI JOIN (FROM told WHERE filing <> 'filed') USING (link_key, unit);

CREATE OR REPLACE TABLE placed AS
WITH places AS (SELECT DISTINCT link_key, unnest(units) AS unit FROM undated),
there AS (
    FROM (SELECT mention_id, link_key, unnest(units) AS unit FROM cards WHERE dated)
    SEMI JOIN places USING (link_key, unit)
)
SELECT link_key, unit, mention_id, count(*) OVER (PARTITION BY link_key, unit) > {{most}} AS crowded
FROM there SEMI JOIN filed USING (mention_id)
QUALIFY NOT crowded OR row_number() OVER (PARTITION BY link_key, unit ORDER BY mention_id) = 1
ORDER BY link_key, unit;
"""
"""The reports without a date that are to be asked, all that look where they do, and the dated ones at their places.

Asked are those that are new or gone; those that look under what dated reports have come to, gone from or moved at; and
all that look where one does whose group had dated reports that moved. Where there have long been too many dated reports
to tell apart, a further one changes nothing for others. Of those, one is kept, to show that the place is crowded.
"""

_CUT = """
CREATE OR REPLACE TABLE undated_batches AS
WITH places AS (
    SELECT link_key, unit, any_value(asking) AS asking, count(placed.mention_id) AS found
    FROM (SELECT link_key, unit, count(*) AS asking FROM undated GROUP BY ALL) LEFT JOIN placed USING (link_key, unit)
    GROUP BY link_key, unit
),
cut AS (
    SELECT link_key, unit, (sum(asking + found) OVER (ORDER BY link_key, unit)) // {size} AS batch FROM places
)
SELECT undated.*, cut.batch FROM undated JOIN cut USING (link_key, unit)
"""
"""All reports of a place go together; a batch is as large as what is asked and what is there to answer it."""

_CHOOSE = """
CREATE OR REPLACE TEMP TABLE chosen AS
WITH stirred AS (FROM undated_batches WHERE batch = {batch}),
places AS (SELECT DISTINCT link_key, unnest(units) AS unit FROM stirred),
affected AS (
    SELECT DISTINCT group_id
    FROM filed
    WHERE mention_id IN (
        SELECT mention_id FROM placed SEMI JOIN places USING (link_key, unit) WHERE NOT crowded
        UNION
        SELECT mention_id FROM stirred
    )
    UNION
    SELECT group_id FROM known_links SEMI JOIN (FROM stirred WHERE filing = 'gone') USING (mention_id)
),
crowds AS (
    SELECT mention_id, list(unit ORDER BY unit) AS crowded
    FROM (SELECT mention_id, link_key, unnest(units) AS unit FROM stirred)
        SEMI JOIN (FROM placed WHERE crowded) USING (link_key, unit)
    GROUP BY mention_id
)
SELECT mention_id, filing, coalesce(crowded, []) AS crowded, false AS surrounded
FROM stirred LEFT JOIN crowds USING (mention_id)
UNION ALL
SELECT mention_id, 'filed', [], false
FROM filed SEMI JOIN affected USING (group_id) ANTI JOIN stirred USING (mention_id)
"""
"""Of the dated reports at a crowded place, it is only said that there are so many."""


def cut(connection: duckdb.DuckDBPyConnection, size: int) -> None:
    """Fill the table `undated_batches` with all that have to be looked at, with what answers them `size` to a batch."""
    connection.execute(_FIND.format(most=MAX_AT_PLACE))
    connection.execute(_CUT.format(size=size))


def choose(connection: duckdb.DuckDBPyConnection, batch: int) -> None:
    """Fill the table `chosen` with a batch and the groups that its reports may join."""
    connection.execute(_CHOOSE.format(batch=batch))
