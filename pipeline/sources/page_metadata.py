"""What a web page says of itself in trafilatura's reading: the title, the address and the site of its article.

Trafilatura's own way to these also looks for authors, tags, licences and dates, which takes nearly as long as finding
the text, and of which we use none. So its readers of the three are called, in the order that it calls them in.
"""

import json
import re
from contextlib import suppress
from typing import Any, NamedTuple

_MOST_TAGS = 500
_LONGEST_BROKEN = 20_000
_HOST = re.compile(r"https?://(?:www\.|w[0-9]+\.)?([^/]+)")


class PageMetadata(NamedTuple):
    """The title, the address and the site of a page; null where it does not say."""

    title: str | None
    url: str | None
    site: str | None


def read_metadata(tree: Any) -> PageMetadata:
    """Return what a page says of itself."""
    from trafilatura import metadata  # here, since it takes time that readers of other kinds have no use for

    found = metadata.examine_meta(tree)
    with suppress(Exception):  # it parses what strangers wrote, and fails on some of it in ways that it does not name
        if all(
            _is_bounded(script.text or "") for script in tree.iter("script") if "json" in (script.get("type") or "")
        ):
            found = metadata.extract_meta_json(tree, found)
    found.title = found.title or metadata.extract_title(tree)
    found.url = found.url or metadata.extract_url(tree)
    found.sitename = _site(found.sitename or metadata.extract_sitename(tree), found.url)
    found.clean_and_trim()
    return PageMetadata(found.title or None, found.url or None, found.sitename or None)


def _is_bounded(data: str) -> bool:
    """Tell whether data are read in time that grows with their length: the square of it, for broken ones and markup."""
    if data.count("<") > _MOST_TAGS:
        return False
    if len(data) <= _LONGEST_BROKEN:
        return True
    try:
        json.loads(data, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _site(named: str | None, url: str | None) -> str | None:
    """Return the name of a site: as it is written, or the host of its address."""
    name = (named or "").lstrip("@")
    if name:
        return name if "." in name or name[0].isupper() else name.title()
    host = _HOST.match(url or "")
    return host[1] if host else None
