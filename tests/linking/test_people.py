from typing import Any

import pytest

from pipeline.linking import people
from tests.support.comparisons import ANN, ANNE, BOB, GIRL, MAN, MAYOR, MINISTER, assert_silent, assert_weighs, person


@pytest.mark.parametrize(
    ("one", "other", "name", "weight"),
    [
        ({"targets": (ANN,)}, {"perpetrators": (ANNE,)}, "people", people.SAME_PERSON),
        ({"targets": (ANN, BOB)}, {"targets": (BOB, ANN)}, "people", people.SAME_PERSON + people.FURTHER_PERSON),
        ({"targets": (ANN,)}, {"targets": (BOB,)}, "people", people.OTHER_PEOPLE),
        ({"targets": (ANN,)}, {"targets": (GIRL,)}, "ages", people.SAME_AGE),
        ({"targets": (ANN, BOB)}, {"targets": (GIRL, MAN)}, "ages", people.SAME_AGE + people.FURTHER_AGE),
        ({"targets": (ANN,)}, {"targets": (MAN,)}, "ages", people.OTHER_AGES),
    ],
)
def test_weights(one: dict[str, Any], other: dict[str, Any], name: str, weight: float) -> None:
    assert_weighs(one, other, name, weight)


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ({"targets": (ANN,)}, {}, "people"),
        ({"targets": (GIRL,)}, {"targets": (GIRL,)}, "people"),
        ({"targets": (MAYOR,)}, {"targets": (MAYOR,)}, "people"),
        ({"targets": (MINISTER,)}, {"targets": (MINISTER,)}, "people"),
        ({"targets": (person("Castro", "Castro"),)}, {"targets": (person("Castro", "Castro"),)}, "people"),
    ],
)
def test_silence_is_no_evidence(one: dict[str, Any], other: dict[str, Any], name: str) -> None:
    assert_silent(one, other, name)
