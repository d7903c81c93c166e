"""Batches of reports with a date, and what is assigned around them."""

from collections.abc import Iterable

import duckdb

from pipeline.linking.blocking_keys import COUNTRY
from pipeline.storage.blocking_features import features_of_ids

_COUNTED_DAYS = 28
"""Over how long it is counted how many reports there are."""

_WHOLE = 10**12
"""A batch, in the parts that its reports are counted in."""

_RINGS, _FEW = 2, 1_000

_FURTHER_DAYS = 2
"""For how many days more a whole country is given where some of its days turn out to matter: mostly, these do too."""

_CUT = f"""
CREATE OR REPLACE TABLE dated_batches AS
WITH paced AS (
    SELECT *, {_WHOLE} // greatest({{size}}, 2 * count(*) OVER around) AS share
    FROM work
    WHERE dated
    WINDOW around AS (PARTITION BY turn, link_key, first_day // {_COUNTED_DAYS})
)
SELECT mention_id, state, CASE turn
    WHEN 0 THEN 0
    ELSE 1 + (sum(share) OVER (PARTITION BY turn ORDER BY link_key, first_day, mention_id) - 1) // {_WHOLE}
END AS batch
FROM paced
"""
"""With a batch go the assigned reports around it; where those are many, it has to be larger to outnumber them."""

_CHOOSE = f"""
CREATE OR REPLACE TEMP TABLE asking AS
SELECT mention_id FROM dated_batches WHERE batch = {{batch}} UNION FROM complete;

CREATE OR REPLACE TEMP TABLE stretches AS
WITH searching AS (
    SELECT DISTINCT link_key, searched.spot, searched.since, searched.until
    FROM (SELECT link_key, unnest(searches) AS searched FROM {features_of_ids("asking")})
),
begun AS (
    SELECT *, since > 1 + max(until) OVER (
        PARTITION BY link_key, spot ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS anew
    FROM searching
),
numbered AS (
    SELECT *, count(*) FILTER (anew) OVER (PARTITION BY link_key, spot ORDER BY since, until) AS number FROM begun
)
SELECT link_key, spot, min(since) - further AS since, max(until) + further AS until
FROM (SELECT *, CASE spot WHEN '{COUNTRY}' THEN {{further_days}} ELSE 0 END AS further FROM numbered)
GROUP BY link_key, spot, number, further;

CREATE OR REPLACE TEMP TABLE around AS
SELECT mention_id, link_key, first_day, last_day, unnest(spots) AS spot
FROM blocking_features JOIN (SELECT link_key, min(since) AS since, max(until) AS until FROM stretches GROUP BY link_key)
    USING (link_key)
WHERE dated AND first_day <= until AND last_day >= since;

CREATE OR REPLACE TEMP TABLE affected AS
SELECT DISTINCT group_id
FROM assigned SEMI JOIN (
    SELECT mention_id FROM around JOIN stretches USING (link_key, spot) WHERE first_day <= until AND last_day >= since
) USING (mention_id);

CREATE OR REPLACE TEMP TABLE members AS SELECT mention_id FROM assigned SEMI JOIN affected USING (group_id);

CREATE OR REPLACE TEMP TABLE whole AS FROM {features_of_ids("members")} WHERE dated;

CREATE OR REPLACE TEMP TABLE enclosed AS
SELECT mention_id
FROM (SELECT mention_id, link_key, unnest(searches) AS searched FROM whole WHERE place_rank > 0) AS searching
LEFT JOIN (SELECT link_key, since, until FROM stretches WHERE spot = '{COUNTRY}') AS given
    ON given.link_key = searching.link_key AND searched.since >= given.since AND searched.until <= given.until
GROUP BY mention_id
HAVING count(*) = count(given.since);

CREATE OR REPLACE TEMP TABLE chosen AS
SELECT mention_id, state, []::VARCHAR[] AS oversized, false AS complete FROM dated_batches WHERE batch = {{batch}}
UNION ALL
SELECT mention_id, 'assigned', [], mention_id IN (FROM complete) OR mention_id IN (FROM enclosed)
FROM whole ANTI JOIN (FROM dated_batches WHERE batch = {{batch}}) USING (mention_id)
"""
"""A batch with all that is indexed where its pending reports search, and where those do that are to be complete.

Vague reports are complete as well where the whole country is given on all days on which they search. Step by step, so
that DuckDB knows of each step how little it leaves.
"""

_COMPLETE = f"""
INSERT INTO complete
SELECT mention_id
FROM chosen
WHERE state = 'assigned' AND (
    SELECT count(*) FILTER (state = 'assigned') < greatest({_FEW}, count(*) FILTER (state <> 'assigned')) FROM chosen
)
"""
"""Where a batch's assigned reports are few, or fewer than its pending ones, what is around them costs less than to come
back.

So it goes with the batch, and what is around that; mostly, that is all.
"""


def cut(connection: duckdb.DuckDBPyConnection, size: int) -> None:
    """Fill the table `dated_batches` with all pending reports that have a date: about `size` to a batch."""
    connection.execute(_CUT.format(size=size))


def begin(connection: duckdb.DuckDBPyConnection, batch: int) -> None:
    """Fill the table `chosen` with a batch and what is assigned around it, and around that where it costs little."""
    connection.execute("CREATE OR REPLACE TEMP TABLE complete (mention_id VARCHAR)")
    connection.execute(_CHOOSE.format(batch=batch, further_days=0))
    for _ in range(_RINGS):
        if connection.execute(_COMPLETE).fetchone() == (0,):
            break
        connection.execute(_CHOOSE.format(batch=batch, further_days=0))


def widen(connection: duckdb.DuckDBPyConnection, batch: int, around: Iterable[str]) -> None:
    """Fill `chosen` with the batch last begun, and what is around these assigned reports too, by their mention ids."""
    connection.execute("INSERT INTO complete SELECT unnest($1)", [sorted(around)])
    connection.execute(_CHOOSE.format(batch=batch, further_days=_FURTHER_DAYS))
