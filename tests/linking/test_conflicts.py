from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking.conflicts import conflicts_of
from schemas import Mention
from tests.support.records import DAY, any_mentions, mention, weapon


def found(*fields: dict[str, Any]) -> list[tuple[str, str, list[int]]]:
    """Conflicts as field, value, and the numbers of the mentions that say so."""
    reported = [mention(number, **each) for number, each in enumerate(fields)]
    numbers = {one.mention_id: number for number, one in enumerate(reported)}
    return [
        (conflict.field, conflict.value, sorted(numbers[name] for name in conflict.mention_ids))
        for conflict in conflicts_of(reported)
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            ({"event_type": "airstrike"}, {"event_type": "drone_attack"}, {"event_type": "airstrike"}),
            [("event_type", "airstrike", [0, 2]), ("event_type", "drone_attack", [1])],
        ),
        (({"outcome": "hit"}, {"outcome": "foiled"}), [("outcome", "foiled", [1]), ("outcome", "hit", [0])]),
        (
            ({"day": DAY}, {"day": DAY.replace(day=10)}),
            [("date", "2023-11-09", [0]), ("date", "2023-11-10", [1])],
        ),
        (({"facility": "North"}, {"facility": "South"}), [("facility", "North", [0]), ("facility", "South", [1])]),
        (
            ({"killed_low": 4, "killed_high": 4}, {"killed_low": 5, "killed_high": 5}),
            [("killed", "4", [0]), ("killed", "5", [1])],
        ),
        (({"killed_low": 4}, {"killed_high": 3}), [("killed", "4–", [0]), ("killed", "–3", [1])]),
        (
            ({"wounded_low": 0, "wounded_high": 0}, {"wounded_low": 2, "wounded_high": 5}),
            [("wounded", "0", [0]), ("wounded", "2–5", [1])],
        ),
        (
            ({"intercepted_low": 1, "intercepted_high": 1}, {"intercepted_low": 2, "intercepted_high": 2}),
            [("intercepted", "1", [0]), ("intercepted", "2", [1])],
        ),
        (
            ({"weapons": (weapon("drone", 2, 2), weapon("rocket", 9, 9))}, {"weapons": (weapon("drone", 3, 3),)}),
            [("weapons.count", "2 drone", [0]), ("weapons.count", "3 drone", [1])],
        ),
    ],
)
def test_disagreement_is_kept(fields: tuple[dict[str, Any], ...], expected: list[Any]) -> None:
    assert found(*fields) == expected


@pytest.mark.parametrize(
    "fields",
    [
        (),
        ({},),
        ({}, {}),
        ({"killed_low": 4, "killed_high": 4}, {}),
        ({"killed_low": 4, "killed_best": 4}, {"killed_low": 4}),
        ({"event_type": "airstrike"}, {"event_type": "attack"}),
        ({"outcome": "hit"}, {"outcome": "unknown"}),
        ({"facility": "North"}, {}),
        ({"day": None}, {"day": DAY}),
        ({"weapons": (weapon("drone", 2, 2),)}, {"weapons": (weapon("rocket", 3, 3),)}),
        ({"weapons": (weapon("drone", 2, 2),)}, {"weapons": (weapon("drone"),)}),
    ],
)
def test_silence_is_no_disagreement(fields: tuple[dict[str, Any], ...]) -> None:
    assert found(*fields) == []


@given(st.lists(any_mentions(), max_size=5, unique_by=lambda reported: reported.mention_id), st.data())
def test_order_does_not_matter(reported: list[Mention], data: st.DataObject) -> None:
    assert conflicts_of(data.draw(st.permutations(reported))) == conflicts_of(reported)
