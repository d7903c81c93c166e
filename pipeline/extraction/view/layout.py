"""Blocks apart from each other, as the splitter of sentences knows them: an empty line between, a stop where one ends.

- Lines of one block run on, and blocks never do.
- Items of lists and rows of tables are sentences; so are several blocks without a stop, one below the other.
- A heading that is a place, and a place in front of each block ("Kabul: ..."), is said in the sentence that follows;
  a day that heads blocks, in each of them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from pipeline.extraction.view.asides import asides_in
from pipeline.extraction.view.day_heads import day_heads, headed_by_days
from pipeline.extraction.view.edits import Edit, View
from pipeline.extraction.view.lines import Piece, pieces_of
from pipeline.extraction.view.tables import sentences_of
from schemas import Block, BlockKind

IsPlace = Callable[[str], bool]
"""Tells whether words are the name of a place and nothing else."""

_APART = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*")
_LINE_END = re.compile(r"[^\S\n]*\n\s*")
_STOPPED = re.compile(r"[.!?:][\"”’')\]*]*\Z")
_BY_PLACE = re.compile(
    r"(?P<place>[A-Z][^\W\d_]+(?:[ '’-][^\W\d_]+){0,3})(?P<joint>\s?(?::|\s[-–—]+)\s)(?=[\"“]?[A-Z0-9])"
)
_TITLE = re.compile(r"[A-Z][^\W\d_]+(?:(?:[ '’-]|, )[^\W\d_]+){0,4}:?")
_ITEMS = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
_HEADLINES = 2
"""How many blocks above a text may be its headlines."""

_LONGEST_PLACE = 40
_MIN_WORDS = 4
"""The fewest words of a block that can be a sentence without a stop."""


def laid_out(view: View, blocks: Sequence[Block], is_place: IsPlace) -> View:
    """Return the view with its blocks apart. `blocks` are the article's, in its own offsets; else lines tell."""
    text = view.text
    pieces = _given(view, blocks) if blocks else pieces_of(text)
    pieces = _without(pieces, asides_in(text, pieces)) or pieces
    tables = {row: edits for rows in _tables(pieces) for row, edits in _told(text, rows)}
    pieces = [piece for piece in pieces if tables.get(piece) != []]
    edits: list[Edit] = [edit for piece in pieces for edit in tables.get(piece, ())]
    days = day_heads(text, pieces)
    dated = [each for each in headed_by_days(text, pieces, days) if each.piece not in tables]
    edits += (Edit(piece.start, piece.start, words, day) for piece, words, day in dated if _is_long(text, piece))
    pieces = [piece for piece in pieces if piece not in days] or pieces
    heads = {piece for piece, following in pairwise(pieces) if _heads(text, piece, following, is_place)}
    for piece, following in pairwise(pieces):
        edits.append(_between(text, piece, following, ", " if piece in heads else "\n\n"))
    edits += (Edit(piece.start, piece.start, "In ") for piece in heads)
    edits += (Edit(piece.end, piece.end, ".") for piece in _open_ended(text, pieces) if piece not in tables)
    edits += (edit for piece in pieces if piece not in tables for edit in _lines_joined(text, piece))
    edits += _by_place(text, [piece for piece in pieces if piece not in tables], is_place)
    edits += _edges(text, pieces)
    return view.edited(edits)


def _given(view: View, blocks: Sequence[Block]) -> list[Piece]:
    """Return an article's own blocks where they stand in the view; those of which nothing is left are left out."""
    found = []
    for block in blocks:
        start, end = view.here(block.start), view.here(block.end)
        words = view.text[start:end]
        begin, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        if begin < end:
            found.append(Piece(block.kind, begin, begin, end))
    return found


def _without(pieces: Sequence[Piece], asides: Sequence[tuple[int, int]]) -> list[Piece]:
    """Return the pieces, cut into what is left of them, without what is aside."""
    left: list[Piece] = []
    waiting = list(asides)
    for piece in pieces:
        at, begin = piece.start, piece.begin
        while waiting and waiting[0][0] < piece.end:
            start, end = waiting.pop(0)
            if start > at:
                left.append(Piece(piece.kind, begin, at, start))
            at = begin = end
        if at < piece.end:
            left.append(Piece(piece.kind, begin, at, piece.end))
    return left


def _tables(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    for is_table, rows in groupby(pieces, key=lambda piece: piece.kind is BlockKind.TABLE_ROW):
        if is_table:
            yield list(rows)


def _told(text: str, rows: list[Piece]) -> Iterator[tuple[Piece, list[Edit]]]:
    """Yield the rows of a table of incidents with the edits that make them sentences, none for what is no incident."""
    rows = [row for row in rows if any(map(str.isalnum, text[row.start : row.end]))]
    sentences = sentences_of(text, rows)
    if sentences is not None:
        yield rows[0], []
        yield from zip(rows[1:], sentences, strict=True)


def _between(text: str, piece: Piece, following: Piece, joint: str) -> Edit:
    """Return the edit that puts two blocks apart, none where an empty line does already."""
    gap = text[piece.end : following.start]
    same = joint == "\n\n" and _APART.fullmatch(gap)
    return Edit(piece.end, following.start, gap if same else joint)


def _edges(text: str, pieces: Sequence[Piece]) -> Iterator[Edit]:
    """Yield the edits that take away what is neither a block nor white space above the first one and below the last."""
    for start, end in ((0, pieces[0].start), (pieces[-1].end, len(text))) if pieces else ():
        if text[start:end].strip():
            yield Edit(start, end, "")


def _open_ended(text: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the blocks that are sentences and have no stop.

    Items are, and paragraphs that are one below the other; two of them above a text are its headlines, but not two
    that are all there is.
    """
    yield from (piece for piece in pieces if piece.kind in _ITEMS and _is_open(text, piece))
    runs = groupby(enumerate(pieces), key=lambda each: _is_loose(text, each[1]))
    for run in (list(members) for is_loose, members in runs if is_loose):
        told_before = any(not _is_open(text, piece) for piece in pieces[: run[0][0]])
        is_all = len(run) == len(pieces)
        if len(run) > _HEADLINES or (len(run) == _HEADLINES and (told_before or is_all)):
            yield from (piece for _, piece in run)


def _is_open(text: str, piece: Piece) -> bool:
    return not _STOPPED.search(text[max(piece.start, piece.end - 4) : piece.end])


def _is_loose(text: str, piece: Piece) -> bool:
    return piece.kind is BlockKind.PARAGRAPH and _is_long(text, piece) and _is_open(text, piece)


def _is_long(text: str, piece: Piece) -> bool:
    return text[piece.start : piece.start + 200].count(" ") >= _MIN_WORDS


def _lines_joined(text: str, piece: Piece) -> Iterator[Edit]:
    if "\n" in text[piece.start : piece.end]:
        yield from (Edit(end.start(), end.end(), " ") for end in _LINE_END.finditer(text, piece.start, piece.end))


def _heads(text: str, piece: Piece, following: Piece, is_place: IsPlace) -> bool:
    """Tell whether a block is a place's name and the next one what happened there."""
    if piece.end - piece.start > _LONGEST_PLACE or not _is_long(text, following):
        return False
    words = text[piece.start : piece.end]
    return bool(_TITLE.fullmatch(words)) and is_place(words)


def _by_place(text: str, pieces: Sequence[Piece], is_place: IsPlace) -> Iterator[Edit]:
    """Yield the edits that say where, in blocks that begin with a place; one such block alone has a dateline."""
    openings = [opening for piece in pieces if (opening := _BY_PLACE.match(text, piece.start, piece.end))]
    openings = [opening for opening in openings if len(openings) > 1 and is_place(opening["place"])]
    for opening in openings if len(openings) > 1 else ():
        yield Edit(opening.start(), opening.start(), "In ")
        yield Edit(opening.start("joint"), opening.end("joint"), ", ")
