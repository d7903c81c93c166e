"""Elements of RSS entries that have a title, a link, a description or a date of their own: pictures, comments, sources.

feedparser takes what they say of themselves for what the entry says, and the last one counts. So an element is left
out where the entry says the same of itself. Nothing else of it is lost: we read no more of an entry than these.
"""

import re
from collections.abc import Iterator

_ITEM_BEGINS = re.compile(rb"<item\b[^<>]*>", re.IGNORECASE)
_ITEM_ENDS = b"</item>"
_TAG = re.compile(rb"<(?:!\[CDATA\[|!--|(/?)([A-Za-z][\w:.-]*)([^<>]*)>)")
_OWN = frozenset({b"title", b"link", b"description", b"pubdate", b"guid"})
_TEXTS = re.compile(rb"description|summary|subtitle|title|content|body|full|text|div|encoded", re.IGNORECASE)
"""What holds an entry's text may hold any element, as markup."""

_MOST_BYTES = 1_000_000
_DEEPEST = 40


def without_nested(body: bytes) -> bytes:
    """Return a feed without the elements within entries that would be taken for the entry; the same where none is."""
    parts, at = list[bytes](), 0
    for begin, end in _items(body):
        for first, last in _nested(body, begin, end):
            parts.append(body[at:first])
            at = last
    return b"".join([*parts, body[at:]]) if parts else body


def _items(body: bytes) -> Iterator[tuple[int, int]]:
    at = 0
    while begins := _ITEM_BEGINS.search(body, at):
        at = body.find(_ITEM_ENDS, begins.end())
        if at < 0:
            return
        if at - begins.end() <= _MOST_BYTES:
            yield begins.end(), at


def _nested(body: bytes, begin: int, end: int) -> list[tuple[int, int]]:
    """Return where the elements to leave out lie between two places, which are those of an entry's inside."""
    own, found = set[bytes](), list[tuple[int, int, set[bytes]]]()
    open_tags: list[tuple[bytes, int]] = []
    said: set[bytes] = set()
    for closes, name, start, stop in _tags(body, begin, end):
        if not closes:
            open_tags.append((name, start))
            if len(open_tags) > _DEEPEST:
                return []
            (own if len(open_tags) == 1 else said).add(name)
            continue
        depth = next((at for at in range(len(open_tags) - 1, -1, -1) if open_tags[at][0] == name), None)
        if depth is None:
            continue
        if depth == 0:
            if not _TEXTS.search(name):
                found.append((open_tags[0][1], stop, said & _OWN))
            said = set()
        del open_tags[depth:]
    return [(first, last) for first, last, words in found if words & own]


def _tags(body: bytes, at: int, end: int) -> Iterator[tuple[bool, bytes, int, int]]:
    """Yield the tags between two places: whether they close, their names, and where they begin and end."""
    while (tag := _TAG.search(body, at, end)) is not None:
        at = tag.end()
        if tag[2] is None:
            at = body.find(b"]]>" if tag[0].startswith(b"<![") else b"-->", at, end)
            if at < 0:
                return
            continue
        name, closes = tag[2].lower(), bool(tag[1])
        yield closes, name, tag.start(), tag.end()
        if not closes and tag[3].endswith(b"/"):
            yield True, name, tag.start(), tag.end()
