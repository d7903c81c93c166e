"""Statements that only add up."""

from collections.abc import Callable

import pytest

from pipeline.extraction.document import Document
from pipeline.extraction.rules.incidents.aggregates import is_of_a_war, sums_up_deaths
from pipeline.extraction.rules.statements.finder import statements_of
from pipeline.extraction.rules.statements.statement import Statement


@pytest.mark.parametrize(
    ("text", "adds"),
    [
        ("Nearly 300 civilians have been killed in the region since the truce ended.", True),
        ("The army has killed 190 rebels in the valley this year.", True),
        ("Gunmen killed 30 people in Gao on Monday.", False),
        ("Nine people have been killed in Gao.", False),
    ],
)
def test_deaths_so_far(read: Callable[..., Document], text: str, adds: bool) -> None:
    document = read(text)
    ((statement,),) = statements_of(document)
    assert sums_up_deaths(statement, document) is adds


@pytest.mark.parametrize(("toll", "war"), [("7,000", True), ("700", False)])
def test_figures_of_a_war(state: Callable[..., list[Statement]], toll: str, war: bool) -> None:
    assert is_of_a_war(state(f"The war killed {toll} people.")[0]) is war
