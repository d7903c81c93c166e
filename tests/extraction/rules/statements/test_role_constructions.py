"""Roles that a turn of phrase gives."""

from collections.abc import Callable

import pytest

from pipeline.extraction.rules.statements.statement import Statement


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("It was Boko Haram that attacked the market in Kano.", "boko-haram"),
        ("The raid on Kano, which Boko Haram carried out, lasted an hour.", "boko-haram"),
        ("Seven drones from the Houthis hit a base in Yemen.", "houthis"),
    ],
)
def test_who_did_it(state: Callable[..., list[Statement]], text: str, doer: str) -> None:
    assert [party.actor.actor_id for party in state(text)[0].roles.perpetrators] == [doer]
