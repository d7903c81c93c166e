"""What announces several incidents, and what is said of all of them."""

from collections.abc import Callable

import pytest

from pipeline.extraction.rules.incidents.announcements import announces, is_part_of, is_said_of_all
from pipeline.extraction.rules.incidents.candidates import founded_on
from pipeline.extraction.rules.statements.statement import Statement


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("Two attacks took place in Mali on Monday.", True),
        ("Attacks in the north of Mali continued.", True),
        ("An attack took place in Mali on Monday.", False),
        ("Attacks in Gao on Monday killed nine.", False),
    ],
)
def test_announces(state: Callable[..., list[Statement]], text: str, several: bool) -> None:
    assert announces(state(text)[0]) is several


def test_a_part_of_the_dead_of_an_introduction(state: Callable[..., list[Statement]]) -> None:
    (whole,), (part,) = state("Attacks killed 13 people in Mali."), state("A bomb killed 11 in Gao.")
    assert is_part_of(whole, part)
    assert not is_part_of(part, whole)


def test_what_is_said_of_all(state: Callable[..., list[Statement]]) -> None:
    (several,) = state("Two attacks took place in Mali on Monday.")
    group = founded_on(several, 0)
    group.group = True
    assert is_said_of_all(group, state("The attacks wounded nine.")[0])
    assert not is_said_of_all(group, state("Another attack hit Gao.")[0])
