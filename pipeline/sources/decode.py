r"""Bytes to text.

What is tried, in order, and why so:

1. known binary formats, by their first bytes: a PDF must not become an article of garbage;
2. a byte order mark, which is an explicit statement;
3. NUL bytes: text has them only as UTF-16, and always at the even or always at the odd places;
4. control characters in plenty: not text;
5. strict UTF-8, which other encodings hardly ever look like by chance;
6. the encoding that the document declares (a web page's `charset`), taken as browsers do: a page in "Latin-1" is in
   Windows' extension of it;
7. UTF-8 with a few broken bytes, as truncation and careless joining leave it;
8. a legacy encoding, guessed by charset-normalizer. Its guesses between the encodings of Latin script are unreliable,
   since most of their bytes mean the same, so there the Western one is taken unless it puts symbols inside words.

Bytes that an encoding cannot read become U+FFFD as long as they are few. Line ends become `\n`.
"""

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from pipeline.errors import BinaryError, UndecodableError

MAX_BROKEN_SHARE = 0.01
"""Up to this share of a text, counted in bytes, may be unreadable."""

MAX_CONTROL_SHARE = 0.01
"""Up to this share of a text, counted in bytes, may be control characters other than tab, line feed and such."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark its own begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP or Office document"),
    (b"\xd0\xcf\x11\xe0", "old Office document"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3\x00", "SQLite database"),
    (b"\x7fELF", "program"),
)
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b\x1a")) + b"\x7f"
_SAMPLE_BYTES = 16 * 1024
_LATIN_SCRIPT_SHARE = 0.15
_LATIN = ["cp1252", "cp1250", "cp1254"]
_CYRILLIC = ["cp1251", "koi8_r", "koi8_u", "iso8859_5"]
_ARABIC_HEBREW_GREEK = ["cp1256", "iso8859_6", "cp1255", "cp1253"]
_EAST_ASIAN = ["cp932", "euc_jp", "gb18030", "big5", "cp949"]
_LEGACY = [*_LATIN, *_CYRILLIC, *_ARABIC_HEBREW_GREEK, *_EAST_ASIAN]
_AS_BROWSERS_DO = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
"""Encodings that pages name, by Python's names for them, and those that they are in (WHATWG Encoding Standard)."""
_HIGH = bytes(range(0x80, 0x100))
_SYMBOL_IN_WORD = re.compile(r"[a-z][^\W\d_]{0,40}[€†‡‰‹›¡-©«-´¶-¹»-¿×÷ˆ˜][a-z]")
_WELL_FORMED_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")


class Decoded(NamedTuple):
    """A text and the name of the encoding that it was in."""

    text: str
    encoding: str


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return `data` as text. `declared` is the encoding that the document says it is in, if it says so.

    Raises:
        BinaryError: it is no text.
        UndecodableError: no encoding was found for it.
    """
    _check_magic(data)
    for mark, marked in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _required(data[len(mark) :], marked)
    if b"\x00" in data:
        return _required(data, _utf16_without_mark(data))
    _check_controls(data)
    for encoding in ("utf-8", _as_browsers_do(declared)):
        if encoding and (text := _strictly(data, encoding)) is not None:
            return Decoded(unify_line_ends(text), encoding)
    if _WELL_FORMED_MULTIBYTE.search(data) and (decoded := _nearly(data, "utf-8")):
        return decoded
    return _legacy(data)


def unify_line_ends(text: str) -> str:
    r"""Return `text` with `\r\n` and `\r` as `\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_magic(data: bytes) -> None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise BinaryError(kind)


def _check_controls(data: bytes) -> None:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > MAX_CONTROL_SHARE * len(data):
        raise BinaryError("control characters")


def _utf16_without_mark(data: bytes) -> str:
    """Return the flavour of UTF-16 that puts NULs where `data` has them: beside every letter of Latin script."""
    sample = data[:_SAMPLE_BYTES]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) >= 2 and max(even, odd) * 20 >= len(sample) and min(even, odd) * 20 <= max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    raise BinaryError("NUL bytes")


def _as_browsers_do(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):  # a page may declare anything
        return None
    return _AS_BROWSERS_DO.get(name, name)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):  # LookupError: what Python calls a codec may be no encoding, such as hex
        return None


def _nearly(data: bytes, encoding: str) -> Decoded | None:
    text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") > MAX_BROKEN_SHARE * len(data):
        return None
    return Decoded(unify_line_ends(text), encoding)


def _required(data: bytes, encoding: str) -> Decoded:
    """Return `data` in the encoding that it must be in, a few broken bytes aside."""
    decoded = _nearly(data, encoding)
    if decoded is None:
        raise UndecodableError([encoding])
    _check_controls(decoded.text.encode("utf-8", "replace"))
    return decoded


def _legacy(data: bytes) -> Decoded:
    encoding = _legacy_encoding(data)
    decoded = _nearly(data, encoding)
    if decoded is None:
        raise UndecodableError(["utf-8", "utf-16", encoding])
    return decoded


def _legacy_encoding(data: bytes) -> str:
    sample = _telling_sample(data)
    best = from_bytes(sample, cp_isolation=_LEGACY).best()
    high_share = 1 - len(sample.translate(None, _HIGH)) / len(sample)
    if best and (best.encoding == "cp1254" or (high_share > _LATIN_SCRIPT_SHARE and best.encoding not in _LATIN)):
        return best.encoding
    western = sample.decode("cp1252", errors="replace")
    return "cp1250" if _SYMBOL_IN_WORD.search(western) else "cp1252"


def _telling_sample(data: bytes) -> bytes:
    """Return a stretch of `data` from before its first byte beyond ASCII: charset-normalizer is slow on long texts."""
    beyond_ascii = re.search(rb"[\x80-\xff]", data)
    start = max(0, (beyond_ascii.start() if beyond_ascii else 0) - _SAMPLE_BYTES // 4)
    return data[start : start + _SAMPLE_BYTES]
