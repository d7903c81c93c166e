"""What a web page says of its article in JSON-LD, the data for search engines (schema.org).

A page describes more than its article there: its site, its videos, comments, other stories. Only works that are texts
count, and where several of them are of different days, only those that bear the headline of the page.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

_ARTICLE = re.compile(r"Article|Posting|Report")
_MOST_CHARS = 200_000
_WRAPPING = re.compile(r"(?://|/\*)?\s*(?:<!\[CDATA\[|\]\]>|<!--|-->)\s*(?:\*/)?")
"""What hides a script from browsers of the last century."""

_LEAST_TITLE_CHARS = 10
_DAY_CHARS = len("2023-11-14")


def described_articles(tree: Any) -> list[dict[str, Any]]:
    """Return what a page says of its article: the objects that can only be about it, the article before its page."""
    works = list(_works(tree))
    articles = [each for each in works if _ARTICLE.search(str(each.get("@type")))]
    return _of_the_story(articles, tree) + [each for each in works if each not in articles]


def _of_the_story(articles: list[dict[str, Any]], tree: Any) -> list[dict[str, Any]]:
    days = {str(each.get("datePublished"))[:_DAY_CHARS] for each in articles}
    if len(days) < 2:
        return articles
    titles = [_plain("".join(element.itertext())) for element in tree.iter("title", "h1")]
    return [each for each in articles if _is_named(_plain(str(each.get("headline") or each.get("name") or "")), titles)]


def _is_named(headline: str, titles: list[str]) -> bool:
    return len(headline) >= _LEAST_TITLE_CHARS and any(headline in title for title in titles)


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _works(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            data = _WRAPPING.sub("", script.text[:_MOST_CHARS]).strip().rstrip(";")
            yield from _texts_in(json.loads(data, strict=False))
        except (ValueError, RecursionError):
            continue


def _texts_in(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects that are texts, or pages that hold one."""
    for each in data if isinstance(data, list) else [data]:
        if isinstance(each, dict):
            kind = str(each.get("@type"))
            if _ARTICLE.search(kind) or "WebPage" in kind:
                yield each
            for inner in (each.get("@graph"), each.get("mainEntity")):
                yield from _texts_in(inner) if isinstance(inner, list | dict) else ()
