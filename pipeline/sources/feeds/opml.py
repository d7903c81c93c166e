"""Lists of feeds in OPML, as feed readers export them: outlines with the address of a feed, well-formed or not."""

import html
import logging
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from pipeline.errors import FeedListError

_BEGINS = re.compile(r"\s*<(?![a-z][a-z0-9+.-]*://)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->))*-->")
_OUTLINE = re.compile(r"<outline\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(xmlurl|url|type|title|text)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s<>\"']+))", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_FEED_TYPES = ("rss", "atom")

_log = logging.getLogger(__name__)


class Outline(NamedTuple):
    """A feed as an outline gives it: the line that it is on, its address, and its name, null if it has none."""

    line: int
    address: str
    name: str | None


def looks_like_opml(text: str) -> bool:
    """Tell whether a list is meant to be OPML."""
    return bool(_BEGINS.match(text))


def read_opml(path: Path, data: bytes, text: str) -> list[Outline]:
    """Return the outlines that name a feed, in order. `text` is what `data` says.

    Where it is not well-formed, outlines are read one by one, whatever is wrong between them.

    Raises:
        FeedListError: it is not well-formed, and has no outline.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        outlines = etree.fromstring(data, parser).iter("outline")
        return list(_named((each.sourceline or 0, dict(each.attrib)) for each in outlines))
    except (etree.XMLSyntaxError, UnicodeDecodeError) as error:
        found = list(_named(_written(text)))
        if not found:
            raise FeedListError(str(path), f"not well-formed OPML ({error})") from error
        _log.warning("--feeds %s is not well-formed OPML, and read as far as it can be: %s", path, error)
        return found


def _named(outlines: Iterator[tuple[int, Mapping[str, str]]]) -> Iterator[Outline]:
    for line, attributes in outlines:
        given = {name.lower(): value.strip() for name, value in attributes.items()}
        linked = given.get("url", "") if given.get("type", "").lower() in _FEED_TYPES else ""
        if address := given.get("xmlurl") or linked:
            yield Outline(line, address, given.get("title") or given.get("text") or None)


def _written(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the attributes of outlines as they are written, each up to where the next outline begins."""
    text = _COMMENT.sub("", text)
    starts = [*(found.start() for found in _OUTLINE.finditer(text)), len(text)]
    for start, end in pairwise(starts):
        found = _ATTRIBUTE.finditer(text, start, end)
        attributes = {each[1].lower(): _unescaped(each[2] or each[3] or each[4] or "") for each in found}
        yield text.count("\n", 0, start) + 1, attributes


def _unescaped(value: str) -> str:
    """Return a value without the entities of XML and HTML; an ampersand alone is one."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), value)
