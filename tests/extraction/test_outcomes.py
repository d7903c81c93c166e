from collections.abc import Callable

import pytest

from schemas import Mention, Tally

Extract = Callable[..., tuple[list[Mention], list[Tally]]]


@pytest.mark.parametrize(
    ("text", "outcome", "intercepted"),
    [
        ("Two drones were shot down near Erbil on Monday.", "foiled", 2),
        ("A drone was shot down near Erbil on Monday, but another struck a hangar.", "partial", 1),
        ("A missile struck a hangar in Erbil on Monday.", "hit", None),
        ("A bomb attack in Erbil was foiled on Monday.", "foiled", None),
        ("Rockets were fired at Erbil on Monday.", "unknown", None),
    ],
)
def test_outcomes(extract: Extract, text: str, outcome: str, intercepted: int | None) -> None:
    (mention,) = extract(text)[0]
    assert mention.outcome == outcome
    if intercepted is not None:
        assert mention.intercepted_low == intercepted
