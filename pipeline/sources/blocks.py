"""From a document's elements to its text, and to the blocks that the text is made of.

The text is what a reader would see: what is hidden, and what is no text, is left out. Each block is told apart by what
it is in the document (a paragraph, an item of a list, a row of a table), because that is lost in the text itself. The
names of elements are those of HTML, and those that trafilatura gives them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from schemas import Block, BlockKind

_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "head", "legend", "dt"), BlockKind.HEADING),
    **dict.fromkeys(("li", "item", "dd"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("figcaption", "caption"), BlockKind.CAPTION),
    **dict.fromkeys(("blockquote", "quote"), BlockKind.QUOTATION),
    **dict.fromkeys(("aside", "nav", "footer"), BlockKind.ASIDE),
}
_PLAIN = frozenset(
    {"p", "div", "address", "article", "figure", "header", "hr", "main", "pre", "section", "dl", "ol", "ul", "list"}
    | {"table", "tbody", "tfoot", "thead", "body", "ab", "center", "details", "summary"}
)
_ROWS, _CELLS, _BREAKS = frozenset({"tr", "row"}), frozenset({"td", "th", "cell"}), frozenset({"br", "lb"})
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "title", "form", "button"}
    | {"select", "textarea", "datalist", "audio", "video", "canvas", "del", "s", "strike"}
)
"""What is no text, what is not shown, and what was struck out."""
STRUCK = frozenset({"del", "s", "strike"})
"""What was written and is withdrawn."""
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])|mso-hide\s*:\s*all"
    r"|(?:max-)?height\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:hidden|sr-only|visually-hidden|visuallyhidden|screen-reader-text|d-none|is-hidden|preheader)(?:\s|$)",
    re.I,
)
_PAGE_CLASS = re.compile(
    r"(?:^|[\s_])(?:related(?:-\w+)*|read-?more|also-?read|recommended(?:-\w+)*|newsletter(?:-\w+)*|subscribe(?:-\w+)*"
    r"|share(?:-\w+)*|sharedaddy|cookie(?:-\w+)*|wp-caption-text|advert(?:isement)?|feedflare|jp-relatedposts)(?:\s|$)",
    re.IGNORECASE,
)
_LONGEST_CELL = 200
"""A longer cell is a part of a page that is laid out by tables, and no item of data."""

_SPACE = re.compile(r"\s+")

CELL_MARK = " | "
"""What stands between the cells of a row."""


class Written(NamedTuple):
    """A text and the blocks that it is made of."""

    text: str
    blocks: tuple[Block, ...]


def joined(parts: Iterable[tuple[BlockKind, str]], gap: str = "\n\n") -> Written:
    """Return parts as one text, each of them a block; `gap` is put between them. Parts without words are left out."""
    pieces, blocks, at = list[str](), list[Block](), 0
    for kind, words in parts:
        if words.strip():
            at += len(gap) if blocks else 0
            blocks.append(Block(kind=kind, start=at, end=at + len(words)))
            pieces.append(words)
            at += len(words)
    return Written(gap.join(pieces), tuple(blocks))


def blocks_in(tree: Any) -> list[tuple[BlockKind, str]]:
    """Return the blocks of a tree of elements in order: what they are, and their words in one line or in several."""
    return _Walk().through(tree)


def is_hidden(element: Any) -> bool:
    """Tell whether an element is not shown to readers."""
    if element.get("hidden") is not None:
        return True
    style, named = element.get("style"), element.get("class")
    return bool((style and _HIDDEN_STYLE.search(style)) or (named and _HIDDEN_CLASS.search(named)))


class _Walk:
    """One way through a tree. `_within` are the kinds of the open elements, `_words` those of the open block."""

    def __init__(self) -> None:
        self._found: list[tuple[BlockKind, str]] = []
        self._within: list[BlockKind | None] = []
        self._words: list[str] = []
        self._cells: list[str] | None = None

    def through(self, tree: Any) -> list[tuple[BlockKind, str]]:
        """Return the blocks of a tree."""
        from lxml import etree  # here, since readers of plain files have no use for it

        for event, element in etree.iterwalk(tree, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                self._open(tag, element)
            else:
                self._close(tag, element)
        self._end_block()
        return self._found

    def _open(self, tag: str, element: Any) -> None:
        if tag in _SILENT or not tag or is_hidden(element):
            element.clear(keep_tail=True)
            self._within.append(None)
            return
        if tag in _ROWS:
            self._end_block()
            self._cells = []
        elif tag in _CELLS:
            self._end_cell()
        elif tag in _BREAKS:
            self._words.append("\n")
        elif tag in _KINDS or tag in _PLAIN:
            self._end_block()
        self._within.append(_kind_of(tag, element))
        self._say(element.text)

    def _close(self, tag: str, element: Any) -> None:
        if tag in _ROWS:
            self._end_row()
        elif tag in _CELLS:
            self._end_cell()
        elif tag in _KINDS or tag in _PLAIN:
            self._end_block()
        self._within.pop()
        self._say(element.tail)

    def _say(self, text: str | None) -> None:
        if text:
            self._words.append(_SPACE.sub(" ", text))

    def _end_block(self) -> None:
        if self._cells is not None:  # within a cell a block is a line
            self._words.append("\n\n")
            return
        self._found += ((self._kind(), part) for part in _lines("".join(self._words)))
        self._words = []

    def _end_cell(self) -> None:
        words = "".join(self._words).strip()
        self._words = []
        if self._cells is None:
            self._found += ((self._kind(), part) for part in _lines(words))
        elif words:
            self._cells.append(words)

    def _end_row(self) -> None:
        self._end_cell()
        cells, self._cells = self._cells or [], None
        if len(cells) > 1 and all(len(cell) <= _LONGEST_CELL for cell in cells):
            row = CELL_MARK.join(" ".join(cell.split()) for cell in cells)
            self._found.append((_above(self._within, BlockKind.TABLE_ROW), row))
        else:
            self._found += ((self._kind(), part) for cell in cells for part in _lines(cell))

    def _kind(self) -> BlockKind:
        return _above(self._within, BlockKind.PARAGRAPH)


def _kind_of(tag: str, element: Any) -> BlockKind | None:
    named = element.get("class")
    if named and _PAGE_CLASS.search(named):
        return BlockKind.CAPTION if "caption" in named else BlockKind.ASIDE
    return _KINDS.get(tag)


def _above(within: Sequence[BlockKind | None], own: BlockKind) -> BlockKind:
    """Return what a block is, given what it lies in: an aside makes all in it aside, and else the innermost counts."""
    if BlockKind.ASIDE in within:
        return BlockKind.ASIDE
    if own is not BlockKind.PARAGRAPH:
        return own
    return next((kind for kind in reversed(within) if kind is not None), own)


def _lines(words: str) -> Iterator[str]:
    """Yield the blocks of some words: an empty line parts them, and a line end that no sentence goes on over."""
    for part in re.split(r" ?\n ?(?=\n|[\"“'(\[]?[^\W_a-zß-öø-ÿ])\s*", words):
        lines = [line.strip() for line in part.split("\n")]
        if any(lines):
            yield "\n".join(line for line in lines if line)
