import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import LockedError
from pipeline.storage.lock import hold

HOLDER = """
import sys
from pathlib import Path
from pipeline.storage.lock import hold
with hold(Path(sys.argv[1]), 0):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "incidents.duckdb"


@pytest.fixture
def holder(database: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until it reads a line."""
    with subprocess.Popen(  # it is this very interpreter
        [sys.executable, "-c", HOLDER, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_run_fails_at_once(database: Path, holder: subprocess.Popen[str]) -> None:
    begun = time.monotonic()
    with pytest.raises(LockedError) as caught, hold(database, 0):
        pass
    assert time.monotonic() - begun < 1
    assert caught.value.path == str(database)


def test_a_second_run_waits_no_longer_than_asked(database: Path, holder: subprocess.Popen[str]) -> None:
    begun = time.monotonic()
    with pytest.raises(LockedError), hold(database, 0.2):
        pass
    assert 0.2 <= time.monotonic() - begun < 2


def test_a_second_run_waits_for_the_first(database: Path, holder: subprocess.Popen[str]) -> None:
    assert holder.stdin is not None
    holder.stdin.write("\n")
    holder.stdin.flush()
    with hold(database, 20):
        assert holder.wait(5) == 0


def test_a_killed_run_holds_nothing(database: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait(5)
    with hold(database, 0):
        pass


def test_a_failed_run_holds_nothing(database: Path) -> None:
    with pytest.raises(RuntimeError, match="broken"), hold(database, 0):
        raise RuntimeError("broken")
    with hold(database, 0):
        pass


def test_another_database_is_not_held(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with hold(tmp_path / "other.duckdb", 0):
        pass
