"""Statements that only add up."""

from collections.abc import Callable

import pytest

from pipeline.extraction.document import Document
from pipeline.extraction.rules.incidents.aggregates import counts_since, is_campaign_total, is_of_a_war, sums_up_deaths
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


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("In June at least 412 civilians were killed in northern Mali.", True),
        ("In June at least 412 civilians were killed in Gao.", False),
        ("At least 412 civilians were killed in northern Mali on Monday.", False),
        ("In June nine civilians were killed in northern Mali.", False),
    ],
)
def test_totals_of_a_campaign(read: Callable[..., Document], text: str, total: bool) -> None:
    document = read(text)
    ((statement,),) = statements_of(document)
    assert is_campaign_total(statement, document) is total


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Since May more than 90 ships have been attacked in the Red Sea.", True),
        ("Since May a ship has been attacked in the Red Sea.", False),
        ("So far the dead number 15, and 20 people were wounded.", False),
    ],
)
def test_counted_since(read: Callable[..., Document], text: str, total: bool) -> None:
    document = read(text)
    statements = [one for mine in statements_of(document) for one in mine]
    assert [counts_since(statement, document) for statement in statements] == [total] * len(statements)
