from datetime import date, timedelta
from math import log10
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking import comparison as evidence
from pipeline.linking import days, parties, people
from pipeline.linking import events as events
from pipeline.linking import places as places
from pipeline.linking.comparison import THRESHOLD, Comparison, compare, score
from pipeline.records.report import Report
from schemas import Actor, ActorType, EventType
from tests.support.records import DAY, actor, any_mentions, at, mentions, report, weapon, yearless


def person(name: str, text: str) -> Actor:
    return Actor(name=name, text=text, actor_type=ActorType.PERSON)


MILITIA, FORCES, OTHERS = (actor(name, actor_id=name[:1]) for name in ("Militia", "Forces", "Others"))
FRONT = actor("Islamic Resistance in Iraq", actor_id="islamic-resistance-iraq")
KATAIB = actor("Kataib Hezbollah", actor_id="kataib-hezbollah")
ANN = person("Ann Lee", "Ann Lee, 14")
ANNE = person("Anne M. Lée Jr.", "Anne M. Lée Jr.")
BOB = person("Bob Stone", "40-year-old Bob Stone")
GIRL, MAN = person("14-year-old girl", "a 14-year-old girl"), person("40-year-old man", "40-year-old man")
EXPLICIT = {"date_basis": "explicit"}
MAYOR, MINISTER = person("mayor", "the mayor"), person("Interior Minister", "the Interior Minister")
GUNS = {"weapons": (weapon("firearm"),)}
MOSQUE = {"facility": "Hajin mosque"}
LOOKING_BACK = {"background": True}
HERE = {"latitude": 34.0, "longitude": 40.0, "geo_precision": "locality"}
DISTRICT = {"latitude": 34.2, "longitude": 40.0, "geo_precision": "region", "admin1": "Homs"}
KM_8 = HERE | {"latitude": 34.07}
KM_30 = HERE | {"latitude": 34.27}
KM_90 = HERE | {"latitude": 34.8}


def test_the_same_people_outweigh_a_cannot_link() -> None:
    found = compared(on(0) | {"targets": (ANN,)}, on(5) | {"targets": (ANN,)})
    assert found.cannot_link is None
    assert ("doubt", evidence.DOUBTED) in {(part.name, part.weight) for part in found.parts}
    assert any("different days" in part.reason for part in found.parts)


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
        (on(0), on(0), "date", days.SAME_DAY),
        (on(0, basis="weekday"), on(0), "date", days.SAME_DAY),
        (on(0), on(0, 1), "date", days.NARROW_OVERLAP),
        (on(0, 2), on(1, 3), "date", days.NARROW_OVERLAP),
        (on(0), on(-3, 3), "date", days.OVERLAP),
        (on(0), on(-3, 3, "publication"), "date", days.BOUND_BY_PUBLICATION),
        (on(0, basis="publication"), on(0), "date", days.BOUND_BY_PUBLICATION),
        (on(0), on(1, basis="weekday"), "date", days.NEXT_DAY),
        (on(0), on(1, basis="deictic"), "date", days.NEXT_DATE),
        (on(0), on(2, 3), "date", days.NEXT_DAY),
        (on(-9), on(-3, 3, "publication"), "date", days.LONG_BEFORE),
        (on(0) | LOOKING_BACK, on(0) | LOOKING_BACK, "date", days.SAME_DAY + days.RECALLED),
        (on(0), yearless(11, 9), "date", days.SAME_DAY),
        (yearless(11, 9), yearless(11, 9), "date", days.SAME_DAY),
        (on(-3, 3), yearless(11, 9), "date", days.NARROW_OVERLAP),
        (on(0), yearless(11, 8, 2), "date", days.NARROW_OVERLAP),
        (yearless(11, 8), yearless(11, 7, 3), "date", days.NARROW_OVERLAP),
        (yearless(12, 31), yearless(12, 30, 4), "date", days.NARROW_OVERLAP),
        (on(0, basis="weekday"), yearless(11, 10) | EXPLICIT, "date", days.NEXT_DAY),
        (on(0), yearless(11, 10, 2) | EXPLICIT, "date", days.NEXT_DAY),
        (yearless(12, 31, 2), yearless(1, 2, 2), "date", days.NEXT_DAY),
        (yearless(11, 9), on(-3, 3, "publication"), "date", days.BOUND_BY_PUBLICATION),
        (on(4), on(-3, 3, "publication"), "date", days.NEXT_DAY),
        ({"date_weekday": 0}, {"date_weekday": 6}, "date", days.NEXT_WEEKDAY),
        ({"date_weekday": (DAY.weekday() + 1) % 7}, on(0), "date", days.NEXT_WEEKDAY),
        ({"date_weekday": 3}, {"date_weekday": 3}, "date", days.SAME_WEEKDAY_EVER),
        ({"date_weekday": DAY.weekday()}, on(-9, -3, "relative"), "date", days.NO_DAY),
        ({}, on(0), "date", days.NO_DAY),
        ({"date_weekday": 3}, on(0, 1), "date", days.NO_DAY),
        (yearless(11, 2), on(-3, 3, "publication"), "date", days.NO_DAY),
        ({"published_at": at(DAY)}, on(1), "date", days.NO_DAY),
        ({}, {"date_weekday": 3}, "date", days.NO_DAY),
        ({"date_weekday": DAY.weekday()}, on(0), "date", days.SAME_WEEKDAY),
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
        ({"targets": (ANN,)}, {"perpetrators": (ANNE,)}, "people", people.SAME_PERSON),
        ({"targets": (ANN, BOB)}, {"targets": (BOB, ANN)}, "people", people.SAME_PERSON + people.FURTHER_PERSON),
        ({"targets": (ANN,)}, {"targets": (BOB,)}, "people", people.OTHER_PEOPLE),
        ({"targets": (ANN,)}, {"targets": (GIRL,)}, "ages", people.SAME_AGE),
        ({"targets": (ANN, BOB)}, {"targets": (GIRL, MAN)}, "ages", people.SAME_AGE + people.FURTHER_AGE),
        ({"targets": (ANN,)}, {"targets": (MAN,)}, "ages", people.OTHER_AGES),
        ({"claimed_by": (MILITIA,)}, {"claimed_by": (MILITIA,)}, "claimed_by", parties.SAME_CLAIM),
        ({"article_id": "a"}, {"article_id": "a"}, "article", evidence.ONE_ARTICLE),
        ({"article_id": "a"} | place("Hajin"), {"article_id": "a"}, "article", evidence.ONE_ARTICLE),
        ({"article_id": "a"} | place("Hajin") | on(0), {"article_id": "a"} | place("Hajin"), "article", -1.0),
    ],
)
def test_parts(one: dict[str, Any], other: dict[str, Any], name: str, weight: float) -> None:
    for found in (compared(one, other), compared(other, one)):
        assert found.cannot_link is None
        assert {part.name: part.weight for part in found.parts}[name] == weight


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ({}, place("Hajin"), "place"),
        (place("Hajin"), place("Irbid", "country", country="JOR"), "place"),
        (place("Syria", "country"), place("Syria", "country"), "place"),
        (place("Homs", **KM_90 | {"geo_precision": "admin1"}), place("Hit", **HERE), "place"),
        ({"facility": "Tower"}, {}, "place"),
        ({"admin1": "Homs"}, {}, "place"),
        ({}, {"event_type": "airstrike"}, "type"),
        ({"event_type": "attack_on_civilians"}, {"event_type": "car_bombing"}, "type"),
        ({"event_type": "car_bombing"} | GUNS, {"event_type": "armed_assault"}, "type"),
        ({"event_type": "armed_clash", "weapons": (weapon("ied"),)}, {"event_type": "bombing"}, "type"),
        ({"event_type": "assassination"}, {"event_type": "armed_assault"}, "type"),
        ({"weapons": (weapon("drone"),)}, {}, "weapons"),
        ({"killed_best": 4}, {}, "killed"),
        ({"killed_best": 4}, {"killed_high": 4}, "killed"),
        ({"perpetrators": (MILITIA,)}, {}, "perpetrators"),
        ({"claimed_by": (MILITIA,)}, {"claimed_by": (MILITIA,)}, "perpetrators"),
        ({"perpetrators": (MILITIA,)}, {"claimed_by": (OTHERS,)}, "perpetrators"),
        ({"perpetrators": (MILITIA,)}, {"perpetrators": (actor("gunmen"),)}, "perpetrators"),
        ({"targets": (ANN,)}, {}, "people"),
        ({"targets": (GIRL,)}, {"targets": (GIRL,)}, "people"),
        ({"targets": (FORCES,)}, {"targets": (OTHERS,)}, "targets"),
        ({"targets": (actor("convoy"),)}, {"targets": (actor("convoy"),)}, "targets"),
        ({"targets": (MAYOR,)}, {"targets": (MAYOR,)}, "targets"),
        ({"targets": (MAYOR,)}, {"targets": (MAYOR,)}, "people"),
        ({"targets": (MINISTER,)}, {"targets": (MINISTER,)}, "people"),
        ({"targets": (person("Castro", "Castro"),)}, {"targets": (person("Castro", "Castro"),)}, "people"),
        ({"claimed_by": (MILITIA,)}, {"claimed_by": (OTHERS,)}, "claimed_by"),
        ({}, {}, "article"),
    ],
)
def test_silence_is_no_evidence(one: dict[str, Any], other: dict[str, Any], name: str) -> None:
    for found in (compared(one, other), compared(other, one)):
        assert found.cannot_link is None
        assert name not in {part.name for part in found.parts}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (on(0), on(1), "different days"),
        (on(0), on(2, basis="weekday"), "different days"),
        (on(0), on(3, 4), "different dates"),
        (on(-3, 0), on(3, 9), "different dates"),
        (on(-20, -14, "publication"), on(-3, 3, "publication"), "weeks apart"),
        (on(9), on(-3, 3, "publication"), "not reported yet"),
        (on(0), yearless(11, 11), "different days of the year"),
        (on(0), yearless(11, 10) | EXPLICIT, "different days of the year"),
        (on(0), yearless(11, 12, 2), "different dates of the year"),
        (on(-20, -12), yearless(11, 9), "different dates of the year"),
        ({"published_at": at(DAY)}, on(2), "not reported yet"),
        ({"date_weekday": 2}, {"date_weekday": 4}, "different weekdays"),
        ({"date_weekday": (DAY.weekday() + 2) % 7}, on(0), "different weekdays"),
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
        ({"article_id": "a"} | place("Hajin"), {"article_id": "a"} | place("Hit"), "one article"),
        ({"article_id": "a"} | place("Hajin") | on(0), {"article_id": "a"} | place("Hajin") | on(0), "one article"),
    ],
)
def test_cannot_links(one: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    for found in (compared(one, other), compared(other, one)):
        assert found.cannot_link is not None
        assert reason in found.cannot_link.reason
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
