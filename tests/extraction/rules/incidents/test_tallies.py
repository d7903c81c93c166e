from collections.abc import Callable

import pytest

from pipeline.extraction.document import Document
from pipeline.extraction.rules.incidents.tallies import is_tally
from pipeline.extraction.rules.statements.finder import statements_of
from schemas import Mention, Tally

Read = Callable[..., Document]
Extract = Callable[..., tuple[list[Mention], list[Tally]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There have been at least 30 attacks on bases since July 1.", True),
        ("The bases were attacked 30 times this month.", True),
        ("Dozens of rocket attacks hit the region in recent weeks.", True),
        ("Two attacks took place on Monday.", False),
        ("A bomb went off on Monday.", False),
        ("Three drones attacked a base on Monday.", False),
    ],
)
def test_counts_of_incidents_are_tallies(read: Read, text: str, expected: bool) -> None:
    document = read(text)
    statements = [statement for mine in statements_of(document) for statement in mine]
    assert any(is_tally(statement, document) for statement in statements) is expected


def test_a_tally_counts_people_over_all_of_its_incidents(extract: Extract) -> None:
    _, (tally,) = extract("At least 30 rocket attacks since July 1 have killed 12 people in Iraq.")
    assert (tally.count_low, tally.killed_best, tally.event_type) == (30, 12, "rocket_missile_mortar")
    assert {"what", "count_low", "since", "killed_low"} <= {item.field for item in tally.evidence}
