"""Benchmarks are run by hand and seldom; what they use of the pipeline has to be there all the same."""

from importlib import import_module
from pathlib import Path

import pytest

NAMES = sorted(path.stem for path in (Path(__file__).parent.parent / "benchmarks").glob("*.py"))
NOT_OURS = {"splink", "datasketch"}
"""What other ways of linking need is installed by who wants to compare with them."""


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_finds_what_it_uses(name: str) -> None:
    try:
        import_module(f"benchmarks.{name}")
    except ModuleNotFoundError as error:
        if error.name not in NOT_OURS:
            raise
