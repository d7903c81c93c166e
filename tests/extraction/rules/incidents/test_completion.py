"""What a statement takes from the sentences before it."""

from collections.abc import Callable

import pytest

from pipeline.extraction.rules.incidents.trace import Trace
from pipeline.extraction.rules.statements.statement import PlaceBasis


def test_the_scene_is_the_place(explain: Callable[..., Trace]) -> None:
    (step,) = explain("In the town of Gao, rebels of the north were about. They shot dead four farmers.").steps
    assert step.statement.place_basis is PlaceBasis.SCENE


def test_a_new_paragraph_leaves_the_scene(explain: Callable[..., Trace]) -> None:
    (step,) = explain("In the town of Gao, rebels of the north were about.\n\nGunmen shot dead four farmers.").steps
    assert step.statement.place_basis is PlaceBasis.NONE


def test_the_next_of_what_was_announced_has_its_day(explain: Callable[..., Trace]) -> None:
    text = "Two incidents were reported on July 3. One bomb exploded in Gao. The second hit Kidal in Mali."
    steps = explain(text).steps
    assert [step.statement.when.done and step.statement.when.done.span.text for step in steps] == ["July 3"] * 2
    assert all(step.statement.when.inherited for step in steps)


@pytest.mark.parametrize(
    "more",
    [
        "A seventh victim, a student, died of her injuries in Bamako on Tuesday.",
        "Three of the wounded were in critical condition on Tuesday.",
        "An officer succumbed to his wounds at a hospital in Bamako.",
    ],
)
def test_what_became_of_victims_later_is_not_another_incident(explain: Callable[..., Trace], more: str) -> None:
    steps = explain("Gunmen killed nine soldiers near Gao in Mali on Monday. " + more).steps
    assert {step.decision.incident for step in steps} == {0}
