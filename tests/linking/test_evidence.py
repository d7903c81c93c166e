from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking import evidence
from pipeline.linking.evidence import THRESHOLD, Comparison, compare, distance_km, score
from pipeline.report import Report
from schemas import EventType
from tests.support.records import DAY, actor, any_mentions, mentions, report, weapon

MILITIA, FORCES, OTHERS = (actor(name, actor_id=name[:1]) for name in ("Militia", "Forces", "Others"))
HERE = {"latitude": 34.0, "longitude": 40.0, "geo_precision": "locality"}
KM_8 = HERE | {"latitude": 34.07}
KM_30 = HERE | {"latitude": 34.27}
KM_90 = HERE | {"latitude": 34.8}


def compared(one: dict[str, Any], other: dict[str, Any]) -> Comparison:
    bare: dict[str, Any] = {"day": None, "place": None, "event_type": EventType.ATTACK, "country": "SYR"}
    return compare(report(1, **bare | one), report(2, **bare | other))


def on(first: int, last: int | None = None, basis: str = "explicit", precision: str | None = None) -> dict[str, Any]:
    """An interval of days counted from a day."""
    last = first if last is None else last
    return {
        "date_earliest": DAY + timedelta(days=first),
        "date_latest": DAY + timedelta(days=last),
        "date_precision": precision or ("day" if first == last else "days"),
        "date_basis": basis,
    }


def place(name: str, precision: str = "admin1", **fields: Any) -> dict[str, Any]:
    return {"place_name": name, "geo_precision": precision} | fields


@pytest.mark.parametrize(
    ("one", "other", "name", "weight"),
    [
        (on(0), on(0), "date", evidence.SAME_DAY),
        (on(0, basis="weekday"), on(0), "date", evidence.SAME_DAY),
        (on(0), on(0, 1), "date", evidence.NARROW_OVERLAP),
        (on(0, 2), on(1, 3), "date", evidence.NARROW_OVERLAP),
        (on(0), on(-3, 3), "date", evidence.OVERLAP),
        (on(0), on(-3, 3, "publication"), "date", evidence.BOUND_BY_PUBLICATION),
        (on(0, basis="publication"), on(0), "date", evidence.BOUND_BY_PUBLICATION),
        (on(0), on(1, basis="deictic"), "date", evidence.NEXT_DAY),
        (on(0), on(2, 3), "date", evidence.NEXT_DAY),
        ({"date_weekday": 3}, {"date_weekday": 3}, "date", evidence.SAME_WEEKDAY),
        ({"date_weekday": DAY.weekday()}, on(0), "date", evidence.SAME_WEEKDAY),
        ({"facility": "Tower"}, {"facility": "Tower"}, "place", evidence.SAME_FACILITY),
        (place("Hajin"), place("Hajin"), "place", evidence.SAME_PLACE),
        (place("Hajin"), place("Hajin", facility="Tower"), "place", evidence.SAME_PLACE),
        (place("Hajin", **HERE), place("Hajin market", **KM_8), "place", evidence.NEAR),
        (HERE | {"facility": "Tower"}, KM_8 | {"facility": "Gate"}, "place", evidence.NEAR),
        (place("Hajin"), place("Tal Baydar"), "place", evidence.OTHER_PLACE),
        (place("Hajin", **HERE), place("Hit", **KM_30), "place", evidence.OTHER_PLACE),
        (
            place("Hajin", **HERE) | {"admin1": "Homs"},
            place("Hit", **KM_30) | {"admin1": "Homs"},
            "place",
            evidence.OTHER_PLACE,
        ),
        ({"admin1": "Homs"}, {"admin1": "Homs"}, "place", evidence.SAME_ADMIN1),
        ({"admin1": "Homs"}, {"admin1": "Idlib"}, "place", evidence.OTHER_ADMIN1),
        ({"event_type": "grenade"}, {"event_type": "grenade"}, "type", evidence.SAME_TYPE),
        ({}, {}, "type", evidence.SAME_TYPE),
        ({"event_type": "airstrike"}, {"event_type": "drone_attack"}, "type", evidence.SAME_FAMILY),
        ({"event_type": "airstrike"}, {"event_type": "armed_clash"}, "type", evidence.OTHER_FAMILY),
        ({"weapons": (weapon("drone"),)}, {"weapons": (weapon("drone"),)}, "weapons", evidence.SAME_WEAPON),
        ({"weapons": (weapon("drone", 2),)}, {"weapons": (weapon("drone", 3),)}, "weapons", evidence.SAME_WEAPON),
        (
            {"weapons": (weapon("drone", 2), weapon("rocket"))},
            {"weapons": (weapon("drone", 2), weapon("knife"))},
            "weapons",
            evidence.SAME_WEAPON + evidence.SAME_WEAPON_COUNT,
        ),
        ({"weapons": (weapon("drone"),)}, {"weapons": (weapon("rocket"),)}, "weapons", evidence.OTHER_WEAPON),
        ({"killed_best": 4}, {"killed_best": 4}, "killed", evidence.SAME_COUNT),
        ({"killed_best": 4}, {"killed_low": 4}, "killed", evidence.SAME_COUNT),
        ({"killed_best": 0}, {"killed_best": 0}, "killed", evidence.LIKE_COUNT),
        ({"killed_best": 4}, {"killed_best": 8}, "killed", evidence.LIKE_COUNT),
        ({"killed_best": 4}, {"killed_best": 9}, "killed", evidence.OTHER_COUNT),
        ({"killed_best": 4}, {"killed_best": 0}, "killed", evidence.OTHER_COUNT),
        ({"wounded_low": 7}, {"wounded_low": 7}, "wounded", evidence.SAME_COUNT),
        (
            {"perpetrators": (MILITIA,)},
            {"perpetrators": (OTHERS, actor("The Militia", actor_id="M"))},
            "perpetrators",
            evidence.SAME_PERPETRATOR,
        ),
        (
            {"perpetrators": (actor("some GUNMEN"),)},
            {"perpetrators": (actor("Some gunmen"),)},
            "perpetrators",
            evidence.SAME_PERPETRATOR,
        ),
        ({"perpetrators": (MILITIA,)}, {"perpetrators": (OTHERS,)}, "perpetrators", evidence.OTHER_PERPETRATOR),
        ({"targets": (FORCES,)}, {"targets": (FORCES,)}, "targets", evidence.SAME_TARGET),
        ({"claimed_by": (MILITIA,)}, {"claimed_by": (MILITIA,)}, "claimed_by", evidence.SAME_CLAIM),
        ({"article_id": "a"}, {"article_id": "a"}, "article", evidence.ONE_ARTICLE),
        ({"article_id": "a"} | place("Hajin"), {"article_id": "a"}, "article", evidence.ONE_ARTICLE),
    ],
)
def test_parts(one: dict[str, Any], other: dict[str, Any], name: str, weight: float) -> None:
    for found in (compared(one, other), compared(other, one)):
        assert found.veto is None
        assert {part.name: part.weight for part in found.parts}[name] == weight


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ({}, on(0), "date"),
        ({"date_weekday": 3}, on(0, 1), "date"),
        ({}, {"date_weekday": 3}, "date"),
        ({}, place("Hajin"), "place"),
        (place("Hajin"), place("Hajin", "country"), "place"),
        (place("Syria", "country"), place("Syria", "country"), "place"),
        (place("Homs", **KM_90 | {"geo_precision": "admin1"}), place("Hit", **HERE), "place"),
        ({"facility": "Tower"}, {}, "place"),
        ({"admin1": "Homs"}, {}, "place"),
        ({}, {"event_type": "airstrike"}, "type"),
        ({"event_type": "attack_on_civilians"}, {"event_type": "car_bombing"}, "type"),
        ({"event_type": "assassination"}, {"event_type": "armed_assault"}, "type"),
        ({"weapons": (weapon("drone"),)}, {}, "weapons"),
        ({"killed_best": 4}, {}, "killed"),
        ({"killed_best": 4}, {"killed_high": 4}, "killed"),
        ({"perpetrators": (MILITIA,)}, {}, "perpetrators"),
        ({"targets": (FORCES,)}, {"targets": (OTHERS,)}, "targets"),
        ({"claimed_by": (MILITIA,)}, {"claimed_by": (OTHERS,)}, "claimed_by"),
        ({}, {}, "article"),
    ],
)
def test_silence_is_no_evidence(one: dict[str, Any], other: dict[str, Any], name: str) -> None:
    for found in (compared(one, other), compared(other, one)):
        assert found.veto is None
        assert name not in {part.name for part in found.parts}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (on(0), on(1), "different days"),
        (on(0), on(2, basis="weekday"), "different days"),
        (on(0), on(3, 4), "different dates"),
        (on(-3, 0), on(3, 9), "different dates"),
        ({"date_weekday": 2}, {"date_weekday": 3}, "different weekdays"),
        ({"date_weekday": (DAY.weekday() + 1) % 7}, on(0), "different weekdays"),
        ({"facility": "Tower"}, {"facility": "Gate"}, "different facilities"),
        (HERE | {"facility": "Tower"}, KM_30 | {"facility": "Gate"}, "different facilities"),
        (place("Hajin", **HERE), place("Hajin", **KM_90), "km apart"),
        ({"event_type": "abduction"}, {"event_type": "arrest_raid"}, "is no"),
        ({"event_type": "abduction"}, {}, "is no"),
        ({"event_type": "arrest_raid"}, {"event_type": "attack_on_civilians"}, "is no"),
        (
            {"perpetrators": (MILITIA,), "targets": (FORCES,)},
            {"perpetrators": (FORCES,), "targets": (MILITIA, OTHERS)},
            "swapped",
        ),
        ({"article_id": "a"} | place("Hajin"), {"article_id": "a"} | place("Hajin"), "one article"),
    ],
)
def test_vetoes(one: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    for found in (compared(one, other), compared(other, one)):
        assert found.veto is not None
        assert reason in found.veto.reason
        assert found.parts == ()


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
def test_what_is_no_veto(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert compared(one, other).veto is None


def test_the_weight_is_the_sum_of_the_parts() -> None:
    told = on(0) | place("Hajin") | {"killed_best": 4}
    assert compared(told, told).weight == pytest.approx(3.0 + 3.0 + 1.0 + 1.5)


@pytest.mark.parametrize(
    "told",
    [on(0), place("Hajin"), {"facility": "Tower"}, {"killed_best": 4}, {"perpetrators": (MILITIA,)}],
)
def test_one_likeness_alone_merges_nothing(told: dict[str, Any]) -> None:
    one, other = told | {"event_type": "airstrike"}, told | {"event_type": "attack"}
    assert compared(one, other).weight <= THRESHOLD


def test_a_weight_at_the_threshold_is_as_likely_as_not() -> None:
    assert score(THRESHOLD) == 0.5
    assert score(-30) == 0.0
    assert score(30) == 1.0
    assert score(5.0) > score(4.5)


@pytest.mark.parametrize(
    ("points", "km"),
    [
        ((36.2, 37.16, 36.2, 37.16), 0.0),
        ((33.31, 44.37, 36.34, 43.12), 355.0),
        ((0.0, 179.9, 0.0, -179.9), 22.2),
        ((90.0, 0.0, -90.0, 0.0), 20015.0),
    ],
)
def test_distances_on_the_globe(points: tuple[float, ...], km: float) -> None:
    assert distance_km(*points) == pytest.approx(km, rel=0.01)


def test_an_unknown_point_is_at_no_distance() -> None:
    assert distance_km(36.2, 37.16, None, None) is None


pairs = st.tuples(mentions(1), mentions(2)) | st.tuples(any_mentions(), any_mentions())


@given(pairs)
def test_comparing_is_symmetric(pair: tuple[Any, Any]) -> None:
    one, other = (Report(mention=told, original="a", publisher="p") for told in pair)
    there, back = compare(one, other), compare(other, one)
    assert (there.veto is None) == (back.veto is None)
    assert [(part.name, part.weight) for part in there.parts] == [(part.name, part.weight) for part in back.parts]


@given(st.dates(date.min, date.max), st.dates(date.min, date.max))
def test_any_days_can_be_compared(one: date, other: date) -> None:
    found = compare(report(1, day=one), report(2, day=other))
    assert (found.veto is None) == (one == other)
