"""Characters that are not seen, or only look different: made into those that a keyboard has.

Nothing here asks what words mean, but where a number or a word was cut: "1 200" is one number, "explo-" at the end of a
line goes on in the next.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from pipeline.extraction.text.lexicon import known_words, word_group
from pipeline.extraction.view.edits import Edit, View

_UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_HYPHENS = "\u2010\u2011\ufe58\ufe63\uff0d\u2043"
_COMPOSED = "\u2100-\u2101\u2116\u2460-\u2473\ufb00-\ufb06\uff01-\uff0c\uff0e-\uff5e\U0001d400-\U0001d7ff"
_MIDDLE_DOTS = "\u00b7\u2027\u2219\u22c5"
_ODD = re.compile(
    rf"\u00ad[ \t]*\n[ \t]*(?=[^\W\d_])|[{_UNSEEN}]+|[{_SPACES}]|[{_HYPHENS}]|[{_COMPOSED}]|(?![0-9])\d"
    r"|[^\W\d_][\u0300-\u036f]+|[\u2028\u2029\x85\x0b\x0c]|[\u02bc\u2032\u00b4`\uff07]|[\u3002\uff61\u06d4]|\u2026"
    rf"|[\u066b\u066c\u060c\u2044\u2215]|(?<=\d)[{_MIDDLE_DOTS}](?=\d)|(?<=\d)(?:ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ)"
)
_ALIKE = {
    **dict.fromkeys("\u2010\u2011\ufe58\ufe63\uff0d\u2043", "-"),
    **dict.fromkeys("\u02bc\u2032\u00b4`\uff07", "'"),
    **dict.fromkeys("\u3002\uff61\u06d4\u066b\u00b7\u2027\u2219\u22c5", "."),
    **dict.fromkeys("\u066c\u060c", ","),
    **dict.fromkeys("\u2044\u2215", "/"),
    **dict.fromkeys("\u2028\x85\x0b", "\n"),
    "\u2029": "\n\n",
    "\x0c": "\n\n",
    "\u2026": "...",
}
_WORD = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-\n[ \t]*(?=([^\W\d_]+))")
_UNIT = rf"[ {_SPACES}]"
_THOUSANDS = re.compile(
    rf"(?<![\w.,:/-])[1-9]\d{{0,2}}(?:(?P<gap>[ '’{_SPACES}])\d{{3}})(?:(?P=gap)\d{{3}})*(?![\w:/-]|[.,]\d)"
)
_RUN_ON = re.compile(r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]*[ ,])")
_RANGE = re.compile(r"(?<=\d)[\u2012-\u2014\u2212](?=\d)")


def readable(view: View) -> View:
    """Return the view with every character as it is meant."""
    for step in _STEPS:
        view = view.edited(step(view.text))
    return view


def _typography(text: str) -> Iterator[Edit]:
    if text.isascii():
        if "`" in text or "\x0c" in text or "\x0b" in text:
            yield from (Edit(at.start(), at.end(), _ALIKE[at[0]]) for at in re.finditer("[`\x0b\x0c]", text))
        return
    for found in _ODD.finditer(text):
        yield Edit(found.start(), found.end(), _meant(found[0]))


def _meant(written: str) -> str:
    first = written[0]
    if first in _ALIKE:
        return _ALIKE[first]
    if len(written) > 1 and "\u0300" <= written[1] <= "\u036f":
        return unicodedata.normalize("NFC", written.replace("\u034f", ""))
    category = unicodedata.category(first)
    if (category in ("Cf", "Mn", "Lo") and not first.isalnum()) or first in "\u115f\u1160":
        return ""
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.digit(first))
    return unicodedata.normalize("NFKC", written)


def _wrapped_words(text: str) -> Iterator[Edit]:
    """Join a word that was cut at a line's end; a hyphen that was there before is kept, and its line end goes."""
    if "-\n" not in text:
        return
    words = frozenset(_WORD.findall(text.lower()))
    for found in _HYPHENATED.finditer(text):
        yield Edit(found.end(1), found.end(), "-" if _is_compound(found[1], found[2], text, words) else "")


def _is_compound(first: str, second: str, text: str, words: frozenset[str]) -> bool:
    """Whether a hyphen at a line's end is the word's own, as far as the text's other `words` and the lists say."""
    if second[0].isupper() or f"{first}-{second}" in text:
        return True
    joined = (first + second).lower()
    if joined in known_words() or joined in words:
        return False
    if first.lower() in word_group("compound_head"):
        return True
    return first.lower() in known_words() and second.lower() in known_words()


def _run_on(text: str) -> Iterator[Edit]:
    """Put a space where one sentence follows upon another without."""
    yield from (Edit(found.start(), found.start(), " ") for found in _RUN_ON.finditer(text))


def _numbers(text: str) -> Iterator[Edit]:
    for found in _THOUSANDS.finditer(text):
        if _is_amount(text, found):
            yield Edit(found.start(), found.end(), re.sub(rf"[ '’{_SPACES}]", ",", found[0]))
    if not text.isascii():
        for found in _RANGE.finditer(text):
            yield Edit(found.start(), found.end(), "-")


def _is_amount(text: str, found: re.Match[str]) -> bool:
    """Tell whether "1 200" is one number and not two, by the words around it."""
    after = re.match(r"[^\S\n][^\W\d_]|[.;:)]?(?:\s|\Z)", text[found.end() : found.end() + 3])
    before = text[max(0, found.start() - 24) : found.start()].rstrip()
    if found["gap"] == " " and not after:
        return False
    if not before or before[-1] in '.!?:;,("“—':
        return True
    word = re.search(r"[^\W\d_]*\Z", before)
    return word is not None and word[0].islower() and word[0] not in word_group("no_amount")


_STEPS: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _numbers,
    _typography,
    _wrapped_words,
    _run_on,
    _numbers,
)
