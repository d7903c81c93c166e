"""Faults of feeds that are mended before they are parsed, because parsers lose a whole feed over them, or its story.

- **Character references that no XML has**: half of an emoji (`&#55357;`), one past the end of Unicode, a control
  character. Two halves become the character that they are of; what is none becomes U+FFFD.
- **Namespaces with spaces in them**: feedparser fails on the whole feed, though nothing may be of that namespace.
- **Styles and authors of thousands of characters**: feedparser's time grows with the square of their length.
- **Texts that are not the entry's**: the caption of its picture (`media:description`) and what an element within it
  says of itself (`nested`). To feedparser they are descriptions like the entry's own, and the last one counts. A
  caption is kept under another name, for entries that have no other text.
"""

import re

from pipeline.sources.feeds.nested import without_nested

CAPTION = "media_caption"
"""What feedparser calls a caption when it is kept apart."""

_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,99})|([0-9]{1,99}));?")
_PAIR = re.compile(rb"&#(?:x([0-9a-fA-F]{4})|([0-9]{5}));&#(?:x([0-9a-fA-F]{4})|([0-9]{5}));")
_MEDIA_PREFIX = re.compile(
    rb"xmlns:([\w.-]{1,20})\s{0,5}=\s{0,5}[\"']https?://(?:search\.yahoo\.com|video\.search\.yahoo\.com)/mrss"
)
_NAMESPACE = re.compile(rb"\bxmlns(?::[\w.-]{1,40})?\s{0,5}=\s{0,5}(?:\"[^\"<>]{1,500}\"|'[^'<>]{1,500}')")
_NO_ADDRESS = re.compile(rb"[^!-~]+")
_LONG_STYLE = re.compile(
    rb"\bstyle\s?=\s?(?:\"[^\"<>]{1000,}\"|'[^'<>]{1000,}'|&quot;[^&<>]{1000,}&quot;)", re.IGNORECASE
)
_LONG_AUTHOR = re.compile(rb"(?<=<author>)[^<]{1000,}(?=</author>)", re.IGNORECASE)
_REPLACEMENT = "\ufffd".encode()


def cleaned(body: bytes) -> bytes:
    """Return a feed without these faults; the same bytes where it has none."""
    body = _NAMESPACE.sub(_without_spaces, body)
    body = _LONG_STYLE.sub(b"", body)
    body = _LONG_AUTHOR.sub(b"", body)
    if b"&#" in body:
        body = _PAIR.sub(_joined, body)
        body = _REFERENCE.sub(_legal, body)
    return without_nested(_captions_apart(body))


def _without_spaces(declared: re.Match[bytes]) -> bytes:
    name, _, address = declared[0].partition(b"=")
    return name + b"=" + _NO_ADDRESS.sub(b"", address)


def _joined(found: re.Match[bytes]) -> bytes:
    high, low = (_code(found[part], found[part + 1]) for part in (1, 3))
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        return b"&#%d;" % (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return found[0]


def _legal(found: re.Match[bytes]) -> bytes:
    code = _code(found[1], found[2])
    if code in (0x9, 0xA, 0xD) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code <= 0x10FFFF:
        return found[0]
    return b" " if code < 0x20 else b"&#xFFFD;"


def _code(hexadecimal: bytes | None, decimal: bytes | None) -> int:
    return int(hexadecimal, 16) if hexadecimal else int(decimal or b"0")


def _captions_apart(body: bytes) -> bytes:
    """Rename what Media RSS calls description, title and text, whatever prefix it has there."""
    for prefix in {b"media", *_MEDIA_PREFIX.findall(body[:10_000])}:
        if b"<" + prefix + b":" in body:
            name = re.escape(prefix)
            body = re.sub(rb"<(/?)" + name + rb":(?:description|text)\b", rb"<\1" + prefix + b":caption", body)
            body = re.sub(rb"<(/?)" + name + rb":title\b", rb"<\1" + prefix + b":captiontitle", body)
    return body
