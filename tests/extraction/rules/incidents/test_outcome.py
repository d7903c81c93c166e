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
        ("The battery at Erbil shot the rocket down on Monday.", "foiled", 1),
        ("Of 24 drones sent towards Odesa on Monday, the air force downed 17.", "foiled", 17),
        ("The air force shot down 17 of 24 drones over Odesa on Monday.", "foiled", 17),
        ("Rockets were fired at Erbil on Monday.", "unknown", None),
    ],
)
def test_outcomes(extract: Extract, text: str, outcome: str, intercepted: int | None) -> None:
    (mention,) = extract(text)[0]
    assert mention.outcome == outcome
    if intercepted is not None:
        assert mention.intercepted_low == intercepted
