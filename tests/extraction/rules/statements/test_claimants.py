"""Who claims a deed, and who only denies it or is spoken of."""

import pytest

from pipeline.extraction.rules.statements.claimants import claimants_of
from tests.extraction.conftest import Read


@pytest.mark.parametrize(
    ("text", "claimants"),
    [
        ("Boko Haram claimed responsibility for the attack.", ["Boko Haram"]),
        ("The attack was claimed by Boko Haram.", ["Boko Haram"]),
        ("Al-Shabab said its fighters had carried out the raid.", ["al-Shabaab"]),
        ("The Houthis said their fighters had not carried out the raid.", []),
        ("Iran rejected accusations that its allies claimed the attack.", []),
        ("No group has claimed responsibility.", []),
        ("Nobody has claimed the attack on Boko Haram.", []),
    ],
)
def test_who_claims(read: Read, text: str, claimants: list[str]) -> None:
    assert [party.actor.name for party in claimants_of(0, read(text))] == claimants
