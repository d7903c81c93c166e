"""What keeps a statement from founding an incident, and what does not."""

from collections.abc import Callable

import pytest

from pipeline.extraction.rules.incidents.decisions import Fate
from pipeline.extraction.rules.incidents.trace import Trace

FIRST = "Gunmen killed nine soldiers near Gao in Mali on Monday. "


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ("Smoke was seen after an explosion.", "bare_background"),
        ("Police arrested two men.", "bare_arrest"),
        ("The third attack came at dawn near Kidal.", "out_of_turn"),
    ],
)
def test_what_says_too_little_founds_none(explain: Callable[..., Trace], more: str, rule: str) -> None:
    assert explain(FIRST + more).steps[-1].decision.rule == rule


def test_without_a_weapon_what_is_brought_down_is_no_deed(explain: Callable[..., Trace]) -> None:
    assert not explain("One was shot down.").reported


@pytest.mark.parametrize(
    "more", ["A car bomb killed two in Kidal in Mali.", "Police arrested two men in Kidal in Mali."]
)
def test_what_says_where_founds_one(explain: Callable[..., Trace], more: str) -> None:
    decision = explain(FIRST + more).steps[-1].decision
    assert (decision.fate, decision.incident) == (Fate.FOUND, 1)
