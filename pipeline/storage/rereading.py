"""Which held articles are to be read again, and what each of them was read with.

The table `readings` has, for each article, the extractor and its version and the digests of the user's lists that it
was last read with; `reading_lists` has the rows of those lists. An article that was read otherwise than today *can*
differ if the extractor is another; or if it has a word that comes near a name that was added to a list or taken away.
Articles that have been replaced by a newer text do not count, and are not read again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.records.user_list import UserList
from pipeline.storage.database import read_or_empty
from pipeline.storage.staged import REREAD, copy_to, write_staged
from schemas.tables import READING_LISTS, READINGS, create_table

_FETCHED = 500
_HELD = """
SELECT a.article_id, r.extractor, r.extractor_version, r.places, r.actors
FROM articles a LEFT JOIN {readings} r USING (article_id)
WHERE a.superseded_by IS NULL
"""
_OTHERWISE = f"""
CREATE TEMP TABLE otherwise AS
SELECT * FROM ({_HELD})
WHERE row(extractor, extractor_version, places, actors) IS DISTINCT FROM row($extractor, $version, $places, $actors)
"""


@dataclass(frozen=True)
class ReadingMeans:
    """With what articles are read today: an extractor by name and version, and the user's lists.

    `can_matter` tells of a text whether a change of the names given can have it read differently.
    """

    extractor: str
    extractor_version: str
    can_matter: Callable[[str, Iterable[str]], bool]
    places: UserList | None = None
    actors: UserList | None = None

    @property
    def parameters(self) -> dict[str, str | None]:
        """What identifies it, as SQL takes it."""
        return {
            "extractor": self.extractor,
            "version": self.extractor_version,
            "places": self.places.digest if self.places else None,
            "actors": self.actors.digest if self.actors else None,
        }


def read_otherwise(database: Path, means: ReadingMeans) -> int:
    """Return how many of the articles that count were last read with other means."""
    with read_or_empty(database) as connection:
        _find_otherwise(connection, means)
        (count,) = connection.execute("SELECT count(*) FROM otherwise").fetchone() or (0,)
    return int(count)


def stage_means(means: ReadingMeans, staged: Path) -> None:
    """Stage the rows of today's lists."""
    rows = [
        {"digest": each.digest, "number": number, "names": list(names), "row": row}
        for each in (means.places, means.actors)
        if each is not None
        for number, (row, names) in enumerate(each.entries)
    ]
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE entries (digest VARCHAR, number BIGINT, names VARCHAR[], row VARCHAR)")
        if rows:
            connection.executemany("INSERT INTO entries VALUES ($digest, $number, $names, $row)", rows)
        write_staged(connection, "SELECT DISTINCT ON (digest, number) * FROM entries", READING_LISTS, staged)


def export_held(database: Path, means: ReadingMeans, everything: bool, folder: Path, staged: Path) -> str | None:
    """Write the held articles that are to be read again to a Parquet file; return its path, None if there are none.

    That is `everything` that counts, or else what can differ. What is known of them
    afterwards is staged: that they were read again, and that the others, which cannot differ, are as if they had been.
    """
    with read_or_empty(database) as connection:
        _find_otherwise(connection, means)
        connection.execute("CREATE TEMP TABLE again (article_id VARCHAR)")
        if everything:
            connection.execute("INSERT INTO again SELECT article_id FROM articles WHERE superseded_by IS NULL")
        else:
            for articles in _that_can_differ(connection, means):
                connection.execute("INSERT INTO again SELECT unnest($1)", [articles])
        write_staged(connection, "FROM again", REREAD, staged)
        query = (
            "SELECT article_id, $extractor AS extractor, $version AS extractor_version, $places AS places, "
            "$actors AS actors FROM (SELECT article_id FROM otherwise UNION SELECT article_id FROM again)"
        )
        connection.execute(f"CREATE TEMP TABLE read AS {query}", means.parameters)
        write_staged(connection, "FROM read", READINGS, staged)
        path = folder / "held.parquet"
        copy_to(connection, "FROM articles SEMI JOIN again USING (article_id)", path)
        (count,) = connection.execute("SELECT count(*) FROM again").fetchone() or (0,)
    return str(path) if count else None


def _find_otherwise(connection: duckdb.DuckDBPyConnection, means: ReadingMeans) -> None:
    names = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    for table in (READINGS, READING_LISTS):
        if table.name not in names:  # of an older release
            connection.execute(create_table(table).replace("CREATE TABLE", "CREATE TEMP TABLE"))
    connection.execute(_OTHERWISE.format(readings=READINGS.name), means.parameters)


def _that_can_differ(connection: duckdb.DuckDBPyConnection, means: ReadingMeans) -> Iterator[list[str]]:
    ways = connection.execute(
        "SELECT DISTINCT extractor, extractor_version, places, actors FROM otherwise ORDER BY ALL"
    ).fetchall()
    same = "row(extractor, extractor_version, places, actors) IS NOT DISTINCT FROM row($1, $2, $3, $4)"
    for way in ways:
        if way[:2] != (means.extractor, means.extractor_version):
            found = connection.execute(
                f"SELECT article_id FROM otherwise WHERE {same} ORDER BY ALL", list(way)
            ).fetchall()
            yield [article for (article,) in found]
            continue
        rows = f"SELECT article_id, text FROM otherwise JOIN articles USING (article_id) WHERE {same} ORDER BY ALL"
        names = _changed(connection, way[2], means.places) | _changed(connection, way[3], means.actors)
        held = connection.execute(rows, list(way))
        touched: list[str] = []
        while batch := held.fetchmany(_FETCHED):
            touched += [article for article, text in batch if means.can_matter(text, names)]
        yield touched


def _changed(connection: duckdb.DuckDBPyConnection, digest: str | None, now: UserList | None) -> set[str]:
    """Return the names of the rows that either a list of that digest or today's list has, and not both."""
    query = "SELECT row, names FROM reading_lists WHERE digest = $1"
    before: dict[Any, Any] = {row: tuple(names) for row, names in connection.execute(query, [digest]).fetchall()}
    after = dict(now.entries) if now else {}
    return {name for row in before.keys() ^ after.keys() for name in (before.get(row) or after.get(row) or ())}
