"""What keeps a statement and an incident apart by itself."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.extraction.rules.incidents.candidates import founded_on
from pipeline.extraction.rules.incidents.compatibility import violated
from pipeline.extraction.rules.statements.event_time import Timing
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.rules.statements.statement import Statement

FIRST = "Gunmen killed nine soldiers near Gao in Mali on Monday. "


@pytest.mark.parametrize(
    ("other", "constraint"),
    [
        ("Gunmen killed two men in Kidal in Mali.", "places_apart"),
        ("Gunmen killed two men in Gao in Mali on Sunday.", "days_apart"),
        ("A blast in Gao in Mali killed nobody.", "tolls_clash"),
        ("Two teachers were abducted in Gao in Mali.", None),
        ("The gunmen fled.", None),
    ],
)
def test_constraints(state: Callable[..., list[Statement]], other: str, constraint: str | None) -> None:
    known, *_ = state(FIRST)
    for statement in state(other):
        found = violated(founded_on(known, 0), statement)
        assert (found and found.name) == constraint


def test_what_is_not_known_keeps_nothing_apart(state: Callable[..., list[Statement]]) -> None:
    (known,) = state(FIRST)
    bare = replace(known, places=(), when=Timing(), roles=Roles())
    assert violated(founded_on(known, 0), bare) is None
    assert violated(founded_on(bare, 0), known) is None


def test_the_attacked_of_one_attack_in_the_other(state: Callable[..., list[Statement]]) -> None:
    (known,) = state("Boko Haram attacked the Nigerian army in Borno.")
    (other,) = state("The Nigerian army attacked Boko Haram in Borno.")
    found = violated(founded_on(known, 0), other)
    assert found is not None
    assert found.name == "sides_opposed"
