"""How the words around a trigger refer."""

from collections.abc import Callable

import pytest

from pipeline.extraction.rules.statements.statement import Aspect, Contrast, Definiteness, Number, Statement


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Gunmen attacked Gao.", Number.ONE),
        ("Attacks hit Gao.", Number.MANY),
        ("One of the attacks hit Gao.", Number.ONE),
        ("It was the latest in a string of attacks on Gao.", Number.SERIES),
        ("The attack hit Gao.", Definiteness.DEFINITE),
        ("A drone attack hit Gao.", Definiteness.INDEFINITE),
        ("Gunmen attacked Gao on Monday.", Definiteness.BARE),
        ("A separate attack hit Gao.", Contrast.OTHER),
        ("Another attack hit Gao.", Contrast.OTHER_PART),
        ("Separately, gunmen shot dead a man in Gao.", Contrast.OTHER),
        ("Gunmen shot dead a man in Gao.", Contrast.NONE),
        ("The first attack hit Gao.", Contrast.PART),
        ("Bandits often attack villages in Mali.", Aspect.HABITUAL),
        ("It was the eighth bombing in Mali this year.", Aspect.RECOUNTED),
        ("The rebels have bombed Gao.", Aspect.PERFECT),
        ("Gunmen shot dead a man in Gao on Monday.", Aspect.NEWS),
    ],
)
def test_a_statement_refers(state: Callable[..., list[Statement]], text: str, value: object) -> None:
    statement = state(text)[0]
    assert value in (statement.number, statement.definiteness, statement.contrast, statement.aspect)


def test_an_ordinal_is_a_rank(state: Callable[..., list[Statement]]) -> None:
    assert [state(f"The {word} attack hit Gao.")[0].rank for word in ("second", "third")] == [2, 3]


def test_what_opens_a_time_is_of_that_day(state: Callable[..., list[Statement]]) -> None:
    statement = state("The town has been under siege since June 7, when rebels attacked it.")[-1]
    assert statement.aspect is Aspect.OPENER
    assert statement.when.done is not None
    assert str(statement.when.done.earliest) == "2019-06-07"
