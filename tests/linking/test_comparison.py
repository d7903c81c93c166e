from datetime import date
from math import log10
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking import comparison as evidence
from pipeline.linking.comparison import THRESHOLD, compare, score
from pipeline.records.report import Report
from tests.support.comparisons import (
    ANN,
    FORCES,
    HERE,
    KM_30,
    MILITIA,
    assert_cannot_link,
    assert_silent,
    assert_weighs,
    compared,
    on,
    place,
)
from tests.support.records import any_mentions, mentions, report


def test_the_same_people_outweigh_a_cannot_link() -> None:
    found = compared(on(0) | {"targets": (ANN,)}, on(5) | {"targets": (ANN,)})
    assert found.cannot_link is None
    assert ("doubt", evidence.DOUBTED) in {(part.name, part.weight) for part in found.parts}
    assert any("different days" in part.reason for part in found.parts)


@pytest.mark.parametrize(
    ("one", "other", "name", "weight"),
    [
        ({"article_id": "a"}, {"article_id": "a"}, "article", evidence.ONE_ARTICLE),
        ({"article_id": "a"} | place("Hajin"), {"article_id": "a"}, "article", evidence.ONE_ARTICLE),
        ({"article_id": "a"} | place("Hajin") | on(0), {"article_id": "a"} | place("Hajin"), "article", -1.0),
    ],
)
def test_weights(one: dict[str, Any], other: dict[str, Any], name: str, weight: float) -> None:
    assert_weighs(one, other, name, weight)


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ({}, {}, "article"),
    ],
)
def test_silence_is_no_evidence(one: dict[str, Any], other: dict[str, Any], name: str) -> None:
    assert_silent(one, other, name)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"article_id": "a"} | place("Hajin"), {"article_id": "a"} | place("Hit"), "one article"),
        ({"article_id": "a"} | place("Hajin") | on(0), {"article_id": "a"} | place("Hajin") | on(0), "one article"),
    ],
)
def test_cannot_links(one: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    assert_cannot_link(one, other, reason)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HERE | {"facility": "Tower"}, HERE | {"facility": "Tower"}),
        (HERE, KM_30),
        ({"event_type": "abduction"}, {"event_type": "abduction"}),
        ({"perpetrators": (MILITIA,), "targets": (FORCES,)}, {"targets": (MILITIA,)}),
        (
            {"perpetrators": (MILITIA,), "targets": (FORCES,)},
            {"perpetrators": (MILITIA, FORCES), "targets": (FORCES, MILITIA)},
        ),
    ],
)
def test_what_is_no_cannot_link(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert compared(one, other).cannot_link is None


def test_the_weight_is_the_sum_of_the_parts() -> None:
    reported = on(0) | place("Hajin") | {"killed_best": 4}
    assert compared(reported, reported).weight == pytest.approx(3.0 + 3.0 + 1.0 + 1.5 + 0.7 * log10(4))


@pytest.mark.parametrize(
    "reported",
    [on(0), place("Hajin"), {"facility": "Tower"}, {"killed_best": 4}, {"perpetrators": (MILITIA,)}],
)
def test_one_likeness_alone_merges_nothing(reported: dict[str, Any]) -> None:
    one, other = reported | {"event_type": "airstrike"}, reported | {"event_type": "attack"}
    assert compared(one, other).weight <= THRESHOLD


def test_a_weight_at_the_threshold_is_as_likely_as_not() -> None:
    assert score(THRESHOLD) == 0.5
    assert score(-30) == 0.0
    assert score(30) == 1.0
    assert score(5.0) > score(4.5)


pairs = st.tuples(mentions(1), mentions(2)) | st.tuples(any_mentions(), any_mentions())


@given(pairs)
def test_comparing_is_symmetric(pair: tuple[Any, Any]) -> None:
    one, other = (Report(mention=reported, original="a", publisher="p") for reported in pair)
    there, back = compare(one, other), compare(other, one)
    assert (there.cannot_link is None) == (back.cannot_link is None)
    assert [(part.name, part.weight) for part in there.parts] == [(part.name, part.weight) for part in back.parts]


@given(st.dates(date.min, date.max), st.dates(date.min, date.max))
def test_any_days_can_be_compared(one: date, other: date) -> None:
    found = compare(report(1, day=one), report(2, day=other))
    assert (found.cannot_link is None) == (one == other)
