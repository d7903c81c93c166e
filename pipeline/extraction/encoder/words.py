"""Sentences cut into words the way treebanks of English cut them, so that training and reading see the same words."""

import re
from typing import NamedTuple

_WORD = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])+\.?"  # U.S.
    r"|\d+(?:[.,:]\d+)*"  # 1,200
    r"|\w+?(?=n['’]t\b)|n['’]t\b"  # did n't
    r"|['’](?:s|re|ve|ll|d|m)\b"  # Tehran 's
    r"|\w+"
    r"|[^\w\s]",
    re.IGNORECASE,
)


class Word(NamedTuple):
    """A word of a sentence: its offsets in the text the sentence was cut from, and its letters."""

    start: int
    end: int
    text: str


def split_words(text: str, start: int, end: int) -> list[Word]:
    """Return the words of `text` between two offsets: hyphens, clitics and punctuation stand apart."""
    return [Word(m.start(), m.end(), m.group()) for m in _WORD.finditer(text, start, end)]
