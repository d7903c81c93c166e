"""Reports made up for load, with the truth of which tell of one incident.

Three years of incidents, each told by one to six reports of several publishers, three reports to an article. A tenth
of them happen in one city, a third in its country, the rest in the towns of forty countries. Reports are noisy as real
ones are: their dates, places, counts and actors are left out, vague or a little off. Nothing is spelt in two ways:
canonical names are extraction's work. They are for measuring cost, and the ways of linking against one another.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, NamedTuple

from pipeline.records import identity
from schemas import (
    Actor,
    ActorType,
    Article,
    DateBasis,
    DatePrecision,
    EventType,
    Evidence,
    FacilityType,
    GeoPrecision,
    Mention,
    PublishedBasis,
    Weapon,
    WeaponType,
)

FIRST_DAY, DAYS = date(2021, 1, 1), 3 * 365
HOT_CITY, HOT_PROVINCE, HOT_COUNTRY = "Mosul", "Nineveh", "IRQ"
_HOT_CITY_SHARE, _HOT_COUNTRY_SHARE = 0.1, 1 / 3

_COUNTRIES = (
    "AFG", "BDI", "BEN", "BFA", "CAF", "CMR", "COD", "COL", "DZA", "EGY", "ETH", "HTI", "IND", "IRN", "ISR", "JOR",
    "KEN", "LBN", "LBY", "MEX", "MLI", "MMR", "MOZ", "NER", "NGA", "NPL", "PAK", "PHL", "RUS", "SAU", "SDN", "SOM",
    "SSD", "SYR", "TCD", "THA", "TUR", "UGA", "UKR", "YEM",
)  # fmt: skip
_TOWNS, _PROVINCES = 100, 10
_REPORTS = (1, 1, 1, 2, 2, 3, 4, 6)
_REPORTS_PER_ARTICLE = 3
_SOURCES = 400

_TYPES: dict[EventType, tuple[WeaponType, ...]] = {
    EventType.DRONE_ATTACK: (WeaponType.DRONE,),
    EventType.AIRSTRIKE: (WeaponType.AIRCRAFT, WeaponType.MISSILE),
    EventType.ROCKET_MISSILE_MORTAR: (WeaponType.ROCKET, WeaponType.MISSILE, WeaponType.MORTAR),
    EventType.IED_MINE: (WeaponType.IED, WeaponType.MINE),
    EventType.CAR_BOMBING: (WeaponType.CAR_BOMB,),
    EventType.SUICIDE_BOMBING: (WeaponType.SUICIDE_VEST,),
    EventType.ARMED_ASSAULT: (WeaponType.FIREARM, WeaponType.KNIFE),
    EventType.ARMED_CLASH: (WeaponType.FIREARM, WeaponType.GRENADE),
    EventType.ABDUCTION: (WeaponType.FIREARM,),
    EventType.ARREST_RAID: (WeaponType.FIREARM,),
}
_VAGUE_TYPE = EventType.ATTACK
_TARGETS = ("army checkpoint", "police station", "convoy", "market", "school", "soldiers", "villagers", "drivers")
_SITES = (FacilityType.MILITARY_BASE, FacilityType.AIRFIELD, FacilityType.OIL_GAS_FIELD, FacilityType.PRISON)


class Town(NamedTuple):
    """A town: where it is, and its named sites."""

    name: str
    admin1: str
    country: str
    latitude: float
    longitude: float
    sites: tuple[str, ...]


class Event(NamedTuple):
    """What truly happened, and where."""

    number: int
    day: date
    town: Town
    site: str | None
    event_type: EventType
    perpetrator: str | None
    target: str
    weapon: WeaponType
    weapons: int
    killed: int
    wounded: int


class ReportedArticle(NamedTuple):
    """An article, its reports, and the numbers of the events that they truly tell of."""

    article: Article
    mentions: tuple[Mention, ...]
    events: tuple[int, ...]


def articles(reports: int, seed: int = 0) -> Iterator[ReportedArticle]:
    """Yield articles, in the order of their publication, with so many reports in all; one seed, one set of articles."""
    random_ = random.Random(seed)  # noqa: S311 # not for secrets
    towns = _Towns(random_)
    waiting: defaultdict[date, list[Event]] = defaultdict(list)
    events = made = 0
    for number in range(DAYS):
        day = FIRST_DAY + timedelta(days=number)
        wanted = reports * (number + 1) // DAYS
        while made < wanted:
            event = _event(random_, events, day, towns)
            events += 1
            times = min(random_.choice(_REPORTS), reports - made)
            made += times
            for _ in range(times):
                waiting[day + timedelta(days=random_.choice((0, 0, 1, 1, 1, 2, 3)))].append(event)
        yield from _published(random_, day, waiting.pop(day, []))
    for day in sorted(waiting):
        yield from _published(random_, day, waiting[day])


class _Towns:
    """The places, from which one is drawn as they are in the news: a few often, most of them seldom."""

    def __init__(self, random_: random.Random) -> None:
        self._city = Town(HOT_CITY, HOT_PROVINCE, HOT_COUNTRY, 36.335, 43.119, tuple(_sites(HOT_CITY, 6)))
        self._towns = {country: _towns(random_, country) for country in (HOT_COUNTRY, *_COUNTRIES)}
        self._weights = [1 / (rank + 3) for rank in range(_TOWNS)]
        self._country_weights = [1 / (rank + 5) for rank in range(len(_COUNTRIES))]

    def draw(self, random_: random.Random) -> Town:
        where = random_.random()
        if where < _HOT_CITY_SHARE:
            return self._city
        hot = where < _HOT_COUNTRY_SHARE
        country = HOT_COUNTRY if hot else random_.choices(_COUNTRIES, self._country_weights)[0]
        return random_.choices(self._towns[country], self._weights)[0]


def _towns(random_: random.Random, country: str) -> list[Town]:
    south, west = random_.uniform(-30, 50), random_.uniform(-100, 120)
    return [
        Town(
            name=f"{country.title()} Town {number}",
            admin1=f"{country.title()} Province {number % _PROVINCES}",
            country=country,
            latitude=round(south + number % _PROVINCES + random_.random(), 3),
            longitude=round(west + random_.uniform(0, 8), 3),
            sites=tuple(_sites(f"{country.title()} Town {number}", random_.choice((0, 0, 0, 1, 2)))),
        )
        for number in range(_TOWNS)
    ]


def _sites(town: str, count: int) -> Iterator[str]:
    return (f"{town} Site {number}" for number in range(count))


def _event(random_: random.Random, number: int, day: date, towns: _Towns) -> Event:
    town = towns.draw(random_)
    event_type = random_.choice(tuple(_TYPES))
    return Event(
        number=number,
        day=day,
        town=town,
        site=random_.choice(town.sites) if town.sites and random_.random() < 0.3 else None,
        event_type=event_type,
        perpetrator=f"{town.country.title()} Front {random_.randrange(5)}" if random_.random() < 0.7 else None,
        target=random_.choice(_TARGETS),
        weapon=random_.choice(_TYPES[event_type]),
        weapons=random_.randint(1, 6),
        killed=min(int(random_.expovariate(0.2)), 200),
        wounded=min(int(random_.expovariate(0.1)), 400),
    )


def _published(random_: random.Random, day: date, reported: list[Event]) -> Iterator[ReportedArticle]:
    """Yield the articles of one day. Most tell of one country; none tells of one event twice."""
    reported.sort(key=lambda event: (event.town.country, random_.random()))
    while reported:
        chosen: dict[int, Event] = {}
        left = []
        for position, event in enumerate(reported):
            if len(chosen) == _REPORTS_PER_ARTICLE:
                left += reported[position:]
                break
            if event.number in chosen:
                left.append(event)
            else:
                chosen[event.number] = event
        reported = left
        yield _article(random_, day, tuple(chosen.values()))


def _article(random_: random.Random, day: date, events: tuple[Event, ...]) -> ReportedArticle:
    published_at = datetime.combine(day, time(random_.randrange(24), random_.randrange(60)), timezone.utc)
    source, name = f"press-{random_.randrange(_SOURCES)}", f"story-{random_.getrandbits(48):012x}"
    sentences = [_sentence(event, name) for event in events]
    text = " ".join(sentences)
    article_id = identity.article_id(name, None, text, published_at)
    mentions, start = [], 0
    for event, sentence in zip(events, sentences, strict=True):
        mentions.append(
            Mention(
                **_date(random_, event, day),
                **_place(random_, event),
                **_fields_of(random_, event),
                mention_id=identity.mention_id(article_id, f"{start}-{start + len(sentence)}"),
                article_id=article_id,
                ref=name,
                source=source,
                published_at=published_at,
                confidence=round(random_.uniform(0.5, 0.95), 2),
                confidence_parts={"date": 1.0, "place": 0.9, "trigger": 0.8},
                evidence=_evidence(sentence, start),
                extractor="made up",
                extractor_version="1",
            )
        )
        start += len(sentence) + 1
    article = Article(
        article_id=article_id,
        ref=name,
        name=name,
        text=text,
        source=source,
        published_at=published_at,
        published_basis=PublishedBasis.METADATA,
    )
    return ReportedArticle(article, tuple(mentions), tuple(event.number for event in events))


def _sentence(event: Event, name: str) -> str:
    return f"{name}: {event.event_type} at {event.site or event.town.name} on {event.day} killed {event.killed}."


def _evidence(sentence: str, start: int) -> tuple[Evidence, ...]:
    words = {"event_type": 1, "place_name": 3, "date_earliest": -3, "killed_best": -1}
    quotes = {field: sentence.split()[position] for field, position in words.items()}
    starts = {field: start + sentence.rindex(quote) for field, quote in quotes.items()}
    return tuple(
        Evidence(field=field, start=starts[field], end=starts[field] + len(quote), quote=quote)
        for field, quote in quotes.items()
    )


def _date(random_: random.Random, event: Event, published: date) -> dict[str, Any]:
    """Return when a report says that it was: the day, the week up to the publication, or nothing."""
    how = random_.random()
    if how < 0.03:
        return {}
    if how < 0.13:
        return {
            "date_earliest": published - timedelta(days=6),
            "date_latest": published,
            "date_precision": DatePrecision.WEEK,
            "date_basis": DateBasis.PUBLICATION,
        }
    day = event.day + timedelta(days=random_.choice((-1, 1))) if how < 0.15 else event.day
    basis = random_.choice((DateBasis.EXPLICIT, DateBasis.WEEKDAY, DateBasis.WEEKDAY, DateBasis.DEICTIC))
    return {
        "date_earliest": day,
        "date_latest": day,
        "date_precision": DatePrecision.DAY,
        "date_basis": basis,
        "date_weekday": day.weekday() if basis is DateBasis.WEEKDAY else None,
    }


def _place(random_: random.Random, event: Event) -> dict[str, Any]:
    """Return where a report says that it was: the site, the town, the province, or the country alone."""
    town, how = event.town, random_.random()
    if how < 0.04:
        return {"place_name": town.country.title(), "country": town.country, "geo_precision": GeoPrecision.COUNTRY}
    if how < 0.1:
        return {
            "place_name": town.admin1,
            "admin1": town.admin1,
            "country": town.country,
            "geo_precision": GeoPrecision.ADMIN1,
        }
    at_site = event.site is not None and how < 0.8
    return {
        "place_name": event.site if at_site else town.name,
        "facility": event.site if at_site else None,
        "facility_type": random_.choice(_SITES) if at_site else None,
        "admin1": town.admin1,
        "country": town.country,
        "latitude": town.latitude,
        "longitude": town.longitude,
        "geo_precision": GeoPrecision.EXACT if at_site else GeoPrecision.LOCALITY,
    }


def _fields_of(random_: random.Random, event: Event) -> dict[str, Any]:
    """Return what a report says of what was done, by whom, with what, and at what cost."""
    fields: dict[str, Any] = {"event_type": event.event_type if random_.random() < 0.85 else _VAGUE_TYPE}
    if event.perpetrator is not None and random_.random() < 0.7:
        key = event.perpetrator.casefold().replace(" ", "-")
        actor = Actor(name=event.perpetrator, actor_type=ActorType.ARMED_GROUP, actor_id=key)
        fields["perpetrators"] = (actor,)
        fields["claimed_by"] = (actor,) if random_.random() < 0.2 else ()
    if random_.random() < 0.7:
        fields["targets"] = (Actor(name=event.target, actor_type=ActorType.PROPERTY),)
    if random_.random() < 0.6:
        count = event.weapons if random_.random() < 0.4 else None
        fields["weapons"] = (Weapon(weapon_type=event.weapon, count_low=count, count_high=count),)
    for what, true in (("killed", event.killed), ("wounded", event.wounded)):
        if random_.random() < 0.7:
            reported = (
                max(0, true + random_.choice((-1, 1)) * random_.randint(1, 2)) if random_.random() < 0.25 else true
            )
            fields |= {f"{what}_low": reported, f"{what}_best": reported, f"{what}_high": reported}
    return fields
