import io
import sys
from subprocess import run

import pytest

from pipeline.errors import EmptyTextError, PageError
from pipeline.sources.html import read_html, read_page
from pipeline.sources.streams import Limits

PROSE = "<p>Two outposts near Portville came under fire on Tuesday, the ministry said, and nobody was hurt.</p>"


def page(head: str = "", body: str = "") -> str:
    return (
        f"<!DOCTYPE html><html lang='en-GB'><head><title>Outposts under fire</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>Outposts under fire</h1>{body}{PROSE}{PROSE}</article>"
        "<footer>Copyright 2019</footer></body></html>"
    )


def test_an_article_is_read_without_its_page() -> None:
    head = (
        "<meta property='og:site_name' content='The Portville Post'>"
        "<link rel='canonical' href='https://www.post.example/outposts'>"
        "<meta property='article:published_time' content='2023-11-14T10:00:00Z'>"
        "<meta property='article:modified_time' content='2023-12-24T10:00:00Z'>"
    )
    (found,) = read_html(io.BytesIO(page(head).encode()), "saved/a.html", Limits())
    assert "came under fire on Tuesday" in found.text
    assert "Home" not in found.text
    assert "Copyright" not in found.text
    assert (found.title, found.url, found.name) == (
        "Outposts under fire",
        "https://www.post.example/outposts",
        "https://www.post.example/outposts",
    )
    assert (found.publisher, found.language) == ("post.example", "en")
    assert str(found.published_at) == "2023-11-14 10:00:00+00:00"


def test_without_an_address_the_site_is_the_publisher() -> None:
    head = "<meta property='og:site_name' content='The Portville Post'>"
    (found,) = read_html(io.BytesIO(page(head).encode()), "saved/a.html", Limits())
    assert (found.publisher, found.name, found.url) == ("The Portville Post", "a.html", None)


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ("<meta name='date' content='2023-11-14'>", "", "2023-11-14"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-11-14"}</script>', "",
         "2023-11-14"),
        ("", "<time datetime='2023-11-14T23:30:00-05:00'>Tuesday</time>", "2023-11-14"),
        ("", "<span class='byline'>By A. Writer, Nov 14, 2023</span>", "2023-11-14"),
        ("<meta name='date' content='2199-01-01'>", "", "2199-01-01"),
        ("<meta name='date' content='1970-01-01'>", "<time datetime='2023-11-14'>x</time>", "2023-11-14"),
        ("", "<h2 class='date-header'>Tuesday, November 14, 2023</h2>", "2023-11-14"),
        ("", "<abbr class='published-date' title='2023-11-14T09:00:00Z'>last week</abbr>", "2023-11-14"),
        ("", "<p>On 2020-01-03 a general was killed near the airport of the capital.</p>", None),
        ("", "<p>On January 3, 2020 a general was killed near the airport of the capital.</p>", None),
        ("<link rel='canonical' href='https://post.example/2023/11/14/a'>", "", None),
        ("", "", None),
    ],
)  # fmt: skip
def test_only_what_the_page_declares_or_marks_up_is_its_date(head: str, body: str, day: str | None) -> None:
    found = read_page(page(head, body)).published_at
    assert (found.date().isoformat() if found else None) == day


@pytest.mark.parametrize(
    "extra",
    [
        "<footer>Terms last updated March 3, 2018</footer>",
        "<footer><span class='date'>Founded May 1, 1997</span></footer>",
        "<div class='comments'><p>Al on <time datetime='2021-03-04'>March 4, 2021</time></p></div>",
        "<div class='related-posts'><a href='/2016/07/23/x'>80</a> <span class='date'>July 23, 2016</span></div>",
        "<div itemprop='startDate' content='2024-02-01'>Concert on 1 February 2024</div>",
        "<aside><time datetime='2020-01-01'>1 January 2020</time></aside>",
        "<ul class='archive-list'><li class='date'>June 2019</li></ul>",
        "<div id='disqus_thread'><time datetime='2019-03-04'>x</time></div>",
        "<p class='date'>© 3 March 2019 The Post</p>",
        "<div class='concert'><time itemprop='startDate' datetime='2022-02-01'>1 February</time></div>",
        "<section class='latest'><a href='/x'>Another</a> <time datetime='2021-03-04'>4 March</time></section>",
        "<div><span class='date'>Joined March 3, 2014</span></div>",
        "<article><h3>Another</h3><time datetime='2021-03-04'>4 March</time></article>",
    ],
)
@pytest.mark.parametrize("mark", ["</body>", "<article>"])
def test_a_date_of_something_else_on_the_page_is_not_its_date(extra: str, mark: str) -> None:
    placed = f"{extra}{mark}" if mark == "</body>" else f"<div>{extra}</div>{mark}"
    assert read_page(page().replace(mark, placed)).published_at is None


@pytest.mark.parametrize(
    "extra",
    [
        "<p>The worst attack since <time datetime='2017-10-07'>7 October 2017</time>, when nine people died in the "
        "same place, the ministry said, and the fourth since the beginning of the war in the north of the country.</p>",
        "<ul><li><span class='date'>3 March 2021</span> Shells hit an outpost.</li></ul>",
        "<figure><figcaption>The outpost, <time datetime='2019-03-03'>3 March 2019</time></figcaption></figure>",
        "<p class='photo-meta'>Taken on 3 March 2019</p>",
    ],
)
def test_nor_is_one_that_is_told_in_the_story(extra: str) -> None:
    assert read_page(page().replace("</article>", f"{extra}</article>")).published_at is None


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ("<h1>", "<div class='meta'><span class='date'>14 November 2023</span></div><h1>"),
        ("</h1>", "</h1><ul class='meta'><li class='date'>14 November 2023</li></ul>"),
        ("</article>", "<p class='date'>Published on 14 November 2023</p></article>"),
        ("</article>", "<p>Posted: <time datetime='2023-11-14'>last week</time></p></article>"),
    ],
)
def test_where_a_page_shows_its_date(mark: str, shown: str) -> None:
    assert str(read_page(page().replace(mark, shown)).published_at) == "2023-11-14 00:00:00+00:00"


LINKED = '<script type="application/ld+json">%s</script>'
OWN = '{"@type":["NewsArticle"],"headline":"Outposts under fire","datePublished":"2023-11-14"}'


@pytest.mark.parametrize(
    ("data", "day"),
    [
        (OWN, "2023-11-14"),
        (f'[{{"@type":"BreadcrumbList"}},{OWN}]', "2023-11-14"),
        (f'{{"@type":"WebPage","datePublished":"2019-01-01","mainEntity":{OWN}}}', "2023-11-14"),
        (f'{{"@graph":[{{"@type":"WebSite","dateModified":"2019-01-01"}},{OWN}]}}', "2023-11-14"),
        (f"<!-- {OWN} -->", "2023-11-14"),
        (f"//<![CDATA[\n{OWN};\n//]]>", "2023-11-14"),
        (f'[{{"@type":"NewsArticle","headline":"Another story","datePublished":"2019-02-03"}},{OWN}]', "2023-11-14"),
        ('[{"@type":"Article","datePublished":"2019-02-03"},{"@type":"Article","datePublished":"2018-02-03"}]', None),
        ('{"@type":"Comment","datePublished":"2019-11-14"}', None),
        ('{"@type":"VideoObject","datePublished":"2019-11-14"}', None),
        ('{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2019-02-03"}]}', None),
        ('{"@type":"NewsArticle","datePublished":', None),
    ],
)
def test_what_a_page_says_of_its_article_in_linked_data(data: str, day: str | None) -> None:
    found = read_page(page(LINKED % data)).published_at
    assert (found.date().isoformat() if found else None) == day


def test_the_zone_that_the_page_declares_is_kept() -> None:
    head = "<meta property='article:published_time' content='2023-11-14T02:30:00+03:00'>"
    assert str(read_page(page(head)).published_at) == "2023-11-14 02:30:00+03:00"


def test_the_blocks_of_a_page_are_known() -> None:
    table = "<table><tr><th>Place</th><th>Killed</th></tr><tr><td>Mosul</td><td>3</td></tr></table>"
    found = read_page(page("", f"<ul><li>Gunmen killed nine in Kano</li><li>A bomb hit Kirkuk</li></ul>{table}"))
    kinds = [(block.kind.value, found.text[block.start : block.end]) for block in found.blocks]
    assert ("list_item", "Gunmen killed nine in Kano") in kinds
    assert ("table_row", "Mosul | 3") in kinds


def test_what_a_page_hides_is_not_read() -> None:
    hidden = "<p hidden>Gunmen killed fifty in Jos.</p><p style='display: none'>Gunmen killed sixty in Jos.</p>"
    assert "Jos" not in read_page(page("", hidden)).text


def test_the_declared_encoding_is_read() -> None:
    text = page("<meta charset='iso-8859-2'>").replace("Portville", "Łódź")
    (found,) = read_html(io.BytesIO(text.encode("iso8859_2")), "a.html", Limits())
    assert "near Łódź came" in found.text


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "not a page",
        "<html><body><a href='a'>one</a> <a href='b'>two</a></body></html>",
        "<html><head><title>Outposts</title></head><body><p>Please enable JavaScript</p></body></html>",
        "<div>" * 10_000,
    ],
)
def test_a_page_without_main_text_is_refused(html: str) -> None:
    with pytest.raises(PageError):
        read_page(html)


def test_an_empty_page_is_refused() -> None:
    with pytest.raises(EmptyTextError):
        read_page(" \n ")


def test_a_page_that_the_library_fails_on_is_refused() -> None:
    odd = "<iframe></script><html lang=<script type='application/ld+json'><title><ul>[1,2,{}]}<p>--></script><html>"
    with pytest.raises(PageError):
        read_page(odd)


def test_the_library_is_loaded_only_for_pages() -> None:
    code = "import sys, pipeline.sources.reader; sys.exit('trafilatura' in sys.modules or 'lxml' in sys.modules)"
    assert run([sys.executable, "-c", code], check=False).returncode == 0  # our own words


@pytest.mark.parametrize(
    "html",
    [
        "<html><body><p>" + "<br>" * 200_000,
        "<html><body><p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">",
        "<html><body><p " + " ".join(f"a{number}" for number in range(50_000)) + ">",
    ],
)
def test_pages_that_would_take_for_ever_are_refused(html: str) -> None:
    with pytest.raises(PageError, match=r"tags|attributes"):
        read_page(html)


@pytest.mark.parametrize("tag", ["div", "span", "ul><li", "table><tr><td", "b", "a href=x"])
def test_deep_nesting_is_no_error(tag: str) -> None:
    with pytest.raises(PageError):
        read_page("<html><body>" + f"<{tag}>" * 4_000)


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
def test_what_a_page_strikes_out_is_not_read(tag: str) -> None:
    told = f"<p>Gunmen killed <{tag}>twenty</{tag}> twelve soldiers near Portville on Tuesday, the ministry said.</p>"
    text = read_page(page(body=told)).text
    assert "twenty" not in text
    assert "twelve soldiers" in text
