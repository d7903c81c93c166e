"""What is to be known of earlier runs before the next one starts; for the workers, exported to Parquet."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.storage.database import read_or_empty
from pipeline.storage.load import RunFacts
from pipeline.storage.staged import copy_to
from schemas import Feed, Reject
from schemas.tables import FEEDS, REJECTS, arrow_schema, from_row, to_row


def export_articles(database: Path, folder: Path) -> str:
    """Write the ids of the articles that the database knows (none, if there is no database yet); return the path."""
    path = folder / "articles.parquet"
    with read_or_empty(database) as connection:
        copy_to(connection, "SELECT article_id FROM articles ORDER BY article_id", path)
    return str(path)


def known_articles(database: Path) -> frozenset[str]:
    """Return the ids of the articles that the database knows: none, if it does not exist yet."""
    with read_or_empty(database) as connection:
        return frozenset(name for (name,) in connection.execute("SELECT article_id FROM articles").fetchall())


def known_feeds(database: Path) -> list[Feed]:
    """Return what the database knows of feeds: nothing, if it does not exist yet."""
    with read_or_empty(database) as connection:
        table: pa.Table = connection.sql(f"FROM {FEEDS.name}").order("feed_url").to_arrow_table()
    return [from_row(Feed, row) for row in table.to_pylist()]


def last_run_of(database: Path) -> int:
    """Return the number of the last run that a database has, 0 if there is none."""
    with read_or_empty(database) as connection:
        (last,) = connection.execute("SELECT coalesce(max(run_id), 0) FROM runs").fetchone() or (0,)
    return int(last)


def is_loaded(database: Path, facts: RunFacts, last_run: int) -> bool:
    """Return whether a database has, after `last_run`, a run that began and ended when this one did."""
    query = "FROM runs WHERE run_id > ? AND started_at = ? AND finished_at = ?"
    with read_or_empty(database) as connection:
        return connection.execute(query, [last_run, facts.started_at, facts.finished_at]).fetchone() is not None


def export_feeds(feeds: Iterable[Feed], path: Path) -> str:
    """Write feeds to a Parquet file; return its path."""
    pq.write_table(pa.Table.from_pylist([to_row(feed) for feed in feeds], arrow_schema(Feed)), path)
    return str(path)


def stage_rejects(rejects: Iterable[Reject], staged: Path) -> None:
    """Stage what the launcher itself has to say, beside what the workers stage."""
    table = pa.Table.from_pylist([to_row(each) for each in rejects], arrow_schema(Reject))
    pq.write_table(table, staged / f"{REJECTS.name}-of-the-launcher.parquet")
