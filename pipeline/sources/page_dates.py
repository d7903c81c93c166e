"""When a web page says that its article was published: what it declares, and what it shows as the article's date.

A page is full of dates: of its comments, of other stories, of events, of photographs, of its copyright. One is taken if
it is declared (meta, JSON-LD, `itemprop`), or if it is shown where articles show theirs: between the headline and the
story, close above the headline, or below it in the article's own part of the page behind a word such as "Published".
The first of these that gives a day decides; publication comes before revision.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pipeline.sources.linked_data import described_articles
from pipeline.sources.moments import find_moment, read_moment
from pipeline.sources.plausibility import implausible
from pipeline.sources.written_dates import read_data_lines

_PUBLISHED = (
    *("article:published_time", "og:published_time", "og:article:published_time", "datepublished", "publishdate"),
    *("publish-date", "publish_date", "pubdate", "publication_date", "published_time", "article_date_original"),
    *("cxenseparse:recs:publishtime", "sailthru.date", "parsely-pub-date", "dc.date.issued", "dcterms.issued"),
    *("dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "dc.terms.created", "originalpublicationdate"),
    *("citation_publication_date", "citation_date", "article.published", "published-date", "published_date", "date"),
    *("datecreated", "rnews:datepublished", "bt:pubdate", "timestamp", "created", "article.created", "pub_date"),
)
_REVISED = (
    *("article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "lastmod", "last-modified"),
    *("dc.date.modified", "dcterms.modified", "article.updated", "revised"),
)
_FURNITURE = re.compile(
    r"(?<!has-)(?<!with-)(?<!no-)(?:comment|reply|replies|related|recommend|promo|sidebar|widget|footer|copyright|popular|trending|more-|also"
    r"|teaser|event|archive|calendar|breadcrumb|menu|nav\b|newsletter|share|cookie|\bcaption|\bclock|\bweather"
    r"|\bphoto-?(?:meta|date|credit))",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"date|time|publish|posted|byline|meta\b|entry-meta|dateline|stamp", re.IGNORECASE)
_TAGS = ("time", "span", "div", "p", "li", "em", "small", "b", "i", "strong", "h2", "h3", "h4", "abbr")
_ASIDES = frozenset({"footer", "aside", "nav", "blockquote", "a", "form", "figure", "figcaption"})
_LABEL = re.compile(rf"\W*(?:{'|'.join(map(re.escape, read_data_lines('date_labels.txt')))})\b", re.IGNORECASE)
_LONGEST_SHOWN = 80
_LONGEST_BYLINE = 160
"""What stands in a longer paragraph is running text, in characters."""

_SHORTEST_STORY = 80
"""The first paragraph of this many characters begins the story."""

_LEVELS_ABOVE_HEADLINE = 2
"""How many levels above the headline what shares its part of the page may be."""

_MOST_SHOWN = 200
_ENOUGH_CHARS = 4_000


def published_at(tree: Any) -> datetime | None:
    """Return when the article of a page was published, in the zone that the page names; None if it does not say.

    The day that programs write for none (1970) is returned only where there is no other.
    """
    found = (read_moment(written) or find_moment(written) for written in _candidates(tree))
    doubtful = None
    for moment in filter(None, found):
        if not implausible(moment, None, None):
            return moment
        doubtful = doubtful or moment
    return doubtful


def _candidates(tree: Any) -> Iterator[str]:
    metas = _metas(tree)
    described = described_articles(tree)
    yield from (metas[name] for name in _PUBLISHED if name in metas)
    yield from (str(data["datePublished"]) for data in described if "datePublished" in data)
    yield from _marked_up(tree, ("datepublished", "datecreated"))
    yield from _shown(tree)
    yield from (metas[name] for name in _REVISED if name in metas)
    yield from (str(data["dateModified"]) for data in described if "dateModified" in data)
    yield from _marked_up(tree, ("datemodified",))


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        content = (meta.get("content") or "").strip()
        if content:
            found.setdefault(name.strip().lower(), content)
    return found


def _marked_up(tree: Any, properties: tuple[str, ...]) -> Iterator[str]:
    for element in tree.iterfind(".//*[@itemprop]"):
        if element.get("itemprop", "").lower() in properties and not _is_furniture(element):
            yield element.get("content") or element.get("datetime") or _words(element)


def _shown(tree: Any) -> Iterator[str]:
    """Yield the dates that are shown as the article's, from the top of the page on."""
    headline = max(tree.iter("h1"), key=lambda element: len(_text(element)), default=None)
    above, begun, number = headline is not None, False, 0
    for element in tree.iter("h1", *_TAGS):
        above = above and element is not headline
        begun = begun or (not above and element.tag in ("p", "div") and _begins_story(element))
        if not _looks_like_a_date(element):
            continue
        number += 1
        if number > _MOST_SHOWN:
            return
        apart = (above or begun) and headline is not None and not _is_beside(element, headline)
        if apart or (begun and not _is_labelled(element)) or _is_furniture(element) or _is_within_words(element):
            continue
        yield from _written_in(element)


def _written_in(element: Any) -> Iterator[str]:
    machine = element.get("datetime") if element.tag == "time" else element.get("title")
    if machine and element.tag in ("time", "abbr"):
        yield machine.strip()
    words = _words(element)
    if 0 < len(words) <= _LONGEST_SHOWN:
        yield words


def _looks_like_a_date(element: Any) -> bool:
    if element.get("itemprop"):  # of something else, or read already
        return False
    return element.tag == "time" or bool(_SHOWN.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _begins_story(element: Any) -> bool:
    """Tell whether an element is a paragraph long enough to be of the story; of a `div`, its own words count."""
    words = _text(element) if element.tag == "p" else element.text or ""
    return len(words) >= _SHORTEST_STORY and not _is_furniture(element)


def _is_beside(element: Any, headline: Any) -> bool:
    """Tell whether an element lies in the part of the page that the headline heads."""
    around = [each for each in headline.iterancestors() if each.tag not in ("body", "html")][:_LEVELS_ABOVE_HEADLINE]
    return any(each in around for each in element.iterancestors())


def _is_labelled(element: Any) -> bool:
    """Tell whether an element, or the short paragraph it is in, begins with a word that says what date it is."""
    parent = element.getparent()
    beginnings = (_text(element), _text(parent) if parent is not None else "")
    return any(len(words) <= _LONGEST_BYLINE and _LABEL.match(words) for words in beginnings)


def _is_within_words(element: Any) -> bool:
    """Tell whether an element is a part of running text."""
    paragraph = next((each for each in (element, *element.iterancestors()) if each.tag in ("p", "li", "td")), None)
    return paragraph is not None and len(_text(paragraph)) > _LONGEST_BYLINE


def _text(element: Any) -> str:
    """Return the words of an element; of a large one its first."""
    parts, size = list[str](), 0
    for part in element.itertext():
        parts.append(part)
        size += len(part)
        if size > _ENOUGH_CHARS:
            break
    return " ".join("".join(parts).split())


def _words(element: Any) -> str:
    words = _text(element) if len(element) < 10 else ""
    return "" if "©" in words else words


def _is_furniture(element: Any) -> bool:
    """Tell whether an element is of the page and not of its article."""
    for each in (element, *element.iterancestors()):
        if each.tag in _ASIDES:
            return True
        if each.tag not in ("body", "html", "main", "article") and _FURNITURE.search(
            f"{each.get('class') or ''} {each.get('id') or ''}"
        ):
            return True
    return False
