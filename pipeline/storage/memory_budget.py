"""How much memory DuckDB is given: what work of a size should need, and more where that proves too little."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb

_MOST_TIMES = 64
_SIGNS = ("failed to pin block", "failed to allocate data")

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


def megabytes(*files: Path) -> int:
    """Return the size of files together, in millions of bytes; one that does not exist has none."""
    return sum(file.stat().st_size for file in files if file.exists()) // 1_000_000


def with_enough_memory(name: str, work: Callable[[int], _Result]) -> _Result:
    """Do some work: `work` is given how many times as much memory to allow as its size suggests.

    At first that is once; where DuckDB says that this is too little, all is done again with twice as much, up to 64
    times.
    """
    times = 1
    while True:
        try:
            return work(times)
        except duckdb.Error as error:
            if not _lacks_memory(error) or times >= _MOST_TIMES:
                raise
        times *= 2
        _log.info("%s takes more memory", name, extra={"fields": {"times": times}})


def _lacks_memory(error: duckdb.Error) -> bool:
    """Return whether a limit on memory was too low.

    Where that shows at the commit or at the checkpoint, it is another error's message.
    """
    return isinstance(error, duckdb.OutOfMemoryException) or any(sign in str(error) for sign in _SIGNS)
