"""Who only speaks."""

from collections.abc import Callable

import pytest

from pipeline.extraction.rules.statements.statement import Statement


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("The Nigerian army said gunmen attacked a market in Kano.", ["Gunmen"]),
        ("Boko Haram is believed to have attacked a market in Kano.", ["Boko Haram"]),
        ("The Houthis said that rebels shelled a village.", ["Rebels"]),
    ],
)
def test_speakers_are_no_doers(state: Callable[..., list[Statement]], text: str, doers: list[str]) -> None:
    (statement,) = state(text)
    assert [party.actor.name.lower() for party in statement.roles.perpetrators] == [name.lower() for name in doers]
