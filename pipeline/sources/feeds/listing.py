"""The --feeds FILE: which feeds to poll.

OPML, as feed readers export it, or plain text: on each line the URL or the path of a feed and, after white space, a
name for it; a URL may also stand behind its name, in brackets or in quotes. Empty lines and lines that begin with `#`
are passed over. A relative path is looked for beside the list, and else where the command runs. `feed://` is read as
https, and a host without a scheme too.

A line that names no feed is named in a warning, and the others are polled: it costs no other feed its place.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import FeedListError, SourceError
from pipeline.sources.decode import decode
from pipeline.sources.feeds.fetch import is_web_address, without_login
from pipeline.sources.feeds.opml import looks_like_opml, read_opml
from pipeline.sources.feeds.schedule import is_due
from schemas import Feed

_SCHEME = re.compile(r"feed:(?=https?:)|[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(r"(?:(?:[\w-]+\.)+[a-z][\w-]+|(?:\d{1,3}\.){3}\d{1,3})(?::\d{1,5})?(?:[/?]|$)", re.IGNORECASE)
"""What looks like a host, and what may follow it; a file that exists comes first."""
_FEED_FILE = re.compile(r"[^/]+\.(?:xml|rss|atom|rdf|json)", re.IGNORECASE)
_FILE = re.compile(r"[^&;\s\"'<>|?*:]+", re.IGNORECASE)
_MAY_BE_A_FILE = re.compile(r"(?:.*/)?.*\w\.[a-z]\w{1,5}|.*\w/.*\w", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![\w:/!])(?:feed:)?[a-z][a-z0-9+.-]*://[^\s\"'<>|\x00-\x20]+", re.IGNORECASE)
"""An address among other words on its line."""
_AFTER_ADDRESS = ",;)]"
_ITEM_MARK = re.compile(r"(?:[-*•+]|\d{1,4}[.)])\s+(?=\S)")
_NAME_ENDS = re.compile(r"^(?:[-*•+]|\d{1,4}[.)])?[\s\"'<>|,;:()\[\]#]*|[\s\"'<>|,;:()\[\]#]+$")
"""What stands around a name: the mark of an item of a list, and what parts it from its address."""
_COMMENTS = ("#", ";", "// ")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_Line = tuple[str, str, str | None]
"""Where a line is, the address on it, and the name with it."""

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
    text = _text_of(path, data)
    found = _outlines(path, data, text) if looks_like_opml(text) else _lines(path, text)
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


def _text_of(path: Path, data: bytes) -> str:
    try:
        return decode(data).text
    except SourceError as error:
        raise FeedListError(str(path), str(error)) from error


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


def _outlines(path: Path, data: bytes, text: str) -> Iterator[_Line]:
    for outline in read_opml(path, data, text):
        yield f"line {outline.line}", outline.address, outline.name


def _lines(path: Path, text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.splitlines(), 1):
        line = line.translate(_UNSEEN).strip()
        if not line or line.startswith(_COMMENTS):
            continue
        if _existing(path, line):
            yield f"line {number}", line, None
            continue
        addresses = list(_ADDRESS.finditer(line))
        name = _NAME_ENDS.sub("", _ADDRESS.sub(" ", line)) if len(addresses) == 1 else None
        for address in addresses:
            yield f"line {number}", address[0].rstrip(_AFTER_ADDRESS), name or None
        if not addresses:
            alone, *named = _ITEM_MARK.sub("", line).split(maxsplit=1)
            yield f"line {number}", alone, named[0] if named else None


def _feed_url(path: Path, address: str) -> str | None:
    """Return the URL or the absolute path that an address means; None if it is no feed's."""
    scheme = _SCHEME.match(address)
    if address.startswith("//") and _HOST.match(address[2:]):
        address = address[2:]
    if scheme is None and (found := _existing(path, address)):
        return str(found.absolute())
    if scheme is None and (not _HOST.match(address) or _FEED_FILE.fullmatch(address)):
        is_path = _FILE.fullmatch(address) and _MAY_BE_A_FILE.fullmatch(address)
        return str((path.parent / address).absolute()) if is_path else None
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
