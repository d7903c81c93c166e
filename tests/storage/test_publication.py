"""What a run publishes: whole, in one step, beside whoever reads, and never over what somebody else has written."""

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import DatabaseInUseError
from pipeline.storage.publication import revise
from tests.support.databases import rows

HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == 'r'); print('held'); input()"
NEWER = "CREATE TABLE numbers AS SELECT range AS number FROM range(1000)"


def adding(*numbers: int) -> Callable[[duckdb.DuckDBPyConnection], int]:
    def work(connection: duckdb.DuckDBPyConnection) -> int:
        connection.execute("CREATE TABLE IF NOT EXISTS numbers (number INTEGER PRIMARY KEY)")
        connection.executemany("INSERT INTO numbers VALUES (?)", [[number] for number in numbers])
        return len(numbers)

    return work


def numbers(database: Path) -> list[int]:
    return [number for (number,) in rows(database, "FROM numbers ORDER BY 1")]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "numbers.duckdb"
    assert revise(path, adding(1, 2)) == 2
    return path


def names(database: Path) -> list[str]:
    return sorted(path.name for path in database.parent.iterdir())


def test_it_is_made_and_changed_and_nothing_lies_beside_it(database: Path) -> None:
    revise(database, adding(3))
    assert numbers(database) == [1, 2, 3]
    assert names(database) == ["numbers.duckdb"]


def test_work_that_fails_changes_nothing(database: Path) -> None:
    before = database.read_bytes()
    with pytest.raises(duckdb.ConstraintException):
        revise(database, adding(3, 1))
    assert database.read_bytes() == before
    assert names(database) == ["numbers.duckdb"]


def test_a_reader_keeps_what_it_opened_and_the_next_one_sees_what_is_new(database: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD + "; print(held.sql('FROM numbers').fetchall())", str(database), "r"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as reader:  # fmt: skip
        assert reader.stdout is not None
        assert reader.stdout.readline() == "held\n"
        revise(database, adding(3))
        assert numbers(database) == [1, 2, 3]
        seen, _ = reader.communicate("\n")
    assert seen == "[(1,), (2,)]\n"


def test_a_writer_is_waited_for_and_what_it_wrote_is_kept(database: Path) -> None:
    write = HOLD + "; held.sql('INSERT INTO numbers VALUES (9)')"
    with subprocess.Popen(
        [sys.executable, "-c", write, str(database), "w"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "held\n"
        with pytest.raises(DatabaseInUseError):
            revise(database, adding(3))
        threading.Timer(0.5, lambda: writer.communicate("\n")).start()
        revise(database, adding(3), patience_seconds=20)
    assert numbers(database) == [1, 2, 3, 9]


def test_what_is_written_while_a_run_works_is_kept(database: Path) -> None:
    def work(connection: duckdb.DuckDBPyConnection) -> int:
        if len(numbers(database)) == 2:  # an analyst writes a row, the first time
            with duckdb.connect(str(database)) as other:
                other.execute("INSERT INTO numbers VALUES (7)")
        return adding(3)(connection)

    revise(database, work)
    assert numbers(database) == [1, 2, 3, 7]


def test_a_journal_that_a_dead_program_left_is_read_first(database: Path) -> None:
    leave = (
        "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); c.execute('INSERT INTO numbers VALUES (5)'); "
        "os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", leave, str(database)], check=False)
    assert "numbers.duckdb.wal" in names(database)
    revise(database, adding(3))
    assert numbers(database) == [1, 2, 3, 5]
    assert names(database) == ["numbers.duckdb"]


def test_what_a_killed_run_left_does_not_matter(database: Path) -> None:
    database.with_name("numbers.duckdb.new").write_text("half a database")
    database.with_name("numbers.duckdb.new.wal").write_text("half a journal")
    revise(database, adding(3))
    assert numbers(database) == [1, 2, 3]
    assert names(database) == ["numbers.duckdb"]


def test_a_link_stays_one_and_permissions_stay(database: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.duckdb"
    link.symlink_to(database)
    database.chmod(0o640)
    revise(link, adding(3))
    assert link.is_symlink()
    assert numbers(database) == [1, 2, 3]
    assert database.stat().st_mode & 0o777 == 0o640


def test_a_file_of_the_newest_format_is_written_anew_in_the_one_that_all_can_read(tmp_path: Path) -> None:
    path = tmp_path / "new.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"{NEWER}; CREATE VIEW total AS SELECT sum(number) AS total FROM numbers")
        connection.execute("CREATE TABLE keyed (number INTEGER PRIMARY KEY)")
    revise(path, lambda connection: connection.execute("INSERT INTO numbers VALUES (1000)"))
    assert int.from_bytes(path.read_bytes()[12:20], "little") <= 65
    assert rows(path, "FROM total") == [(500_500,)]
    with duckdb.connect(str(path)) as connection, pytest.raises(duckdb.ConstraintException):
        connection.execute("INSERT INTO keyed VALUES (1), (1)")


FULL = """
import resource, signal, sys
from pathlib import Path
from pipeline.storage.publication import revise
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
def work(connection):
    connection.execute("CREATE TABLE IF NOT EXISTS numbers (number INTEGER PRIMARY KEY)")
    connection.execute("CREATE TABLE more AS SELECT hash(range) AS number FROM range(300000)")
revise(Path(sys.argv[1]), work)
"""


@pytest.mark.parametrize("limit", [100_000, 500_000, 800_000, 1_500_000, 2_000_000, 2_500_000])
@pytest.mark.parametrize("exists", [True, False])
def test_a_disk_without_room_changes_nothing(limit: int, exists: bool, database: Path) -> None:
    before = database.read_bytes()
    if not exists:
        database.unlink()
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(database), str(limit)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert os.strerror(27) in done.stderr
    assert (database.read_bytes() if exists else None) == (before if exists else None)
    assert names(database) == (["numbers.duckdb"] if exists else [])


def test_with_room_it_is_done(database: Path) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    subprocess.run([sys.executable, "-c", FULL, str(database), "100000000"], check=True)
    assert rows(database, "SELECT count(*) FROM more") == [(300_000,)]
