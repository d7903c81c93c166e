"""An HTTP response as archives keep it: status line, header, empty line, body."""

import re
from dataclasses import dataclass

from pipeline.sources.content_coding import decoded, joined_chunks

MAX_HEADER_BYTES = 32 * 1024
"""What has a longer header is no response."""

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_HTML_BEGINS = re.compile(rb"\s*(?:\xef\xbb\xbf)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Response:
    """A response. `fields` has the header's fields by their names in lower case; `raw` is the body as transferred."""

    status: int
    fields: dict[str, str]
    raw: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is a web page that was obtained, not an error, a redirect, an image or a feed."""
        media_type = self.fields.get("content-type", "").partition(";")[0].strip().lower()
        if media_type:
            return 200 <= self.status < 300 and media_type in _HTML_TYPES
        return 200 <= self.status < 300 and bool(_HTML_BEGINS.match(self.raw[:1_000]))

    @property
    def charset(self) -> str | None:
        """The encoding that the header says the body is in."""
        found = _CHARSET.search(self.fields.get("content-type", ""))
        return found[1] if found else None

    def body(self, max_bytes: int) -> bytes:
        """Return the body with its codings undone.

        Raises:
            TooLargeError: it unpacks to more than `max_bytes`.
        """
        in_chunks = "chunked" in self.fields.get("transfer-encoding", "").lower()
        plain = joined_chunks(self.raw) if in_chunks else self.raw
        return decoded(plain, self.fields.get("content-encoding"), max_bytes).body


def response_in(block: bytes) -> Response | None:
    """Return the response that `block` holds; null if it holds none."""
    status = _STATUS.match(block)
    end = _HEADER_END.search(block, 0, MAX_HEADER_BYTES)
    if status is None or end is None:
        return None
    return Response(int(status[1]), fields_of(block[: end.start()]), block[end.end() :])


def fields_of(header: bytes) -> dict[str, str]:
    """Return the fields of a header, by their names in lower case; of several with one name, the first.

    The header's first line, which is no field, is passed over. A line that begins with white space continues the field
    above it. What is not UTF-8 is taken as Latin-1, as HTTP once had it.
    """
    fields: dict[str, str] = {}
    for line in _FOLD.sub(" ", _text(header)).split("\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _text(header: bytes) -> str:
    try:
        return header.decode("utf-8")
    except UnicodeDecodeError:
        return header.decode("latin-1")
