"""How new articles stand to all others: which are copies, and which have been replaced by a newer text.

DuckDB finds who has to be compared (out of core, whatever the size of the history); `sources.copies` compares.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.sources.copies import MAX_COMPARED, Candidate, Copy, copy_of
from schemas.tables import arrow_schema, to_row

DOCUMENT = "coalesce(source || chr(10) || name, article_id)"
"""What makes two articles texts of one document: their source and their name; one without a name is its own."""

_FETCHED = 10_000

_PAIRS = """
CREATE TEMP TABLE pairs AS
WITH new_bands AS (SELECT article_id, unnest(bands) AS band FROM new_fingerprints),
known_bands AS (SELECT article_id, unnest(bands) AS band FROM known_fingerprints),
met AS (FROM new_bands UNION ALL FROM known_bands SEMI JOIN new_bands USING (band)),
shared AS (SELECT band FROM met GROUP BY band HAVING count(*) > 1),
ranked AS (
    SELECT band, article_id, row_number() OVER (PARTITION BY band ORDER BY published_at NULLS LAST, article_id) AS rank
    FROM met SEMI JOIN shared USING (band) JOIN all_articles USING (article_id)
)
SELECT DISTINCT later.article_id AS later, earlier.article_id AS earlier
FROM ranked earlier JOIN ranked later ON earlier.band = later.band AND earlier.rank < later.rank
WHERE earlier.rank <= {compared}
"""

_COMPARED = """
WITH wanted AS (SELECT later AS article_id FROM pairs UNION SELECT earlier FROM pairs),
prints AS (
    SELECT article_id, signature FROM new_fingerprints SEMI JOIN wanted USING (article_id)
    UNION ALL
    SELECT article_id, signature FROM known_fingerprints SEMI JOIN wanted USING (article_id)
),
candidates AS (
    SELECT a.article_id, a.document, a.published_at, p.signature,
        a.duplicate_of, original.published_at AS original_published_at
    FROM prints p JOIN all_articles a USING (article_id)
    LEFT JOIN all_articles original ON original.article_id = a.duplicate_of
)
SELECT pairs.later, struct_pack(later := one, earlier := other) AS pair
FROM pairs JOIN candidates one ON one.article_id = pairs.later JOIN candidates other ON other.article_id = pairs.earlier
ORDER BY pairs.later, pairs.earlier
"""

_SUPERSEDED = """
CREATE TABLE superseded AS
WITH editions AS (
    SELECT article_id, superseded_by,
        lead(article_id) OVER (
            PARTITION BY document ORDER BY fetched_at NULLS FIRST, published_at NULLS FIRST, article_id
        ) AS newer
    FROM all_articles SEMI JOIN new_articles USING (document)
)
SELECT article_id, newer AS superseded_by FROM editions WHERE newer IS DISTINCT FROM superseded_by AND newer IS NOT NULL
"""


def find_superseded(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the table `superseded` with the articles newly replaced, and by which newer text of their document.

    The newest text of a document is the one obtained last. Needs `all_articles` and `new_articles`.
    """
    connection.execute(_SUPERSEDED)


def find_copies(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the table `copies` with the articles newly known to be copies, and of which.

    Needs `all_articles`, `new_fingerprints` and the attached database `known`.
    """
    connection.execute("CREATE TABLE copies (article_id VARCHAR PRIMARY KEY, original VARCHAR)")
    connection.execute(_PAIRS.format(compared=MAX_COMPARED))
    found = [copy for candidate, earlier in _compared(connection) if (copy := copy_of(candidate, earlier)) is not None]
    table = pa.Table.from_pylist([to_row(copy) for copy in found], arrow_schema(Copy))
    connection.register("found", table)
    connection.execute("INSERT INTO copies FROM found; DROP TABLE pairs")
    connection.unregister("found")


def _compared(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Candidate, list[Candidate]]]:
    """Yield each article that has to be compared, with the earlier ones that it is compared with."""
    for _, pairs in groupby(_rows(connection), key=itemgetter(0)):
        met = [pair for _, pair in pairs]
        yield Candidate.model_validate(met[0]["later"]), [Candidate.model_validate(pair["earlier"]) for pair in met]


def _rows(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, dict[str, Any]]]:
    cursor = connection.execute(_COMPARED)
    while rows := cursor.fetchmany(_FETCHED):
        yield from rows
