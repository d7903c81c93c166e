"""The bytes of a feed → what it says: RSS 0.9 to 2.0, Atom, RDF and CDF, well-formed or not, as feedparser reads them.

That a feed is not well-formed is a warning here and no error: what can be read of it is read.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, cast
from urllib.parse import urljoin
from xml.parsers.expat import errors as expat

import feedparser

from pipeline.errors import FeedError
from pipeline.sources.feeds.fetch import is_web_address
from pipeline.sources.feeds.markup import looks_like_markup, text_of, tidied

_MOST_TTL_MINUTES = 365 * 24 * 60
_ENDS_TOO_SOON = (
    expat.XML_ERROR_NO_ELEMENTS,
    expat.XML_ERROR_UNCLOSED_TOKEN,
    expat.XML_ERROR_UNCLOSED_CDATA_SECTION,
    expat.XML_ERROR_PARTIAL_CHAR,
)
_LANGUAGE = re.compile(r"\s*([a-z]{2})(?:[-_]|\s*$)", re.IGNORECASE)
_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html)\b", re.IGNORECASE)
_DATES = ("published_parsed", "updated_parsed", "created_parsed")


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says. `link` is of http or https; `text` is without markup, and null if there is none.

    `published_at` (UTC) is when the entry says that it was published, or else when it was updated; null if it says
    neither, or nothing that is a date. A date without a zone is taken as UTC, a day without a time as its beginning.
    """

    guid: str | None
    link: str | None
    title: str | None
    text: str | None
    published_at: datetime | None


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
        found = _parsed(body, _headers(body, content_type))
        entries = tuple(_entry(each, url or "") for each in found["entries"])
    except Exception as error:  # it parses what strangers wrote, and fails on some of it in ways that it does not name
        raise FeedError(f"a feed that feedparser fails on ({type(error).__name__}: {error})") from error
    if not found.get("version") and not entries:
        kind = "a web page" if _PAGE.search(body[:2_000]) else "something else"
        raise FeedError(f"{kind}, not an RSS or Atom feed: check its address")
    about = found["feed"]
    warning = found.get("bozo_exception") if found.get("bozo") else None
    return FeedContent(
        title=_line(about, "title"),
        home=_link(about, url or ""),
        language=_language(about),
        ttl_seconds=_ttl_seconds(about),
        entries=entries,
        warning=f"{type(warning).__name__}: {_message(warning)}" if warning else None,
        cut=_message(warning) in _ENDS_TOO_SOON,
    )


def _parsed(body: bytes, headers: Mapping[str, str]) -> Mapping[str, Any]:
    # As a stream: of bytes, feedparser would first try whether they are the name of a file. It is not told where the
    # feed comes from, since it would resolve guids too, as if "1" were a link. Links within texts need no resolving.
    found: Mapping[str, Any] = feedparser.parse(
        io.BytesIO(body), response_headers=dict(headers), sanitize_html=True, resolve_relative_uris=False
    )
    return found


def _headers(body: bytes, content_type: str | None) -> dict[str, str]:
    """Return what feedparser is to believe. What is UTF-8 is UTF-8, whatever the server and the feed call it."""
    if not body.isascii() and _is_utf8(body):
        return {"content-type": "application/xml; charset=utf-8"}
    return {"content-type": content_type} if content_type else {}


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _entry(found: Mapping[str, Any], url: str) -> Entry:
    return Entry(
        guid=_string(found, "id"),
        link=_link(found, url),
        title=_line(found, "title"),
        text=max(_contents(found), key=len, default=None) or _shown(found.get("summary"), found.get("summary_detail")),
        published_at=next((moment for name in _DATES if (moment := _moment(_raw(found, name)))), None),
    )


def _contents(found: Mapping[str, Any]) -> Iterator[str]:
    for content in found.get("content") or ():
        if shown := _shown(content.get("value"), content):
            yield shown


def _shown(value: object, detail: Any) -> str | None:
    """Return a text as it is read; None if there is none, or if it is no text at all."""
    if not isinstance(value, str):
        return None
    kind = str((detail or {}).get("type") or "text/html").lower()
    if not kind.startswith("text/") and not kind.endswith(("xml", "html")):
        return None
    plain = kind == "text/plain" and not looks_like_markup(value)
    return (tidied(value) if plain else text_of(value)) or None


def _line(found: Mapping[str, Any], name: str) -> str | None:
    shown = _shown(found.get(name), found.get(f"{name}_detail"))
    return " ".join(shown.split()) if shown else None


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


def _moment(parsed: Any) -> datetime | None:
    try:
        year, month, day, hour, minute, second = parsed[:6]
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
