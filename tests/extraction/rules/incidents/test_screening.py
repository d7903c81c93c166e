"""Which rule says that a statement tells of no one incident, and which statements none of them touches."""

from collections.abc import Callable

import pytest

from pipeline.extraction.rules.incidents.barriers import BARRIERS
from pipeline.extraction.rules.incidents.screening import SCREENING
from pipeline.extraction.rules.incidents.trace import Trace

FIRST = "Gunmen killed nine soldiers near Gao in Mali on Monday. "


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Militants have carried out 24 attacks on bases in Iraq since October 17.", "counts_many"),
        ("The war has killed 7,000 people.", "figures_of_a_war"),
        (FIRST + "Rebels have executed at least 90 people in Mali in the past two years.", "sums_up_a_period"),
        (FIRST + "Nearly 300 civilians have been killed in the region since the truce ended.", "sums_up_deaths"),
        (FIRST + "Villages in Mali are often attacked by bandits.", "habitual"),
        (FIRST + "It was the eighth bombing in Mali this year.", "recounted"),
        (FIRST + "Families marked the anniversary on Tuesday of the bombing.", "commemorated"),
        (FIRST + "The attacks were condemned by the minister.", "in_general"),
        (FIRST + "It was the latest in a string of attacks on soldiers.", "in_general"),
        (FIRST + "Boko Haram claimed responsibility for these attacks.", "claims_all"),
    ],
)
def test_the_last_statement_is_screened_out(explain: Callable[..., Trace], text: str, rule: str) -> None:
    assert explain(text).steps[-1].decision.rule == rule


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        "Gunmen killed 200 people in three villages near Gao in Mali on Monday.",
        "Rebels have killed nine soldiers near Gao in Mali on Monday.",
        FIRST + "Bandits attacked a village near Kidal in Mali on Sunday.",
    ],
)
def test_what_tells_of_one_incident_is_not(explain: Callable[..., Trace], text: str) -> None:
    names = {rule.name for rule in SCREENING}
    assert not names & {step.decision.rule for step in explain(text).steps}


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in (*SCREENING, *BARRIERS)]
    assert len(names) == len(set(names))
