"""What a sentence says of a deed, all together."""

from collections.abc import Callable

from pipeline.extraction.rules.statements.statement import Statement, TypeBasis
from schemas import EventType


def test_a_statement_has_its_parts(state: Callable[..., list[Statement]]) -> None:
    (one,) = state(
        "Two drones launched by the Houthis hit a base near Marib in Yemen on Monday, killing three soldiers."
    )
    assert one.event_type is EventType.DRONE_ATTACK
    assert [place.name for place in one.places] == ["Ma'rib"]
    assert one.when.done is not None
    assert [party.actor.actor_id for party in one.roles.perpetrators] == ["houthis"]
    assert [(weapon.low, weapon.high) for weapon in one.weapons] == [(2, 2)]
    assert [toll.low for toll in one.tolls] == [3]


def test_what_nobody_names_is_guessed(state: Callable[..., list[Statement]]) -> None:
    assert state("A base was attacked.")[0].type_basis is TypeBasis.GUESSED
    assert state("A car bomb exploded.")[0].type_basis is TypeBasis.NAMED
    assert state("One was shot down.")[0].type_basis is TypeBasis.MISSING
