"""What the workers need to know of earlier runs, exported from DuckDB to Parquet before they start."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.storage.database import read_or_empty
from pipeline.storage.staged import copy_to
from schemas import Feed
from schemas.tables import FEEDS, arrow_schema, from_row, to_row


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


def export_feeds(feeds: Iterable[Feed], path: Path) -> str:
    """Write feeds to a Parquet file; return its path."""
    pq.write_table(pa.Table.from_pylist([to_row(feed) for feed in feeds], arrow_schema(Feed)), path)
    return str(path)
