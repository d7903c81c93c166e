"""The bytes of a feed → what it says: RSS 0.9 to 2.0, Atom, RDF and CDF, well-formed or not, and JSON Feed.

All but JSON Feed are read by feedparser, after some faults are mended that it would lose a feed over (`cleaning`).

That a feed is not well-formed is a warning here and no error: what can be read of it is read.
"""

import html
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, cast
from urllib.parse import urljoin
from xml.parsers.expat import errors as expat

import feedparser

from pipeline.errors import FeedError
from pipeline.sources.blocks import Written
from pipeline.sources.feeds.cleaning import CAPTION, cleaned
from pipeline.sources.feeds.fetch import is_web_address
from pipeline.sources.feeds.json_feed import as_feedparser_has_it, looks_like_json_feed
from pipeline.sources.feeds.markup import looks_like_markup, tidied, written_in
from pipeline.sources.moments import read_moment
from schemas import Block, BlockKind

_MOST_TTL_MINUTES = 365 * 24 * 60
_ENDS_TOO_SOON = (
    expat.XML_ERROR_NO_ELEMENTS,
    expat.XML_ERROR_UNCLOSED_TOKEN,
    expat.XML_ERROR_UNCLOSED_CDATA_SECTION,
    expat.XML_ERROR_PARTIAL_CHAR,
)
_CLOSED = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
"""What ends a whole feed: a token that is not closed somewhere in it does not cut it off."""
_END_BYTES = 2_000
_FEED_LINK = re.compile(rb"<link\b[^<>]{0,600}>", re.IGNORECASE)
_FEED_TYPES = (b"application/rss+xml", b"application/atom+xml", b"application/feed+json", b"application/rdf+xml")
_HREF = re.compile(rb"\bhref\s*=\s*[\"']?([^\"'\s>]{1,500})", re.IGNORECASE)
_WIDE = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"'](?:utf-?16|utf-?32|ucs-?[24]|iso-10646)", re.IGNORECASE)
_LANGUAGE = re.compile(r"\s*([a-z]{2})(?:[-_]|\s*$)", re.IGNORECASE)
_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html)\b", re.IGNORECASE)
_PAGE_WITHIN, _LINKS_WITHIN = 2_000, 100_000
_DATES = ("published", "updated", "created")
_FULL_TEXTS = ("yandex_full-text", "full-text", "full_text", "fulltext", "turbo_content")
"""What some feeds call the story where the description is a teaser."""

_APART = (BlockKind.CAPTION, BlockKind.ASIDE)
_A_DAY = re.compile(r"\d.*[^\d\s].*\d", re.DOTALL)
_NO_ZONE = re.compile(r"[+-](?:1[5-9]|[2-9]\d):?\d\d\s*\Z")
"""A zone that is further from UTC than any is."""
_NUMBER = re.compile(r"[0-9]{1,4}")
_MONTH_ALONE = re.compile(r"\d{4}[-/.]\d{1,2}|\d{4}-\d{3}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says. `link` is of http or https; `text` is without markup, and null if there is none.

    `published_at` (aware, in the zone that is written) is when the entry says that it was published, or else when it
    was updated; null if it says neither, or nothing that is a date: `undated` is then what it says. A date without a
    zone is taken as UTC, a day without a time as its beginning. `blocks` are those of the text.
    """

    guid: str | None
    link: str | None
    title: str | None
    text: str | None
    published_at: datetime | None
    undated: str | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedContent:
    """What a feed says. `home` is the site that it is of.

    `warning` is what is wrong with it, null if it is well-formed; `cut` tells that it ended too soon, so that its
    last entry may be a piece of one.
    """

    title: str | None
    home: str | None
    language: str | None
    ttl_seconds: int
    entries: tuple[Entry, ...]
    warning: str | None = None
    cut: bool = False


def read_feed(body: bytes, content_type: str | None, url: str | None) -> FeedContent:
    """Return what a feed says. `content_type` is what its server calls it, `url` what its relative links start from.

    Raises:
        FeedError: it is no feed.
    """
    if not body.strip():
        raise FeedError("empty: there is no feed in it")
    try:
        if looks_like_json_feed(body):
            found = as_feedparser_has_it(body)
        else:
            body = cleaned(body)
            found = _parsed(body, _headers(body, content_type))
        entries = tuple(_entry(each, url or "") for each in found["entries"])
    except FeedError:
        raise
    except Exception as error:  # it parses what strangers wrote, and fails on some of it in ways that it does not name
        raise FeedError(f"a feed that feedparser fails on ({type(error).__name__}: {error})") from error
    if not found.get("version") and not entries:
        raise FeedError(_what_it_is(body, url or ""))
    about = found["feed"]
    warning = found.get("bozo_exception") if found.get("bozo") else None
    return FeedContent(
        title=_line(about, "title"),
        home=_link(about, url or ""),
        language=_language(about),
        ttl_seconds=_ttl_seconds(about),
        entries=entries,
        warning=f"{type(warning).__name__}: {_message(warning)}" if warning else None,
        cut=_message(warning) in _ENDS_TOO_SOON and not _CLOSED.search(body[-_END_BYTES:]),
    )


def _parsed(body: bytes, headers: Mapping[str, str]) -> Mapping[str, Any]:
    # As a stream: of bytes, feedparser would first try whether they are the name of a file. It is not told where the
    # feed comes from, since it would resolve guids too, as if "1" were a link. Links within texts need no resolving.
    # What is hidden or no text is left out later (`markup`), by what feedparser would take away with the harmful.
    found: Mapping[str, Any] = feedparser.parse(
        io.BytesIO(body), response_headers=dict(headers), sanitize_html=False, resolve_relative_uris=False
    )
    return found


def _what_it_is(body: bytes, url: str) -> str:
    """Return what is wrong with what is no feed; a web page often says where its feed is."""
    if not _PAGE.search(body[:_PAGE_WITHIN]):
        return "something else, not an RSS, Atom or JSON feed: check its address"
    links = (link[0] for link in _FEED_LINK.finditer(body[:_LINKS_WITHIN]))
    feeds = [_HREF.search(link) for link in links if any(kind in link.lower() for kind in _FEED_TYPES)]
    named = [urljoin(url, html.unescape(found[1].decode("utf-8", "replace"))) for found in feeds if found]
    if named:
        return f"a web page, not a feed; it names its feed: list {named[0]} instead"
    return "a web page, not an RSS or Atom feed: check its address"


def _headers(body: bytes, content_type: str | None) -> dict[str, str]:
    """Return what feedparser is to believe. What is UTF-8 is UTF-8, whatever the server and the feed call it."""
    wide = _WIDE.match(body.lstrip()[:200])
    if (wide or not body.isascii()) and b"\x00" not in body and _is_utf8(body):
        return {"content-type": "application/xml; charset=utf-8"}
    return {"content-type": content_type} if content_type else {}


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _entry(found: Mapping[str, Any], url: str) -> Entry:
    written = _story(found)
    dates = [str(value) for name in _DATES if isinstance(value := _raw(found, name), str) and value.strip()]
    moments = [_moment(found, name) for name in _DATES]
    published_at = next((moment for moment in moments if moment), None)
    return Entry(
        guid=_string(found, "id"),
        link=_link(found, url),
        title=_line(found, "title"),
        text=written.text or None,
        published_at=published_at,
        undated=dates[0].strip() if dates and published_at is None else None,
        blocks=written.blocks,
    )


def _story(found: Mapping[str, Any]) -> Written:
    """Return the text of an entry: the one that tells most of all that it gives, whatever the elements are called.

    A teaser, a subtitle or a second description is shorter than the story. The caption of a picture, however long, is
    the story only where there is nothing else.
    """
    candidates = [_shown(content.get("value"), content) for content in found.get("content") or ()]
    candidates.append(_shown(found.get("summary"), found.get("summary_detail")))
    candidates += [_shown(_raw(found, name), None) for name in _FULL_TEXTS]
    fullest = max(candidates, key=lambda written: (_told(written), len(written.text)))
    return fullest if fullest.text else _shown(_raw(found, CAPTION), None)


def _told(written: Written) -> int:
    """Return how many characters of a text are of the story itself."""
    apart = sum(block.end - block.start for block in written.blocks if block.kind in _APART)
    return len(written.text) - apart


def _shown(value: object, detail: Any) -> Written:
    """Return a text as it is read; an empty one if there is none, or if it is no text at all."""
    if not isinstance(value, str):
        return Written("", ())
    kind = str((detail or {}).get("type") or "text/html").lower()
    if not kind.startswith("text/") and not kind.endswith(("xml", "html")):
        return Written("", ())
    plain = kind == "text/plain" and not looks_like_markup(value)
    return Written(tidied(value), ()) if plain else written_in(value)


def _line(found: Mapping[str, Any], name: str) -> str | None:
    return " ".join(_shown(found.get(name), found.get(f"{name}_detail")).text.split()) or None


def _link(found: Mapping[str, Any], url: str) -> str | None:
    """Return where a link leads, if that is on the web."""
    written = _string(found, "link")
    try:
        link = urljoin(url, written) if written else ""
    except ValueError:  # such as a broken IPv6 host
        return None
    return link if is_web_address(link) else None


def _string(found: Mapping[str, Any], name: str) -> str | None:
    value = found.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _raw(found: Mapping[str, Any], name: str) -> Any:
    """Return a field as it is: feedparser would show one date for another that is missing, and warn of it."""
    return dict.get(cast("dict[str, Any]", found), name)


def _moment(found: Mapping[str, Any], name: str) -> datetime | None:
    """Return a date of an entry in the zone that it is written in, or else as feedparser reads it.

    What feedparser makes of a number alone (a year, seconds), of days and months in no order that is said, or of other
    numbers than are written (it counts on past the end of a month) is no date.
    """
    written = _raw(found, name)
    if isinstance(written, str) and (moment := read_moment(written)):
        return moment
    if not isinstance(written, str) or not _A_DAY.search(written) or _MONTH_ALONE.fullmatch(written.strip()):
        return None
    if _NO_ZONE.search(written):
        return None
    parsed = _raw(found, f"{name}_parsed")
    try:
        year, month, day, hour, minute, second = parsed[:6]
        if not {year, day} <= {int(digits) for digits in _NUMBER.findall(written)}:
            return None
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=timezone.utc)  # 60 in leap seconds
    except (TypeError, ValueError, OverflowError):
        return None


def _language(about: Mapping[str, Any]) -> str | None:
    found = _LANGUAGE.match(_string(about, "language") or "")
    return found[1].lower() if found else None


def _ttl_seconds(about: Mapping[str, Any]) -> int:
    written = _string(about, "ttl") or ""
    minutes = int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
    return min(minutes, _MOST_TTL_MINUTES) * 60


def _message(error: Any) -> str:
    message = getattr(error, "getMessage", None)
    return str(message() if message else error)
