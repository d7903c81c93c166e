"""Marks that stand beside words: Markdown, footnotes, bullets between sentences. They are taken away.

What a mark separated stays apart: a sentence that ends in a footnote's number has ended.
"""

import re
from collections.abc import Callable, Iterator

from pipeline.extraction.view.edits import Edit, View

BULLETS = "•●▪■◦‣▸►▶➤➢◆✓✔"
"""Characters that begin an item of a list wherever they stand."""

_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^()\s]{1,500}(?:\s\"[^\"\n]{0,200}\")?\)")
_LINK = re.compile(r"(?<!!)\[(?P<shown>[^\[\]\n]{1,300})\](?P<target>\([^()\s]{1,500}(?:\s\"[^\"\n]{0,200}\")?\))")
_STRONG = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{0,800}[^\s*])(\1)(?!\w)")
_UNDERLINED = re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]{0,800}[^\s_])(\1)(?![\w_])")
_HEADING = re.compile(r"^#{1,6}[ \t]+|(?<=\S)[ \t]+#{1,6}[ \t]*$", re.MULTILINE)
_QUOTED = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:[-*_=~•][ \t]?){3,}$", re.MULTILINE)
_FOOTNOTE = re.compile(r"(?<=[\w.!?,;:\"”’')])[ \t]?(?:\[(?:\d{1,3}|[a-z]|note \d{1,2}|citation needed)\])+")
_RAISED = re.compile("(?<=[\\w.!?,;:\"”’')])[¹²³⁰⁴-⁹]{1,3}(?=\\s|\\Z)|(?<=[.!?\"”’')])[ \t]?[*†‡§]{1,3}(?=\\s|\\Z)")
_INLINE_BULLET = re.compile(rf"(?<=\S)[ \t]+[{BULLETS}·∙*][ \t]+(?=[\"“(]?[A-Z0-9])")
_ENDED = re.compile(r"[.!?][\"”’')\]]*\Z")
_OPENER = re.compile(r"[ \t]+(?:The|An?|In|On|At|It|He|She|They|But|After|Since|There)\b")


def without_marks(view: View) -> View:
    """Return the view without marks."""
    for step in _STEPS:
        view = view.edited(step(view.text))
    return view


def _markdown(text: str) -> Iterator[Edit]:
    if "](" not in text:
        return
    for image in _IMAGE.finditer(text):
        yield Edit(image.start(), image.end(), "")
    for link in _LINK.finditer(text):
        yield Edit(link.start(), link.start("shown"), "")
        yield Edit(link.end("shown"), link.end(), "")


def _emphasis(text: str) -> Iterator[Edit]:
    for mark, pattern in (("*", _STRONG), ("_", _UNDERLINED)):
        if mark in text:
            for found in pattern.finditer(text):
                yield Edit(found.start(1), found.end(1), "")
                yield Edit(found.start(3), found.end(3), "")


def _line_marks(text: str) -> Iterator[Edit]:
    if "#" in text:
        yield from (Edit(found.start(), found.end(), "") for found in _HEADING.finditer(text))
    if ">" in text:
        yield from (Edit(found.start(), found.end(), "") for found in _QUOTED.finditer(text))


def _rules(text: str) -> Iterator[Edit]:
    return (Edit(found.start(), found.end(), "") for found in _RULE.finditer(text))


def _footnotes(text: str) -> Iterator[Edit]:
    """Take away the numbers of footnotes; one that stands for a full stop becomes one."""
    if "]" in text:
        for found in _FOOTNOTE.finditer(text):
            open_ = not _ENDED.search(text[max(0, found.start() - 4) : found.start()])
            ends = open_ and _OPENER.match(text, found.end())
            yield Edit(found.start(), found.end(), "." if ends else "")


def _raised(text: str) -> Iterator[Edit]:
    if "*" in text or not text.isascii():
        yield from (Edit(found.start(), found.end(), "") for found in _RAISED.finditer(text))


def _inline_bullets(text: str) -> Iterator[Edit]:
    """Put each item on a line of its own, and close what stands before it."""
    if "*" in text or not text.isascii():
        for found in _INLINE_BULLET.finditer(text):
            ended = _ENDED.search(text[max(0, found.start() - 4) : found.start()])
            yield Edit(found.start(), found.end(), f"{'' if ended else '.'}\n{BULLETS[0]} ")


_STEPS: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _line_marks,
    _markdown,
    _emphasis,
    _emphasis,
    _rules,
    _footnotes,
    _raised,
    _inline_bullets,
)
