"""Records for tests: short builders with defaults, and strategies for laws."""

import random
from datetime import date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from pipeline.records import identity
from pipeline.records.report import Report
from schemas import (
    Actor,
    ActorType,
    Article,
    Conflict,
    DateBasis,
    DatePrecision,
    EventType,
    Evidence,
    FacilityType,
    GeoPrecision,
    Incident,
    Mention,
    Outcome,
    PublishedBasis,
    Status,
    Tally,
    Weapon,
    WeaponType,
)

DAY = date(2023, 11, 9)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc)


def article(text: str, name: str = "a.txt", published: date | None = DAY, **fields: Any) -> Article:
    published_at = at(published) if published else None
    values: dict[str, Any] = {
        "article_id": identity.article_id(name, None, text, published_at),
        "ref": name,
        "name": name,
        "text": text,
        "source": "press",
        "published_at": published_at,
        "published_basis": PublishedBasis.METADATA if published else PublishedBasis.NONE,
    }
    return Article(**values | fields)


def mention(number: int = 0, day: date | None = DAY, place: str | None = "Rukban", **fields: Any) -> Mention:
    """A mention of an attack on a day at a place; `number` tells mentions (and their articles) apart."""
    article_id = fields.pop("article_id", f"a-{number}")
    values: dict[str, Any] = {
        "mention_id": identity.mention_id(article_id, str(number)),
        "article_id": article_id,
        "ref": article_id,
        "source": f"press-{number}",
        "published_at": at(DAY),
        "event_type": EventType.DRONE_ATTACK,
        "country": "SYR",
        "extractor": "test",
        "extractor_version": "1",
    }
    if day is not None:
        values |= {
            "date_earliest": day,
            "date_latest": day,
            "date_precision": DatePrecision.DAY,
            "date_basis": DateBasis.EXPLICIT,
        }
    if place is not None:
        values |= {"place_name": place, "geo_precision": GeoPrecision.ADMIN1}
    return Mention(**values | fields)


def yearless(month: int, day: int, days: int = 1) -> dict[str, int]:
    """So many days from this one on, of a year that nobody knows."""
    return {"date_month": month, "date_day": day, "date_days": days}


def report(number: int = 0, **fields: Any) -> Report:
    reported = mention(number, **fields)
    return Report(mention=reported, original=reported.article_id, publisher=reported.source)


def tally(number: int = 0, **fields: Any) -> Tally:
    values: dict[str, Any] = {
        "tally_id": identity.tally_id(f"a-{number}", ""),
        "article_id": f"a-{number}",
        "ref": f"a-{number}",
        "what": "attacks",
    }
    return Tally(**values | fields)


def incident(number: int = 0, **fields: Any) -> Incident:
    values: dict[str, Any] = {
        "incident_id": f"i-{number}",
        "event_type": EventType.DRONE_ATTACK,
        "mention_count": 1,
        "article_count": 1,
        "source_count": 1,
    }
    return Incident(**values | fields)


def actor(name: str, **fields: Any) -> Actor:
    return Actor(name=name, **fields)


def weapon(kind: str, low: int | None = None, high: int | None = None) -> Weapon:
    return Weapon(weapon_type=WeaponType(kind), count_low=low, count_high=high)


_PLACES = ("Rukban", "Hajin", "Tal Baydar", None)


@st.composite
def mentions(draw: st.DrawFn, number: int) -> Mention:
    """Mentions that are alike often enough to be linked, and unlike often enough to be kept apart."""
    dated = draw(st.booleans())
    fields: dict[str, Any] = {}
    if dated:
        first = DAY + timedelta(days=draw(st.integers(0, 12)))
        width = draw(st.sampled_from([0, 0, 0, 1, 6, 40]))
        fields |= {
            "date_earliest": first,
            "date_latest": first + timedelta(days=width),
            "date_precision": DatePrecision.DAY if width == 0 else DatePrecision.DAYS,
            "date_basis": draw(st.sampled_from([DateBasis.EXPLICIT, DateBasis.WEEKDAY, DateBasis.PUBLICATION])),
        }
    killed = draw(st.sampled_from([None, 0, 1, 4, 5]))
    fields |= {
        "day": None,
        "place": draw(st.sampled_from(_PLACES)),
        "article_id": f"a-{draw(st.integers(0, 5))}",
        "source": draw(st.sampled_from(["alpha", "beta", "gamma"])),
        "published_at": draw(st.sampled_from([None, at(DAY), at(DAY + timedelta(days=3))])),
        "event_type": draw(st.sampled_from(list(EventType))),
        "country": draw(st.sampled_from(["SYR", "SYR", "IRQ", None])),
        "date_weekday": draw(st.sampled_from([None, None, 3])),
        "confidence": draw(st.sampled_from([0.3, 0.6, 0.9])),
        "killed_low": killed,
        "killed_best": killed,
    }
    return mention(number, **fields)


@st.composite
def report_sets(draw: st.DrawFn, largest: int = 12) -> list[Report]:
    reported = [draw(mentions(number)) for number in range(draw(st.integers(0, largest)))]
    return [Report(mention=one, original=one.article_id, publisher=one.source) for one in reported]


def newsrooms(
    smallest: int = 20, largest: int = 60, days: int = 5, dated: float = 0.6, people: float = 0.0
) -> st.SearchStrategy[list[Report]]:
    """Reports of a few attacks by many articles: most of them are linked, and many could be linked otherwise.

    A share of them is `dated`, within so many days; a share names a victim.
    """
    size = st.integers(smallest, largest)
    return st.builds(
        lambda seed, number: _newsroom(random.Random(seed), number, days, dated, people),  # noqa: S311  # nothing secret
        st.integers(0),
        size,
    )


def _newsroom(chance: random.Random, number: int, days: int, dated: float, people: float) -> list[Report]:
    reported = [_news(chance, each, days, chance.random() < dated, chance.random() < people) for each in range(number)]
    return [Report(mention=one, original=one.article_id, publisher=one.source) for one in reported]


def _news(chance: random.Random, number: int, days: int, is_dated: bool, is_named: bool) -> Mention:
    pick = chance.choice
    victim = (actor(pick(_VICTIMS), actor_type=ActorType.PERSON),) if is_named else ()
    fields: dict[str, Any] = {
        "article_id": f"a-{chance.randrange(80)}",
        "source": pick(["alpha", "beta", "gamma"]),
        "published_at": pick([None, at(DAY), at(DAY + timedelta(days=pick(range(days + 1))))]),
        "event_type": pick([EventType.ATTACK, EventType.ATTACK, EventType.DRONE_ATTACK, EventType.AIRSTRIKE]),
        "country": pick(["SYR", "SYR", "SYR", "SYR", "IRQ", None]),
        "confidence": pick([0.3, 0.6, 0.9]),
        "place": None,
        **pick(_WHERE),
        **pick([{}, _KILLED, _KILLED, {"killed_low": 5, "killed_best": 5}]),
        **pick([{}, {"perpetrators": (actor("Militia"),)}, {"perpetrators": (actor("Militia"),)}]),
        **pick([{}, {}, {"date_weekday": 3}]),
        "targets": victim,
    }
    if not is_dated:
        return mention(number, day=None, **fields)
    first = DAY + timedelta(days=chance.randrange(days + 1))
    width = pick([0, 0, 0, 1, 2, 6])
    basis = pick([DateBasis.EXPLICIT, DateBasis.DEICTIC, DateBasis.WEEKDAY, DateBasis.PUBLICATION])
    precision = DatePrecision.DAYS if width else DatePrecision.DAY
    fields |= {"date_earliest": first, "date_latest": first + timedelta(days=width), "date_precision": precision}
    return mention(number, day=None, **fields, date_basis=basis)


_VICTIMS = ("Ann Lee", "Bob Ray", "Cy Doe")
_KILLED: dict[str, Any] = {"killed_low": 4, "killed_best": 4}
_WHERE: tuple[dict[str, Any], ...] = (
    {},
    {"geo_precision": GeoPrecision.COUNTRY},
    {"admin1": "Homs"},
    {"place_name": "eastern Syria", "geo_precision": GeoPrecision.REGION},
    {"place_name": "Rukban", "geo_precision": GeoPrecision.LOCALITY, "latitude": 33.4, "longitude": 38.9},
    {"place_name": "Tanf", "geo_precision": GeoPrecision.LOCALITY, "latitude": 33.6, "longitude": 38.6},
    {"place_name": "Tanf", "facility": "Tower Base", "geo_precision": GeoPrecision.EXACT},
    {"facility": "Tower Base"},
    {"place_name": "Tanf", "facility": "Tanf mosque", "geo_precision": GeoPrecision.LOCALITY},
    {"place_name": "Hajin", "geo_precision": GeoPrecision.LOCALITY},
)


# Any record at all, to be stored and read again.

_words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
_moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(timezone.utc))
_counts = st.integers(0, 2**63 - 1)
_shares = st.floats(0, 1)
_actors = st.lists(
    st.builds(Actor, name=_words, text=st.none() | _words, actor_type=st.sampled_from(ActorType), actor_id=st.none()),
    max_size=2,
)
_conflicts = st.builds(Conflict, field=_words, value=_words, mention_ids=st.lists(_words, max_size=2))


def _ranges(*fields: str) -> st.SearchStrategy[dict[str, int | None]]:
    """Rising values, some of them unknown."""
    known = st.tuples(*[_counts for _ in fields]).map(sorted)
    shown = st.tuples(*[st.booleans() for _ in fields])
    return st.builds(
        lambda values, show: {f: v if s else None for f, v, s in zip(fields, values, show, strict=True)}, known, shown
    )


@st.composite
def _weapons(draw: st.DrawFn) -> Weapon:
    return Weapon(weapon_type=draw(st.sampled_from(WeaponType)), **draw(_ranges("count_low", "count_high")))


@st.composite
def _evidence(draw: st.DrawFn) -> Evidence:
    quote, start = draw(_words), draw(st.integers(0, 10**9))
    return Evidence(field=draw(_words), start=start, end=start + len(quote), quote=quote)


@st.composite
def _dates(draw: st.DrawFn) -> dict[str, Any]:
    first = draw(st.none() | st.dates())
    if first is None:
        day = draw(st.none() | st.dates(date(2000, 1, 1), date(2000, 12, 31)))
        told = {} if day is None else yearless(day.month, day.day, draw(st.integers(1, 31)))
        return {"date_weekday": draw(st.none() | st.integers(0, 6)), **told}
    last = draw(st.dates(min_value=first))
    precision = DatePrecision.DAY if first == last else draw(st.sampled_from([DatePrecision.DAYS, DatePrecision.YEAR]))
    basis = draw(st.sampled_from([basis for basis in DateBasis if basis is not DateBasis.NONE]))
    return {"date_earliest": first, "date_latest": last, "date_precision": precision, "date_basis": basis}


@st.composite
def _points(draw: st.DrawFn) -> dict[str, Any]:
    precision = draw(st.sampled_from(GeoPrecision))
    if precision in (GeoPrecision.COUNTRY, GeoPrecision.UNKNOWN) or draw(st.booleans()):
        return {"geo_precision": precision}
    return {
        "geo_precision": precision,
        "latitude": draw(st.floats(-90, 90)),
        "longitude": draw(st.floats(-180, 180)),
    }


@st.composite
def happenings(draw: st.DrawFn) -> dict[str, Any]:
    """The fields that mentions and incidents share, with any values that go together."""
    return {
        "event_type": draw(st.sampled_from(EventType)),
        "status": draw(st.sampled_from(Status)),
        "outcome": draw(st.sampled_from(Outcome)),
        "background": draw(st.booleans()),
        **draw(_dates()),
        **draw(_points()),
        **draw(_ranges("intercepted_low", "intercepted_high")),
        **draw(_ranges("killed_low", "killed_best", "killed_high")),
        **draw(_ranges("wounded_low", "wounded_best", "wounded_high")),
        "place_name": draw(st.none() | _words),
        "facility_type": draw(st.none() | st.sampled_from(FacilityType)),
        "country": draw(st.sampled_from([None, "SYR", "XSE"])),
        "perpetrators": draw(_actors),
        "targets": draw(_actors),
        "weapons": draw(st.lists(_weapons(), max_size=2)),
        "confidence": draw(_shares),
        "confidence_parts": draw(st.dictionaries(_words, _shares, max_size=2)),
    }


@st.composite
def any_mentions(draw: st.DrawFn) -> Mention:
    """Mentions of any shape that the contract allows."""
    published = draw(st.none() | _moments)
    evidence = draw(st.lists(_evidence(), max_size=2))
    return mention(
        draw(st.integers(0, 999)), day=None, place=None, published_at=published, evidence=evidence,
        **draw(happenings()),
    )  # fmt: skip


@st.composite
def any_incidents(draw: st.DrawFn) -> Incident:
    """Incidents of any shape that the contract allows."""
    return incident(
        draw(st.integers(0, 999)),
        **draw(happenings()),
        mention_count=draw(st.integers(1, 9)),
        first_reported_at=draw(st.none() | _moments),
        conflicts=draw(st.lists(_conflicts, max_size=2)),
    )
