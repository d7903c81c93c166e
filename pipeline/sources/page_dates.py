"""When a web page says that its article was published: what it declares, and what it shows as the article's date.

A page is full of dates: of its comments, of other stories, of events, of its copyright. One is taken if it is declared
(meta, JSON-LD, `itemprop`), or if it is shown as a date within the article's own part of the page. The first of these
that gives a day decides; publication comes before revision.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pipeline.sources.moments import find_moment, read_moment

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
    r"|teaser|event|archive|calendar|breadcrumb|menu|nav\b|newsletter|share|cookie)",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"date|time|publish|posted|byline|meta\b|entry-meta|dateline|stamp", re.IGNORECASE)
_ASIDES = frozenset({"footer", "aside", "nav", "blockquote", "a", "form"})
_MOST_JSON_CHARS = 200_000
_LONGEST_SHOWN = 80
_MOST_SHOWN = 200


def published_at(tree: Any) -> datetime | None:
    """Return when the article of a page was published, in the zone that the page names; None if it does not say."""
    moments = (read_moment(written) or find_moment(written) for written in _candidates(tree))
    return next((moment for moment in moments if moment), None)


def _candidates(tree: Any) -> Iterator[str]:
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    yield from (metas[name] for name in _PUBLISHED if name in metas)
    yield from (str(data["datePublished"]) for data in linked if "datePublished" in data)
    yield from _marked_up(tree, ("datepublished", "datecreated"))
    yield from _shown(tree)
    yield from (metas[name] for name in _REVISED if name in metas)
    yield from (str(data["dateModified"]) for data in linked if "dateModified" in data)
    yield from _marked_up(tree, ("datemodified",))


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        content = (meta.get("content") or "").strip()
        if content:
            found.setdefault(name.strip().lower(), content)
    return found


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of JSON-LD that are works, not the comments or videos in them."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            yield from _works(json.loads(script.text[:_MOST_JSON_CHARS], strict=False))
        except (ValueError, RecursionError):
            continue


def _works(data: Any) -> Iterator[dict[str, Any]]:
    for each in data if isinstance(data, list) else [data]:
        if isinstance(each, dict):
            kind = str(each.get("@type"))
            if "Article" in kind or "Posting" in kind or "WebPage" in kind or "Report" in kind:
                yield each
            graph = each.get("@graph")
            yield from _works(graph) if isinstance(graph, list) else ()


def _marked_up(tree: Any, properties: tuple[str, ...]) -> Iterator[str]:
    for element in tree.iterfind(".//*[@itemprop]"):
        if element.get("itemprop", "").lower() in properties and not _is_furniture(element):
            yield element.get("content") or element.get("datetime") or _words(element)


def _shown(tree: Any) -> Iterator[str]:
    """Yield the dates that are shown where the article is, from the top of the page on."""
    number = 0
    for element in tree.iter("time", "span", "div", "p", "li", "em", "small", "b", "i", "strong"):
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag != "time" and not _SHOWN.search(named):
            continue
        number += 1
        if number > _MOST_SHOWN:
            return
        if _is_furniture(element):
            continue
        if element.tag == "time" and element.get("datetime"):
            yield element.get("datetime", "").strip()
        words = _words(element)
        if 0 < len(words) <= _LONGEST_SHOWN:
            yield words


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if len(element) < 10 else ""


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
