import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import (
    DatabaseInUseError,
    MissingFolderError,
    NewerSchemaError,
    NotADatabaseError,
)
from pipeline.storage.database import (
    check_output,
    connect,
    create_schema,
    open_beside,
    read_only,
    read_or_empty,
)
from schemas.tables import SCHEMA_VERSION, TABLES


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "incidents.duckdb"
    with connect(path) as connection:
        create_schema(connection)
    return path


def sqlite_file(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE articles (article_id)")
    connection.commit()
    connection.close()


def damaged(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE numbers AS SELECT range AS number FROM range(100000)")
    content = path.read_bytes()
    path.write_bytes(content[:5_000] + b"x" * 5_000 + content[10_000:])


def truncated(path: Path) -> None:
    damaged(path)
    path.write_bytes(path.read_bytes()[:4_096])


def of_another_program(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE articles (article_id VARCHAR)")


WRONG_KINDS: dict[str, Callable[[Path], object]] = {
    "text": lambda path: path.write_text("article_id,title\n"),
    "empty": lambda path: path.touch(),
    "zeros": lambda path: path.write_bytes(bytes(10_000)),
    "parquet": lambda path: pq.write_table(pa.table({"article_id": ["a"]}), path),
    "sqlite": sqlite_file,
    "damaged": damaged,
    "truncated": truncated,
    "folder": lambda path: path.mkdir(),
    "of another program": of_another_program,
}


@pytest.mark.parametrize("kind", WRONG_KINDS)
@pytest.mark.parametrize("name", ["out.duckdb", "blocks.duckdb"])
def test_what_is_no_database_of_ours_is_refused(kind: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    WRONG_KINDS[kind](path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(NotADatabaseError, match=name):
        check_output(path)
    assert (path.read_bytes() if path.is_file() else b"") == before


@pytest.mark.parametrize("kind", ["text", "sqlite", "damaged"])
def test_what_is_no_database_cannot_be_read(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "out.duckdb"
    WRONG_KINDS[kind](path)
    with pytest.raises(NotADatabaseError), read_only(path):
        pass


def test_a_place_for_a_new_database_will_do(tmp_path: Path) -> None:
    check_output(tmp_path / "new.duckdb")
    assert list(tmp_path.iterdir()) == []


def test_an_older_run_s_database_will_do(database: Path) -> None:
    check_output(database)


def test_an_empty_database_will_do(tmp_path: Path) -> None:
    with connect(tmp_path / "empty.duckdb"):
        pass
    check_output(tmp_path / "empty.duckdb")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingFolderError, match="nowhere"):
        check_output(tmp_path / "nowhere" / "out.duckdb")


def test_a_newer_schema_is_left_alone(database: Path) -> None:
    with connect(database) as connection:
        connection.execute("INSERT INTO schema_version VALUES ($1)", [SCHEMA_VERSION + 1])
    with pytest.raises(NewerSchemaError) as caught:
        check_output(database)
    assert (caught.value.found, caught.value.known) == (SCHEMA_VERSION + 1, SCHEMA_VERSION)


def test_the_schema_is_made_once(database: Path) -> None:
    with connect(database) as connection:
        create_schema(connection)
        assert connection.execute("FROM schema_version").fetchall() == [(SCHEMA_VERSION,)]
        names = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    assert {name for (name,) in names} == {"schema_version"} | {table.name for table in TABLES}


HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == 'r'); print('held'); input()"


@contextmanager
def held(database: Path, mode: str) -> Iterator[subprocess.Popen[str]]:
    """Another program that has a database open, to read (r) or to write (w), until it reads a line."""
    with subprocess.Popen(  # it is this very interpreter
        [sys.executable, "-c", HOLD, str(database), mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        if holder.poll() is None:
            holder.communicate("\n")


def test_a_database_that_is_being_written_to_is_told(database: Path) -> None:
    with held(database, "w"):
        with pytest.raises(DatabaseInUseError, match="incidents"):
            check_output(database)
        with pytest.raises(DatabaseInUseError), read_only(database, patience_seconds=0):
            pass
    check_output(database)


def test_a_reader_keeps_nobody_from_looking(database: Path) -> None:
    with held(database, "r"):
        check_output(database)
        with read_only(database, patience_seconds=0):
            pass


def test_a_reader_waits_for_a_moment(database: Path) -> None:
    with held(database, "w") as writer:
        leaving = threading.Timer(0.5, lambda: writer.communicate("\n"))
        leaving.start()
        with read_only(database, patience_seconds=20) as connection:
            assert connection.execute("FROM schema_version").fetchall() == [(SCHEMA_VERSION,)]
        leaving.join()


def test_times_are_in_utc(database: Path) -> None:
    with connect(database) as connection:
        shown = connection.execute("SELECT ('2023-11-09 01:00:00+03'::TIMESTAMPTZ)::VARCHAR").fetchone()
    assert shown == ("2023-11-08 22:00:00+00",)


def test_one_that_is_not_there_yet_is_as_one_without_rows(tmp_path: Path) -> None:
    empty = tmp_path / "empty.duckdb"
    with connect(empty):
        pass
    for number, path in enumerate([tmp_path / "none.duckdb", empty]):
        with read_or_empty(path) as connection:
            assert connection.execute("FROM articles").fetchall() == []
        with open_beside(tmp_path / f"book{number}.duckdb", path) as connection:
            assert connection.execute("FROM known.articles").fetchall() == []
    assert not (tmp_path / "none.duckdb").exists()


def test_looking_into_a_database_changes_nothing(database: Path, tmp_path: Path) -> None:
    before = database.read_bytes()
    with open_beside(tmp_path / "book.duckdb", database) as connection:
        connection.execute("CREATE TABLE notes AS FROM known.articles")
        with pytest.raises(duckdb.Error):
            connection.execute("DELETE FROM known.articles")
    with read_or_empty(database) as connection, pytest.raises(duckdb.Error):
        connection.execute("DELETE FROM articles")
    assert database.read_bytes() == before


def test_the_first_release_s_table_of_feeds_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with connect(path) as connection:
        connection.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)")
        connection.execute("INSERT INTO schema_version VALUES (1)")
        connection.execute("CREATE TABLE feeds (feed_url VARCHAR PRIMARY KEY, etag VARCHAR)")
        create_schema(connection)
        create_schema(connection)
        columns = [name for name, *_ in connection.execute("DESCRIBE feeds").fetchall()]
        versions = connection.execute("FROM schema_version ORDER BY version").fetchall()
    assert "next_poll_at" in columns
    assert versions == [(1,), (SCHEMA_VERSION,)]
