"""Articles made up for load: varied, about 2.5 kB each, in the manner of wire copy. No two are copies.

Also as web pages, with what is around an article on a news site, and as the web archive that a crawler makes of them.

Every name, number, date and sentence is drawn at random from small lists, in random order: they are for measuring cost,
and say nothing about quality.
"""

import gzip
import html
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

_PLACES = (
    "Deir ez-Zor", "Hasakah", "Mosul", "Kirkuk", "Erbil", "Aleppo", "Idlib", "Raqqa", "Tikrit", "Ramadi", "Fallujah",
    "Baghdad", "Basra", "Daraa", "Homs", "Palmyra", "Qamishli", "Samarra", "Baqubah", "Maiduguri", "Gao", "Timbuktu",
    "Mogadishu", "Kismayo", "Kabul", "Kandahar", "Peshawar", "Quetta", "Kharkiv", "Kherson", "Odesa", "Donetsk",
)  # fmt: skip
_GROUPS = (
    "Islamic Resistance in Iraq", "Islamic State", "Boko Haram", "al-Shabaab", "the Taliban", "Hezbollah", "Hamas",
    "unidentified gunmen", "suspected militants", "Iran-backed militias", "tribal fighters", "armed bandits",
)  # fmt: skip
_TARGETS = (
    "a military base", "an army checkpoint", "a police station", "a convoy of soldiers", "an oil field", "a village",
    "US forces", "coalition forces", "a market", "government troops", "a border crossing", "an airfield",
)  # fmt: skip
_WEAPONS = (
    "a drone", "two drones", "three explosive-laden drones", "rockets", "a volley of mortars", "a car bomb",
    "a roadside bomb", "small arms fire", "a suicide vest", "a missile", "several grenades", "artillery",
)  # fmt: skip
_EVENTS = (
    "On {day}, {group} attacked {target} near {place} with {weapon}, killing {n} people and wounding {m}.",
    "{Weapon} struck {target} in {place} late on {day}, officials said, leaving at least {n} dead.",
    "{Group} claimed responsibility for the attack on {target} in {place} on {day}.",
    "At least {n} people were killed and {m} others injured when {weapon} hit {target} in {place} on {date}.",
    "Security forces said they shot down {k} drones over {place} on {day}; no casualties were reported.",
    "In a separate incident, {target} in {place} came under fire from {weapon}, injuring {m} soldiers.",
    "An airstrike hit {target} outside {place} on {date}, according to local activists.",
    "Gunmen abducted {n} workers on the road to {place} on {day}.",
)
_FILLER = (
    "Residents of {place} told reporters that shops stayed closed and that the streets were quiet in the evening.",
    "Analysts at a research centre said the situation in the {where} of the country has been tense for {n} months.",
    "The ministry promised an investigation and asked people to stay away from the area around {place}.",
    "A spokesman declined to comment, saying that details would be given when the families had been told.",
    "Aid organisations warned that {m}00 families need food, water and shelter before the winter.",
    "The price of bread rose again in {place}, traders said, and fuel was hard to find.",
    "Diplomats met in {place} to discuss a proposal that would let {n} trucks cross every {weekday}.",
    "Schools in the {where} reopened on {weekday} after a pause of {n} weeks, a teacher said.",
    "Talks between the parties, which began in {month}, have made little progress, a mediator said.",
    "The {ordinal} report of the commission lists {m} recommendations, most of which remain on paper.",
    "Farmers near {place} said the harvest of {month} had been the best in {n} years.",
    "The railway between {place} and the coast carried {m} passengers a day, the operator said.",
)
_WHERE = ("north", "south", "east", "west", "north-east", "south-west", "centre")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "June", "July", "August", "October", "November", "December")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_SECTIONS = ("World", "Politics", "Business", "Science", "Sport", "Culture", "Opinion", "Weather", "Video", "Travel")
_DATE_MARKS = (
    '<meta property="article:published_time" content="{iso}T08:30:00+00:00">',
    '<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{iso}T08:30:00Z"}}</script>',
    '<meta name="date" content="{iso}">',
    "",
)
_CHARS = 2_500
_FIRST_DAY = date(2023, 1, 1)


def articles(count: int, seed: int = 0) -> Iterator[dict[str, str]]:
    """Yield `count` articles as JSON Lines records; the same seed gives the same articles."""
    random_ = random.Random(seed)  # noqa: S311 # not for secrets
    for number in range(count):
        published = _FIRST_DAY + timedelta(days=random_.randrange(365))
        yield {
            "id": f"generated-{number}",
            "source": f"press-{random_.randrange(40)}",
            "published_at": published.isoformat(),
            "text": _text(random_, published),
        }


def write(folder: Path, count: int, files: int = 8) -> None:
    """Write `count` articles to JSON Lines files of a folder, which are what workers share the reading by."""
    opened = [(folder / f"articles-{number}.jsonl").open("w", encoding="utf-8") for number in range(files)]
    for number, record in enumerate(articles(count)):
        opened[number % files].write(json.dumps(record) + "\n")
    for file in opened:
        file.close()


def page(article: dict[str, str], number: int) -> str:
    """Return a web page, 10 to 60 kB, with an article and what surrounds it: menus, teasers, scripts, a footer."""
    random_ = random.Random(number)  # noqa: S311 # not for secrets
    published = date.fromisoformat(article["published_at"])
    paragraphs = article["text"].split("\n\n")
    body = [f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs]
    body.insert(random_.randrange(len(body)), _figure(random_))
    body.insert(random_.randrange(len(body)), f"<blockquote>{random_.choice(paragraphs)[:200]}</blockquote>")
    wrapped = random_.choice(
        ("<article>{}</article>", '<div class="story-body">{}</div>', "<main><div>{}</div></main>")
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{_title(random_, published)} | Press'
        f"</title>{random_.choice(_DATE_MARKS).format(iso=published)}<style>{_code(random_)}</style></head><body>"
        f"<header><nav><ul>{_links(random_, 12, _SECTIONS)}</ul></nav></header>"
        f"<h1>{_title(random_, published)}</h1><p class='byline'>By a correspondent, {published:%d %B %Y}</p>"
        f"{wrapped.format(''.join(body))}"
        f"<aside><h2>Read more</h2><ul>{_teasers(random_, published)}</ul></aside>"
        f"<footer><ul>{_links(random_, 30, _SECTIONS)}</ul><p>All rights reserved.</p></footer>"
        f"<script>{_code(random_)}</script></body></html>"
    )


def pages(count: int, seed: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the address and the HTML of `count` pages; the same seed gives the same pages."""
    for number, article in enumerate(articles(count, seed)):
        yield f"https://{article['source']}.example/news/{number}.html", page(article, number)


def write_archive(path: Path, count: int) -> None:
    """Write a web archive of `count` pages as crawlers do: each record packed, with its request, some with images."""
    with path.open("wb") as file:
        for number, (url, content) in enumerate(pages(count)):
            get = b"GET / HTTP/1.1\r\nHost: press.example\r\n\r\n"
            file.write(gzip.compress(_record(url, "request", get), 6))
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            file.write(gzip.compress(_record(url, "response", head + content.encode()), 6))
            if number % 5 == 0:
                image = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG" + bytes(range(256)) * 32
                file.write(gzip.compress(_record(f"{url}.png", "response", image), 6))


def _record(url: str, kind: str, block: bytes) -> bytes:
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-01-02T03:04:05Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


def _title(random_: random.Random, published: date) -> str:
    return html.escape(_sentence(random_, random_.choice(_FILLER), published)[:70])


def _links(random_: random.Random, count: int, words: tuple[str, ...]) -> str:
    return "".join(f'<li><a href="/{random_.randrange(999)}">{random_.choice(words)}</a></li>' for _ in range(count))


def _teasers(random_: random.Random, published: date) -> str:
    titles = (_title(random_, published) for _ in range(random_.randint(10, 60)))
    return "".join(f'<li><a href="/news/{random_.randrange(9_999)}.html">{title}</a></li>' for title in titles)


def _figure(random_: random.Random) -> str:
    return (
        f'<figure><img src="/{random_.randrange(999)}.jpg"><figcaption>{random_.choice(_PLACES)}</figcaption></figure>'
    )


def _code(random_: random.Random) -> str:
    return "".join(f".c{random_.randrange(9_999)}{{margin:{n % 9}px}}" for n in range(random_.randint(100, 800)))


def _text(random_: random.Random, published: date) -> str:
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < _CHARS:
        templates = random_.choices((*_EVENTS, *_FILLER, *_FILLER, *_FILLER), k=random_.randint(2, 4))
        paragraphs.append(" ".join(_sentence(random_, template, published) for template in templates))
    return "\n\n".join(paragraphs)


def _sentence(random_: random.Random, template: str, published: date) -> str:
    day = published - timedelta(days=random_.randrange(6))
    group, weapon = random_.choice(_GROUPS), random_.choice(_WEAPONS)
    return template.format(
        place=random_.choice(_PLACES),
        group=group,
        Group=group[0].upper() + group[1:],
        target=random_.choice(_TARGETS),
        weapon=weapon,
        Weapon=weapon[0].upper() + weapon[1:],
        day=day.strftime("%A"),
        date=f"{day:%B} {day.day}",
        n=random_.randint(2, 19),
        m=random_.randint(3, 60),
        k=random_.randint(2, 6),
        where=random_.choice(_WHERE),
        weekday=random_.choice(_WEEKDAYS),
        month=random_.choice(_MONTHS),
        ordinal=random_.choice(_ORDINALS),
    )
