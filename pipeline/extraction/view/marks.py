"""Marks that stand beside words: Markdown, footnotes, bullets between sentences. They are taken away.

What a mark separated stays apart: a sentence that ends in a footnote's number has ended.
"""

import re
from collections.abc import Callable, Iterator

from pipeline.extraction.view.edits import Edit, View

BULLET = "•"
BULLETS = "•●▪■◦‣▸►▶➤➢◆✓✔\U0001f534-\U0001f53b\U0001f7e0-\U0001f7eb"
"""Characters that begin an item of a list wherever they stand, as a class of a regular expression."""

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
_STRUCK = re.compile(r"~~(?=[^\s~])[^~\n]{0,300}[^\s~]~~")
_NUMBERED = re.compile(r"(?<=[a-z]{4}[.!?])\d{1,3}(?:,\d{1,3})*(?=\s|\Z)")
_DAGGER = re.compile("(?<=[\\w)])[ \t]?[*†‡§]{1,3}(?=\\s|\\Z)")
_BAR = re.compile(r"(?<=[^|\n]{20})[ \t]+(?:[|‖¦]|//?)[ \t]+(?=[A-Z][^|‖¦/\n]{20})")
_NEAR = 1_000
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


def _struck(text: str) -> Iterator[Edit]:
    """Take away what was struck out: it is said no longer."""
    if "~~" in text:
        yield from (Edit(found.start(), found.end(), "") for found in _STRUCK.finditer(text))


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
            ends = not _is_ended(text, found.start()) and _OPENER.match(text, found.end())
            yield Edit(found.start(), found.end(), "." if ends else "")


def _raised(text: str) -> Iterator[Edit]:
    """Take away footnotes' numbers and signs that once were raised; a sign that stands for a full stop becomes one."""
    if "*" in text or not text.isascii():
        yield from (Edit(found.start(), found.end(), "") for found in _RAISED.finditer(text))


def _lowered(text: str) -> Iterator[Edit]:
    """Do so with numbers that stand behind a full stop like letters, and with signs that stand behind a word."""
    yield from (Edit(at.start(), at.end(), "") for at in _NUMBERED.finditer(text) if _OPENER.match(text, at.end()))
    if "*" in text or not text.isascii():
        for sign in _DAGGER.finditer(text):
            if _OPENER.match(text, sign.end()):
                yield Edit(sign.start(), sign.end(), ".")


def _inline_bullets(text: str) -> Iterator[Edit]:
    """Put each item on a line of its own, and close what stands before it."""
    if "*" in text or not text.isascii():
        yield from (_item(text, found) for found in _INLINE_BULLET.finditer(text))


def _inline_bars(text: str) -> Iterator[Edit]:
    """Do so with what a bar or a slash keeps apart in a line, unless the line is a row of a table."""
    if " | " in text or " / " in text or " // " in text or not text.isascii():
        yield from (_item(text, found) for found in _BAR.finditer(text) if not _is_row(text, found.start()))


def _item(text: str, mark: re.Match[str]) -> Edit:
    return Edit(mark.start(), mark.end(), f"{'' if _is_ended(text, mark.start()) else '.'}\n{BULLET} ")


def _is_ended(text: str, at: int) -> bool:
    return bool(_ENDED.search(text[max(0, at - 4) : at]))


def _is_row(text: str, at: int) -> bool:
    """Tell whether the line that a mark is in, the one above or the one below has further bars."""
    above, below = text.rfind("\n", 0, at), text.find("\n", at)
    start = text.rfind("\n", 0, above) + 1 if above >= 0 else 0
    end = text.find("\n", below + 1) if below >= 0 else -1
    near = text[max(start, at - _NEAR) : min(end if end >= 0 else len(text), at + _NEAR)]
    lines = near.strip().split("\n")
    return any(line.startswith("|") for line in lines) or sum("|" in line for line in lines) > 1


_STEPS: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _struck,
    _line_marks,
    _markdown,
    _emphasis,
    _emphasis,
    _rules,
    _footnotes,
    _raised,
    _lowered,
    _inline_bullets,
    _inline_bars,
)
