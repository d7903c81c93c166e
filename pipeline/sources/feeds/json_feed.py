"""JSON Feed (versions 1 and 1.1): the same that RSS and Atom say, in JSON."""

import codecs
import json
from collections.abc import Mapping
from typing import Any

from pipeline.errors import FeedError, SourceError
from pipeline.sources.decode import decode

_MARK = b"jsonfeed.org/version"
_MARKED_WITHIN = 4_000
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def looks_like_json_feed(body: bytes) -> bool:
    """Tell whether a body is meant to be a JSON Feed."""
    body = body.replace(b"\x00", b"") if body[:2] in _UTF16_MARKS else body
    head = body.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:_MARKED_WITHIN]
    return head.startswith(b"{") and (_MARK in head.replace(b"\\/", b"/") or b'"items"' in body)


def as_feedparser_has_it(body: bytes) -> Mapping[str, Any]:
    """Return a JSON Feed under the names that feedparser gives to what other feeds say.

    Raises:
        FeedError: it is no JSON, or no feed.
    """
    try:
        feed = json.loads(decode(body).text, strict=False)
    except (ValueError, RecursionError, SourceError) as error:
        raise FeedError(f"not a JSON Feed that can be read ({error}): check its address") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise FeedError("JSON, but no JSON Feed (it has no list of `items`): check its address")
    about = {"title": feed.get("title"), "link": feed.get("home_page_url"), "language": feed.get("language")}
    return {
        "version": "json",
        "feed": {name: value for name, value in about.items() if isinstance(value, str)},
        "entries": [_entry(item) for item in feed["items"] if isinstance(item, dict)],
    }


def _entry(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item. Its id may be a number, which the specification asks readers to take as a string."""
    given = item.get("id")
    texts = [("text/html", item.get("content_html")), ("text/plain", item.get("content_text"))]
    entry: dict[str, Any] = {
        "id": str(given) if isinstance(given, str | int) and not isinstance(given, bool) else None,
        "link": item.get("url") or item.get("external_url"),
        "title": item.get("title"),
        "title_detail": {"type": "text/plain"},
        "summary": item.get("summary"),
        "summary_detail": {"type": "text/plain"},
        "published": item.get("date_published"),
        "updated": item.get("date_modified"),
        "content": [{"type": kind, "value": value} for kind, value in texts if isinstance(value, str)],
    }
    return {name: value for name, value in entry.items() if value is not None}
