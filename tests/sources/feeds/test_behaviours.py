"""What servers do, and what that comes to: in the database after one run, and at the polls that follow.

One site behaves in all these ways at once. It is polled three times: all feeds; five minutes later, when those that
failed are not yet due; and nine days later, with the answers that are listed as `then`.
"""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import brotli
import pytest

from pipeline.run import launcher
from pipeline.run.options import FeedOptions, ReadOptions, RunOptions
from tests.support.databases import rows
from tests.support.web import (
    Behaviour,
    Reply,
    Site,
    endless_body,
    item,
    no_answer,
    rss,
    serving,
    slow_body,
    slow_headers,
)

NOW = datetime(2023, 11, 10, 12, tzinfo=timezone.utc)
SOON, LATER = NOW + timedelta(minutes=5), NOW + timedelta(days=9)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BACK_OFF = (8 * MINUTE, 12 * MINUTE)
AT_ONCE = (timedelta(), timedelta())
TEXT = "The council met for the 1th time."


@dataclass(frozen=True)
class Case:
    """How a server behaves, and what is expected. `articles` maps titles to parts of the rows expected."""

    name: str
    first: Behaviour
    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    rejects: tuple[str, ...] = ()
    status: int | None = 200
    error: str | None = None
    waits: tuple[timedelta, timedelta] = AT_ONCE
    feed: dict[str, Any] = field(default_factory=dict)
    then: Behaviour | None = None
    then_asked: dict[str, str | None] = field(default_factory=dict)
    then_new: tuple[str, ...] = ()
    then_status: int | None = 200
    more: dict[str, Behaviour] = field(default_factory=dict)

    @property
    def given(self) -> str:
        """The name that the list gives the feed: all but one have one, and their articles are found by it."""
        return "" if self.name == "ok" else self.name

    @property
    def source(self) -> str:
        return self.given or "Local News"


ONE = {"Story 1": {"text": TEXT}}
GOOD = rss(item())
TWO = rss(item(), item(2))
LONG_AGO = datetime(2023, 11, 9, 10, 1, tzinfo=timezone.utc)
XXE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(item(description="a &x; b")).split("?>")[1]
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]>' + rss(item()).split("?>")[1].replace("The council", "&l11;")
BIG = rss(*(item(number) for number in range(400)))

CASES = [
    Case(
        "ok", Reply(GOOD, etag='W/"a-1"', last_modified="Thu, 09 Nov 2023 10:00:00 GMT"),
        {"Story 1": {"text": TEXT, "published_at": LONG_AGO, "source": "Local News", "fetched_at": NOW,
                     "name": "{url}/ok#story-1", "url": "http://news.example/story/1"}},
        feed={"etag": 'W/"a-1"', "last_modified": "Thu, 09 Nov 2023 10:00:00 GMT", "title": "Local News"},
        then_asked={"If-None-Match": 'W/"a-1"', "If-Modified-Since": "Thu, 09 Nov 2023 10:00:00 GMT"}, then_status=304,
    ),
    Case("modified-only", Reply(GOOD, last_modified="whenever it was"), ONE,
         then_asked={"If-None-Match": None, "If-Modified-Since": "whenever it was"}, then_status=304),
    Case("no-validators", Reply(GOOD), ONE, then_asked={"If-None-Match": None}),
    Case("moved", Reply(status=301, headers={"Location": "{url}/moved-to"}), ONE,
         more={"/moved-to": Reply(GOOD, etag='"m"')}, feed={"moved_to": "{url}/moved-to"},
         then=Reply(status=500), then_status=304),
    Case("moved-308", Reply(status=308, headers={"Location": "moved-308-to?a=b c"}), ONE,
         more={"/moved-308-to?a=b%20c": Reply(GOOD)}, feed={"moved_to": "{url}/moved-308-to?a=b%20c"},
         then=Reply(status=500)),
    Case("elsewhere", Reply(status=302, headers={"Location": "/elsewhere-now"}), ONE,
         more={"/elsewhere-now": Reply(GOOD)}, feed={"moved_to": None}, then=Reply(TWO), then_new=("Story 2",)),
    Case("moved-via", Reply(status=302, headers={"Location": "/moved-via-301"}), ONE,
         more={"/moved-via-301": Reply(status=301, headers={"Location": "/moved-via-end"}),
               "/moved-via-end": Reply(GOOD)}, feed={"moved_to": None}),
    Case("loop", Reply(status=302, headers={"Location": "/loop"}), status=None, error="more than 5 times",
         waits=BACK_OFF, then_status=None),
    Case("to-file", Reply(status=301, headers={"Location": "file:///etc/passwd"}), status=None,
         error="no address of http or https", waits=BACK_OFF, feed={"moved_to": None}, then_status=None),
    Case("to-private", Reply(status=302, headers={"Location": "http://127.0.0.1:1/"}), status=None,
         error="--allow-private-hosts", waits=BACK_OFF, then_status=None),
    Case("to-metadata", Reply(status=302, headers={"Location": "http://169.254.169.254/latest/"}), status=None,
         error="--allow-private-hosts", waits=BACK_OFF, then_status=None),
    Case("to-nowhere", Reply(status=302), status=302, error="302 Found", waits=BACK_OFF, then_status=302),
    Case("gone", Reply(status=410), status=410, error="410 Gone", waits=(5 * DAY, 9 * DAY), then=Reply(GOOD),
         then_new=("Story 1",)),
    Case("missing", Reply(status=404), status=404, error="404 Not Found", waits=BACK_OFF, then=Reply(GOOD),
         then_new=("Story 1",)),
    Case("busy", Reply(status=429, headers={"Retry-After": "7200"}), status=429, error="429",
         waits=(2 * HOUR, 2 * HOUR), then=Reply(GOOD), then_new=("Story 1",)),
    Case("busy-until", Reply(status=503, headers={"Retry-After": "Fri, 10 Nov 2023 15:00:00 GMT"}), status=503,
         error="503", waits=(3 * HOUR, 3 * HOUR), then=Reply(GOOD), then_new=("Story 1",)),
    Case("busy-for-ever", Reply(status=503, headers={"Retry-After": "99999999999999"}), status=503, error="503",
         waits=(DAY, DAY), then=Reply(GOOD), then_new=("Story 1",)),
    Case("broken", Reply("oops", 500), status=500, error="500 Internal Server Error", waits=BACK_OFF, then=Reply(GOOD),
         then_new=("Story 1",)),
    Case("hangs-up", no_answer, status=None, error="no answer", waits=BACK_OFF, then=Reply(GOOD),
         then_new=("Story 1",)),
    Case("slow-headers", slow_headers, status=None, error="within", waits=BACK_OFF, then_status=None),
    Case("slow-body", slow_body, status=None, error="within", waits=BACK_OFF, then=Reply(GOOD), then_new=("Story 1",)),
    Case("endless", endless_body, rejects=("longer than 3,000,000 bytes",), status=None, error="longer than 3,000,000",
         waits=BACK_OFF, then_status=None),
    Case("gzip-bomb", Reply(gzip.compress(bytes(50_000_000), 1), headers={"Content-Encoding": "gzip"}),
         rejects=("longer than",), status=None, error="longer than 3,000,000", waits=BACK_OFF, then_status=None),
    Case("br-bomb", Reply(brotli.compress(bytes(50_000_000), quality=5), headers={"Content-Encoding": "br"}),
         rejects=("longer than",), status=None, error="longer than 3,000,000", waits=BACK_OFF, then_status=None),
    Case("gzip", Reply(gzip.compress(GOOD.encode()), headers={"Content-Encoding": "gzip"}), ONE),
    Case("deflate", Reply(zlib.compress(GOOD.encode()), headers={"Content-Encoding": "deflate"}), ONE),
    Case("br", Reply(brotli.compress(GOOD.encode()), headers={"Content-Encoding": "br"}), ONE),
    Case("no-gzip", Reply(GOOD, headers={"Content-Encoding": "gzip"}), ONE),
    Case("gzip-unsaid", Reply(gzip.compress(GOOD.encode())), ONE),
    Case("gzip-twice", Reply(gzip.compress(gzip.compress(GOOD.encode())), headers={"Content-Encoding": "gzip"}), ONE),
    Case("discover", Reply('<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/f.xml">'
                           "</head></html>"), rejects=("it names its feed: list",), error="/f.xml instead",
         waits=BACK_OFF),
    Case("not-modified-yet", Reply(status=304), status=304, error="304 Not Modified", waits=BACK_OFF, then_status=304),
    Case("too-short", Reply(TWO, length=len(TWO) - 30, etag='"s"'), {"Story 1": {}}, error="ends too soon",
         feed={"etag": None}, then=Reply(TWO, etag='"t"'), then_asked={"If-None-Match": None}, then_new=("Story 2",)),
    Case("too-long", Reply(GOOD, length=len(GOOD) + 500, etag='"l"'), ONE, feed={"etag": '"l"'}, then_status=304),
    Case("wrong-charset", Reply(rss(item(title="Café Łódź")), headers={"Content-Type": "text/xml; charset=latin-1"}),
         {"Café Łódź": {}}),
    Case("latin", Reply(rss(item(title="Café")).replace("utf-8", "iso-8859-1").encode("latin-1")), {"Café": {}}),
    Case("page", Reply("<!doctype html><html><body><h1>Welcome</h1></body></html>", etag='"p"'),
         rejects=("a web page, not an RSS or Atom feed",), error="a web page", waits=BACK_OFF, feed={"etag": None},
         then=Reply(GOOD), then_asked={"If-None-Match": None}, then_new=("Story 1",)),
    Case("empty", Reply(b""), rejects=("empty",), error="empty", waits=BACK_OFF),
    Case("cut", Reply(TWO[:-60], etag='"c"'), {"Story 1": {}}, error="ends too soon", feed={"etag": None},
         then=Reply(TWO), then_new=("Story 2",)),
    Case("broken-xml", Reply(rss(item(), "<item><title>Odd & <b>bad</title></item>", item(3))),
         {"Story 1": {}, "Story 3": {}}, rejects=("neither content nor summary",), error="not well-formed"),
    Case("same-guids", Reply(rss(item(guid="0"), item(2, guid="0"), item(2, guid="0"))), {"Story 1": {}, "Story 2": {}},
         feed={"identity": "link"}, then=Reply(rss(item(3, guid="0"))), then_new=("Story 3",)),
    Case("same-links", Reply(rss(item(guid=None, link="http://a.example/"),
                                 item(2, guid=None, link="http://a.example/"))), {"Story 1": {}, "Story 2": {}}),
    Case("new-guids", Reply(rss(item(guid="story-1", title="Story one"))), {"Story one": {}},
         then=Reply(rss(item(guid="story-1-renamed", title="Story one, renamed"))), then_new=("Story one, renamed",)),
    Case("undated", Reply(rss(item(pubDate=None))), {"Story 1": {"published_at": None, "published_basis": "none"}}),
    Case("zoneless", Reply(rss(item(pubDate="2023-11-09T10:01:00"))), {"Story 1": {"published_at": LONG_AGO}}),
    Case("odd-date", Reply(rss(item(pubDate="the other day"))), {"Story 1": {"published_at": None}}),
    Case("future", Reply(rss(item(pubDate="Fri, 09 Nov 2035 10:01:00 GMT"))),
         {"Story 1": {"published_at": None, "published_basis": "none"}}, rejects=("dated in the future",)),
    Case("relative", Reply(rss(item(link="/a/b", guid=None), item(2, link="javascript:alert(1)", guid=None))),
         {"Story 1": {"url": "{url}/a/b", "name": "{url}/a/b"}, "Story 2": {"url": None}}),
    Case("many", Reply(BIG), {f"Story {number}": {} for number in range(400)}),
    Case("changes", Reply(GOOD), {"Story 1": {"superseded_by": None}},
         then=Reply(rss(item(description="The council has not met at all."))), then_new=("Story 1",)),
    Case("redated", Reply(GOOD), ONE, then=Reply(rss(item(pubDate="Fri, 10 Nov 2023 10:00:00 GMT")))),
    Case("loses", Reply(TWO), {"Story 1": {}, "Story 2": {}}, then=Reply(GOOD)),
    Case("no-text", Reply(rss(item(description=None), item(2))), {"Story 2": {}},
         rejects=("neither content nor summary",)),
    Case("entity", Reply(XXE), {"Story 1": {}}, error="not well-formed"),
    Case("laughs", Reply(BOMB), {"Story 1": {}}, error="not well-formed"),
    Case("ttl", Reply(rss(item(), about="<ttl>60</ttl>")), ONE, waits=(59 * MINUTE, 59 * MINUTE)),
    Case("cached", Reply(GOOD, headers={"Cache-Control": "public, max-age=7200"}), ONE,
         waits=(119 * MINUTE, 119 * MINUTE)),
    Case("expires", Reply(GOOD, headers={"Date": "Fri, 10 Nov 2023 10:00:00 GMT",
                                         "Expires": "Fri, 10 Nov 2023 14:00:00 GMT"}),
         ONE, waits=(239 * MINUTE, 239 * MINUTE)),
    Case("expires-never", Reply(GOOD, headers={"Cache-Control": "max-age=999999999"}), ONE,
         waits=(DAY - MINUTE, DAY - MINUTE)),
]  # fmt: skip


class Played:
    """The site after three runs, and the database after each."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self.folder = folder
        self.first, self.soon, self.later = (folder / f"{name}.duckdb" for name in ("first", "soon", "later"))
        self.asked: list[dict[str, list[Any]]] = []

    def url(self, case: Case) -> str:
        return f"{self.site.url}/{case.name}"

    def filled(self, values: dict[str, Any]) -> dict[str, Any]:
        return {
            name: value.replace("{url}", self.site.url) if isinstance(value, str) else value
            for name, value in values.items()
        }


def poll(listing: Path, output: Path, now: datetime) -> None:
    feeds = FeedOptions(listing, timeout_seconds=1.5, max_mb=3)
    options = RunOptions(reading=ReadOptions(inputs=()), output=output, feeds=feeds)
    launcher.run(options, clock=lambda: now)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("played")
    with serving(Site()) as site:
        played = Played(site, folder)
        for case in CASES:
            site.pages |= {f"/{case.name}": case.first, **case.more}
        listing = folder / "feeds.txt"
        listing.write_text("\n".join(f"{played.url(case)} {case.given}" for case in CASES))
        database = folder / "incidents.duckdb"
        for copy, now in ((played.first, NOW), (played.soon, SOON), (played.later, LATER)):
            if now == LATER:
                site.pages |= {f"/{case.name}": case.then for case in CASES if case.then}
            site.requests.clear()
            poll(listing, database, now)
            copy.write_bytes(database.read_bytes())
            played.asked.append({path: site.asked(path) for path in {request.path for request in site.requests}})
        yield played


def articles_of(database: Path, case: Case) -> list[dict[str, Any]]:
    return as_dicts(database, f"SELECT * FROM articles WHERE source = '{case.source}'")


def feed_of(database: Path, played: Played, case: Case) -> dict[str, Any]:
    (feed,) = as_dicts(database, f"SELECT * FROM feeds WHERE feed_url = '{played.url(case)}'")
    return feed


def as_dicts(database: Path, query: str) -> list[dict[str, Any]]:
    columns = [name for name, *_ in rows(database, f"DESCRIBE {query}")]
    return [dict(zip(columns, row, strict=True)) for row in rows(database, query)]


cases = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@cases
def test_articles(played: Played, case: Case) -> None:
    found = {row["title"]: row for row in articles_of(played.first, case)}
    assert found.keys() == case.articles.keys()
    for title, expected in case.articles.items():
        wanted = played.filled(expected)
        assert {name: found[title][name] for name in wanted} == wanted


@cases
def test_rejects(played: Played, case: Case) -> None:
    refs = [played.url(case), *(row["ref"] for row in articles_of(played.first, case))]
    found = [row for row in as_dicts(played.first, "SELECT * FROM rejects") if row["ref"] in refs]
    for part in case.rejects:
        assert any(part in row["reason"] for row in as_dicts(played.first, "SELECT * FROM rejects"))
    if not case.rejects:
        assert [row for row in found if row["ref"] == played.url(case)] == []


@cases
def test_feed(played: Played, case: Case) -> None:
    feed = feed_of(played.first, played, case)
    wanted = played.filled(case.feed)
    assert {name: feed[name] for name in wanted} == wanted
    assert feed["last_status"] == case.status
    assert (case.error or "") in (feed["last_error"] or "")
    assert (feed["last_error"] is None) == (case.error is None)
    assert feed["last_fetched_at"] == NOW
    assert case.waits[0] <= feed["next_poll_at"] - NOW <= case.waits[1]
    assert feed["failures"] == (0 if case.articles else 1)


@cases
def test_next_poll_when_due(played: Played, case: Case) -> None:
    due = case.waits[1] < SOON - NOW
    first, _, later = (asked.get(f"/{case.name}", []) for asked in played.asked)
    assert first
    assert bool(later) == (case.feed.get("moved_to") is None)
    assert (feed_of(played.soon, played, case)["last_fetched_at"] == SOON) == due
    if later:
        asked = {name: later[0].headers.get(name) for name in case.then_asked}
        assert asked == case.then_asked
        assert later[0].headers["User-Agent"].startswith("incident-stream/")


@cases
def test_nothing_new_writes_nothing(played: Played, case: Case) -> None:
    assert articles_of(played.soon, case) == articles_of(played.first, case)


@cases
def test_news_of_next_poll(played: Played, case: Case) -> None:
    before = {row["article_id"]: row for row in articles_of(played.soon, case)}
    after = {row["article_id"]: row for row in articles_of(played.later, case)}
    assert before.keys() <= after.keys()
    assert tuple(sorted(after[key]["title"] for key in after.keys() - before.keys())) == case.then_new
    assert feed_of(played.later, played, case)["last_status"] == case.then_status


def test_rejects_are_told_once(played: Played) -> None:
    first = as_dicts(played.first, "SELECT reject_id FROM rejects")
    assert as_dicts(played.soon, "SELECT reject_id FROM rejects") == first


def test_a_304_carries_no_body(played: Played) -> None:
    _, soon, later = played.asked
    unchanged = [
        request for asked in (soon, later) for each in asked.values() for request in each if request.status == 304
    ]
    assert len(unchanged) > 3
    assert sum(request.body_bytes for request in unchanged) == 0


@pytest.mark.parametrize("name", ["changes", "new-guids"])
def test_an_entry_that_changes_is_a_revision(played: Played, name: str) -> None:
    (case,) = (case for case in CASES if case.name == name)
    old, new = sorted(articles_of(played.later, case), key=lambda row: row["fetched_at"])
    assert old["superseded_by"] == new["article_id"]
    assert (old["fetched_at"], new["fetched_at"]) == (NOW, LATER)
    assert old["name"] == new["name"]


def test_what_is_harmful_stays_out(played: Played) -> None:
    (text,) = (row["text"] for row in articles_of(played.first, next(case for case in CASES if case.name == "entity")))
    assert text == "a &x; b"
    assert rows(played.first, "SELECT count(*) FROM articles WHERE text ILIKE '%root:%' OR length(text) > 1000") == [
        (0,)
    ]
    assert not any("1:" in path for asked in played.asked for path in asked)
