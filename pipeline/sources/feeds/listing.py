"""The --feeds FILE: which feeds to poll.

OPML, as feed readers export it, or plain text (UTF-8): on each line the URL or the path of a feed and, after white
space, a name for it; empty lines and lines that begin with `#` are passed over. A relative path is looked for beside
the list, and else where the command runs.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from pipeline.errors import FeedListError
from pipeline.sources.feeds.fetch import is_web_address
from pipeline.sources.feeds.schedule import is_due
from schemas import Feed

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

_LIKE_A_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)  # one letter may be a disk of Windows


class Listed(NamedTuple):
    """A feed as listed: its URL or the absolute path of its file, and its name, null if it is given none."""

    feed_url: str
    name: str | None


def read_list(path: Path) -> list[Listed]:
    """Return the feeds that a list names, each once.

    Raises:
        FeedListError: it cannot be read, or names what is no feed, or names none.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FeedListError(str(path), f"cannot be read ({error.strerror})") from error
    found = _outlines(path, data) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else _lines(path, data)
    feeds: dict[str, Listed] = {}
    for where, address, name in found:
        feed_url = _feed_url(path, where, address)
        feeds.setdefault(feed_url, Listed(feed_url, name))
    if not feeds:
        raise FeedListError(str(path), "there is no feed in it")
    return list(feeds.values())


def due_feeds(listed: Sequence[Listed], known: Sequence[Feed], now: datetime, everything: bool = False) -> list[Feed]:
    """Return the listed feeds that are due at `now` (or `everything`), with what is known of them."""
    by_url = {feed.feed_url: feed for feed in known}
    feeds = [_named(by_url.get(each.feed_url) or Feed(feed_url=each.feed_url), each.name) for each in listed]
    return [feed for feed in feeds if everything or is_due(feed, now)]


def _named(feed: Feed, name: str | None) -> Feed:
    return feed.model_copy(update={"name": name})


def _outlines(path: Path, data: bytes) -> Iterator[tuple[str, str, str | None]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FeedListError(str(path), f"not well-formed OPML ({error})") from error
    for outline in root.iter("outline"):
        given = {name.lower(): str(value) for name, value in outline.attrib.items()}
        if address := given.get("xmlurl", "").strip():
            yield f"line {outline.sourceline}", address, given.get("title") or given.get("text") or None


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


def _feed_url(path: Path, where: str, address: str) -> str:
    if not _SCHEME.match(address):
        found = _existing(path, address)
        if found is None and _LIKE_A_SCHEME.match(address):
            raise FeedListError(str(path), f"{where}: {address!r} is neither an address of http or https nor a file")
        return str((found or path.parent / address).absolute())
    if not is_web_address(address):
        raise FeedListError(str(path), f"{where}: {address!r} is no address of http or https")
    return address


def _existing(path: Path, address: str) -> Path | None:
    try:
        return next((found for found in (path.parent / address, Path(address)) if found.is_file()), None)
    except (OSError, ValueError):  # no path at all: too long, or with a NUL
        return None
