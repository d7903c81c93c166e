from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.feeds.naming import name_entries
from pipeline.sources.feeds.parse import Entry
from schemas import EntryIdentity, Feed

URL = "https://news.example/feed"
FEED = Feed(feed_url=URL)
DAY = datetime(2023, 11, 9, tzinfo=timezone.utc)


def entry(number: int = 1, **fields: Any) -> Entry:
    values = {
        "guid": f"tag:{number}",
        "link": f"https://news.example/{number}",
        "title": f"Story {number}",
        "text": f"Text {number}.",
        "published_at": DAY,
    }
    return Entry(**values | fields)


def shown(feed: Feed, *entries: Entry, home: str | None = None) -> tuple[Feed, list[str], list[bool]]:
    """The feed after it has shown entries, what they are called, and which are news."""
    identity, named = name_entries(feed, entries, home)
    states = tuple(each.state for each in named)
    after = feed.model_copy(update={"identity": identity, "entries": states})
    return after, [each.state.name for each in named], [each.is_news for each in named]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "tag:1"),
        ({"guid": "https://news.example/1"}, "https://news.example/1"),
        ({"guid": "1"}, f"{URL}#1"),
        ({"guid": None}, "https://news.example/1"),
    ],
)
def test_an_entry_is_called_by_the_surest(fields: dict[str, Any], name: str) -> None:
    assert shown(FEED, entry(**fields))[1:] == ([name], [True])


def test_an_entry_without_guid_and_link_is_called_by_what_it_says() -> None:
    nameless = entry(guid=None, link=None)
    (name,) = shown(FEED, nameless)[1]
    assert name.startswith(f"{URL}#")
    assert shown(FEED, nameless)[1] == [name]
    assert shown(FEED, entry(guid=None, link=None, text="Other."))[1] != [name]


def test_what_is_known_is_no_news() -> None:
    feed, *_ = shown(FEED, entry(1), entry(2))
    assert shown(feed, entry(3), entry(1), entry(2))[1:] == (["tag:3", "tag:1", "tag:2"], [True, False, False])


@pytest.mark.parametrize("change", [{"title": "Other"}, {"text": "Other."}])
def test_what_says_something_else_is_news_under_its_name(change: dict[str, Any]) -> None:
    feed, *_ = shown(FEED, entry())
    assert shown(feed, entry(**change))[1:] == (["tag:1"], [True])


def test_another_date_is_no_news() -> None:
    feed, *_ = shown(FEED, entry())
    assert shown(feed, entry(published_at=None))[1:] == (["tag:1"], [False])


def test_repeats_are_left_out() -> None:
    assert shown(FEED, entry(1), entry(2), entry(1))[1] == ["tag:1", "tag:2"]


def test_guids_that_repeat_mean_nothing_from_then_on() -> None:
    feed, names, _ = shown(FEED, entry(1, guid="0"), entry(2, guid="0"))
    assert names == ["https://news.example/1", "https://news.example/2"]
    assert feed.identity is EntryIdentity.LINK
    assert shown(feed, entry(3, guid="0"))[1:] == (["https://news.example/3"], [True])


def test_links_that_repeat_too_leave_what_entries_say() -> None:
    same = {"guid": "0", "link": "https://news.example/"}
    feed, names, _ = shown(FEED, entry(1, **same), entry(2, **same))
    assert len(set(names)) == 2
    assert feed.identity is EntryIdentity.DIGEST
    assert shown(feed, entry(2, **same), entry(3, **same))[2] == [False, True]


def test_the_known_keep_their_names_when_guids_begin_to_repeat() -> None:
    feed, *_ = shown(FEED, entry(1, guid="tag:0"))
    feed, names, news = shown(feed, entry(1, guid="tag:0"), entry(2, guid="tag:0"))
    assert names == ["tag:0", "https://news.example/2"]
    assert news == [False, True]
    assert shown(feed, entry(1, guid="tag:0"))[1:] == (["tag:0"], [False])


def test_an_entry_with_another_guid_and_the_same_link_is_the_same() -> None:
    feed, *_ = shown(FEED, entry(1), entry(2))
    feed, names, news = shown(feed, entry(1, guid="tag:new", title="Story one"), entry(2))
    assert (names, news) == (["tag:1", "tag:2"], [True, False])
    assert shown(feed, entry(1, guid="tag:newer", title="Story one"), entry(2))[1:] == (["tag:1", "tag:2"], [False] * 2)


@pytest.mark.parametrize(
    "other",
    [
        {"link": "https://news.example/other"},
        {"published_at": datetime(2023, 11, 10, tzinfo=timezone.utc)},
    ],
)
def test_an_entry_with_another_guid_and_another_link_or_date_is_another(other: dict[str, Any]) -> None:
    feed, *_ = shown(FEED, entry(1))
    assert shown(feed, entry(1, guid="tag:new", **other))[1:] == (["tag:new"], [True])


@pytest.mark.parametrize("link", ["https://news.example/", "https://news.example", "https://news.example/live"])
def test_a_home_page_is_nobodys_link(link: str) -> None:
    feed, *_ = shown(FEED, entry(1, link=link))
    assert shown(feed, entry(2, link=link), home="https://news.example/live")[1] == ["tag:2"]


def test_while_the_old_guid_is_there_the_new_one_is_another() -> None:
    feed, *_ = shown(FEED, entry(1))
    assert shown(feed, entry(1), entry(2, link="https://news.example/1"))[1] != ["tag:1", "tag:1"]


few = st.sampled_from
entries = st.builds(
    entry, st.integers(1, 4), guid=few([None, "0", "1", "tag:1"]), link=few([None, "https://a.example/1", "https://a.example/"]),
    title=few([None, "A", "B"]), published_at=few([None, DAY]),
)  # fmt: skip


@given(st.lists(st.lists(entries, max_size=6), max_size=4))
def test_names_are_never_shared_and_what_is_shown_again_is_no_news(polls: list[list[Entry]]) -> None:
    feed = FEED
    for poll in polls:
        feed, names, _ = shown(feed, *poll)
        assert len(set(names)) == len(names)
        assert not any(shown(feed, *poll)[2])
