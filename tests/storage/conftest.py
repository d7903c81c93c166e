from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest


@pytest.fixture
def folders(tmp_path: Path) -> Callable[[], Path]:
    """New folders, which do not exist yet."""
    numbers = count()
    return lambda: tmp_path / f"it's {next(numbers)}"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "it's ours.duckdb"
