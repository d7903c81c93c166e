from typing import Any

import pytest

from pipeline.linking import parties
from tests.support.comparisons import (
    FORCES,
    FRONT,
    KATAIB,
    MAYOR,
    MILITIA,
    OTHERS,
    assert_cannot_link,
    assert_silent,
    assert_weighs,
)
from tests.support.records import actor


@pytest.mark.parametrize(
    ("one", "other", "name", "weight"),
    [
        (
            {"perpetrators": (MILITIA,)},
            {"perpetrators": (OTHERS, actor("The Militia", actor_id="M"))},
            "perpetrators",
            parties.SAME_PERPETRATOR,
        ),
        (
            {"perpetrators": (actor("some GUNMEN"),)},
            {"perpetrators": (actor("Some gunmen"),)},
            "perpetrators",
            parties.SAME_PERPETRATOR,
        ),
        ({"perpetrators": (MILITIA,)}, {"perpetrators": (OTHERS,)}, "perpetrators", parties.OTHER_PERPETRATOR),
        ({"perpetrators": (KATAIB,)}, {"perpetrators": (FRONT,)}, "perpetrators", parties.SAME_SIDE),
        ({"perpetrators": (MILITIA,)}, {"claimed_by": (MILITIA,)}, "perpetrators", parties.SAME_PERPETRATOR),
        (
            {"perpetrators": (actor("gunmen"),), "claimed_by": (KATAIB,)},
            {"perpetrators": (FRONT,)},
            "perpetrators",
            parties.SAME_SIDE,
        ),
        ({"targets": (FORCES,)}, {"targets": (FORCES,)}, "targets", parties.SAME_TARGET),
        ({"targets": (actor("hotel"),)}, {"targets": (actor("Hotel"), FORCES)}, "targets", parties.SAME_TARGET),
        ({"claimed_by": (MILITIA,)}, {"claimed_by": (MILITIA,)}, "claimed_by", parties.SAME_CLAIM),
    ],
)
def test_weights(one: dict[str, Any], other: dict[str, Any], name: str, weight: float) -> None:
    assert_weighs(one, other, name, weight)


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ({"perpetrators": (MILITIA,)}, {}, "perpetrators"),
        ({"claimed_by": (MILITIA,)}, {"claimed_by": (MILITIA,)}, "perpetrators"),
        ({"perpetrators": (MILITIA,)}, {"claimed_by": (OTHERS,)}, "perpetrators"),
        ({"perpetrators": (MILITIA,)}, {"perpetrators": (actor("gunmen"),)}, "perpetrators"),
        ({"targets": (FORCES,)}, {"targets": (OTHERS,)}, "targets"),
        ({"targets": (actor("convoy"),)}, {"targets": (actor("convoy"),)}, "targets"),
        ({"targets": (MAYOR,)}, {"targets": (MAYOR,)}, "targets"),
        ({"claimed_by": (MILITIA,)}, {"claimed_by": (OTHERS,)}, "claimed_by"),
    ],
)
def test_silence_is_no_evidence(one: dict[str, Any], other: dict[str, Any], name: str) -> None:
    assert_silent(one, other, name)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (
            {"perpetrators": (MILITIA,), "targets": (FORCES,)},
            {"perpetrators": (FORCES,), "targets": (MILITIA, OTHERS)},
            "swapped",
        ),
    ],
)
def test_cannot_links(one: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    assert_cannot_link(one, other, reason)
