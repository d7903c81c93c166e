"""HTML as feeds carry it in their entries → the text that a reader would see, paragraph by paragraph."""

import re

from lxml import etree, html

from pipeline.sources.blocks import Written, blocks_in, joined

_TAG = re.compile(r"</?(?:a|b|blockquote|br|div|em|figure|h[1-6]|i|img|li|ol|p|span|strong|table|ul)\b[^<>]*>", re.I)
_MOST_UNPACKINGS = 2  # what is escaped twice is a common fault, more often is not


def text_of(markup: str) -> str:
    """Return what `markup` says, without tags; blocks are on lines of their own, with an empty line between them."""
    return written_in(markup).text


def written_in(markup: str) -> Written:
    """Return what `markup` says, without tags and without what is hidden, and the blocks that it is made of.

    Markup that was escaped once too often is read as what it was meant to be. What is not markup comes back with its
    white space tidied, and without blocks.
    """
    written = Written(tidied(markup), ())
    for _ in range(_MOST_UNPACKINGS if "<" in markup or "&" in markup else 0):
        written = _unpacked(markup)
        if not _TAG.search(written.text):
            break
        markup = written.text
    return written


def looks_like_markup(text: str) -> bool:
    """Tell whether a text has tags in it."""
    return bool(_TAG.search(text))


def tidied(text: str) -> str:
    """Return a text with its lines stripped, and with no more than one empty line between them."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _unpacked(markup: str) -> Written:
    # A parser of one's own for each text: lxml's default one is shared between threads, with a lock around it.
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(f"<div>{_without_nuls(markup)}</div>", parser=parser)
    except (etree.ParserError, ValueError):  # nothing in it
        return Written("", ())
    return joined(blocks_in(tree))


def _without_nuls(markup: str) -> str:
    return "".join(char if char in "\t\n\r" or char >= " " else " " for char in markup)
