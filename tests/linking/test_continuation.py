from datetime import date
from typing import Any

import pytest

from pipeline.linking.continuation import continued
from schemas import EventType
from tests.support.records import DAY, mention

BEFORE: dict[str, Any] = {"event_type": EventType.BOMBING, "day": DAY, "place": "Rukban", "killed_best": 12}


def ids(*numbers: int) -> list[str]:
    return [mention(number, place=None).mention_id for number in numbers]


@pytest.mark.parametrize(
    "now",
    [
        {"killed_best": 13},
        {"event_type": EventType.CAR_BOMBING},
        {"event_type": EventType.ATTACK, "killed_best": 14},
        {"day": date(2023, 11, 10)},
        {"place": "Tanf"},
    ],
)
def test_what_agrees_on_two_of_type_day_and_place_goes_on(now: dict[str, Any]) -> None:
    (old, new) = ids(1, 2)
    assert continued([mention(1, **BEFORE)], [mention(2, **BEFORE | now)]) == {old: new}


@pytest.mark.parametrize(
    "now",
    [
        {"event_type": EventType.ARREST_RAID, "place": "Tanf"},
        {"day": date(2023, 11, 12), "place": "Tanf"},
        {"event_type": EventType.ARREST_RAID, "day": None},
        {"event_type": EventType.ARREST_RAID, "day": date(2023, 11, 12), "place": "Tanf"},
    ],
)
def test_what_agrees_on_less_does_not(now: dict[str, Any]) -> None:
    assert continued([mention(1, **BEFORE)], [mention(2, **BEFORE | now)]) == {}


def test_each_is_continued_by_one_and_the_likest_come_first() -> None:
    one, other, like, liker = ids(1, 2, 3, 4)
    before = [mention(1, **BEFORE), mention(2, **BEFORE | {"killed_best": 3})]
    after = [mention(3, **BEFORE | {"wounded_best": 5}), mention(4, **BEFORE | {"killed_best": 3, "wounded_best": 5})]
    assert continued(before, after) == {one: like, other: liker}
    assert continued(before, after[:1]) == {one: like}
    assert continued(before, []) == {}
