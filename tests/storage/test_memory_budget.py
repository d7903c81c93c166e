"""How much memory DuckDB is given."""

from pathlib import Path

import duckdb
import pytest

from pipeline.storage.memory_budget import megabytes, with_enough_memory

SCARCE = duckdb.OutOfMemoryException("Out of Memory Error: could not allocate block")


class Work:
    """Work that fails until it is allowed so many times as much."""

    def __init__(self, needed: int, error: duckdb.Error = SCARCE) -> None:
        self.needed, self.error = needed, error
        self.allowed: list[int] = []

    def __call__(self, times: int) -> str:
        self.allowed.append(times)
        if times < self.needed:
            raise self.error
        return "done"


def test_work_that_lacks_memory_is_done_again_with_twice_as_much() -> None:
    work = Work(5)
    assert with_enough_memory("work", work) == "done"
    assert work.allowed == [1, 2, 4, 8]


@pytest.mark.parametrize(
    "message",
    [
        "TransactionContext Error: Failed to commit: failed to pin block of size 256.0 KiB",
        "FATAL Error: Failed to create checkpoint because of error: failed to allocate data of size 4.0 MiB",
    ],
)
def test_lack_of_memory_that_shows_late_is_lack_of_memory(message: str) -> None:
    work = Work(2, duckdb.Error(message))
    assert with_enough_memory("work", work) == "done"


def test_it_does_not_go_on_for_ever() -> None:
    work = Work(1_000_000)
    with pytest.raises(duckdb.OutOfMemoryException):
        with_enough_memory("work", work)
    assert work.allowed[-1] == 64


def test_other_errors_are_not_tried_again() -> None:
    work = Work(2, duckdb.CatalogException("there is no such table"))
    with pytest.raises(duckdb.CatalogException):
        with_enough_memory("work", work)
    assert work.allowed == [1]


def test_files_are_weighed_together(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).write_bytes(b"x" * 700_000)
    assert megabytes(tmp_path / "one", tmp_path / "other", tmp_path / "none") == 1
