"""What the pipeline stages: which tables, and how DuckDB reads their Parquet files."""

from pathlib import Path

import duckdb

from pipeline.records.renewal import FirstSaid, Reread, Retracted
from pipeline.sources.copies import Copy
from pipeline.sources.revisions import Superseded
from pipeline.storage.sql_text import quoted
from schemas.tables import (
    ARTICLES,
    BLOCKING_FEATURES,
    CONTINUATIONS,
    FEEDS,
    FINGERPRINTS,
    INCIDENT_MENTIONS,
    INCIDENTS,
    LIKENESSES,
    MENTIONS,
    READING_LISTS,
    READINGS,
    REJECTS,
    RULINGS,
    TALLIES,
    Table,
    create_table,
)

COPIES = Table("copies", Copy, ("article_id",))
SUPERSEDED = Table("superseded", Superseded, ("article_id",))
REREAD = Table("reread", Reread, ("article_id",))
RETRACTED = Table("retracted", Retracted, ("mention_id",))
FIRST_SAID = Table("first_said", FirstSaid, ("mention_id",))
APPENDED = (ARTICLES, FINGERPRINTS, REJECTS)
DERIVED_FEATURES = BLOCKING_FEATURES._replace(name="derived_features")
LOST_LIKENESSES = LIKENESSES._replace(name="lost_likenesses")
STAGED = (
    *APPENDED, MENTIONS, BLOCKING_FEATURES, TALLIES, FEEDS, INCIDENTS, INCIDENT_MENTIONS, LIKENESSES, LOST_LIKENESSES,
    RULINGS, COPIES, SUPERSEDED, DERIVED_FEATURES, REREAD, RETRACTED, FIRST_SAID, CONTINUATIONS, READINGS,
    READING_LISTS,
)  # fmt: skip
"""Everything that a run stages."""

_ROW_GROUP = 10_000
"""How many rows of a Parquet file are gathered in memory when it is written, and read at a time."""


def listed(names: tuple[str, ...], of: str = "") -> str:
    """Return column names as SQL lists them, each behind `of`, the name of a table and a dot."""
    return ", ".join(f'{of}"{name}"' for name in names)


_READ_ELSEWHERE = """
CREATE OR REPLACE TEMP TABLE read_elsewhere AS
SELECT DISTINCT a.article_id, a.ref, a.source
FROM staged_articles a
JOIN (
    SELECT article_id, ref, min(source) AS source FROM staged_articles GROUP BY ALL HAVING count(*) > 1
) kept ON kept.article_id = a.article_id AND kept.ref = a.ref AND kept.source < a.source
"""
"""Articles of which the same text under the same address came from another feed of the run: that one's row stays."""

_OF_ONE_FEED = {
    MENTIONS.name: "FROM {rows} ANTI JOIN read_elsewhere USING (article_id, ref, source)",
    TALLIES.name: f"""
        FROM {{rows}} ANTI JOIN read_elsewhere USING (article_id, ref)
        UNION ALL
        FROM {{rows}} SEMI JOIN read_elsewhere USING (article_id, ref)
        QUALIFY row_number() OVER (
            PARTITION BY {listed(tuple(name for name in TALLIES.columns if name not in TALLIES.key))}
            ORDER BY {listed(TALLIES.key)}
        ) = 1
    """,
}
"""What such an article says, by the table: mentions name the feed, tallies say the same under another id."""


def show_staged(connection: duckdb.DuckDBPyConnection, table: Table, staged: Path) -> None:
    """Make the staged rows of a table readable as `staged_<name>`.

    What an article says that came in several feeds is that of the feed whose article stays.
    """
    if table.name in _OF_ONE_FEED:
        show_staged(connection, ARTICLES, staged)
        connection.execute(_READ_ELSEWHERE)
    files = sorted(str(path) for path in staged.glob(f"{table.name}-*.parquet"))
    if files:
        rows = f"read_parquet([{', '.join(map(quoted, files))}])"
    else:
        rows = f"no_{table.name}"
        connection.execute(create_table(table._replace(name=rows)).replace("CREATE TABLE", "CREATE TEMP TABLE"))
    query = _OF_ONE_FEED.get(table.name, "FROM {rows}").format(rows=rows)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW staged_{table.name} AS {query}")


def write_staged(connection: duckdb.DuckDBPyConnection, query: str, table: Table, staged: Path) -> None:
    """Stage the rows of a query as rows of a table."""
    copy_to(connection, query, path_of(table, staged))


def path_of(table: Table, staged: Path) -> Path:
    """Return the file in which the launcher stages all rows of a table."""
    return staged / f"{table.name}-00000-of-00001.parquet"


def copy_to(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the rows of a query to a Parquet file."""
    form = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP}"
    connection.execute(f"COPY ({query}) TO {quoted(str(path))} ({form})")


def differing(table: Table, but: tuple[str, ...], one: str, other: str) -> str:
    """Return, as SQL, whether two rows of a table differ in any other column than those."""
    names = tuple(name for name in table.columns if name not in but)
    return f"row({listed(names, one + '.')}) IS DISTINCT FROM row({listed(names, other + '.')})"


LINK_COLUMNS, INCIDENT_COLUMNS = listed(INCIDENT_MENTIONS.columns), listed(INCIDENTS.columns)
