"""Web pages: one article in a file (.html, .htm), without the page around it.

Trafilatura finds the main text, and the title and the site (`page_metadata`). The text is put together here, block by
block, since what a block is in the page is known only there. When it was published is for `page_dates` to say, of what
the page declares and shows; a date in the article's own words or in its address is left to `publication_date`.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import ModuleType
from typing import Any, BinaryIO

from pipeline.errors import EmptyTextError, PageError
from pipeline.sources.blocks import STRUCK, Written, blocks_in, is_hidden, joined
from pipeline.sources.decode import decode
from pipeline.sources.document import Document, folder_of, name_of, publisher_of
from pipeline.sources.page_dates import published_at
from pipeline.sources.page_metadata import read_metadata
from pipeline.sources.streams import Limits, read_whole
from schemas import Block

MIN_MAIN_TEXT_CHARS = 50
"""What is shorter is a page's furniture, such as "Please enable JavaScript", in characters."""

MAX_TAGS = 100_000
MAX_ATTRIBUTES = 5_000
"""What has more tags, or a tag with more attributes, is no news page: parsers take time that grows with the square."""

_LONG_TAG = re.compile(r"<[A-Za-z][^>]{20000,}")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_CHARSET_WITHIN = 1_024  # where HTML requires the declaration to be
_MAY_BE_HIDDEN = "//body//*[@hidden or contains(@style, 'none') or contains(@style, 'hidden')]"
_WHOLE = frozenset({"body", "main", "article"})
_LANGUAGE = re.compile(r"\s*([a-z]{2})(?:[-_]|\s*$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What was found on a web page. `published_at` is in the page's own zone, `site` the site's own name for itself."""

    text: str
    blocks: tuple[Block, ...]
    title: str | None
    url: str | None
    site: str | None
    published_at: datetime | None
    language: str | None


def read_html(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Document]:
    """Yield the one article of a web page.

    Raises:
        SourceError: it is too long, no text, or has no main text.
    """
    page = read_page(decode_page(read_whole(stream, limits.max_article_bytes)))
    yield Document(
        ref=path,
        name=page.url or name_of(path),
        folder=folder_of(path),
        text=page.text,
        blocks=page.blocks,
        url=page.url,
        title=page.title,
        publisher=publisher_of(page.url, page.site),
        published_at=page.published_at,
        language=page.language,
    )


def decode_page(data: bytes, charset: str | None = None) -> str:
    """Return the HTML of a web page. `charset` is the encoding that its server names, which comes before its own word.

    Raises:
        SourceError: it is no text, or in no encoding that can be told.
    """
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    return decode(data, charset or (declared[1].decode("ascii", "ignore") if declared else None)).text


def read_page(html: str) -> Page:
    """Return what is found on a web page.

    Raises:
        EmptyTextError: it is empty.
        PageError: it is no web page, one without main text (a list of links, a form, a cookie wall), or one so made
            that to parse it would take for ever.
    """
    if not html.strip():
        raise EmptyTextError
    _check_is_bounded(html)
    try:
        page = _extracted(html)
    except Exception as error:  # it parses what strangers wrote, and fails on some of it in ways that it does not name
        raise PageError(f"a web page that trafilatura fails on ({type(error).__name__}: {error})") from error
    if page is None:
        raise PageError("not a web page")
    if len(page.text.strip()) < MIN_MAIN_TEXT_CHARS:
        raise PageError("a web page without main text")
    return page


def _check_is_bounded(html: str) -> None:
    tags = html.count("<")
    if tags > MAX_TAGS:
        raise PageError(f"a web page of {tags:,} tags")
    for tag in _LONG_TAG.finditer(html):
        if tag[0].count("=") > MAX_ATTRIBUTES or len(tag[0].split()) > MAX_ATTRIBUTES:
            raise PageError("a web page with a tag of thousands of attributes")


@lru_cache(maxsize=1)
def _trafilatura() -> ModuleType:
    import trafilatura  # here, since it takes 0.15 s and 300 modules, which readers of other kinds have no use for

    for name in ("trafilatura", "htmldate"):  # what they log becomes a reject
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura


def _extracted(html: str) -> Page | None:
    trafilatura = _trafilatura()
    tree = trafilatura.load_html(html)
    if tree is None:
        return None
    when = published_at(tree)
    _drop_hidden(tree)
    found = trafilatura.bare_extraction(tree, include_comments=False)
    about = read_metadata(tree)
    written = _written(getattr(found, "body", None))
    language = _LANGUAGE.match(tree.get("lang") or "")
    return Page(
        text=written.text,
        blocks=written.blocks,
        title=about.title,
        url=about.url,
        site=about.site,
        published_at=when,
        language=language[1].lower() if language else None,
    )


def _written(body: Any) -> Written:
    return joined(blocks_in(body), gap="\n") if body is not None else Written("", ())


def _drop_hidden(tree: Any) -> None:
    """Take out of a page what it strikes out and what it does not show, unless it shows all later, by a script."""
    hidden = [each for each in tree.xpath(_MAY_BE_HIDDEN) if each.tag not in _WHOLE and is_hidden(each)]
    for element in [*hidden, *tree.iter(*STRUCK)]:
        if element.getparent() is not None:
            element.drop_tree()
