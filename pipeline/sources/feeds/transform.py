"""Polling feeds on Beam: feeds that are due → articles, rejects, and what is known of the feeds now.

A run polls each feed once (`PollFeeds`); a streaming job polls them again and again (`WatchFeeds`). Everything but that
is the same: how a feed is asked, what an answer comes to, how a page is fetched, how an article is made.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.io.watch import PollResult, TerminationCondition, Watch, never
from apache_beam.metrics import Metrics
from apache_beam.pvalue import TaggedOutput
from apache_beam.transforms.window import FixedWindows
from apache_beam.utils.timestamp import Timestamp

from pipeline.records.transform import ReadRecords
from pipeline.runtime.progress import Meter
from pipeline.sources.document import articles_of
from pipeline.sources.feeds.ask import asked_host, poll_all
from pipeline.sources.feeds.deadline import pause
from pipeline.sources.feeds.fetch import Client, FetchPolicy, host_of
from pipeline.sources.feeds.hosts import each_host
from pipeline.sources.feeds.pages import Robots, read_pages
from pipeline.sources.feeds.poll import Found, Polled
from pipeline.sources.feeds.streaming import Standing, key_of
from pipeline.sources.language import load_model
from schemas import Article, Feed, Reject

REJECTS = "rejects"
FEEDS = "feeds"

_HOSTS_TOGETHER = 1_000
"""How many hosts a worker is given at a time, to ask as many of them at once as it can."""


@dataclass(frozen=True)
class Polling:
    """How feeds are polled: `feeds` is the exported table of them, `now` (aware) when a run polls them.

    Articles in English are read, and those in `languages`. `make_client` and `sleep` are called on the workers.
    """

    feeds: str
    now: datetime
    policy: FetchPolicy
    full_text: bool = False
    languages: frozenset[str] = frozenset()
    make_client: Callable[[FetchPolicy], Client] = Client
    sleep: Callable[[float], None] = pause


class PolledFeeds(NamedTuple):
    """What polls come to: articles, what could not be used, and what is known of the feeds now."""

    articles: beam.PCollection[Article]
    rejects: beam.PCollection[Reject]
    feeds: beam.PCollection[Feed]


@dataclass
class PollFeeds(beam.PTransform):
    """Poll each feed of an exported table once."""

    polling: Polling
    meter: Meter = field(default_factory=lambda: Meter(None))

    # The result is quoted because Beam can check one collection only, and warns of a type that is more.
    def expand(self, root: beam.pvalue.PBegin) -> "PolledFeeds":
        found = (
            root
            | "Take feeds" >> _FeedsByHost(self.polling.feeds)
            | "Hosts together" >> beam.BatchElements(min_batch_size=_HOSTS_TOGETHER, max_batch_size=_HOSTS_TOGETHER)
            | "Poll" >> beam.ParDo(_Poll(self.polling))
        )
        polled: PolledFeeds = found | "To articles" >> _MakeArticles(self.polling, self.meter)
        return polled


@dataclass
class WatchFeeds(beam.PTransform):
    """Poll each feed of an exported table whenever it is due, looking every `every_seconds`: for streaming runners.

    What it yields is in windows of that length, by when it was found.

    What a server said last is remembered by the process that asked it; one that takes over asks for everything, and
    what has been seen before is dropped by its key.
    """

    polling: Polling
    every_seconds: float
    clock: Callable[[], datetime]
    meter: Meter = field(default_factory=lambda: Meter(None))
    until: TerminationCondition = field(default_factory=never)

    # The result is quoted because Beam can check one collection only, and warns of a type that is more.
    def expand(self, root: beam.pvalue.PBegin) -> "PolledFeeds":
        ask = partial(_poll_host, self.polling, self.clock)
        found = (
            root
            | "Take feeds" >> _FeedsByHost(self.polling.feeds)
            | "Watch"
            >> Watch(
                ask,
                self.every_seconds,
                self.until,
                output_coder=beam.coders.PickleCoder(),
                output_key_fn=key_of,
                output_key_coder=beam.coders.StrUtf8Coder(),
            )
            | "Take findings" >> beam.Values()
            | "Window" >> beam.WindowInto(FixedWindows(self.every_seconds))
        )
        polled: PolledFeeds = found | "To articles" >> _MakeArticles(self.polling, self.meter)
        return polled


@dataclass
class _FeedsByHost(beam.PTransform):
    """The feeds of an exported table, those of one host together."""

    path: str

    def expand(self, root: beam.pvalue.PBegin) -> beam.PCollection[tuple[str, list[Feed]]]:
        return (
            root
            | "Read feeds" >> ReadRecords(self.path, Feed)
            | "Key by host" >> beam.Map(_by_host).with_output_types(tuple[str, Feed])
            | "Feeds of a host" >> beam.GroupByKey()
            | "In order" >> beam.MapTuple(_in_order).with_output_types(tuple[str, list[Feed]])
        )


@dataclass
class _MakeArticles(beam.PTransform):
    """Part what polls found, and make articles of the documents, of their pages' texts if those are asked for."""

    polling: Polling
    meter: Meter

    # The result is quoted because Beam can check one collection only, and warns of a type that is more.
    def expand(self, found: beam.PCollection[Any]) -> "PolledFeeds":
        parted = found | "Part" >> beam.FlatMap(_part).with_outputs(REJECTS, FEEDS, main="documents")
        documents, rejects = parted.documents, [parted[REJECTS]]
        if self.polling.full_text:
            read = (
                documents
                | "Key by page's host" >> beam.Map(_by_page_host).with_output_types(tuple[str, Found])
                | "Pages of a host" >> beam.GroupByKey()
                | "Hosts with pages"
                >> beam.BatchElements(min_batch_size=_HOSTS_TOGETHER, max_batch_size=_HOSTS_TOGETHER)
                | "Read pages" >> beam.ParDo(_ReadPages(self.polling)).with_outputs(REJECTS, main="documents")
            )
            documents, rejects = read.documents, [*rejects, read[REJECTS]]
        made = documents | "Make" >> beam.ParDo(_MakeArticle(self.meter, self.polling.languages)).with_outputs(
            REJECTS, main="articles"
        )
        return PolledFeeds(
            articles=made.articles,
            rejects=[*rejects, made[REJECTS]] | "All rejects" >> beam.Flatten(),
            feeds=parted[FEEDS],
        )


def _by_host(feed: Feed) -> tuple[str, Feed]:
    return asked_host(feed), feed


def _in_order(host: str, feeds: Iterable[Feed]) -> tuple[str, list[Feed]]:
    return host, sorted(feeds, key=lambda feed: feed.feed_url)


def _poll_host(polling: Polling, clock: Callable[[], datetime], host: tuple[str, list[Feed]]) -> PollResult:
    """Poll those feeds of a host that are due now. What is found later will be later."""
    now = clock()
    standing = Standing.of(f"{polling.feeds} {polling.now}")
    found = standing.poll(host[1], polling.make_client(polling.policy), now, polling.full_text)
    moment = Timestamp.from_utc_datetime(now)
    return PollResult.incomplete(list(found), moment).with_watermark(moment)


def _part(found: Any) -> Iterator[Any]:
    if isinstance(found, Found):
        yield found
    else:
        yield TaggedOutput(FEEDS if isinstance(found, Feed) else REJECTS, found)


def _by_page_host(found: Found) -> tuple[str, Found]:
    return host_of(found.document.url or ""), found


class _Poll(beam.DoFn):
    def __init__(self, polling: Polling) -> None:
        self._polling = polling
        self._counts = {name: Metrics.counter("feeds", f"feeds_{name}") for name in ("polled", "changed", "failed")}

    def setup(self) -> None:
        self._client = self._polling.make_client(self._polling.policy)

    def process(self, hosts: list[tuple[str, list[Feed]]]) -> Iterator[Any]:
        for polled in each_host([feeds for _, feeds in hosts], self._ask):
            self._counts["polled"].inc()
            self._counts["changed"].inc(bool(polled.documents))
            self._counts["failed"].inc(polled.feed.failures > 0)
            yield polled.feed
            yield from polled.rejects
            yield from (Found(document, self._polling.now) for document in polled.documents)

    def _ask(self, feeds: list[Feed]) -> Iterator[Polled]:
        return poll_all(feeds, self._client, self._polling.now, self._polling.full_text)


class _ReadPages(beam.DoFn):
    def __init__(self, polling: Polling) -> None:
        self._polling = polling

    def setup(self) -> None:
        self._client = self._polling.make_client(self._polling.policy)

    def process(self, hosts: list[tuple[str, Iterable[Found]]]) -> Iterator[Any]:
        for found in each_host([list(pages) for _, pages in hosts], self._read):
            yield found if isinstance(found, Found) else TaggedOutput(REJECTS, found)

    def _read(self, pages: list[Found]) -> Iterator[Found | Reject]:
        in_order = sorted(pages, key=lambda page: page.document.ref)
        return read_pages(in_order, self._client, Robots(self._client), self._polling.sleep)


@beam.typehints.with_input_types(Found)
@beam.typehints.with_output_types(Article)
class _MakeArticle(beam.DoFn):
    def __init__(self, meter: Meter, languages: frozenset[str]) -> None:
        self._meter = meter
        self._languages = languages
        self._read = Metrics.counter("sources", "articles_read")

    def setup(self) -> None:
        load_model()

    def process(self, found: Found) -> Iterator[Any]:
        for made in articles_of(found.document, found.fetched_at, self._languages):
            if isinstance(made, Article):
                self._meter.add(articles=1)
                self._read.inc()
                yield made
            else:
                self._meter.add(rejects=1)
                yield TaggedOutput(REJECTS, made)

    def finish_bundle(self) -> None:
        self._meter.flush()
