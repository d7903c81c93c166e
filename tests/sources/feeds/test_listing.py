from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipeline.errors import FeedListError
from pipeline.sources.feeds.listing import Listed, due_feeds, logins_of, read_list
from schemas import Feed

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline type="rss" text="One" xmlUrl="https://one.example/feed" htmlUrl="https://one.example/"/>
<outline title="Two" text="2" XMLURL=" https://two.example/feed "/></outline>
<outline text="One again" xmlUrl="https://one.example/feed"/><outline text="no feed"/></body></opml>"""


def listed(folder: Path, content: str | bytes) -> list[Listed]:
    path = folder / "feeds.txt"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_list(path)


def test_opml(tmp_path: Path) -> None:
    assert listed(tmp_path, OPML) == [
        Listed("https://one.example/feed", "One"),
        Listed("https://two.example/feed", "Two"),
    ]


def test_lines(tmp_path: Path) -> None:
    text = "\ufeff# mine\n\nhttps://one.example/feed\n  http://two.example/feed\tTwo of them \n"
    text += "https://one.example/feed x\n"
    assert listed(tmp_path, text) == [
        Listed("https://one.example/feed", None),
        Listed("http://two.example/feed", "Two of them"),
    ]


def test_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "with space.xml").touch()
    (tmp_path / "a.xml").touch()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "b.xml").touch()
    monkeypatch.chdir(elsewhere)
    text = f"with space.xml\na.xml A\nb.xml\nmissing.xml M\n{tmp_path}/a.xml"
    assert [each[:2] for each in listed(tmp_path, text)] == [
        (str(tmp_path / "with space.xml"), None),
        (str(tmp_path / "a.xml"), "A"),
        (str(elsewhere / "b.xml"), None),
        (str(tmp_path / "missing.xml"), "M"),
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "no feed in it"),
        ("# nothing", "no feed in it"),
        ("file:///etc/passwd", "line 1: 'file:///etc/passwd' is no address"),
        ("http://", "no address"),
        ("<opml><outline xmlUrl='gopher://x/'/></opml>", "line 1"),
        ("<opml><body", "not well-formed"),
        (b"\x89PNG\r\n\x1a\n", "not a text"),
        ("-\nName\n//", "line 1"),
        ("<?xml version='1.0'<opml><body>", "not well-formed"),
        ("<?x", "not well-formed"),
    ],
)
def test_what_cannot_be_meant(tmp_path: Path, content: str | bytes, problem: str) -> None:
    with pytest.raises(FeedListError, match=problem):
        listed(tmp_path, content)


def test_a_line_that_names_no_feed_costs_no_other_its_place(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    text = 'ftp://a.example/feed\nhttps://a.example/\n"query:All:age < 7"\nhttp://'
    assert listed(tmp_path, text) == [Listed("https://a.example/", None)]
    assert [record.getMessage().split("passed over: ")[1][:6] for record in caplog.records] == [
        "line 1",
        "line 3",
        "line 4",
    ]


@pytest.mark.parametrize(
    ("address", "feed_url"),
    [
        ("feed://a.example/rss", "https://a.example/rss"),
        ("feed:https://a.example/rss", "https://a.example/rss"),
        ("feed:http://a.example/rss", "http://a.example/rss"),
        ("a.example/rss?x=1", "https://a.example/rss?x=1"),
        ("a.example", "https://a.example"),
        ("<https://a.example/rss>", "https://a.example/rss"),
        ("- https://a.example/rss", "https://a.example/rss"),
        ("* <https://a.example/rss>", "https://a.example/rss"),
        ("12. a.example/rss", "https://a.example/rss"),
        ("a.example:8080/rss", "https://a.example:8080/rss"),
        ("//a.example/rss", "https://a.example/rss"),
        ("192.0.2.7/rss.xml", "https://192.0.2.7/rss.xml"),
        ("https://a.example/1,2;3", "https://a.example/1,2;3"),
        ("\u200bhttps://a.example/rss\u200b", "https://a.example/rss"),
        ('"https://a.example/rss"', "https://a.example/rss"),
        ("3. https://a.example/rss", "https://a.example/rss"),
    ],
)
def test_addresses_as_people_write_them(tmp_path: Path, address: str, feed_url: str) -> None:
    assert listed(tmp_path, address) == [Listed(feed_url, None)]


@pytest.mark.parametrize(
    "line",
    [
        "https://a.example/rss, My News",
        "My News https://a.example/rss",
        "My News: https://a.example/rss",
        "My News | <https://a.example/rss>",
        "- [My News](https://a.example/rss)",
        "\u00a0https://a.example/rss\u00a0My News",
        "https://a.example/rss # My News",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_an_address_stands_where_it_likes_on_its_line(tmp_path: Path, line: str, encoding: str) -> None:
    found = listed(tmp_path, f"{line}\nb.example/ Ö\n".encode(encoding))
    assert found == [Listed("https://a.example/rss", "My News"), Listed("https://b.example/", "Ö")]


def test_lines_that_other_programs_have_for_themselves_are_no_feeds(tmp_path: Path) -> None:
    text = "filter:sort:https://a.example/1\n!https://a.example/2\nexec:~/x\n; c\n// c\nhttps://a.example/ https://b.example/"
    assert [each[:2] for each in listed(tmp_path, text)] == [("https://a.example/", None), ("https://b.example/", None)]


@pytest.mark.parametrize(
    "outline",
    [
        '<outline text="A"B" xmlUrl="https://a.example/f"/>',
        "<outline text='A' xmlUrl=https://a.example/f />",
        '<outline text="A <b>" xmlUrl="https://a.example/f">',
        '<outline text="A\x0b" xmlUrl="https://a.example/f"/>',
        '<outline text="A" xmlUrl="https://a.example/f" & />',
        '<outline text="A" type="rss" url="https://a.example/f"/>',
        '<!-- <outline xmlUrl="https://c.example/f"/> --><outline xmlUrl="https://a.example/f"/>',
    ],
)
def test_a_broken_outline_costs_no_other(tmp_path: Path, outline: str) -> None:
    opml = f'<opml><body>{outline}<outline text="B" xmlUrl="https://b.example/f?a=1&copy=2"/></body>'
    found = [each.feed_url for each in listed(tmp_path, opml)]
    assert found == ["https://a.example/f", "https://b.example/f?a=1&copy=2"]


@pytest.mark.parametrize(
    ("attributes", "name"),
    [
        ('text="R" htmlUrl="https://r.example/?p=1&q=2"', "R"),
        ('text="Q&A"', "Q&A"),
        ('text="R&nbsp;S"', "R\xa0S"),
        ('text="R &eacute; &amp; &#233;"', "R é & é"),
        ('text="R & S"', "R & S"),
    ],
)
def test_opml_as_programs_write_it(tmp_path: Path, attributes: str, name: str) -> None:
    opml = f'<?xml version="1.0" encoding="UTF-8"?><opml><body><outline {attributes} xmlUrl="https://r.example/f"/></body></opml>'
    assert listed(tmp_path, opml) == [Listed("https://r.example/f", name)]


def test_opml_in_another_encoding_than_it_says(tmp_path: Path) -> None:
    opml = '<?xml version="1.0" encoding="UTF-8"?><opml><outline text="Café" xmlUrl="https://r.example/f"/></opml>'
    assert listed(tmp_path, opml.encode("latin-1")) == [Listed("https://r.example/f", "Café")]


def test_a_password_is_kept_apart_from_the_address(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (found,) = listed(tmp_path, "https://me:s%40fe@a.example/feed Mine\nftp://me:secret@b.example/\n")
    assert (found.feed_url, found.name) == ("https://a.example/feed", "Mine")
    assert logins_of([found]) == {"https://a.example/feed": "me:s@fe"}
    assert "secret" not in caplog.text


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FeedListError, match="cannot be read"):
        read_list(tmp_path / "none")


def test_opml_reads_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("https://secret.example/")
    entity = f'<!DOCTYPE o [<!ENTITY x SYSTEM "{tmp_path}/secret">]>'
    with pytest.raises(FeedListError):
        listed(tmp_path, f'{entity}<opml><outline xmlUrl="&x;"/></opml>')


def test_due() -> None:
    now = datetime(2023, 11, 10, tzinfo=timezone.utc)
    later = now + timedelta(hours=1)
    known = [
        Feed(feed_url="https://due.example/", etag='"1"', name="Old", title="Title", next_poll_at=now),
        Feed(feed_url="https://later.example/", next_poll_at=later),
        Feed(feed_url="https://unlisted.example/"),
    ]
    wanted = [Listed("https://later.example/", None), Listed("https://due.example/", "Named"), Listed("/new", None)]
    assert due_feeds(wanted, known, now) == [known[0].model_copy(update={"name": "Named"}), Feed(feed_url="/new")]
    assert [feed.feed_url for feed in due_feeds(wanted, known, now, everything=True)] == [
        each.feed_url for each in wanted
    ]
