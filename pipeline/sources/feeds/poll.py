"""What was known of a feed, what its server answered, and the time → what is known now, and which documents are new.

Plain functions of their arguments: nothing is fetched and nothing is waited for here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from http import HTTPStatus
from typing import NamedTuple

from pipeline.errors import FeedError, SourceError, TooLargeError
from pipeline.records.rejects import reject
from pipeline.sources.document import STAGE, Document
from pipeline.sources.feeds.fetch import Answer
from pipeline.sources.feeds.naming import NamedEntry, name_entries
from pipeline.sources.feeds.parse import Entry, FeedContent, read_feed
from pipeline.sources.feeds.schedule import after_answer, after_failure, after_farewell
from pipeline.sources.plausibility import strays
from pipeline.sources.urls import site_of
from schemas import Feed, Reject

ReadFeed = Callable[[bytes, str | None, str | None], FeedContent]
"""Returns what a feed says, given its body, its content type and where it comes from. Raises FeedError."""

_FAILURES_BEFORE_MOVING_BACK = 3
_WARNING = "warning: "


class Found(NamedTuple):
    """A document that a poll found, and when (aware)."""

    document: Document
    fetched_at: datetime


@dataclass(frozen=True)
class Polled:
    """What a poll came to: the feed as it is now known, the documents that are new, and what could not be used."""

    feed: Feed
    documents: tuple[Document, ...] = ()
    rejects: tuple[Reject, ...] = ()


def address_of(feed: Feed) -> str:
    """Return where to ask for a feed."""
    return feed.moved_to or feed.feed_url


def question_for(feed: Feed) -> dict[str, str]:
    """Return the headers to ask with: for what has changed since the last answer that was read, if there was one."""
    asked = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    return {"Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.8"} | {
        name: value for name, value in asked.items() if value
    }


def take_in(
    feed: Feed, answer: Answer | SourceError, now: datetime, pages_follow: bool = False, read: ReadFeed = read_feed
) -> Polled:
    """Return what a feed is known to be and to say after a poll at `now` (aware).

    `answer` is what the server said, or why it said nothing. `pages_follow` tells that the page of each document
    will be fetched, so that one without a text is no fault. `read` makes of a body what it says.
    """
    try:
        return _taken_in(feed, answer, now, pages_follow, read)
    except Exception as error:  # not all that a server says is foreseen, and one feed must not end a run over all
        problem = f"a fault of the reader ({type(error).__name__}: {error}): please report it"
        return Polled(_failed(feed, None, problem, {}, now), rejects=(reject(STAGE, problem, feed.feed_url),))


def _taken_in(feed: Feed, answer: Answer | SourceError, now: datetime, pages_follow: bool, read: ReadFeed) -> Polled:
    if isinstance(answer, SourceError):
        return Polled(_failed(feed, None, str(answer), {}, now), rejects=_rejects_of(feed, answer))
    if answer.status == HTTPStatus.NOT_MODIFIED and _was_read(feed):
        return Polled(_unchanged(feed, answer, now))
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return Polled(_refused(feed, answer, now))
    digest = blake2b(answer.body, digest_size=16).hexdigest()
    if digest == feed.body_digest:
        return Polled(_unchanged(feed, answer, now))
    try:
        content = read(answer.body, answer.headers.get("content-type"), answer.url)
        _check_not_all_is_cut(answer, content)
    except FeedError as error:
        failed = _failed(feed, answer.status, str(error), answer.headers, now)
        return Polled(failed, rejects=(reject(STAGE, str(error), feed.feed_url, answer.body),))
    return _news(feed, answer, content, digest, now, pages_follow)


@dataclass(frozen=True)
class _Source:
    """Who publishes a feed: the name that the list gives it, or else what it is `called`; and in which language."""

    listed: str | None
    called: str
    language: str | None


def _news(feed: Feed, answer: Answer, content: FeedContent, digest: str, now: datetime, pages_follow: bool) -> Polled:
    cut = _is_cut(answer, content)
    entries = content.entries[:-1] if cut else content.entries
    identity, named = name_entries(feed, entries, content.home)
    title = feed.title or content.title
    source = _Source(feed.name, title or site_of(feed.feed_url) or feed.feed_url, content.language)
    found = [_found(each, source, entries, pages_follow) for each in named]
    seen = {each.state.name: each.state for each, (document, _) in zip(named, found, strict=True) if document}
    if cut:
        seen = {entry.name: entry for entry in feed.entries} | seen
    state = _answered(feed, answer, content.ttl_seconds, now).model_copy(
        update={
            "title": title,
            "etag": None if cut else _header(answer, "etag"),
            "last_modified": None if cut else _header(answer, "last-modified"),
            "body_digest": None if cut else digest,
            "identity": identity,
            "last_error": _warning(content, cut),
            "entries": tuple(seen.values()),
        }
    )
    documents = tuple(document for each, (document, _) in zip(named, found, strict=True) if document and each.is_news)
    return Polled(state, documents, tuple(fault for _, fault in found if fault))


def _is_cut(answer: Answer, content: FeedContent) -> bool:
    return content.cut or (answer.cut and content.warning is not None)


def _check_not_all_is_cut(answer: Answer, content: FeedContent) -> None:
    if _is_cut(answer, content) and len(content.entries) <= 1:
        raise FeedError("it ends before its first entry does")


def _found(
    named: NamedEntry, source: _Source, entries: Sequence[Entry], pages_follow: bool
) -> tuple[Document | None, Reject | None]:
    """Return the document of an entry, and what is wrong with it; either may be None."""
    entry = named.entry
    ref = entry.link or named.state.name
    if not entry.text and not (pages_follow and entry.link):
        problem = "an entry with neither content nor summary: --full-text reads the page that it links to"
        return None, reject(STAGE, problem, ref, entry.title)
    doubt = _doubt(entry, entries)
    document = Document(
        ref=ref,
        name=named.state.name,
        folder=source.called,
        text=entry.text or "",
        url=entry.link,
        title=entry.title,
        publisher=source.listed,
        published_at=None if doubt else entry.published_at,
        doubt=doubt,
        language=source.language,
        blocks=entry.blocks,
    )
    return document, None


def _doubt(entry: Entry, entries: Sequence[Entry]) -> str | None:
    """Return why the date that an entry gives is not believed, of what it and its neighbours say."""
    if entry.undated:
        return f"its date {entry.undated[:60]!r} is none that can be read"
    if entry.published_at is None:
        return None
    neighbours = [each.published_at for each in entries if each is not entry and each.published_at]
    return strays(entry.published_at, neighbours)


def _answered(feed: Feed, answer: Answer, ttl_seconds: int, now: datetime) -> Feed:
    moved_to = _moved_to(feed, answer)
    return feed.model_copy(
        update={
            "moved_to": moved_to,
            "last_fetched_at": now,
            "last_status": answer.status,
            "failures": 0,
            "ttl_seconds": ttl_seconds,
            "next_poll_at": after_answer(answer.headers, ttl_seconds, now),
        }
    )


def _unchanged(feed: Feed, answer: Answer, now: datetime) -> Feed:
    """Return a feed that has nothing new to say. Its server may have new validators for what it said before."""
    standing = feed.last_error if (feed.last_error or "").startswith(_WARNING) else None
    return _answered(feed, answer, feed.ttl_seconds, now).model_copy(
        update={
            "etag": _header(answer, "etag") or feed.etag,
            "last_modified": _header(answer, "last-modified") or feed.last_modified,
            "last_error": standing,
        }
    )


def _was_read(feed: Feed) -> bool:
    """Tell whether a feed has said something before: where it has not, "not modified" is no answer."""
    return bool(feed.etag or feed.last_modified or feed.body_digest or feed.entries)


def _refused(feed: Feed, answer: Answer, now: datetime) -> Feed:
    problem = f"the server answers {_named_status(answer.status)}"
    failed = _failed(feed, answer.status, problem, answer.headers, now)
    gone = answer.status == HTTPStatus.GONE
    if feed.moved_to and (gone or answer.status == HTTPStatus.NOT_FOUND):
        return _moved_back(failed)
    if gone:
        due = after_farewell(feed.feed_url, failed.failures, now)
        return failed.model_copy(
            update={"last_error": f"{problem}: take it off the list if you agree", "next_poll_at": due}
        )
    return failed


def _failed(feed: Feed, status: int | None, problem: str, headers: Mapping[str, str], now: datetime) -> Feed:
    failures = feed.failures + 1
    failed = feed.model_copy(
        update={
            "last_fetched_at": now,
            "last_status": status,
            "last_error": problem,
            "failures": failures,
            "next_poll_at": after_failure(feed.feed_url, failures, headers, now),
        }
    )
    return _moved_back(failed) if feed.moved_to and failures >= _FAILURES_BEFORE_MOVING_BACK else failed


def _moved_back(feed: Feed) -> Feed:
    """Return a feed that is asked for at its listed address again: where it moved to, it is no longer."""
    return feed.model_copy(update={"moved_to": None, "etag": None, "last_modified": None})


def _moved_to(feed: Feed, answer: Answer) -> str | None:
    """Return where a feed is permanently. A move from https to http is followed, and not remembered."""
    moved_to = answer.moved_to or feed.moved_to
    if moved_to == feed.feed_url or (feed.feed_url.startswith("https:") and (moved_to or "").startswith("http:")):
        return None
    return moved_to


def _rejects_of(feed: Feed, error: SourceError) -> tuple[Reject, ...]:
    """Return what is wrong with a feed itself; that its server could not be reached is not."""
    return (reject(STAGE, str(error), feed.feed_url),) if isinstance(error, TooLargeError) else ()


def _warning(content: FeedContent, cut: bool) -> str | None:
    if cut:
        return f"{_WARNING}it ends too soon, so that its last entry was left out ({content.warning})"
    return f"{_WARNING}not well-formed ({content.warning})" if content.warning else None


def _header(answer: Answer, name: str) -> str | None:
    """Return a header verbatim; None if it has what could not be sent back."""
    value = answer.headers.get(name)
    return value if value and value.isprintable() else None


def _named_status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
