from collections.abc import Callable

import pytest

from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.finder import statements_of

Read = Callable[..., Document]


def last_roles(read: Read, text: str) -> tuple[list[str], list[str]]:
    """Return who did what the last sentence tells, and who claims it."""
    statement = statements_of(read(text))[-1][-1]
    return (
        [party.actor.name for party in statement.roles.perpetrators],
        [party.actor.name for party in statement.roles.claimants],
    )


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Gunmen raided a village. They killed nine people.", ["Gunmen"]),
        ("Boko Haram raided a village. They also burned the school.", ["Boko Haram"]),
        ("Bandits raided a village. In the raid they killed a teacher.", ["Bandits"]),
        ("A gunman entered a church. A gunman shot a nun. He then stabbed two men.", ["gunman"]),
        ("Gunmen raided a village. They were killed by troops.", ["troops"]),
        ("Gunmen raided a village. Officials who say they know said nine were killed.", []),
        ("They killed nine people.", []),
    ],
)
def test_whom_a_pronoun_means_as_the_doer(read: Read, text: str, doers: list[str]) -> None:
    assert last_roles(read, text)[0] == doers


@pytest.mark.parametrize(
    ("text", "claimants"),
    [
        ("Al-Shabaab is active there. It has claimed an attack on a hotel in which nine died.", ["al-Shabaab"]),
        ("Al-Shabaab denied it. But it did say that its fighters attacked a base.", ["al-Shabaab"]),
        ("The council met. It has claimed an attack on a hotel in which nine died.", []),
    ],
)
def test_whom_a_pronoun_means_as_the_claimant(read: Read, text: str, claimants: list[str]) -> None:
    assert last_roles(read, text)[1] == claimants
