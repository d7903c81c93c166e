"""A statement is a fact."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError

import pytest

from pipeline.extraction.rules.statements.statement import Contrast, Statement


def test_it_cannot_be_changed(state: Callable[..., list[Statement]]) -> None:
    (statement,) = state("Gunmen killed nine soldiers near Gao in Mali on Monday.")
    for part, name in ((statement, "places"), (statement.when, "done"), (statement.roles, "targets")):
        with pytest.raises(FrozenInstanceError):
            setattr(part, name, None)


def test_a_part_that_is_another_is_both() -> None:
    values = {contrast: (contrast.name.endswith("PART"), contrast.name.startswith("OTHER")) for contrast in Contrast}
    assert values[Contrast.OTHER_PART] == (True, True)
    assert values[Contrast.NONE] == (False, False)


def test_its_parts_can_be_hashed(state: Callable[..., list[Statement]]) -> None:
    (statement,) = state("Two drones hit a base near Gao in Mali on Monday, killing one.")
    assert isinstance(hash((statement.clauses, statement.triggers, statement.places, statement.tolls)), int)
