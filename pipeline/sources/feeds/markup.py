"""HTML as feeds carry it in their entries → the text that a reader would see, paragraph by paragraph."""

import re

from lxml import etree, html

_HIDDEN = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "head", "title", "form"}
    | {"button", "select", "textarea"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "div", "figcaption", "figure", "footer", "header", "hr", "main"}
    | {"nav", "p", "pre", "section", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dl", "dt", "li", "ol", "ul"}
    | {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
_TAG = re.compile(r"</?(?:a|b|blockquote|br|div|em|figure|h[1-6]|i|img|li|ol|p|span|strong|table|ul)\b[^<>]*>", re.I)
_MOST_UNPACKINGS = 2  # what is escaped twice is a common fault, more often is not


def text_of(markup: str) -> str:
    """Return what `markup` says, without tags; blocks are on lines of their own, with an empty line between them.

    Markup that was escaped once too often is read as what it was meant to be. What is not markup comes back with its
    white space tidied.
    """
    if "<" not in markup and "&" not in markup:
        return tidied(markup)
    for _ in range(_MOST_UNPACKINGS):
        markup = _unpacked(markup)
        if not _TAG.search(markup):
            break
    return markup


def looks_like_markup(text: str) -> bool:
    """Tell whether a text has tags in it."""
    return bool(_TAG.search(text))


def tidied(text: str) -> str:
    """Return a text with its lines stripped, and with no more than one empty line between them."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _unpacked(markup: str) -> str:
    # A parser of one's own for each text: lxml's default one is shared between threads, with a lock around it.
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(f"<div>{_without_nuls(markup)}</div>", parser=parser)
    except (etree.ParserError, ValueError):  # nothing in it
        return ""
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _HIDDEN:
                element.clear(keep_tail=True)
            pieces += (_break(tag), _flat(element.text))
        else:
            pieces += ("" if tag == "br" else _break(tag), _flat(element.tail))
    return tidied("".join(pieces))


def _break(tag: str) -> str:
    return "\n\n" if tag in _BLOCKS else "\n" if tag == "br" else ""


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _without_nuls(markup: str) -> str:
    return "".join(char if char in "\t\n\r" or char >= " " else " " for char in markup)
