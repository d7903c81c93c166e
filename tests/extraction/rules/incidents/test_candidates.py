"""What an incident amounts to as statements join it."""

from collections.abc import Callable

from pipeline.extraction.rules.incidents.candidates import founded_on
from pipeline.extraction.rules.statements.statement import Statement
from schemas import EventType


def test_a_candidate_shares_nothing_that_changes(state: Callable[..., list[Statement]]) -> None:
    (statement,) = state("Boko Haram attacked a market in Gao in Mali on Monday.")
    (other,) = state("Gunmen killed nine soldiers in Mali.")
    one, two = founded_on(statement, 0), founded_on(statement, 1)
    one.add(other)
    assert (len(one.statements), len(two.statements)) == (2, 1)
    assert two.roles == statement.roles
    assert len(one.roles.targets) > len(two.roles.targets)


def test_the_more_specific_place_and_the_named_type_stand(state: Callable[..., list[Statement]]) -> None:
    (vague,) = state("A base in Mali was attacked.")
    (exact,) = state("A car bomb exploded in Gao in Mali on Monday.")
    candidate = founded_on(vague, 0)
    candidate.add(exact)
    assert candidate.place is not None
    assert (candidate.place.name, candidate.event_type) == ("Gao", EventType.CAR_BOMBING)
    assert candidate.date is not None


def test_tolls_told_later_are_added_to_the_last_statement(state: Callable[..., list[Statement]]) -> None:
    (statement,) = state("Gunmen killed nine soldiers in Mali.")
    candidate = founded_on(statement, 0)
    candidate.add_tolls(list(statement.tolls))
    assert len(candidate.statements[-1].tolls) == 2
    assert len(statement.tolls) == 1
