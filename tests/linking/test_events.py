from typing import Any

import pytest

from pipeline.linking import events
from tests.support.comparisons import GUNS, assert_cannot_link, assert_silent, assert_weighs
from tests.support.records import weapon


@pytest.mark.parametrize(
    ("one", "other", "name", "weight"),
    [
        ({"event_type": "grenade"}, {"event_type": "grenade"}, "type", events.SAME_TYPE),
        ({}, {}, "type", events.SAME_TYPE),
        ({"event_type": "airstrike"}, {"event_type": "drone_attack"}, "type", events.SAME_FAMILY),
        ({"event_type": "airstrike"}, {"event_type": "armed_clash"}, "type", events.OTHER_FAMILY),
        ({"event_type": "car_bombing"}, {"event_type": "armed_assault"} | GUNS, "type", events.OTHER_FAMILY),
        ({"weapons": (weapon("drone"),)}, {"weapons": (weapon("drone"),)}, "weapons", events.SAME_WEAPON),
        ({"weapons": (weapon("drone", 2),)}, {"weapons": (weapon("drone", 3),)}, "weapons", events.SAME_WEAPON),
        ({"weapons": (weapon("car_bomb", 1),)}, {"weapons": (weapon("car_bomb", 1),)}, "weapons", events.SAME_WEAPON),
        (
            {"weapons": (weapon("drone", 2), weapon("rocket"))},
            {"weapons": (weapon("drone", 2), weapon("knife"))},
            "weapons",
            events.SAME_WEAPON + events.SAME_WEAPON_COUNT,
        ),
        ({"weapons": (weapon("drone"),)}, {"weapons": (weapon("rocket"),)}, "weapons", events.OTHER_WEAPON),
        ({"killed_best": 1}, {"killed_best": 1}, "killed", events.SAME_COUNT),
        ({"killed_best": 100}, {"killed_best": 100}, "killed", events.SAME_COUNT + 2 * events.LARGE_COUNT),
        ({"killed_best": 5000}, {"killed_best": 5000}, "killed", events.SAME_COUNT + events.MOST_FOR_LARGE),
        ({"killed_best": 1}, {"killed_low": 1}, "killed", events.SAME_COUNT),
        ({"killed_best": 0}, {"killed_best": 0}, "killed", events.LIKE_COUNT),
        ({"killed_best": 4}, {"killed_best": 8}, "killed", events.LIKE_COUNT),
        ({"killed_best": 4}, {"killed_best": 9}, "killed", events.OTHER_COUNT),
        ({"killed_best": 4}, {"killed_best": 0}, "killed", events.OTHER_COUNT),
        ({"killed_best": 25}, {"killed_best": 5}, "killed", events.OTHER_ORDER),
        ({"wounded_low": 1}, {"wounded_low": 1}, "wounded", events.SAME_COUNT),
    ],
)
def test_weights(one: dict[str, Any], other: dict[str, Any], name: str, weight: float) -> None:
    assert_weighs(one, other, name, weight)


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ({}, {"event_type": "airstrike"}, "type"),
        ({"event_type": "attack_on_civilians"}, {"event_type": "car_bombing"}, "type"),
        ({"event_type": "car_bombing"} | GUNS, {"event_type": "armed_assault"}, "type"),
        ({"event_type": "armed_clash", "weapons": (weapon("ied"),)}, {"event_type": "bombing"}, "type"),
        ({"event_type": "assassination"}, {"event_type": "armed_assault"}, "type"),
        ({"weapons": (weapon("drone"),)}, {}, "weapons"),
        ({"killed_best": 4}, {}, "killed"),
        ({"killed_best": 4}, {"killed_high": 4}, "killed"),
    ],
)
def test_silence_is_no_evidence(one: dict[str, Any], other: dict[str, Any], name: str) -> None:
    assert_silent(one, other, name)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"event_type": "abduction"}, {"event_type": "arrest_raid"}, "is no"),
        ({"event_type": "abduction"}, {}, "is no"),
        ({"event_type": "arrest_raid"}, {"event_type": "attack_on_civilians"}, "is no"),
    ],
)
def test_cannot_links(one: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    assert_cannot_link(one, other, reason)
