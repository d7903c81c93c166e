"""Two reports that agree or differ in one respect, and what comparing them comes to."""

from datetime import timedelta
from typing import Any

from pipeline.linking.comparison import Comparison, compare
from schemas import Actor, ActorType, EventType
from tests.support.records import DAY, actor, report, weapon


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


def assert_weighs(one: dict[str, Any], other: dict[str, Any], name: str, weight: float) -> None:
    """Both ways round, a part of the evidence has this weight, and nothing excludes that it is one incident."""
    for found in (compared(one, other), compared(other, one)):
        assert found.cannot_link is None
        assert {part.name: part.weight for part in found.parts}[name] == weight


def assert_silent(one: dict[str, Any], other: dict[str, Any], name: str) -> None:
    """Both ways round, the evidence has no such part."""
    for found in (compared(one, other), compared(other, one)):
        assert found.cannot_link is None
        assert name not in {part.name for part in found.parts}


def assert_cannot_link(one: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    """Both ways round, something excludes that it is one incident."""
    for found in (compared(one, other), compared(other, one)):
        assert found.cannot_link is not None
        assert reason in found.cannot_link.reason
        assert found.parts == ()
