"""What is to be linked, with what, and what came of it: the launcher's book-keeping between the stages of a run.

Reading stages mentions; the ledger works out how their articles stand to all others (copies, newer texts), which
reports have to be linked, and cuts them into batches that a worker can hold. With each batch go the filed reports of
its neighbourhood, and what linking makes of it is entered before the next. When all reports are in groups, the groups
are united into incidents (`storage.unions`). Any cut into batches gives the same incidents, as any cut into runs does
(see `linking.cluster` and `linking.unions`).

It works in a DuckDB file of its own, beside the database, which it only reads.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.linking.cluster import MAX_AT_PLACE
from pipeline.linking.rulings import Overrides
from pipeline.storage.allowance import megabytes
from pipeline.storage.cards import CARD, LOOKS, REPORT, SPOTS, add_functions
from pipeline.storage.database import allow, be_frugal, open_beside, show_links
from pipeline.storage.staged import (
    COPIES,
    LOST_LIKENESSES,
    SUPERSEDED,
    copy_to,
    listed,
    show_staged,
    write_staged,
)
from pipeline.storage.standing import find_copies, find_superseded
from pipeline.storage.unions import unite_groups
from schemas.tables import ARTICLES, FINGERPRINTS, INCIDENT_MENTIONS, INCIDENTS, LIKENESSES, MENTIONS, RULINGS

_CROWD_DAYS = 28
"""Over how long it is counted how crowded a time is."""

_WHOLE = 10**12
"""A batch, in the parts that its reports are counted in."""

_LEAST_MEMORY_MB, _MEMORY_PER_KNOWN, _MEMORY_TO_SORT_MB = 48, 0.25, 88
"""What the ledger should need beside the size of what is staged; for each byte of the database; and to sort reports.

Between batches, most of it would be of use to those who link them.
"""

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

CREATE TABLE entered AS SELECT {{links}} FROM known_links LIMIT 0;
CREATE TABLE fused AS SELECT {{incidents}} FROM known.incidents LIMIT 0;

CREATE TEMP VIEW filed AS
SELECT group_id, mention_id, link_score, link_reasons FROM entered
UNION ALL
SELECT group_id, mention_id, link_score, link_reasons FROM known_links ANTI JOIN entered USING (mention_id)
ANTI JOIN (FROM work WHERE filing = 'gone') USING (mention_id);
"""
"""What there is to do, and the case before it: reports filed in the database, or by an earlier batch."""

_CUT_DATED = f"""
CREATE OR REPLACE TABLE dated_batches AS
WITH paced AS (
    SELECT *, {_WHOLE} // greatest({{size}}, 2 * count(*) OVER crowd) AS share
    FROM work
    WHERE dated
    WINDOW crowd AS (PARTITION BY turn, link_key, first_day // {_CROWD_DAYS})
)
SELECT mention_id, filing, CASE turn
    WHEN 0 THEN 0
    ELSE 1 + (sum(share) OVER (PARTITION BY turn ORDER BY link_key, first_day, mention_id) - 1) // {_WHOLE}
END AS batch
FROM paced
"""
"""With a batch go the filed reports around it; where days are crowded, it has to be larger to be more than they are."""

_DATED = f"""
CREATE OR REPLACE TEMP TABLE asking AS
SELECT mention_id FROM dated_batches WHERE batch = {{batch}} UNION FROM surrounded;

CREATE OR REPLACE TEMP TABLE stretches AS
WITH looking AS (
    SELECT DISTINCT link_key, looked.spot, looked.since, looked.until
    FROM (SELECT link_key, unnest({LOOKS}) AS looked FROM cards SEMI JOIN asking USING (mention_id))
),
begun AS (
    SELECT *, since > 1 + max(until) OVER (
        PARTITION BY link_key, spot ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS anew
    FROM looking
),
numbered AS (
    SELECT *, count(*) FILTER (anew) OVER (PARTITION BY link_key, spot ORDER BY since, until) AS number FROM begun
)
SELECT link_key, spot, min(since) AS since, max(until) AS until FROM numbered GROUP BY link_key, spot, number;

CREATE OR REPLACE TEMP TABLE around AS
SELECT mention_id, link_key, first_day, last_day, unnest({SPOTS}) AS spot
FROM cards JOIN (SELECT link_key, min(since) AS since, max(until) AS until FROM stretches GROUP BY link_key)
    USING (link_key)
WHERE dated AND first_day <= until AND last_day >= since;

CREATE OR REPLACE TEMP TABLE affected AS
SELECT DISTINCT group_id
FROM filed SEMI JOIN (
    SELECT mention_id FROM around JOIN stretches USING (link_key, spot) WHERE first_day <= until AND last_day >= since
) USING (mention_id);

CREATE OR REPLACE TEMP TABLE whole AS SELECT mention_id FROM filed SEMI JOIN affected USING (group_id);

CREATE OR REPLACE TEMP TABLE chosen AS
SELECT mention_id, filing, []::VARCHAR[] AS crowded, false AS surrounded FROM dated_batches WHERE batch = {{batch}}
UNION ALL
SELECT mention_id, 'filed', [], mention_id IN (FROM surrounded)
FROM whole SEMI JOIN (FROM cards WHERE dated) USING (mention_id)
ANTI JOIN (FROM dated_batches WHERE batch = {{batch}}) USING (mention_id)
"""
"""A batch with all that is filed where its open reports look, and where those look that are to be surrounded.

Step by step, so that DuckDB knows of each how little it is.
"""

_RINGS, _FEW = 2, 1_000
_SURROUND = f"""
INSERT INTO surrounded
SELECT mention_id
FROM chosen
WHERE filing = 'filed' AND (
    SELECT count(*) FILTER (filing = 'filed') < greatest({_FEW}, count(*) FILTER (filing <> 'filed')) FROM chosen
)
"""
"""Where a batch's filed reports are few, or fewer than its open ones, what is around them costs less than to come back.

So it goes with the batch, and what is around that; mostly, that is all.
"""

_FIND_UNDATED = """
CREATE OR REPLACE TEMP TABLE touched AS
SELECT link_key, unit, count(*) FILTER (dated) AS times, bool_or(NOT dated) AS asked
FROM (
    SELECT link_key, dated, unnest(units) AS unit
    FROM cards SEMI JOIN (SELECT mention_id FROM entered UNION SELECT mention_id FROM work) USING (mention_id)
)
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE held AS
SELECT link_key, unit, count(*) AS reports
FROM (
    FROM (SELECT mention_id, link_key, unnest(units) AS unit FROM cards WHERE dated)
    SEMI JOIN touched USING (link_key, unit)
) SEMI JOIN filed USING (mention_id)
GROUP BY ALL;

CREATE OR REPLACE TABLE undated AS
WITH reconsidered AS (
    SELECT link_key, unit, coalesce(reports, 0) - times <= {most} AS changed
    FROM touched LEFT JOIN held USING (link_key, unit)
    WHERE asked OR changed
),
without_date AS (
    SELECT cards.mention_id, cards.link_key, cards.units[1] AS unit, cards.units,
        coalesce(work.filing, 'open') AS filing
    FROM cards LEFT JOIN (SELECT mention_id, filing FROM work) AS work USING (mention_id)
    WHERE NOT cards.dated
        AND (cards.mention_id IN (SELECT mention_id FROM filed) OR work.filing IS NOT NULL)
),
met AS (
    SELECT DISTINCT link_key, unit
    FROM (SELECT link_key, unit, unnest(units) AS looked_under FROM without_date)
    WHERE (link_key, looked_under) IN (SELECT (link_key, unit) FROM reconsidered WHERE unit <> '' OR changed)
        OR (looked_under = '' AND unit = '' AND (link_key, '') IN (SELECT (link_key, unit) FROM reconsidered))
)
SELECT mention_id, link_key, unit, units, filing FROM without_date SEMI JOIN met USING (link_key, unit);

CREATE OR REPLACE TABLE placed AS
WITH places AS (SELECT DISTINCT link_key, unnest(units) AS unit FROM undated),
there AS (
    FROM (SELECT mention_id, link_key, unnest(units) AS unit FROM cards WHERE dated)
    SEMI JOIN places USING (link_key, unit)
)
SELECT link_key, unit, mention_id, count(*) OVER (PARTITION BY link_key, unit) > {most} AS crowded
FROM there SEMI JOIN filed USING (mention_id)
QUALIFY NOT crowded OR row_number() OVER (PARTITION BY link_key, unit ORDER BY mention_id) = 1
ORDER BY link_key, unit;
"""
"""The reports without a date that are new, or at whose place something has changed; and the dated ones at their places.

Where there have long been too many dated reports to tell apart, a further one changes nothing for others. Of those, one
is kept, to show that the place is crowded.
"""

_CUT_UNDATED = """
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

_UNDATED = """
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

_FILES = f"""
WITH files AS (
    SELECT chosen.*, coalesce(f.group_id, k.group_id) AS group_id,
        coalesce(f.link_score, k.link_score) AS link_score,
        coalesce(f.link_reasons, k.link_reasons, []) AS link_reasons
    FROM chosen LEFT JOIN filed f USING (mention_id) LEFT JOIN known_links k USING (mention_id)
)
SELECT r.report, files.* EXCLUDE (mention_id) FROM files JOIN new_reports r USING (mention_id)
UNION ALL
SELECT {REPORT}, files.* EXCLUDE (mention_id)
FROM files JOIN known.mentions m USING (mention_id) LEFT JOIN origins USING (article_id)
"""

_ENTER = """
DELETE FROM fused WHERE incident_id IN (SELECT incident_id FROM staged_incidents);
INSERT INTO fused SELECT {incidents} FROM staged_incidents;
DELETE FROM entered WHERE mention_id IN (SELECT mention_id FROM staged_incident_mentions);
INSERT INTO entered SELECT {links} FROM staged_incident_mentions;
"""

_INCIDENTS = """
FROM fused SEMI JOIN entered USING (incident_id) ANTI JOIN connected ON connected.group_id = fused.incident_id
UNION ALL
FROM united
"""

_COLUMNS = {"links": listed(INCIDENT_MENTIONS.columns), "incidents": listed(INCIDENTS.columns)}


@dataclass(frozen=True)
class Batch:
    """Reports to be linked together: a Parquet file of `Filed`. Either all open ones have a date, or none of them."""

    number: int
    path: str
    is_dated: bool


class Ledger:
    """The book-keeping of a run. Made by `open_ledger`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, known_mb: int, times: int) -> None:
        self._connection = connection
        self._folder = folder
        self._known_mb = known_mb
        self._needed_mb = _LEAST_MEMORY_MB
        self._times = times

    def take_stock(self, staged: Path) -> None:
        """Work out, from what reading has staged, what there is to link."""
        self._needed_mb += int(_MEMORY_PER_KNOWN * self._known_mb) + megabytes(*staged.glob("*.parquet"))
        be_frugal(self._connection, self._needed_mb * self._times, self._folder)
        with self._sorting():
            for table in (ARTICLES, FINGERPRINTS, MENTIONS):
                show_staged(self._connection, table, staged)
            self._connection.execute(_TAKE_NEW)
            find_superseded(self._connection)
            find_copies(self._connection)
            self._connection.execute(_TRACE)
            self._connection.execute(_TAKE_REPORTS.format(**_COLUMNS))

    def batches(self, size: int) -> Iterator[Batch]:
        """Yield batches of about `size` open reports, or more on crowded days; first those with a date.

        What came of a batch is to be entered before the next one is taken.
        """
        self._connection.execute(_CUT_DATED.format(size=size))
        for number in self._numbers("dated_batches"):
            self._connection.execute("CREATE OR REPLACE TEMP TABLE surrounded (mention_id VARCHAR)")
            batch = self._dated(number)
            for _ in range(_RINGS):
                if self._connection.execute(_SURROUND).fetchone() == (0,):
                    break
                batch = self._dated(number)
            yield batch
        with self._sorting():
            self._connection.execute(_FIND_UNDATED.format(most=MAX_AT_PLACE))
            self._connection.execute(_CUT_UNDATED.format(size=size))
        for number in self._numbers("undated_batches"):
            self._connection.execute(_UNDATED.format(batch=number))
            yield Batch(number, self._write(f"undated-{number}"), is_dated=False)

    def unite(self, overrides: Overrides) -> frozenset[str]:
        """Unite groups into incidents, once all batches are entered, as evidence and rulings have it.

        Returns the ids of rulings that no current report has. Raises ValidationError where the reports that its ids
        stand for show that rulings contradict one another.
        """
        return unite_groups(self._connection, overrides)

    def wider(self, batch: Batch, around: Iterable[str]) -> Batch:
        """Return the batch last yielded, with all that is filed around these filed reports too, by their mentions' ids.

        Raises ValueError for reports without a date, which have no place in time around which to look.
        """
        if not batch.is_dated:
            raise ValueError("reports without a date have no reach")
        self._connection.execute("INSERT INTO surrounded SELECT unnest($1)", [sorted(around)])
        return self._dated(batch.number)

    def enter(self, linked: Path) -> None:
        """Enter what linking a batch has staged in a folder."""
        for table in (INCIDENTS, INCIDENT_MENTIONS):
            show_staged(self._connection, table, linked)
        self._connection.execute(_ENTER.format(**_COLUMNS))

    def write(self, staged: Path) -> None:
        """Stage what came of the run: copies, replaced articles, incidents and links."""
        for query, table in (
            ("FROM copies", COPIES),
            ("FROM superseded", SUPERSEDED),
            (_INCIDENTS, INCIDENTS),
            ("FROM entered ANTI JOIN united_links USING (mention_id) UNION ALL FROM united_links", INCIDENT_MENTIONS),
            ("FROM found_likenesses", LIKENESSES),
            ("FROM lost_likenesses", LOST_LIKENESSES),
            ("FROM rulings", RULINGS),
        ):
            write_staged(self._connection, query, table, staged)

    @contextmanager
    def _sorting(self) -> Iterator[None]:
        """Allow what it takes to sort reports, while nobody else works."""
        allow(self._connection, (self._needed_mb + _MEMORY_TO_SORT_MB) * self._times)
        yield
        allow(self._connection, self._needed_mb * self._times)

    def _dated(self, number: int) -> Batch:
        with self._sorting():
            self._connection.execute(_DATED.format(batch=number))
            return Batch(number, self._write(f"dated-{number}"), is_dated=True)

    def _write(self, name: str) -> str:
        path = self._folder / f"{name}.parquet"
        copy_to(self._connection, _FILES, path)
        return str(path)

    def _numbers(self, table: str) -> list[int]:
        rows = self._connection.execute(f"SELECT DISTINCT batch FROM {table} ORDER BY batch").fetchall()
        return [number for (number,) in rows]


@contextmanager
def open_ledger(database: Path, folder: Path, times: int = 1) -> Iterator[Ledger]:
    """Open a new ledger in `folder`, beside a database, which need not exist yet.

    It may take `times` as much memory as it should need.
    """
    with open_beside(folder / "ledger.duckdb", database) as connection:
        add_functions(connection)
        show_links(connection)
        yield Ledger(connection, folder, megabytes(database), times)
