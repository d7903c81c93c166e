"""What feeds say, in all the ways there are of saying it, and of saying it wrongly."""

import codecs
import json
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FeedError
from pipeline.sources.feeds.parse import Entry, FeedContent, read_feed
from tests.support.web import item, rss

URL = "https://news.example/feeds/world.xml"
AT = datetime(2023, 11, 9, 10, 1, tzinfo=timezone.utc)

RSS_091 = """<rss version="0.91"><channel><title>Wörld</title><item><title>One</title><link>/1</link>
<description>Text of it.</description></item></channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Wörld</title></channel><item rdf:about="/1">
<title>One</title><link>/1</link><description>Text of it.</description><dc:date>2023-11-09T10:01Z</dc:date></item>
</rdf:RDF>"""
RSS_090 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>Wörld</title></channel><item><title>One</title><link>/1</link><description>Text of it.</description>
</item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/"><title>Wörld</title><entry><id>tag:1</id>
<title type="html">O&lt;b>n&lt;/b>e</title><link href="1"/><updated>2023-11-10T00:00:00Z</updated>
<published>2023-11-09T11:01:00+01:00</published><summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text of it.</p></div></content></entry></feed>"""
ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Wörld</title><entry><title>One</title>
<link rel="alternate" type="text/html" href="/1"/><issued>2023-11-09T10:01:00Z</issued>
<content type="text/html" mode="escaped">&lt;p&gt;Text of it.&lt;/p&gt;</content></entry></feed>"""
CDF = """<CHANNEL><TITLE>Wörld</TITLE><ITEM HREF="/1"><TITLE>One</TITLE><ABSTRACT>Text of it.</ABSTRACT></ITEM>
</CHANNEL>"""
RSS_20 = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Wörld</title>
<ttl>30</ttl><language>en-gb</language><item><title>One</title><link>/1</link><guid isPermaLink="false">1</guid>
<pubDate>Thu, 09 Nov 2023 05:01 EST</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Text of it.</p><script>x()</script>]]></content:encoded></item></channel></rss>"""
KINDS = {"0.90": RSS_090, "0.91": RSS_091, "1.0": RDF, "2.0": RSS_20, "atom": ATOM, "atom 0.3": ATOM_03, "cdf": CDF}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso-8859-1", "windows-1252", "cp037"]


def one(body: str | bytes, content_type: str | None = None, url: str | None = URL) -> Entry:
    (entry,) = read_feed(body.encode() if isinstance(body, str) else body, content_type, url).entries
    return entry


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_feed(kind: str) -> None:
    content = read_feed(KINDS[kind].encode(), None, URL)
    (entry,) = content.entries
    assert content.title == "Wörld"
    assert (entry.title, entry.link, entry.text) == ("One", "https://news.example/1", "Text of it.")
    assert entry.published_at == (AT if kind in ("1.0", "2.0", "atom", "atom 0.3") else None)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_encoding(kind: str, encoding: str) -> None:
    declared = "utf-16" if encoding.startswith("utf-16-") else encoding.removesuffix("-sig")
    body = f'<?xml version="1.0" encoding="{declared}"?>{KINDS[kind]}'.encode(encoding)
    if encoding in ("utf-16-le", "utf-16-be"):
        body = (codecs.BOM_UTF16_LE if encoding.endswith("le") else codecs.BOM_UTF16_BE) + body
    content = read_feed(body, None, URL)
    assert content.title == "Wörld"
    assert [entry.text for entry in content.entries] == ["Text of it."]


@pytest.mark.parametrize(
    ("content_type", "declared", "encoding"),
    [
        ("text/xml; charset=iso-8859-1", "utf-8", "utf-8"),
        ("application/xml; charset=us-ascii", "iso-8859-1", "utf-8"),
        ("text/xml", "utf-8", "utf-8"),
        ("text/html; charset=nonsense", "nonsense", "utf-8"),
        ("text/xml; charset=utf-8", "windows-1252", "windows-1252"),
        ("application/rss+xml", "iso-8859-1", "windows-1252"),
    ],
)
def test_encodings_that_servers_and_feeds_get_wrong(content_type: str, declared: str, encoding: str) -> None:
    body = f'<?xml version="1.0" encoding="{declared}"?>{rss(item(title="Café")).split("?>")[1]}'.encode(encoding)
    assert one(body, content_type).title == "Café"


def test_what_a_feed_asks_for() -> None:
    content = read_feed(RSS_20.encode(), None, URL)
    assert (content.ttl_seconds, content.language, content.warning, content.cut) == (1800, "en", None, False)


@pytest.mark.parametrize(("written", "seconds"), [("60", 3600), ("", 0), ("soon", 0), ("-5", 0), ("9" * 40, 0)])
def test_ttl(written: str, seconds: int) -> None:
    assert read_feed(rss(item(), about=f"<ttl>{written}</ttl>").encode(), None, URL).ttl_seconds == seconds


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"description": "plain words"}, "plain words"),
        ({"description": "&lt;p&gt;twice&lt;/p&gt;"}, "twice"),
        ({"description": "<p>a</p><p>b</p>"}, "a\n\nb"),
        ({"description": ""}, None),
        ({"description": "<img src='x'>"}, None),
        ({"description": None}, None),
        ({"description": "short", "fulltext": "x"}, "short"),
    ],
)
def test_texts(fields: dict[str, str | None], expected: str | None) -> None:
    assert one(rss(item(**fields))).text == expected


@pytest.mark.parametrize(
    "unseen",
    [
        "<p style='visibility: hidden'>{}</p>",
        "<p style='display:none'>{}</p>",
        "<p style='opacity:0'>{}</p>",
        "<p hidden>{}</p>",
        "<template>{}</template>",
        "<noscript>{}</noscript>",
        "<script>{}</script>",
        "<style>{}</style>",
        "<p><del>{}</del></p>",
        "<s>{}</s>",
        "<!-- {} -->",
        "<iframe>{}</iframe>",
    ],
)
def test_what_nobody_sees_is_no_text(unseen: str) -> None:
    other = unseen.format("Fifty people were killed in Jos.")
    assert one(rss(item(description=f"<p>Text of it.</p>{other}<p>More.</p>"))).text == "Text of it.\n\nMore."


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("/a", "https://news.example/a"),
        ("b?c=d", "https://news.example/feeds/b?c=d"),
        ("//other.example/x", "https://other.example/x"),
        ("http://other.example/x", "http://other.example/x"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_links(written: str, expected: str | None) -> None:
    assert one(rss(item(link=written, guid=None))).link == expected


def test_a_feed_from_nowhere_has_whole_links_only() -> None:
    assert one(rss(item(link="/a", guid=None)), url=None).link is None
    assert one(rss(item()), url=None).link == "http://news.example/story/1"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Thu, 09 Nov 2023 10:01:00 GMT", AT),
        ("Thu, 09 Nov 2023 12:01:00 +0200", AT),
        ("2023/11/09 10:01:00", AT),
        ("2023.11.09 10:01 UTC", AT),
        ("2023-11-09T10:01:00+99:00", None),
        ("Thu, 09 Nov 2023 10:01:00 -2400", None),
        ("2023-11-09T10:01:00Z", AT),
        ("2023-11-09T10:01:00", AT),
        ("2023-11-09", datetime(2023, 11, 9, tzinfo=timezone.utc)),
        ("yesterday", None),
        ("Thu, 31 Feb 2023 10:01:00 GMT", None),
        ("2023/11/09 10:01", AT),
        ("Thu, 09 Nov 2023 12:01:00 (EET)", AT),
        *(
            (written, None)
            for written in (
                "",
                "2000-00-00",
                "2023-11-31",
                "0000-00-00 00:00:00",
                "2023-11-09T10:01:00+99:00",
                "9:00 PM",
                "09 Nov",
                "1700000000000",
                "2023-W45-4",
                "Fri, 09 Nov 3 10:01 GMT",
                "1 hour ago",
                "09.11.2023",
                "Invalid Date",
            )
        ),
    ],
)
def test_dates(written: str, expected: datetime | None) -> None:
    assert one(rss(item(pubDate=written))).published_at == expected


def test_a_date_of_update_stands_in_for_one_of_publication_only_where_there_is_none() -> None:
    updated = "<updated>2023-11-10T00:00:00Z</updated>"
    published = "<published>2023-11-09T11:01:00+01:00</published>"
    assert one(ATOM).published_at == AT
    assert one(ATOM.replace(published, "")).published_at == datetime(2023, 11, 10, tzinfo=timezone.utc)
    assert one(ATOM.replace(published, "").replace(updated, "")).published_at is None


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("<!DOCTYPE html><html><head><title>Hi</title></head></html>", "a web page"),
        ("just words", "something else"),
        ('{"version": "https://jsonfeed.org/version/1"}', "no JSON Feed"),
        ("<opml><body/></opml>", "something else"),
        ("/etc/passwd", "something else"),
        ("http://127.0.0.1:1/", "something else"),
        ("\x00" * 100, "something else"),
    ],
)
def test_what_is_no_feed(body: str, problem: str) -> None:
    with pytest.raises(FeedError, match=problem):
        read_feed(body.encode(), None, URL)


@pytest.mark.parametrize("declared", ["utf-16", "UTF-16LE", "ucs-2", "utf-32", "us-ascii", "no-such-encoding"])
@pytest.mark.parametrize("name", ["Wau", "Wörld", "Донецк"])
def test_a_feed_that_declares_another_encoding_than_it_has(declared: str, name: str) -> None:
    feed = f'<?xml version="1.0" encoding="{declared}"?>{rss(item(title=name, description=f"A bomb in {name}."))}'
    assert one(feed).title == name


JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Wörld",
    "items": [
        {
            "id": 7,
            "url": "/1",
            "title": "One",
            "content_html": "<p>Text of it.</p>",
            "date_published": "2023-11-09T10:01Z",
        }
    ],
}


@pytest.mark.parametrize("mark", ["", "\ufeff", "\n  "])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_feed_says_the_same(mark: str, indent: int | None) -> None:
    content = read_feed((mark + json.dumps(JSON_FEED, indent=indent)).encode(), None, URL)
    (entry,) = content.entries
    assert content.title == "Wörld"
    assert (entry.title, entry.link, entry.text) == ("One", "https://news.example/1", "Text of it.")
    assert (entry.guid, entry.published_at) == ("7", AT)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"content_text": "1 < 2 & 3.\n\nMore."}, "1 < 2 & 3.\n\nMore."),
        ({"content_html": "<p>Long text.</p>", "content_text": "Long text.", "summary": "Short."}, "Long text."),
        ({"summary": "Only this."}, "Only this."),
        ({"content_html": None, "content_text": "Plain."}, "Plain."),
    ],
)
def test_what_an_item_of_a_json_feed_says(fields: dict[str, Any], text: str) -> None:
    told = {"id": "1", "title": "One", **fields}
    (entry,) = read_feed(json.dumps({**JSON_FEED, "items": [told, "no item", None]}).encode(), None, URL).entries
    assert entry.text == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_a_json_feed_in_another_encoding_than_it_may_be(encoding: str) -> None:
    assert read_feed(json.dumps(JSON_FEED, ensure_ascii=False).encode(encoding), None, URL).title == "Wörld"


@pytest.mark.parametrize("body", ['{"version": "https://jsonfeed.org/version/1.1", "items": [', '{"items": {"id": 1}}'])
def test_a_broken_json_feed_is_called_one(body: str) -> None:
    with pytest.raises(FeedError, match="JSON"):
        read_feed(body.encode(), "application/feed+json", URL)


@pytest.mark.parametrize("kind", KINDS)
def test_feeds_that_are_cut_anywhere(kind: str) -> None:
    whole = KINDS[kind].encode()
    for length in range(len(whole)):
        content = read(whole[:length])
        assert content is None or content.cut or content.warning or not content.entries


def read(body: bytes) -> FeedContent | None:
    try:
        return read_feed(body, None, URL)
    except FeedError:
        return None


junk = st.binary(max_size=8) | st.sampled_from(
    [
        b"<",
        b"&",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"<item>",
        b"</item>",
        b"<a b=",
        b"&#x110000;",
        b"&x;",
        b"\xff\xfe",
        b"<?",
    ]
)


@given(
    st.sampled_from(sorted(KINDS.values())),
    st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 9), junk), max_size=6),
)
def test_feeds_that_are_damaged_anyhow(feed: str, damages: list[tuple[int, int, bytes]]) -> None:
    body = bytearray(feed.encode())
    for position, lost, put in damages:
        body[position : position + lost] = put
    content = read(bytes(body))
    assert content is None or all(entry.link is None or entry.link.startswith("http") for entry in content.entries)


@given(st.binary(max_size=300))
def test_anything_is_a_feed_or_none(body: bytes) -> None:
    read(body)


def test_bombs_are_harmless() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 40))
    nested = "<b>" * 20_000
    for body in (
        f'<!DOCTYPE r [<!ENTITY e0 "ha">{entities}]>' + rss(item(description="&e39;")).split("?>")[1],
        '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd">' + rss(item()).split("?>")[1],
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + rss(item(title="&x;")).split("?>")[1],
        rss(item(description=nested)),
        "<rss version='2.0'><channel>" + "<item>" * 2_000,
        "<rss " + "a" * 100_000 + "='1'>",
        "<!DOCTYPE " * 5_000,
    ):
        content = read(body.encode())
        assert content is None or sum(len(entry.text or "") for entry in content.entries) < 1_000
