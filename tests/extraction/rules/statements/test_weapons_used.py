"""Which weapons were used, and which were what was struck."""

from collections.abc import Callable

import pytest

from pipeline.extraction.rules.statements.statement import Statement
from schemas import ActorType, WeaponType


@pytest.mark.parametrize(
    ("text", "used", "struck"),
    [
        ("Two rockets hit a base in Gao.", [WeaponType.ROCKET], []),
        ("Israel carried out strikes against two mobile missiles.", [], ["missiles"]),
        ("An airstrike destroyed two artillery pieces in Gao.", [WeaponType.AIRCRAFT], ["artillery"]),
    ],
)
def test_weapons(state: Callable[..., list[Statement]], text: str, used: list[WeaponType], struck: list[str]) -> None:
    statement = state(text)[0]
    assert [weapon.word.weapon_type for weapon in statement.weapons] == used
    things = [p.actor.name for p in statement.roles.targets if p.actor.actor_type is ActorType.PROPERTY]
    assert [name for name in struck if not any(name in thing for thing in things)] == []
