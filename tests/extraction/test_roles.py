from collections.abc import Callable

import pytest

from pipeline.extraction.rules.reading import Reading
from pipeline.extraction.rules.roles import assign_roles, claimants_of

Read = Callable[..., Reading]


def roles(read: Read, text: str) -> dict[str, list[str]]:
    reading = read(text)
    clause = reading.clauses[0]
    found = assign_roles(clause, reading.triggers, reading)
    return {
        "doers": [party.actor.name for party in found.perpetrators],
        "claimants": [party.actor.name for party in claimants_of(0, reading)],
    }


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Boko Haram attacked a village.", ["Boko Haram"]),
        ("A village was attacked by Boko Haram.", ["Boko Haram"]),
        ("A village was attacked by suspected Boko Haram.", ["Boko Haram"]),
        ("A Boko Haram attack left ten dead.", ["Boko Haram"]),
        ("Boko Haram carried out an attack.", ["Boko Haram"]),
        ("Troops attacked a camp of Boko Haram.", ["Troops"]),
        ("The attack was condemned by Boko Haram.", []),
        ("An attack on Boko Haram took place.", []),
    ],
)
def test_who_did_it(read: Read, text: str, doers: list[str]) -> None:
    assert roles(read, text)["doers"] == doers


@pytest.mark.parametrize(
    ("text", "claimants"),
    [
        ("Boko Haram claimed responsibility for the attack.", ["Boko Haram"]),
        ("The attack was claimed by Boko Haram.", ["Boko Haram"]),
        ("Boko Haram said on Monday that its fighters attacked a village.", ["Boko Haram"]),
        ("No group has claimed responsibility for the attack on Boko Haram.", []),
        ("The army blamed Boko Haram for the attack.", []),
    ],
)
def test_who_claims_it(read: Read, text: str, claimants: list[str]) -> None:
    assert roles(read, text)["claimants"] == claimants
