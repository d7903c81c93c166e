"""Where an article's header ends, and where its sentences begin and end."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_STAMP = re.compile(r"\s*date\s{1,4}\d{4}-\d{2}-\d{2}\s+", re.IGNORECASE)
_CITY_DATELINE = re.compile(
    r"\s*(?:\([A-Z][^()\n]{0,60}\)\s*)?"
    r"(?:[A-Z][A-Z.'’\- ]{2,40}(?:,[^\n(]{1,45})?(?:\s*\([^()\n]{1,70}\))?"
    r"|[A-Z][\w.'’\- ]{2,30},\s[^\n(]{2,30}\([^()\n]{1,40}\)"
    r"|[A-Z][\w.'’ -]{2,30}\([A-Z][^()\n]{1,40}\))"
    r"\s{0,3}(?:--?|—|–|:|/|\.(?=\s+[A-Z][a-z]))\s*(?:\[[A-Z][^\]\n]{0,40}\]\s*)?"
    r"|\s*[A-Z][\w.'’\- ]{2,30},\s[A-Z][\w.'’\- ]{2,30}\s{0,2}(?:--|—|–)\s*(?=[A-Z\"“])"
)
_CITY_COLON = re.compile(r"\s*[A-Z][a-z]{2,15}(?: [A-Z][a-z]{2,15})?: (?=[A-Z])")
_AGENCY = re.compile(r"\s*[A-Z][\w.'’ ]{2,30}\s?(?:/|\s-\s|\s—\s)\s*(?=[\"“A-Z])")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n|(?<=[.!?\"”:])[ \t]*\r?\n")
_END = re.compile(r"(?<![.!?])[.!?]+[\"”’')\]]*(?=\s|[A-Z\"“])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Maj|Brig|Capt|Sgt|Cpl|Adm|Rep|Sen|Gov|Prof|Rev|Jr|Sr|vs|No|Nos"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Oc|Nov|Dec|approx|etc|Mt|Ft|Inc|Ltd|Co|al)|\b[AP]\.M)\.$",
    re.IGNORECASE,
)
_OPENER = re.compile(r"\s*[\"“(]?(?:The|A|An|In|On|At|It|He|She|They|We|This|That|These|But|After|Since|There)\b")
_HEADLINE_LENGTH = 140
_LONGEST = 1500
"""A longer stretch without an end is no sentence but a list, a table or a broken page. It is read in pieces, so that
what a sentence costs has a bound; of the sentences of newswire fewer than one in ten thousand are as long."""


class Sentence(NamedTuple):
    """A sentence: its offsets and the number of its paragraph.

    A headline is short, alone in its paragraph, and has no full stop.
    """

    start: int
    end: int
    paragraph: int
    headline: bool


def body_start(text: str) -> int:
    """Return where the article itself begins: past a date stamp, a dateline or an agency's name."""
    start = 0
    stamp = _STAMP.match(text)
    if stamp:
        start = stamp.end()
    for header in (_CITY_DATELINE, _CITY_COLON, _AGENCY):
        found = header.match(text, start)
        if found and found.end() < len(text):
            return found.end()
    return start


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of `text` after its header. A line that is broken within a sentence does not end it."""
    sentences: list[Sentence] = []
    written, below_headline = len(text.rstrip()), False
    for number, (start, end) in enumerate(_paragraphs(text, body_start(text))):
        if below_headline:
            start = _past_dateline(text, start, end)
        for first, last in _split(text, start, end):
            alone = first == start and last == end and last - first <= _HEADLINE_LENGTH
            sentences.append(Sentence(first, last, number, alone and _unstopped(text, first, last, written)))
        below_headline = len(sentences) == 1 and sentences[0].headline
    return sentences


def _past_dateline(text: str, start: int, end: int) -> int:
    found = _CITY_DATELINE.match(text, start, end)
    return found.end() if found and found.end() < end else start


def _unstopped(text: str, start: int, end: int, written: int) -> bool:
    return end < written and text[start:end].rstrip("\"”’')] ")[-1:] not in ".!?"


def _paragraphs(text: str, start: int) -> list[tuple[int, int]]:
    bounds = [start]
    for found in _PARAGRAPH.finditer(text, start):
        bounds += [found.start(), found.end()]
    bounds.append(len(text))
    trimmed = [_trim(text, a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
    return [(a, b) for a, b in trimmed if a < b]


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    first = start
    for found in _END.finditer(text, start, end):
        if _ends_sentence(text, found.start(), found.end(), end):
            pieces.append((first, found.end()))
            first = found.end()
    pieces.append((first, end))
    trimmed = [_trim(text, a, b) for piece in pieces for a, b in _cut(text, *piece)]
    return [(a, b) for a, b in trimmed if a < b]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of what is too long for a sentence, cut at a space where there is one."""
    while end - start > _LONGEST:
        space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = space if space > 0 else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _ends_sentence(text: str, stop: int, after: int, end: int) -> bool:
    rest = text[after : after + 24]
    if rest[:1] and not rest[:1].isspace():
        return text[stop - 1 : stop].islower() and rest[1:2].islower() and rest[:1].isupper()
    following = rest.lstrip()[:1]
    if following.islower():
        return False
    if text[stop] == "." and _ABBREVIATION.search(text, max(0, stop - 8), stop + 1):
        return bool(re.match(r"[A-Z]\.[A-Z]\.", text[stop - 3 : stop + 1])) and bool(_OPENER.match(rest))
    return True


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
