"""What the workers need to know of earlier runs, exported from DuckDB to Parquet before they start."""

from pathlib import Path

from pipeline.storage.database import read_or_empty
from pipeline.storage.staged import copy_to


def export_articles(database: Path, folder: Path) -> str:
    """Write the ids of the articles that the database knows (none, if there is no database yet); return the path."""
    path = folder / "articles.parquet"
    with read_or_empty(database) as connection:
        copy_to(connection, "SELECT article_id FROM articles ORDER BY article_id", path)
    return str(path)
