import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.feeds.cleaning import cleaned
from pipeline.sources.feeds.parse import Entry, read_feed

MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'
STORY = "Gunmen killed nine people in Portville on Monday, the police said."
CAPTION = "A file photo that shows the place of a bombing in which eighty people were killed years ago, elsewhere."


def entry(inner: str, declared: str = MEDIA) -> Entry:
    body = f'<rss version="2.0" {declared}><channel><item><title>T</title>{inner}</item></channel></rss>'
    (found,) = read_feed(body.encode(), None, None).entries
    return found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&#55357;&#56832;", "\U0001f600"),
        ("&#xD83D;&#xDE00;", "\U0001f600"),
        ("&#55357;", "\ufffd"),
        ("&#56832;&#55357;", "\ufffd\ufffd"),
        ("&#1114112;", "\ufffd"),
        ("&#x110000;", "\ufffd"),
        ("&#8;", ""),
        ("&#0;", ""),
        ("&#233;", "é"),
        ("&#XE9;", "é"),
        ("&#99999999999999999999999;", "\ufffd"),
        ("&#xFFFFFFFFFFFFFFFFFFFFFFFF;", "\ufffd"),
        ("&#99999999999999999999999 ", "\ufffd "),
    ],
)
def test_references_to_no_character_cost_no_feed(written: str, meant: str) -> None:
    assert entry(f"<description>x{written}y</description>").text in (f"x{meant}y", f"x{meant} y")


@pytest.mark.parametrize(
    "inner",
    [
        "<description>{story}</description><media:content><media:description>{caption}</media:description></media:content>",
        "<media:content><media:description>{caption}</media:description></media:content><description>{story}</description>",
        "<media:group><media:description>{caption}</media:description></media:group><description>{story}</description>",
        "<description>{story}</description><media:text>{caption}</media:text>",
        "<description>{story}</description><image><title>x</title><description>{caption}</description></image>",
        "<description>{story}</description><thumbnail><description>{caption}</description></thumbnail>",
        "<description>{story}</description><enclosure url='x'><description>{caption}</description></enclosure>",
        "<description>{story}</description><source><title>x</title><description>{caption}</description></source>",
        "<description><![CDATA[{story}]]></description><replies><reply><title>x</title><description>{caption}"
        "</description></reply></replies>",
        "<description>{story}</description><content>&lt;figcaption&gt;{caption}&lt;/figcaption&gt;</content>",
    ],
)
def test_a_caption_is_not_the_story_wherever_it_stands(inner: str) -> None:
    found = entry(inner.format(story=STORY, caption=CAPTION))
    assert (found.text, found.title) == (STORY, "T")


def test_a_caption_is_the_story_where_there_is_no_other() -> None:
    assert entry(f"<media:group><media:description>{STORY}</media:description></media:group>").text == STORY


@pytest.mark.parametrize("space", [" ", "  ", "\n", "\u00a0", "\t", " x "])
@pytest.mark.parametrize("prefix", ["", ":geo", ":media"])
def test_a_space_in_a_namespace_costs_no_feed(space: str, prefix: str) -> None:
    at = "http://search.yahoo.com/mrss/" if prefix == ":media" else "http://a.example/ns"
    found = entry(f"<description>{STORY}</description>", f'xmlns{prefix}="{at}{space}"')
    assert (found.text, found.title) == (STORY, "T")


@pytest.mark.parametrize(
    "inner",
    [
        "<br><description>{story}</description>",
        "<wrap><description>{story}</description></wrap>",
        "<open><link>x</link><description>{story}</description>",
        "<!-- <image> --><description>{story}</description><!-- </image> -->",
        "<description><![CDATA[{story}]]></description><link/><a/></b>",
    ],
)
def test_what_only_looks_nested_is_read(inner: str) -> None:
    assert STORY in (entry(inner.format(story=STORY)).text or "")


def test_the_prefix_of_captions_may_be_another() -> None:
    declared = 'xmlns:m="http://search.yahoo.com/mrss/"'
    inner = f"<description>{STORY}</description><m:description>{CAPTION}</m:description><m:title>Other</m:title>"
    assert (entry(inner, declared).text, entry(inner, declared).title) == (STORY, "T")


@pytest.mark.parametrize(
    "inner",
    [
        "<description>{story}</description><content:encoded>Read more at our site</content:encoded>",
        "<content:encoded>Read more at our site</content:encoded><description>{story}</description>",
        "<description>In short.</description><content:encoded>&lt;p&gt;{story}&lt;/p&gt;</content:encoded>",
        "<description>{story}</description><itunes:summary>Short.</itunes:summary>",
        "<description>In short.</description><fulltext>{story}</fulltext>",
    ],
)
def test_the_longest_text_is_the_story(inner: str) -> None:
    declared = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    )
    assert entry(inner.format(story=STORY), declared).text == STORY


@pytest.mark.parametrize("hidden", ["hidden", "style='display:none'", "style='font-size: 0'", "class='sr-only'"])
def test_what_is_hidden_is_not_read(hidden: str) -> None:
    assert entry(f"<description><![CDATA[<p>{STORY}</p><p {hidden}>Fifty killed.</p>]]></description>").text == STORY


@given(st.binary(max_size=200))
def test_anything_can_be_cleaned(body: bytes) -> None:
    assert cleaned(cleaned(body)) == cleaned(body)
