"""Which blocks a plain text is made of, where its source does not say: by its empty lines, its marks and its line ends.

Some texts break their lines anywhere (newswire, mail), in others each line is a block (what comes from a page). The
lines of one text are of one kind, and the text as a whole shows which: broken lines go on in lower case, end in words
that end no sentence, and are about as long as the longest.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extraction.text.calendar_words import MONTH_NAME
from pipeline.extraction.text.lexicon import known_words, word_group
from pipeline.extraction.view.marks import BULLETS
from schemas import BlockKind

_PICTURES = "»○\u2190-\u21ff\u25a0-\u25ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff"
_BULLET = re.compile(rf"[ \t]*(?P<mark>[{BULLETS}{_PICTURES}·∙*–—-]|\(?(?:\d{{1,2}}|[a-z])[.)])[ \t]+(?=\S)")
_SURE_MARK = re.compile(rf"[{BULLETS}]")
_MONTH = re.compile(MONTH_NAME, re.IGNORECASE)
_RULED = re.compile(r"[ \t|:+=-]*")
_NAME_OR_NUMBER = re.compile(r"[A-Z][a-z’'-]*[a-z]\b|\d")
_GAP = re.compile(r" {2,}")
_STOPS = (".", "!", "?", ":", ";", '."', ".”", ".'", ".’", ".)")
_LONG_LINE = 60
"""A line of so many characters, and no room for the next word, was broken there, if nothing speaks against it."""

_SHORT = 0.75
"""A line that is shorter than this share of the longest has room for more."""

_MIN_SOFT = 0.2
"""The least share of line ends that are plainly within a sentence, in a text whose lines are broken anywhere."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as it stands in a text: its kind, and its offsets, without marks and the space around it.

    `begin` is where its mark begins, which is `start` where there is none.
    """

    kind: BlockKind
    begin: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str
    mark: int

    @property
    def size(self) -> int:
        return self.end - self.start


def pieces_of(text: str) -> list[Piece]:
    """Return the blocks of a plain text in order; what lies between them is white space or marks."""
    chunks = list(_chunks(text))
    marks = [line for chunk in chunks for line in chunk if line.mark]
    many = len(marks) > 1
    marked = {line.start for line in marks if many or _SURE_MARK.match(text, line.start)}
    width = max((line.size for chunk in chunks for line in chunk), default=0)
    wrapped = _is_wrapped(chunks, marked, width)
    return [piece for chunk in chunks for piece in _pieces(chunk, marked, width, wrapped)]


def _chunks(text: str) -> Iterator[list[_Line]]:
    """Yield the lines between empty lines, each without the space around it."""
    chunk: list[_Line] = []
    at = 0
    for written in text.split("\n"):
        words = written.strip()
        if words:
            start = at + len(written) - len(written.lstrip())
            mark = _BULLET.match(words)
            chunk.append(_Line(start, start + len(words), words, mark.end() if mark and mark.end() < len(words) else 0))
        elif chunk:
            yield chunk
            chunk = []
        at += len(written) + 1
    if chunk:
        yield chunk


def _is_wrapped(chunks: Sequence[Sequence[_Line]], marked: set[int], width: int) -> bool:
    joins = [(one, two) for chunk in chunks for one, two in pairwise(chunk) if two.start not in marked]
    if not joins:
        return False
    soft = sum(_is_within_sentence(one, two) or _goes_on_with_name(one, two, width) for one, two in joins)
    full = sum(_is_full(one, two, width) for one, two in joins)
    if soft >= _MIN_SOFT * len(joins) or (soft > 0 and full == len(joins)):
        return True
    if full == len(joins) and all(one.size >= _LONG_LINE for one, _ in joins):
        return True
    shouted = all(two.words[:40].isupper() for _, two in joins)  # as old wire copy is, where no case tells
    return shouted and full > len(joins) / 2


def _is_full(one: _Line, two: _Line, width: int) -> bool:
    """Tell whether the next line's first word had no room on a line."""
    return one.size + 1 + len(two.words.split(" ", 1)[0]) > width


def _is_within_sentence(one: _Line, two: _Line) -> bool:
    """Tell whether a sentence plainly goes on from one line to the next."""
    last = one.words.rsplit(" ", 1)[-1]
    if last.endswith(_STOPS):
        return last.endswith(";") and two.words[0].islower()
    if two.words[0].isdigit() and _MONTH.fullmatch(last):
        return True
    return two.words[0].islower() or last.endswith(",") or last.lower().strip('“"(') in word_group("goes_on")


def _goes_on_with_name(one: _Line, two: _Line, width: int) -> bool:
    """Tell whether a sentence goes on in the next line with a name or a number that there was no room for.

    "… killed nine people in Khan" and "Younis and four in Rafah."; the line of a list or a headline would seldom be as
    long as what follows it, and begin with neither.
    """
    first = _NAME_OR_NUMBER.match(two.words)
    if not first or one.words.endswith(_STOPS) or not two.words.endswith(_STOPS):
        return False
    return _is_full(one, two, width) and first[0].lower() not in known_words()


def _pieces(chunk: Sequence[_Line], marked: set[int], width: int, wrapped: bool) -> Iterator[Piece]:
    rows = _rows(chunk)
    open_: Piece | None = None
    before: _Line | None = None
    for number, line in enumerate(chunk):
        if (
            open_
            and before
            and number not in rows
            and line.start not in marked
            and _joins(before, line, width, wrapped)
        ):
            open_ = Piece(open_.kind, open_.begin, open_.start, line.end)
        else:
            if open_:
                yield open_
            open_ = _begun(line, line.start in marked, number in rows)
        before = None if number in rows else line
    if open_:
        yield open_


def _begun(line: _Line, is_item: bool, is_row: bool) -> Piece:
    if is_row:
        return Piece(BlockKind.TABLE_ROW, line.start, line.start, line.end)
    if is_item:
        return Piece(BlockKind.LIST_ITEM, line.start, line.start + line.mark, line.end)
    return Piece(BlockKind.PARAGRAPH, line.start, line.start, line.end)


def _joins(one: _Line, two: _Line, width: int, wrapped: bool) -> bool:
    """Tell whether a line end is within a block: in a broken text, unless a short line ends a sentence there."""
    if _is_within_sentence(one, two) or _goes_on_with_name(one, two, width):
        return True
    short = one.size < _SHORT * width and not _is_full(one, two, width)
    return wrapped and not (short and one.words.endswith(_STOPS))


def _rows(chunk: Sequence[_Line]) -> set[int]:
    """Return the numbers of the lines that are rows of a table: two or more with cells, one below the other."""
    if len(chunk) < 2:
        return set()
    for least, is_row in ((2, _has_cells), (3, _has_columns)):
        rows = {number for number, line in enumerate(chunk) if is_row(line.words) or _is_rule(line.words)}
        if len(rows) >= least and any(number + 1 in rows for number in rows):
            return rows
    return set()


def _has_cells(words: str) -> bool:
    return "|" in words or "\t" in words


def _has_columns(words: str) -> bool:
    return len(_GAP.split(words, maxsplit=2)) > 2


def _is_rule(words: str) -> bool:
    return bool(_RULED.fullmatch(words)) and not words.isspace()
