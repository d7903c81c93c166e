"""Which incident a statement joins."""

from collections.abc import Callable

import pytest

from pipeline.extraction.rules.incidents.evidence import Part
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
    found = explain(TWO + "The attack near Gao on Monday came at dawn.").steps[-1].decision.evidence
    assert found is not None
    assert {Part.SAME_SPOT, Part.SAME_DAY, Part.DEFINITE} <= {*found.parts}


@pytest.mark.parametrize(
    ("lede", "more", "incidents"),
    [
        (  # a lede without a spot joins its body
            "Gunmen killed nine soldiers in Mali on Monday. ",
            "The attack took place near Gao. The gunmen fled on motorcycles.",
            1,
        ),
        (  # two attacks in one paragraph stay two
            "Gunmen shot dead two farmers in Lodha in Ituri in the Democratic Republic of the Congo on Monday. ",
            "The same evening, in Fataki, fighters fired on a lorry and killed three traders.",
            2,
        ),
        (  # the latest strike is the one just told, however long after another it came
            "Drones hit Ain al-Asad air base in Iraq on Monday. ",
            "The latest strike comes hours after the army had struck two targets in Syria.",
            1,
        ),
    ],
)
def test_how_many_incidents(explain: Callable[..., Trace], lede: str, more: str, incidents: int) -> None:
    steps = explain(lede + more).steps
    assert len({step.decision.incident for step in steps if not step.statement.background} - {None}) == incidents
