"""What other tools leave behind in a text: mail's encoding, tags, escapes, letters read in a wrong encoding.

A text that has none of it is not changed. What tags keep apart stays apart, and what they strike out is not read.
"""

import html
import quopri
import re
from collections.abc import Callable, Iterator

from pipeline.extraction.view.edits import Edit, View
from pipeline.extraction.view.marks import BULLET

_SOFT_END = re.compile(r"(?<=\S)=[ \t]*\n")
_QUOTED_BYTES = re.compile(r"(?:=[0-9A-F]{2}|(?<=\S)=[ \t]*\n){1,60}")
_QUOTED_LETTERS = re.compile(r"(?:=(?:C[2-9A-F]|D[0-9A-F])=[89AB][0-9A-F]|=E[0-9A-F](?:=[89AB][0-9A-F]){2})+")
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,7}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_UNREAD = r"<!--.{0,2000}?-->|<(?P<unread>script|style|del|strike|s)\b[^<>]{0,300}>.{0,2000}?</(?P=unread)\s*>"
_NOTE = r"<sup\b[^<>]{0,300}>\s*\[?\d{1,3}\]?\s*</sup\s*>"
_BLOCKS = (
    r"p|div|h[1-6]|[uo]l|table|tbody|thead|blockquote|figure|figcaption|section|article|header|footer|hr|center|aside"
)
_INLINE = (
    "a|abbr|b|big|cite|code|del|em|font|i|iframe|img|ins|label|mark|nobr|q|s|small|span|strike|strong|sub|sup|time|u"
    "|wbr"
)
_TAG = re.compile(
    rf"{_UNREAD}|{_NOTE}"
    rf"|<(?P<close>/?)(?:(?P<block>{_BLOCKS})|(?P<line>br|tr)|(?P<item>li)|(?P<cell>td|th)|{_INLINE})"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE | re.DOTALL,
)
_ESCAPED = re.compile(
    r"(?P<codes>(?:\\u[0-9a-fA-F]{4})+)|(?P<ends>(?<=[.!?\"”’) ])(?:(?:\\r)?\\n)+|(?:(?:\\r)?\\n){2,})"
    r"|(?P<plain>\\(?=[!-/:-@\[\]^-`{-~]))"
)
_HALF = "\xa0-\xbf"
_MISREAD = re.compile(
    rf"[ÂÃÄÅ][{_HALF}]|â€[\u0152\u0153\u02dc\u2018-\u201d\u2039\u2122¢¦\x80-\x9f]|(?<=\S)Â(?=\s)|(?<=\s)Â(?=\s)"
)


def without_remnants(view: View) -> View:
    """Return the view without what is no part of the text."""
    for step in _STEPS:
        view = view.edited(step(view.text))
    return view


def _quoted_printable(text: str) -> Iterator[Edit]:
    """Undo what mail does to long lines and to letters beyond ASCII.

    Of a text that does not show that it was mailed, only what can be nothing else: the bytes of letters.
    """
    if "=" in text:
        mailed = _SOFT_END.search(text) or "quoted-printable" in text[:2_000].lower()
        for found in (_QUOTED_BYTES if mailed else _QUOTED_LETTERS).finditer(text):
            plain = _decoded(quopri.decodestring(found[0].encode("ascii")))
            if plain is not None:
                yield Edit(found.start(), found.end(), plain)


def _decoded(written: bytes) -> str | None:
    for encoding in ("utf-8", "cp1252"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _tags(text: str) -> Iterator[Edit]:
    if "<" in text and ">" in text:
        for found in _TAG.finditer(text):
            yield Edit(found.start(), found.end(), _in_place_of(found))


def _in_place_of(tag: re.Match[str]) -> str:
    if tag["item"]:
        return "\n" if tag["close"] else f"\n{BULLET} "
    if tag["cell"]:
        return " | " if tag["close"] else ""
    return "\n\n" if tag["block"] else "\n" if tag["line"] else ""


def _entities(text: str) -> Iterator[Edit]:
    if "&" in text:
        for found in _ENTITY.finditer(text):
            yield Edit(found.start(), found.end(), html.unescape(found[0]))


def _escapes(text: str) -> Iterator[Edit]:
    """Undo what JSON and Markdown put before characters that would mean something there."""
    if "\\" in text:
        for found in _ESCAPED.finditer(text):
            yield Edit(found.start(), found.end(), _unescaped(found))


def _unescaped(found: re.Match[str]) -> str:
    if found["codes"]:
        units = b"".join(int(code, 16).to_bytes(2, "big") for code in found["codes"].split("\\u")[1:])
        return units.decode("utf-16-be", "replace")
    return "\n" * found["ends"].count("\\n") if found["ends"] else ""


def _misread_letters(text: str) -> Iterator[Edit]:
    """Read again the UTF-8 that was read as if it were of one byte a letter: "â€™" is an apostrophe."""
    if not text.isascii():
        for found in _MISREAD.finditer(text):
            yield Edit(found.start(), found.end(), _read_again(found[0]))


def _read_again(letters: str) -> str:
    written = b"".join(
        letter.encode("latin-1") if ord(letter) < 0x100 else letter.encode("cp1252", "replace") for letter in letters
    )
    if written == b"\xc2":  # what follows it was a space that does not break
        return ""
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return letters


_STEPS: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _quoted_printable,
    _tags,
    _entities,
    _escapes,
    _misread_letters,
)
