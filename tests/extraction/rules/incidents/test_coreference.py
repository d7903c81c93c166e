"""Which incident a statement joins."""

from collections.abc import Callable

import pytest

from pipeline.extraction.rules.incidents.trace import Trace

FIRST = "Gunmen killed nine soldiers near Gao in Mali on Monday. "
TWO = FIRST + "A car bomb killed two people in Kidal in Mali on Sunday. "


@pytest.mark.parametrize(
    ("text", "rule", "incident"),
    [
        (FIRST + "The bombing shocked many.", "best_fit", 0),
        (FIRST + "Two drones were shot down.", "best_fit", 0),
        (TWO + "The attack near Gao came at dawn.", "best_fit", 0),
        (TWO + "The car bomb exploded at noon.", "best_fit", 1),
        (TWO + "The first attack came at dawn.", "ordinal", 0),
        (TWO + "Rebels shelled Timbuktu in Mali.", "new_incident", 2),
        (TWO + "In another attack gunmen shot dead four traders.", "new_incident", 2),
    ],
)
def test_the_last_statement_joins(explain: Callable[..., Trace], text: str, rule: str, incident: int) -> None:
    decision = explain(text).steps[-1].decision
    assert (decision.rule, decision.incident) == (rule, incident)


def test_what_agrees_is_told(explain: Callable[..., Trace]) -> None:
    agreement = explain(TWO + "The attack near Gao on Monday came at dawn.").steps[-1].decision.agreement
    assert agreement is not None
    assert agreement.place > 0 < agreement.day
