"""Web pages: one article in a file (.html, .htm), without the page around it.

Trafilatura finds the main text, the title, the site and the date of publication. Of its dates, those that the page
declares or marks up are taken. One that only the article's own words or the address give is left to `publication_date`,
which knows a header from a date in the story.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import ModuleType
from typing import Any, BinaryIO

from pipeline.errors import EmptyTextError, PageError
from pipeline.sources.decode import decode
from pipeline.sources.document import Document, folder_of, name_of, publisher_of
from pipeline.sources.moments import read_moment
from pipeline.sources.streams import Limits, read_whole
from pipeline.sources.urls import Stretch, stretch_in

MIN_MAIN_TEXT_CHARS = 50
"""What is shorter is a page's furniture, such as "Please enable JavaScript", in characters."""

MAX_TAGS = 100_000
MAX_ATTRIBUTES = 5_000
"""What has more tags, or a tag with more attributes, is no news page: parsers take time that grows with the square."""

_LONG_TAG = re.compile(r"<[A-Za-z][^>]{20000,}")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_CHARSET_WITHIN = 1_024  # where HTML requires the declaration to be
_DIGITS = re.compile(r"\b(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})\b", re.ASCII)
_DECLARES = re.compile(r"(?:content|datetime|datePublished)\W{1,5}\Z")
_LANGUAGE = re.compile(r"\s*([a-z]{2})(?:[-_]|\s*$)", re.IGNORECASE)
_DATE_PARAMETERS = {
    "original_date": True,  # when first published, not when last changed
    "extensive_search": False,
    "deferred_url_extractor": True,  # what a page declares comes before what its address says
    "min_date": "1900-01-01",
    "max_date": "2199-12-31",  # not today: the same page must be the same article on any day
}


@dataclass(frozen=True, slots=True)
class Page:
    """What was found on a web page. `published_on` is an ISO date, `site` the site's own name for itself."""

    text: str
    title: str | None
    url: str | None
    site: str | None
    published_on: str | None
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
        url=page.url,
        title=page.title,
        publisher=publisher_of(page.url, page.site),
        published_at=read_moment(page.published_on or ""),
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
    found = trafilatura.bare_extraction(
        tree, with_metadata=True, include_comments=False, date_extraction_params=dict(_DATE_PARAMETERS)
    )
    fields = {name: getattr(found, name, None) for name in ("text", "title", "url", "sitename", "hostname", "date")}
    language = _LANGUAGE.match(tree.get("lang") or "")
    return Page(
        text=fields.get("text") or "",
        title=fields.get("title"),
        url=fields.get("url"),
        site=fields.get("sitename") or fields.get("hostname"),
        published_on=_declared_date(fields, html),
        language=language[1].lower() if language else None,
    )


def _declared_date(fields: Mapping[str, Any], html: str) -> str | None:
    found, url = fields.get("date"), fields.get("url")
    if not found or any(_DECLARES.search(html, max(0, at - 25), at) for at in _places(found, html)):
        return found
    day = date.fromisoformat(found)
    prose = f"{fields.get('title')}\n{fields.get('text')}"
    stated = any(sorted(map(int, numbers)) == sorted(day.timetuple()[:3]) for numbers in _DIGITS.findall(prose))
    return None if stated or stretch_in(url) == Stretch(day, day) else found


def _places(words: str, html: str) -> Iterator[int]:
    at = html.find(words)
    while at >= 0:
        yield at
        at = html.find(words, at + 1)
