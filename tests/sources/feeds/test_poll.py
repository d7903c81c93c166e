"""From one poll to the next: the rules that need more than two polls, or no server at all."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from pipeline.errors import FetchError, TimedOutError
from pipeline.sources.feeds.fetch import Answer
from pipeline.sources.feeds.poll import Polled, address_of, question_for, take_in
from schemas import Feed
from tests.support.web import item, rss

NOW = datetime(2023, 11, 10, 12, tzinfo=timezone.utc)
URL = "https://news.example/feed"
MOVED = "https://new.example/feed"
FEED = Feed(feed_url=URL, name="Press")


def answer(body: str = "", status: int = 200, **fields: Any) -> Answer:
    headers = {name.replace("_", "-"): value for name, value in fields.pop("headers", {}).items()}
    return Answer(status, headers, body.encode(), fields.pop("url", URL), **fields)


def after(feed: Feed, *answers: Answer | FetchError) -> Feed:
    for number, each in enumerate(answers):
        feed = take_in(feed, each, NOW + timedelta(hours=number)).feed
    return feed


def test_the_first_question_has_no_conditions() -> None:
    assert question_for(FEED).keys() == {"Accept"}


def test_validators_are_kept_as_they_are() -> None:
    feed = after(FEED, answer(rss(item()), headers={"etag": ' W/"x" ', "last_modified": "once"}))
    assert question_for(feed) | {"Accept": ""} == {
        "Accept": "",
        "If-None-Match": ' W/"x" ',
        "If-Modified-Since": "once",
    }


def test_validators_that_could_not_be_sent_are_not_kept() -> None:
    assert after(FEED, answer(rss(item()), headers={"etag": '"a\x00b"'})).etag is None


def test_failures_keep_what_is_known() -> None:
    good = after(FEED, answer(rss(item()), headers={"etag": '"x"'}))
    bad = after(good, TimedOutError(20), answer(status=500))
    assert (bad.etag, bad.entries, bad.title, bad.failures) == ('"x"', good.entries, "Local News", 2)
    assert after(bad, answer(status=304)).failures == 0


def test_a_304_can_bring_new_validators() -> None:
    good = after(FEED, answer(rss(item()), headers={"etag": '"x"'}))
    assert after(good, answer(status=304, headers={"etag": '"y"'})).etag == '"y"'
    assert after(good, answer(status=304)).etag == '"x"'


def test_the_same_body_again_is_not_read_again() -> None:
    good = take_in(FEED, answer(rss(item())), NOW)
    again = take_in(good.feed, answer(rss(item()), headers={"etag": '"new"'}), NOW)
    assert (again.documents, again.feed.etag, again.feed.entries) == ((), '"new"', good.feed.entries)


def test_a_move_is_remembered_until_it_fails() -> None:
    moved = after(FEED, answer(rss(item()), url=MOVED, moved_to=MOVED, headers={"etag": '"x"'}))
    assert address_of(moved) == MOVED
    twice = after(moved, FetchError("down"), FetchError("down"))
    assert address_of(twice) == MOVED
    thrice = after(twice, FetchError("down"))
    assert (address_of(thrice), thrice.etag) == (URL, None)


@pytest.mark.parametrize("status", [404, 410])
def test_a_move_to_where_nothing_is_is_forgotten(status: int) -> None:
    moved = after(FEED, answer(rss(item()), moved_to=MOVED))
    assert address_of(after(moved, answer(status=status))) == URL


def test_a_move_from_https_to_http_is_not_remembered() -> None:
    assert after(FEED, answer(rss(item()), moved_to="http://new.example/feed")).moved_to is None


def test_a_move_back_home_is_no_move() -> None:
    moved = after(FEED, answer(rss(item()), moved_to=MOVED))
    assert after(moved, answer(rss(item(), item(2)), moved_to=URL)).moved_to is None


def test_what_is_gone_may_come_back() -> None:
    gone = after(FEED, answer(status=410))
    assert gone.next_poll_at is not None
    assert timedelta(days=5) < gone.next_poll_at - NOW < timedelta(days=9)
    assert after(gone, answer(rss(item()))).last_error is None


def titles(polled: Polled) -> list[str | None]:
    return [document.title for document in polled.documents]


def test_the_last_entry_of_a_cut_feed_waits_and_the_others_are_not_forgotten() -> None:
    whole = take_in(FEED, answer(rss(item(1), item(2), item(3))), NOW)
    cut = take_in(whole.feed, answer(rss(item(4), item(1), item(2))[:-60]), NOW)
    assert titles(cut) == ["Story 4"]
    assert {entry.name for entry in cut.feed.entries} == {f"{URL}#story-{number}" for number in range(1, 5)}
    assert cut.feed.body_digest is None
    assert titles(take_in(cut.feed, answer(rss(item(4), item(1), item(2), item(3))), NOW)) == []


def test_a_transfer_that_was_cut_after_the_last_byte_that_matters() -> None:
    assert after(FEED, answer(rss(item()), cut=True, headers={"etag": '"x"'})).etag == '"x"'


def test_an_entry_that_was_rejected_is_read_once_it_can_be() -> None:
    first = take_in(FEED, answer(rss(item(1, description=None), item(2))), NOW)
    assert titles(first) == ["Story 2"]
    assert titles(take_in(first.feed, answer(rss(item(1), item(2))), NOW)) == ["Story 1"]


def test_an_entry_without_text_waits_for_its_page_if_pages_follow() -> None:
    body = rss(item(1, description=None), item(2, description=None, link=None, guid=None))
    polled = take_in(FEED, answer(body), NOW, pages_follow=True)
    assert [(document.title, document.text) for document in polled.documents] == [("Story 1", "")]
    assert len(polled.rejects) == 1


@pytest.mark.parametrize(
    "written",
    ["1700001000", "1700001000000", "2023", "2023-11", "11/14/2023 9:00:00 PM", "14.11.2023", "soon", "2023-318"],
)
def test_what_is_no_date_is_none_and_told(written: str) -> None:
    (document,) = take_in(FEED, answer(rss(item(pubDate=written))), NOW).documents
    assert document.published_at is None
    assert written[:20] in (document.doubt or "")


@pytest.mark.parametrize("written", ["Mon, 01 Jan 1990 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "0001-01-01"])
def test_an_entry_older_than_feeds_are_has_no_date(written: str) -> None:
    (document,) = take_in(FEED, answer(rss(item(pubDate=written))), NOW).documents
    assert (document.published_at, document.doubt is None) == (None, False)


def test_an_entry_years_before_all_others_has_no_date() -> None:
    others = [item(number, pubDate=f"0{number} Nov 2023 10:00 GMT") for number in range(2, 6)]
    polled = take_in(FEED, answer(rss(item(1, pubDate="01 Nov 2003 10:00 GMT"), *others)), NOW)
    assert [document.published_at is None for document in polled.documents] == [True, False, False, False, False]


def test_the_zone_of_a_date_is_kept() -> None:
    (document,) = take_in(FEED, answer(rss(item(pubDate="Tue, 14 Nov 2023 02:30:00 +0300"))), NOW).documents
    assert str(document.published_at) == "2023-11-14 02:30:00+03:00"


def test_the_first_title_stays_the_source() -> None:
    nameless = Feed(feed_url=URL)
    first = take_in(nameless, answer(rss(item(), title="Old &amp; good")), NOW)
    second = take_in(first.feed, answer(rss(item(2), title="New")), NOW)
    assert [(document.publisher, document.folder) for document in second.documents] == [(None, "Old & good")]
    third = take_in(second.feed.model_copy(update={"name": "Given"}), answer(rss(item(3), title="New")), NOW)
    assert third.documents[0].publisher == "Given"


def test_a_warning_stays_while_the_feed_does_not_change() -> None:
    warned = after(FEED, answer(rss(item(), "<oops & co>")))
    assert (warned.last_error or "").startswith("warning: not well-formed")
    assert after(warned, answer(status=304)).last_error == warned.last_error
    assert after(warned, FetchError("down"), answer(status=304)).last_error is None
