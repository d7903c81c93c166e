"""The --feeds FILE: which feeds to poll.

OPML, as feed readers export it, or plain text (UTF-8): on each line the URL or the path of a feed and, after white
space, a name for it; empty lines and lines that begin with `#` are passed over. A relative path is looked for beside
the list, and else where the command runs. `feed://` is read as https, and a host without a scheme too.

A line that names no feed is named in a warning, and the others are polled: it costs no other feed its place.
"""

import html
import logging
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from pipeline.errors import FeedListError
from pipeline.sources.feeds.fetch import is_web_address, without_login
from pipeline.sources.feeds.schedule import is_due
from schemas import Feed

_SCHEME = re.compile(r"feed:(?=https?:)|[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z][\w-]+(?::\d{1,5})?(?:[/?]|$)", re.IGNORECASE)
"""What looks like a host, and what may follow it; a file that exists comes first."""
_FEED_FILE = re.compile(r"[^/]+\.(?:xml|rss|atom|rdf|json)", re.IGNORECASE)
_FILE = re.compile(r"[^&;\s\"'<>|?*:]+", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_AMPERSAND = re.compile(r"&(?:#\d{1,7};|#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,30};)?", re.IGNORECASE)
_XML_ENTITIES = ("&amp;", "&lt;", "&gt;", "&quot;", "&apos;")

_log = logging.getLogger(__name__)


class Listed(NamedTuple):
    """A feed as listed: its URL or the absolute path of its file, and its name, null if it is given none.

    `login` is the `user:password` that its URL was listed with: it is in no table, and in no log.
    """

    feed_url: str
    name: str | None
    login: str | None = None


def read_list(path: Path) -> list[Listed]:
    """Return the feeds that a list names, each once.

    Raises:
        FeedListError: it cannot be read, or names no feed.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FeedListError(str(path), f"cannot be read ({error.strerror})") from error
    found = _outlines(path, data) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _lines(path, data)
    feeds: dict[str, Listed] = {}
    problems: list[str] = []
    for where, address, name in found:
        shown, login = without_login(address)
        feed_url = _feed_url(path, shown)
        if feed_url is None:
            problems.append(f"{where}: {shown[:200]!r} is no address of http or https, and no file")
            continue
        feeds.setdefault(feed_url, Listed(feed_url, name, login))
    if not feeds:
        raise FeedListError(str(path), problems[0] if problems else "there is no feed in it")
    for problem in problems:
        _log.warning("a line of --feeds names no feed, and is passed over: %s", problem)
    return list(feeds.values())


def logins_of(listed: Sequence[Listed]) -> dict[str, str]:
    """Return what the listed feeds are to be asked with, by their URLs."""
    return {each.feed_url: each.login for each in listed if each.login}


def due_feeds(listed: Sequence[Listed], known: Sequence[Feed], now: datetime, everything: bool = False) -> list[Feed]:
    """Return the listed feeds that are due at `now` (or `everything`), with what is known of them."""
    by_url = {feed.feed_url: feed for feed in known}
    feeds = [_named(by_url.get(each.feed_url) or Feed(feed_url=each.feed_url), each.name) for each in listed]
    return [feed for feed in feeds if everything or is_due(feed, now)]


def _named(feed: Feed, name: str | None) -> Feed:
    return feed.model_copy(update={"name": name})


def _outlines(path: Path, data: bytes) -> Iterator[tuple[str, str, str | None]]:
    root = _parsed(path, data)
    for outline in root.iter("outline"):
        try:
            given = {name.lower(): str(value) for name, value in outline.attrib.items()}
        except UnicodeDecodeError as error:  # what was mended is no text after all
            raise FeedListError(str(path), f"line {outline.sourceline}: not text ({error})") from error
        if address := given.get("xmlurl", "").strip():
            yield f"line {outline.sourceline}", address, given.get("title") or given.get("text") or None


def _parsed(path: Path, data: bytes) -> Any:
    """Return the tree of an OPML file; one that is not well-formed is mended as far as it can be."""
    strict = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, strict)
    except etree.XMLSyntaxError as error:
        lenient = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
        )
        root = _tree(_mended(data), lenient)
        if root is None or next(root.iter("outline"), None) is None:
            raise FeedListError(str(path), f"not well-formed OPML ({error})") from error
        _log.warning("--feeds %s is not well-formed OPML, and read as far as it can be: %s", path, error)
        return root


def _tree(data: bytes, parser: etree.XMLParser) -> Any:
    """Return the tree of a document; None if there is nothing that even a lenient parser makes one of."""
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def _mended(data: bytes) -> bytes:
    """Return OPML with its bare ampersands and the entities of HTML as XML has them, in UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    text = _DECLARATION.sub("", text, count=1)
    return _AMPERSAND.sub(_as_xml, text).encode("utf-8", "replace")


def _as_xml(found: re.Match[str]) -> str:
    entity = found[0]
    if entity in _XML_ENTITIES or entity.startswith("&#"):
        return entity
    plain = html.unescape(entity)
    return plain if plain != entity and "&" not in plain else f"&amp;{entity[1:]}"


def _lines(path: Path, data: bytes) -> Iterator[tuple[str, str, str | None]]:
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise FeedListError(str(path), "not UTF-8") from error
    for number, line in enumerate(lines, 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if _existing(path, line):
            yield f"line {number}", line, None
            continue
        address, *name = line.split(maxsplit=1)
        yield f"line {number}", address, name[0] if name else None


def _feed_url(path: Path, address: str) -> str | None:
    """Return the URL or the absolute path that an address means; None if it is no feed's."""
    scheme = _SCHEME.match(address)
    if scheme is None and (found := _existing(path, address)):
        return str(found.absolute())
    if scheme is None and (not _HOST.match(address) or _FEED_FILE.fullmatch(address)):
        return str((path.parent / address).absolute()) if _FILE.fullmatch(address) else None
    url = address if scheme else f"https://{address}"
    if scheme and scheme[0].lower() in ("feed:", "feed://"):
        rest = address[scheme.end() :]
        url = rest if _SCHEME.match(rest) else f"https://{rest}"
    return url if is_web_address(url) else None


def _existing(path: Path, address: str) -> Path | None:
    try:
        return next((found for found in (path.parent / address, Path(address)) if found.is_file()), None)
    except (OSError, ValueError):  # no path at all: too long, or with a NUL
        return None
