"""Words about the text and words of the page around it: what they say did not happen in the world.

"An earlier version of this story said 20 soldiers were killed" withdraws a number; "READ MORE: Gunmen kill 9" is
another story; "The post … appeared first on …" is the machine's. A caption is often of an older picture. They are
left out of what is read, unless nothing else would be left.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extraction.view.lines import Piece
from pipeline.knowledge.tables import phrases_of, rows
from schemas import BlockKind

_STAMP = re.compile(
    r"\s*(?:(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?)\s?"
    r"(?:\(?(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET|IST|PKT|EAT|WAT|AST|local time)\)?\s?)?(?:[-–—|:]\s+|(?=[A-Z]))",
)
_AGO = re.compile(r"\s*\d{1,2}\s?(?:m|min|mins|minutes?|h|hrs?|hours?|days?)\s+ago\b[\s:|–—-]*", re.IGNORECASE)
_MAIL_FIELD = re.compile(
    r"(?:From|To|Cc|Bcc|Sender|Sent|Received|Return-Path|Reply-To|Message-ID|MIME-Version|List-Unsubscribe"
    r"|Content-[A-Z][a-z-]+|X-[\w-]+):\s",
    re.IGNORECASE,
)
_MOST_CHARS = 300
"""A longer block is a part of the story, whatever it begins with."""
_LONGEST_LINK = 160
_NOTE_WORDS = (
    *("correct", "clarif", "amended", "updated", "earlier version", "previous version", "earlier report", "appeared"),
    *("originally published", "first published", "headline"),
)
_SENTENCE_BEGINS = r"(?:(?<=[.!?\"”)\]]\s)|(?<=\n)|\A|(?<=[(\[*]))"


def asides_in(text: str, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Return the stretches of a text that are about the text, in order and not overlapping."""
    found: list[tuple[int, int]] = []
    noted = any(word in text.lower() for word in _NOTE_WORDS)
    above_links = False
    for number, piece in enumerate(pieces):
        words = text[piece.start : piece.end]
        above_links = _follows_links(piece, words, above_links)
        if above_links or _is_aside(piece.kind, words, is_first=number == 0):
            found.append((piece.start, piece.end))
            above_links = above_links or _heads_links(words)
        else:
            found += ((piece.start + start, piece.start + end) for start, end in _within(words, noted))
    return found


def _is_aside(kind: BlockKind, words: str, is_first: bool) -> bool:
    if kind in (BlockKind.ASIDE, BlockKind.CAPTION) or _MAIL_FIELD.match(words):
        return True
    if len(words) > _MOST_CHARS:
        return False
    if _credit().search(words):
        return True
    if is_first:
        return False
    if _line_begins().match(words) and _is_label(words):
        return True
    lower = words.lower()
    return any(phrase in lower for phrase in _within_words())


def _heads_links(words: str) -> bool:
    """Tell whether a block says no more than that there are links to other stories below it."""
    return _links_begin().fullmatch(words.strip()) is not None


def _follows_links(piece: Piece, words: str, above_links: bool) -> bool:
    """Tell whether a block is one of the links: an item of a list, or a headline, which has no stop."""
    ended = words.rstrip("\"”’') ").endswith((".", "!", "?"))
    return above_links and (piece.kind is BlockKind.LIST_ITEM or (not ended and len(words) <= _LONGEST_LINK))


def _is_label(words: str) -> bool:
    """Tell whether a block's opening stands apart from what follows, as that of a link does, and that of prose not."""
    opening = _line_begins().match(words)
    rest = words[opening.end() :] if opening else words
    return not rest.strip() or rest.lstrip()[:1] in ":|-–—>»…[(" or not re.search(r"[a-z]{2}[.!?][\"”’')]*\Z", words)


def _within(words: str, noted: bool) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a block that are about the text. `noted` tells that there may be notes in it."""
    stamp = _STAMP.match(words) or _AGO.match(words)
    if stamp:
        yield stamp.span()
    for found in _notes().finditer(words, stamp.end() if stamp else 0) if noted else ():
        yield found.span()
        if found["label"]:  # "Correction:" speaks for the rest of its block
            return


@cache
def _line_begins() -> re.Pattern[str]:
    longest_first = sorted(_phrases("line"), key=len, reverse=True)
    return re.compile(rf"\W*(?:{'|'.join(map(_pattern_of, longest_first))})\b", re.IGNORECASE)


@cache
def _links_begin() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(map(_pattern_of, _phrases('links')))})\W*", re.IGNORECASE)


@cache
def _credit() -> re.Pattern[str]:
    """Return what matches the credit that ends a caption: "(Photo: Ann Lee)", "[Ann Lee/AFP]"."""
    pictures, agencies = ("|".join(map(_pattern_of, _phrases(group))) for group in ("credit", "agency"))
    by_name = rf"(?!report|edit|writ|compil)[^()\[\]]{{1,40}}\s?/\s?(?:{agencies})"
    return re.compile(rf"[(\[](?:(?:{pictures})\b[^()\[\]]{{0,60}}|{by_name})[)\]]\s*\Z", re.IGNORECASE)


@cache
def _within_words() -> tuple[str, ...]:
    return tuple(_phrases("within"))


@cache
def _notes() -> re.Pattern[str]:
    """Return what matches a sentence about the text; of one that is a label, all that follows in its block."""
    label = r"(?P<label>(?:editor's note:? )?(?:corrections?|clarification)\b(?:\s\([^)]{1,40}\))?\s?[:—–-].*)"
    begins = "|".join([*map(_pattern_of, _phrases("sentence")), r"the post\b[^.!?]{1,300}\bfirst on"])
    sentence = rf"(?:{begins})\b(?:[^.!?]|[.!?](?!\s|\Z))*[.!?]*"
    return re.compile(rf"{_SENTENCE_BEGINS}[(\[*\s]*(?:{label}|{sentence})", re.IGNORECASE | re.DOTALL)


def _phrases(group: str) -> list[str]:
    return [p for row in rows("asides.csv") if row["group"] == group for p in phrases_of(row["phrases"])]


def _pattern_of(phrase: str) -> str:
    return re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"\s+")
