from typing import Any

import pytest

from pipeline.linking import places
from tests.support.comparisons import (
    DISTRICT,
    HERE,
    KM_8,
    KM_30,
    KM_90,
    MOSQUE,
    assert_cannot_link,
    assert_silent,
    assert_weighs,
    place,
)


@pytest.mark.parametrize(
    ("one", "other", "name", "weight"),
    [
        ({"facility": "Tower"}, {"facility": "Tower"}, "place", places.SAME_FACILITY),
        (place("Hajin"), place("Hajin"), "place", places.SAME_PLACE),
        (place("Hajin"), place("Hajin", facility="Tower"), "place", places.SAME_PLACE),
        (place("Hajin") | MOSQUE, place("Hajin") | MOSQUE, "place", places.SAME_PLACE),
        (place("Hajin") | MOSQUE, place("Hajin", facility="Hajin Mosque"), "place", places.SAME_PLACE),
        (
            place("Hajin", facility="Hajin Mosque"),
            place("Hajin", facility="Hajin Mosque"),
            "place",
            places.SAME_FACILITY,
        ),
        (place("Hajin", **HERE), place("Hajin market", **KM_8), "place", places.NEAR),
        (HERE | {"facility": "Tower"}, KM_8 | {"facility": "Gate"}, "place", places.NEAR),
        (place("Hajin"), place("Tal Baydar"), "place", places.OTHER_PLACE),
        (place("Hajin", **HERE), place("Hit", **KM_30), "place", places.OTHER_PLACE),
        (
            place("Hajin", **HERE) | {"admin1": "Homs"},
            place("Hit", **KM_30) | {"admin1": "Homs"},
            "place",
            places.OTHER_PLACE,
        ),
        (place("Hajin", **HERE), place("Hajin market", **HERE), "place", places.SAME_PLACE),
        (place("Hajin", **HERE, admin1="Homs"), place("Hajin district", **DISTRICT), "place", places.IN_AREA),
        (place("Hajin"), place("Syria", "country"), "place", places.SAME_COUNTRY),
        ({"admin1": "Homs"}, {"admin1": "Homs"}, "place", places.SAME_ADMIN1),
        ({"admin1": "Homs"}, {"admin1": "Idlib"}, "place", places.OTHER_ADMIN1),
    ],
)
def test_weights(one: dict[str, Any], other: dict[str, Any], name: str, weight: float) -> None:
    assert_weighs(one, other, name, weight)


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ({}, place("Hajin"), "place"),
        (place("Hajin"), place("Irbid", "country", country="JOR"), "place"),
        (place("Syria", "country"), place("Syria", "country"), "place"),
        (place("Homs", **KM_90 | {"geo_precision": "admin1"}), place("Hit", **HERE), "place"),
        ({"facility": "Tower"}, {}, "place"),
        ({"admin1": "Homs"}, {}, "place"),
    ],
)
def test_silence_is_no_evidence(one: dict[str, Any], other: dict[str, Any], name: str) -> None:
    assert_silent(one, other, name)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"facility": "Tower"}, {"facility": "Gate"}, "different facilities"),
        (HERE | {"facility": "Tower"}, KM_30 | {"facility": "Gate"}, "different facilities"),
        (place("Hajin", **HERE), place("Hajin", **KM_90), "km apart"),
    ],
)
def test_cannot_links(one: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    assert_cannot_link(one, other, reason)
