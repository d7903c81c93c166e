"""A table of incidents: one row is one sentence.

The first row names the columns. Where they tell when or where, and whom it hit, each row below is read as the sentence
that it stands for: "On 14 Nov, a car bombing in Mosul, Nineveh, killed 3 people and wounded 5." Words that the table
does not have repeat the row's.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.extraction.view.edits import Edit
from pipeline.extraction.view.lines import Piece
from pipeline.knowledge.tables import phrases_of, rows

_BARRED = re.compile(r"[^|]+")
_TABBED = re.compile(r"[^\t]+")
_SPACED = re.compile(r"\S(?:[^ ]| (?! ))*")
_NUMBER = re.compile(r"(?:at least |over |about |more than |~|>|≥)?\d[\d,]*(?:\s?(?:-|to)\s?\d[\d,]*)?\+?")
_NOTHING = re.compile(r"[-–—?.]*|n/?a|unknown|none|nil|not known", re.IGNORECASE)
_SUM = re.compile(r"(?:grand |sub-?\s?)?totals?|sum|overall|all|average|mean|altogether", re.IGNORECASE)
_ON = re.compile(r"(?:on|early|late|in|between|overnight|yesterday|today)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:an?|the|two|three|several)\b|\d", re.IGNORECASE)
_VOWEL = re.compile(r"[aeio]", re.IGNORECASE)
_PLURAL = re.compile(r".*[^s]s$")


class _Cell(NamedTuple):
    start: int
    end: int
    words: str


def sentences_of(text: str, table: Sequence[Piece]) -> list[list[Edit]] | None:
    """Return the edits that make each row below the first a sentence; None if it is no table of incidents."""
    cells = [_cells(text, row) for row in table]
    columns = _columns(cells[0]) if cells else {}
    told = {"killed", "wounded", "type"} & set(columns.values())
    if not told or not {"place", "area"} & set(columns.values()) or len(set(columns.values())) < 3:
        return None
    return [
        [Edit(row.start, row.end, "")] if _is_sum(cells_) else _sentence(row, _named(cells_, columns))
        for row, cells_ in zip(table[1:], cells[1:], strict=True)
    ]


def _is_sum(cells: Sequence[_Cell]) -> bool:
    """Tell whether a row sums up the others."""
    first = next((cell.words for cell in cells if cell.words), "")
    return bool(_SUM.fullmatch(first.strip(" *_:.")))


def _cells(text: str, row: Piece) -> list[_Cell]:
    words = text[row.start : row.end]
    pattern = _BARRED if "|" in words else _TABBED if "\t" in words else _SPACED
    found = []
    for cell in pattern.finditer(words):
        inner = cell[0].strip()
        if inner or pattern is _BARRED:
            start = row.start + cell.start() + len(cell[0]) - len(cell[0].lstrip())
            found.append(_Cell(start, start + len(inner), inner))
    outer = words.strip()
    if pattern is _BARRED and outer.startswith("|") and found and not found[0].words:
        found = found[1:]
    return found


def _columns(header: Sequence[_Cell]) -> dict[int, str]:
    """Return what the columns hold, by their numbers: of two that hold the same, the first."""
    columns: dict[int, str] = {}
    for number, cell in enumerate(header):
        name = cell.words.lower().strip(" .:()")
        kinds = [
            kind for phrase, kind in _headings() if name == phrase or name.startswith((f"{phrase} ", f"{phrase}/"))
        ]
        if kinds and kinds[0] not in columns.values():
            columns[number] = kinds[0]
    return columns


@cache
def _headings() -> list[tuple[str, str]]:
    found = ((phrase, row["column"]) for row in rows("table_columns.csv") for phrase in phrases_of(row["words"]))
    return sorted(found, key=lambda pair: -len(pair[0]))


def _named(cells: Sequence[_Cell], columns: dict[int, str]) -> dict[str, _Cell]:
    given = {columns[number]: cell for number, cell in enumerate(cells) if number in columns}
    return {kind: cell for kind, cell in given.items() if not _NOTHING.fullmatch(cell.words)}


def _sentence(row: Piece, cells: dict[str, _Cell]) -> list[Edit]:
    """Return the edits that leave of a row its sentence, every cell's words in its place in it."""
    if not ({"place", "area"} & set(cells) and {"killed", "wounded", "type"} & set(cells)):
        return [Edit(row.start, row.end, "")]
    whole = (row.start, row.end)
    parts: list[tuple[str, tuple[int, int]]] = []
    if "date" in cells:
        day = cells["date"]
        parts += _put("" if _ON.match(day.words) else "On ", day, ", ")
    parts += _deed(cells, whole)
    for kind, before in (("place", " in "), ("area", ", " if "place" in cells else " in "), ("perpetrator", " by ")):
        if kind in cells:
            parts += _put(before, cells[kind], "")
    parts += _harm(cells)
    told = [Edit(row.start, row.start, words, at) for words, at in parts if words]
    return [*told, Edit(row.start, row.end, ".")]


def _put(before: str, cell: _Cell, after: str) -> list[tuple[str, tuple[int, int]]]:
    at = (cell.start, cell.end)
    return [(before, at), (cell.words, at), (after, at)]


def _deed(cells: dict[str, _Cell], whole: tuple[int, int]) -> list[tuple[str, tuple[int, int]]]:
    if "type" not in cells:
        return [("an attack", whole)]
    deed = cells["type"]
    plain = _ARTICLE.match(deed.words) or _PLURAL.match(deed.words)
    return _put("" if plain else "an " if _VOWEL.match(deed.words) else "a ", deed, "")


def _harm(cells: dict[str, _Cell]) -> list[tuple[str, tuple[int, int]]]:
    parts: list[tuple[str, tuple[int, int]]] = []
    for kind in ("killed", "wounded"):
        if kind in cells and _NUMBER.match(cells[kind].words):
            noun = "" if re.search(r"[a-z]{4}", cells[kind].words) else " people"
            parts += _put(f" and {kind} " if parts else f" {kind} ", cells[kind], noun)
    return parts
