"""Feeds on Beam: polled once as a run does, and watched as a streaming job does."""

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner import FnApiRunner

from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.extraction.transform import ExtractMentions
from pipeline.runtime.progress import Meter, read_totals
from pipeline.sources.feeds.fetch import FetchPolicy
from pipeline.sources.feeds.transform import PollFeeds, Polling, WatchFeeds
from pipeline.storage.exports import export_feeds
from schemas import Article, Feed, Mention, Reject
from tests.support.beam import AfterPolls, keep, pipeline, ticking
from tests.support.web import Handler, Reply, Site, item, rss, serving

NOW = datetime(2023, 11, 10, 12, tzinfo=timezone.utc)
POLICY = FetchPolicy("test", timeout_seconds=5, allow_private_hosts=True)
ATTACK = "Two rockets hit a base near Kirkuk, Iraq, on Wednesday, wounding three soldiers, the army said."
PAGE = (
    f"<html><head><title>Rockets</title></head><body><article><p>{ATTACK}</p><p>So much for now.</p></article></body>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as site:
        yield site


def polling(site: Site, folder: Path, *paths: str, full_text: bool = False) -> Polling:
    feeds = [Feed(feed_url=f"{site.url}{path}") for path in paths]
    return Polling(export_feeds(feeds, folder / "feeds.parquet"), NOW, POLICY, full_text)


def polled(polling: Polling, meter: Meter = Meter(None)) -> tuple[list[Article], list[Reject], list[Feed]]:  # noqa: B008  # without state
    with pipeline() as root:
        found = root | PollFeeds(polling, meter)
        articles, rejects, feeds = keep(found.articles), keep(found.rejects), keep(found.feeds)
    return articles, rejects, feeds


def test_feeds_are_articles_rejects_and_feeds(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/a": Reply(rss(item(), item(2, description=" "))),
        "/b": Reply(rss(item(3))),
        "/c": Reply(status=500),
    }
    (tmp_path / "progress").mkdir()
    meter = Meter(str(tmp_path / "progress"))
    articles, rejects, feeds = polled(polling(site, tmp_path, "/a", "/b", "/c"), meter)
    assert sorted(article.title or "" for article in articles) == ["Story 1", "Story 3"]
    assert {article.fetched_at for article in articles} == {NOW}
    assert ["neither content" in fault.reason for fault in rejects] == [True]
    assert {feed.feed_url[-2:]: feed.last_status for feed in feeds} == {"/a": 200, "/b": 200, "/c": 500}
    assert read_totals(tmp_path / "progress") == {"articles": 2}


def test_a_host_is_asked_for_one_thing_at_a_time(site: Site, tmp_path: Path) -> None:
    at_once, most = [0], [0]

    def counted(handler: Handler) -> None:
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        handler.site.over.wait(0.01)
        at_once[0] -= 1
        handler.reply(Reply(rss(item())))

    paths = [f"/{number}" for number in range(8)]
    site.pages |= dict.fromkeys(paths, counted)
    assert len(polled(polling(site, tmp_path, *paths))[2]) == 8
    assert most == [1]


def test_full_text_is_the_pages(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/a": Reply(rss(item(link="/1"), item(2, link="/2"), item(3, link="/3", description=None))),
        "/1": Reply(PAGE, headers={"Content-Type": "text/html"}),
        "/2": Reply(status=404),
        "/3": Reply(status=404),
    }
    articles, rejects, _ = polled(polling(site, tmp_path, "/a", full_text=True))
    texts = {article.title: article.text for article in articles}
    assert ATTACK in texts["Story 1"]
    assert texts["Story 2"] == "The council met for the 2th time."
    assert sorted(fault.ref.removeprefix(site.url) for fault in rejects) == ["/2", "/3"]
    assert len(site.asked("/robots.txt")) == 1


def test_watching_yields_what_is_new_each_time(site: Site, tmp_path: Path) -> None:
    def growing(handler: Handler) -> None:
        stories = min(len(handler.site.asked("/a")) // 2 + 1, 3)  # each answer twice
        handler.reply(
            Reply(rss(*(item(number, description=ATTACK) for number in range(1, stories + 1))), etag=f'"{stories}"')
        )

    site.pages |= {"/a": growing, "/b": Reply(status=410)}
    with beam.Pipeline(runner=FnApiRunner(), options=PipelineOptions(["--streaming"])) as root:
        watching = WatchFeeds(polling(site, tmp_path, "/a", "/b"), 0.02, ticking, until=AfterPolls(8))
        found = root | watching
        mentions = found.articles | ExtractMentions(RulesExtractor)
        kept, reported, feeds = keep(found.articles), keep(mentions.mentions), keep(found.feeds)
    assert sorted(article.title or "" for article in kept) == ["Story 1", "Story 2", "Story 3"]
    assert [mention.country for mention in reported if isinstance(mention, Mention)] == ["IRQ"] * 3
    assert len({article.fetched_at for article in kept}) == 3
    assert len(site.asked("/a")) >= 6
    assert len(site.asked("/b")) == 1
    assert [request.status for request in site.asked("/a")].count(200) == 3
    assert sorted(feed.etag or "gone" for feed in feeds) == ['"1"', '"2"', '"3"', "gone"]
