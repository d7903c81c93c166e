"""The database in bad company, in small: the benchmarks of readers, kills and full disks, in processes of their own."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("name", "count"), [("readers", 4), ("kill", 8)])
def test_nothing_is_lost(name: str, count: int) -> None:
    command = [sys.executable, "-m", f"benchmarks.{name}", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
