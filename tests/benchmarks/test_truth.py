"""The measures of `benchmarks.truth`, on rows and labels made by hand."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from benchmarks.truth import agreement
from benchmarks.truth.matching import matches
from benchmarks.truth.mention_score import MentionScore
from benchmarks.truth.table_score import TableScore

DAY = date(2024, 3, 14)


def party(name: str) -> dict[str, str]:
    return {"name": name, "text": name}


def row(**fields: Any) -> dict[str, Any]:
    tolls = {f"{what}_{end}": None for what in agreement.TOLLS for end in ("low", "best", "high")}
    names = {"place_name": "Khost", "place_text": None, "facility": None, "admin1": None, "country": "AFG"}
    point = {"latitude": 33.34, "longitude": 69.92, "geo_precision": "locality"}
    parties = {"perpetrators": [], "targets": [], "claimed_by": [], "weapons": []}
    others = {"outcome": "unknown", "intercepted_low": None, "intercepted_high": None, "mention_count": 1}
    days = {"date_earliest": DAY, "date_latest": DAY}
    return {"event_type": "bombing", "incident_id": "i-1"} | days | tolls | names | point | parties | others | fields


def label(**fields: Any) -> dict[str, Any]:
    place = {"place": ["Khost"], "country": "AFG", "lat": 33.34, "lon": 69.92}
    day = {"date": {"earliest": "2024-03-14", "latest": "2024-03-14"}}
    parties = {"perpetrator": [], "target": [], "claimed_by": [], "weapons": []}
    rest = {"killed": None, "wounded": None, "outcome": "unknown", "intercepted": None, "optional": False}
    return {"key": "k-1", "event_type": ["bombing"], "cluster": None} | place | day | parties | rest | fields


def figures(mentions: list[dict[str, Any]], labels: list[dict[str, Any]], rows: Iterable[dict[str, Any]]) -> str:
    table = TableScore({one["incident_id"]: one for one in rows})
    table.add(mentions, labels)
    return "\n".join(table.lines())


@pytest.mark.parametrize(
    ("type_", "wanted", "agrees"),
    [
        ("bombing", ["car_bombing"], True),
        ("attack", ["bombing"], True),
        ("bombing", ["attack"], True),
        ("abduction", ["attack"], False),
        ("attack", ["abduction"], False),
        ("airstrike", ["bombing"], False),
    ],
)
def test_types_of_one_family_agree(type_: str, wanted: list[str], agrees: bool) -> None:
    assert agreement.type_agrees(row(event_type=type_), wanted) is agrees


@pytest.mark.parametrize(
    ("days", "labelled", "agrees"),
    [
        ((DAY, DAY), {"earliest": "2024-03-13", "latest": "2024-03-15"}, True),
        ((DAY, DAY), {"earliest": "2024-03-15", "latest": "2024-03-15"}, False),
        ((DAY, DAY), {"earliest": "2024-03-15", "latest": "2024-03-15", "tolerated": ["2024-03-14"]}, True),
        ((None, None), {"earliest": None, "latest": None}, True),
        ((DAY, DAY), {"earliest": None, "latest": None}, False),
        ((None, None), {"earliest": "2024-03-14", "latest": "2024-03-14"}, False),
        ((date(2024, 3, 1), DAY), {"earliest": None, "latest": None, "not_after": "2024-03-20"}, True),
    ],
)
def test_intervals_agree_where_they_overlap(days: tuple[Any, Any], labelled: dict[str, Any], agrees: bool) -> None:
    assert agreement.date_agrees(row(date_earliest=days[0], date_latest=days[1]), labelled) is agrees


def test_places_agree_by_name_or_by_point() -> None:
    assert agreement.place_agrees(row(place_name="Khowst", geo_precision="unknown"), label())
    assert agreement.place_agrees(row(place_name="Matun"), label())
    assert not agreement.place_agrees(row(place_name="Matun", geo_precision="admin1"), label())
    assert not agreement.place_agrees(row(place_name="Gardez", latitude=33.6, longitude=69.2), label())


def test_a_toll_agrees_with_its_range_and_an_implied_none_with_nothing() -> None:
    stated = row(killed_low=46, killed_best=50, killed_high=54)
    assert agreement.toll_agrees(stated, "killed", {"low": 50, "high": 50})
    assert not agreement.toll_agrees(stated, "killed", {"low": 60, "high": 70})
    assert agreement.toll_agrees(row(), "killed", {"low": 0, "high": 0, "implied": True})
    assert not agreement.toll_agrees(row(), "killed", {"low": 0, "high": 0})


def test_each_mention_stands_for_one_label() -> None:
    labels = [label(), label(key="k-2", event_type=["airstrike"])]
    found = matches([row(), row()], labels)
    assert sorted((one.mention, one.label, one.strict) for one in found) == [(0, 0, True), (1, 1, False)]


def test_what_agrees_in_one_of_three_is_no_match() -> None:
    assert not matches([row(event_type="airstrike", place_name="Herat", latitude=34.3, longitude=62.2)], [label()])


def test_optional_labels_neither_count_nor_cost() -> None:
    score = MentionScore()
    score.add([row()], [label(optional=True)])
    assert (score.strict, score.given, score.wanted) == (0, 0, 0)
    score.add([], [label(optional=True)])
    assert (score.given, score.wanted) == (0, 0)


def test_a_row_with_nothing_to_correct_is_clean() -> None:
    named = row(perpetrators=[party("ISKP"), party("gunmen")], targets=[party("mosque")])
    printed = figures([named], [label(perpetrator=["ISKP"], target=["the mosque"])], [named])
    assert "clean rows 1/1" in printed
    assert "perpetrators: precision 1/1" in printed
    assert "targets: precision 1/1 = 1.000, filled 1/1" in printed


@pytest.mark.parametrize(
    "fault",
    [
        {"country": "PAK"},
        {"perpetrators": [party("Taliban police")]},
        {"targets": [party("President Karzai")]},
        {"killed_low": 9, "killed_best": 9, "killed_high": 9},
        {"claimed_by": [party("Army")]},
    ],
)
def test_one_fault_is_enough(fault: dict[str, Any]) -> None:
    wrong = row(**fault)
    printed = figures([wrong], [label(perpetrator=["ISKP"], killed={"low": 21, "high": 21})], [wrong])
    assert "clean rows 0/1" in printed


def test_invented_and_duplicate_rows_cost_and_mixed_ones_are_named() -> None:
    one, again = row(), row(incident_id="i-2")
    far = row(incident_id="i-3", event_type="airstrike", place_name="Herat", latitude=34.3, longitude=62.2)
    table = TableScore({r["incident_id"]: r for r in (one, again, far)})
    table.add([one], [label(cluster="c")])
    table.add([again], [label(cluster="c")])
    table.add([far], [])
    assert next(table.lines()).startswith("table P 0.333 R 1.000 F1 0.500 (3 rows for 1 incidents; invented 1, dup")
    mixed = TableScore({"i-1": one})
    mixed.add([one], [label()])
    mixed.add([one], [label(key="k-2")])
    assert "mixed 1" in next(mixed.lines())
