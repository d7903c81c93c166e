"""Each party of an incident has one role and is named once."""

from collections.abc import Callable

import pytest

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.rules.incidents.candidates import founded_on
from pipeline.extraction.rules.incidents.party_roles import key_of, named_once, settle_roles
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.rules.statements.statement import Statement
from pipeline.extraction.text.spans import Span
from schemas import Actor


def party(name: str, actor_id: str | None = None) -> ActorReading:
    return ActorReading(Actor(name=name, text=name, actor_id=actor_id), Span(0, len(name), name), None, None)


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["base", "Ain al-Asad air base"], ["Ain al-Asad air base"]),
        (["soldier", "Malian soldiers"], ["Malian soldiers"]),
        (["the village", "a market"], ["the village", "a market"]),
        (["air base", "base camp"], ["air base", "base camp"]),
    ],
)
def test_the_longer_name_stands(names: list[str], kept: list[str]) -> None:
    assert [one.actor.name for one in named_once(tuple(map(party, names)))] == kept


def test_what_the_actor_table_knows_stays() -> None:
    known = party("Taliban", "taliban"), party("Pakistani Taliban", "ttp")
    assert named_once(known) == known


def test_nobody_is_both(state: Callable[..., list[Statement]]) -> None:
    (statement,) = state("Boko Haram attacked a market in Kano on Monday.")
    candidate = founded_on(statement, 0)
    (doer,) = candidate.roles.perpetrators
    candidate.roles = Roles((doer,), (doer, party("market")))
    settle_roles(candidate)
    assert {key_of(one) for one in candidate.roles.targets} == {"market"}
    assert candidate.roles.perpetrators == (doer,)


def test_who_claims_it_is_not_attacked(state: Callable[..., list[Statement]]) -> None:
    (statement,) = state("Gunmen attacked Boko Haram in Kano on Monday.")
    candidate = founded_on(statement, 0)
    (hit,) = candidate.roles.targets
    candidate.roles = Roles((), (hit,), (hit,))
    settle_roles(candidate)
    assert not candidate.roles.targets
