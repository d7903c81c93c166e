from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest

from pipeline.sources.document import Document
from pipeline.sources.feeds.fetch import Client, FetchPolicy
from pipeline.sources.feeds.pages import Robots, read_pages
from pipeline.sources.feeds.poll import Found
from schemas import Reject
from tests.support.web import Reply, Site, serving

NOW = datetime(2023, 11, 10, 12, tzinfo=timezone.utc)
HTML = {"Content-Type": "text/html; charset=utf-8"}
STORY = "Two rockets hit the northern fence of the base on Wednesday, and three guards were hurt, the army said."
PAGE = f"""<html lang="en"><head><title>Rockets hit base</title><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2023-11-08T09:00:00Z"></head>
<body><nav>Home</nav><article><h1>Rockets hit base</h1><p>{STORY}</p><p>{STORY.replace("Two", "Six")}</p></article>
</body></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as site:
        yield site


def found(site: Site, path: str = "/1", **fields: Any) -> Found:
    values = {"ref": path, "name": f"tag:{path}", "folder": "Feed", "text": "Summary.", "url": f"{site.url}{path}"}
    return Found(Document(**values | fields), NOW)


def read(*pages: Found, allow_private_hosts: bool = True) -> tuple[list[Document], list[Reject], list[float]]:
    client = Client(FetchPolicy("incident-stream/1 (feed reader)", 5.0, allow_private_hosts=allow_private_hosts))
    slept: list[float] = []
    results = list(read_pages(pages, client, Robots(client), slept.append))
    documents = [result.document for result in results if isinstance(result, Found)]
    return documents, [result for result in results if isinstance(result, Reject)], slept


def test_a_page_gives_text_title_date_and_site(site: Site) -> None:
    site.pages["/1"] = Reply(PAGE, headers=HTML)
    (document,), rejects, _ = read(found(site))
    assert STORY in document.text
    assert "Home" not in document.text
    assert (document.title, document.language, rejects) == ("Rockets hit base", "en", [])
    assert document.published_at == datetime(2023, 11, 8, 9, tzinfo=timezone.utc)
    assert document.publisher == "127.0.0.1"
    assert document.name == "tag:/1"


def test_what_the_entry_says_of_itself_comes_first(site: Site) -> None:
    site.pages["/1"] = Reply(PAGE, headers=HTML)
    (document,), *_ = read(found(site, title="Mine", publisher="Listed", published_at=NOW))
    assert (document.title, document.publisher, document.published_at) == ("Mine", "Listed", NOW)


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (Reply(PAGE, 404, HTML), "404"),
        (Reply(status=500), "500"),
        (Reply("%PDF-1.7", headers={"Content-Type": "application/pdf"}), "application/pdf"),
        (Reply("", headers=HTML), "no text"),
        (Reply("<html><body><a href='/'>Home</a></body></html>", headers=HTML), "without main text"),
        (Reply(PAGE, headers=HTML, length=len(PAGE) + 900), "too soon"),
        (Reply(status=302, headers={"Location": "/1"}), "more than 5"),
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "no address"),
    ],
)
def test_where_there_is_no_page_the_entry_stands_and_a_reject_says_so(site: Site, reply: Reply, problem: str) -> None:
    site.pages["/1"] = reply
    page = found(site)
    documents, (fault,), _ = read(page)
    assert documents == [page.document]
    assert problem in fault.reason
    assert "what the feed carries was used" in fault.reason


def test_with_neither_page_nor_text_there_is_a_reject_only(site: Site) -> None:
    documents, (fault,), _ = read(found(site, text=""))
    assert documents == []
    assert "the feed carries no text" in fault.reason


def test_pages_of_private_hosts_are_not_asked_for(site: Site) -> None:
    site.pages["/1"] = Reply(PAGE, headers=HTML)
    documents, (fault,), _ = read(found(site), allow_private_hosts=False)
    assert [document.text for document in documents] == ["Summary."]
    assert site.requests == []
    assert fault


def test_an_entry_without_a_link_stands(site: Site) -> None:
    page = found(site, url=None)
    assert read(page) == ([page.document], [], [])


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (Reply("User-agent: *\nDisallow: /1"), False),
        (Reply("User-agent: incident-stream\nDisallow: /"), False),
        (Reply("User-agent: somebody-else\nDisallow: /"), True),
        (Reply("User-agent: *\nDisallow: /\n\nUser-agent: incident-stream\nAllow: /"), True),
        (Reply("User-agent: *\nDisallow: /2"), True),
        (Reply(status=404), True),
        (Reply(status=403), True),
        (Reply(status=503), False),
        (Reply(b"\xff\xfe\x00 nonsense"), True),
        (Reply(status=302, headers={"Location": "/robots.txt"}), False),
        # RFC 9309: blank lines end nothing, a byte order mark is no letter, the longest rule counts, whatever its place
        (Reply("User-agent: *\n\n\nDisallow: /1\n"), False),
        (Reply(b"\xef\xbb\xbfUser-agent: *\nDisallow: /1"), False),
        (Reply("User-agent: *\r\nDisallow: /1\r\n"), False),
        (Reply("USER-AGENT: *\nDISALLOW: /1"), False),
        (Reply("User-agent: *\nDisallow: /\nAllow: /1"), True),
        (Reply("User-agent: *\nAllow: /1\nDisallow: /"), True),
        (Reply("User-agent: *\nAllow: /\nDisallow: /1"), False),
        (Reply("User-agent: *\nDisallow: /*1"), False),
        (Reply("User-agent: *\nDisallow: /1$"), False),
        (Reply("User-agent: *\nDisallow: /*.pdf$"), True),
        (Reply("User-agent: *\nDisallow: /1/"), True),
        (Reply("User-agent: *\nDisallow: /%31"), False),
        (Reply("User-agent: one\nUser-agent: *\nDisallow: /1"), False),
        (Reply("User-agent: *\nDisallow: /1 # not for robots"), False),
        (Reply("User-agent: *\nDisallow:"), True),
        (Reply("User-agent: incident-stream/2.0\nDisallow: /1"), False),
    ],
)
def test_robots(site: Site, robots: Reply, allowed: bool) -> None:
    site.pages |= {"/robots.txt": robots, "/1": Reply(PAGE, headers=HTML)}
    (document,), rejects, _ = read(found(site))
    assert (STORY in document.text) is allowed
    assert bool(site.asked("/1")) is allowed
    assert any("robots.txt" in fault.reason for fault in rejects) is not allowed


def test_robots_are_asked_for_once_and_hold_after_a_redirect(site: Site) -> None:
    site.pages |= {
        "/robots.txt": Reply("User-agent: *\nDisallow: /hidden"),
        "/1": Reply(status=302, headers={"Location": "/hidden"}),
        "/2": Reply(PAGE, headers=HTML),
        "/hidden": Reply(PAGE, headers=HTML),
    }
    _, rejects, _ = read(found(site, "/1"), found(site, "/2"))
    assert [fault.ref for fault in rejects] == ["/1"]
    assert len(site.asked("/robots.txt")) == 1
    assert site.asked("/hidden") == []


@pytest.mark.parametrize(
    ("asked", "slept"), [("2", [2.0]), ("2.5", [2.5]), ("0.25", [0.25]), ("99999", [10.0]), ("x", []), ("-3", [])]
)
def test_pauses_that_a_host_asks_for(site: Site, asked: str, slept: list[float]) -> None:
    site.pages |= {
        "/robots.txt": Reply(f"User-agent: *\nCrawl-delay: {asked}\nDisallow:"),
        "/1": Reply(PAGE, headers=HTML),
    }
    assert read(found(site), found(site))[2] == slept
