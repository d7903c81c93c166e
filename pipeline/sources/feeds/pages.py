"""With --full-text: the web page that an entry links to, in place of the summary that the entry carries.

Pages are asked for as feeds are: one at a time of each host, and none that the host's robots.txt keeps from us. Where
a page cannot be had, what the entry itself carries is used, and a reject says so.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from protego import Protego

from pipeline.errors import AddressError, EmptyTextError, FetchError, PageError, SourceError
from pipeline.records.rejects import reject
from pipeline.sources.document import STAGE, Document, publisher_of
from pipeline.sources.feeds.fetch import Answer, Client
from pipeline.sources.feeds.poll import Found
from pipeline.sources.html import decode_page, read_page
from schemas import Reject

LONGEST_CRAWL_DELAY = 10.0
"""The longest pause between two pages that a robots.txt can ask for, in seconds."""

_MAX_ROBOTS_BYTES = 500_000  # RFC 9309: at least this much must be read
_NOTHING = "User-agent: *\nDisallow: /"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})")
_ACCEPT = {"Accept": "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"}


_NAMED_WITH_VERSION = re.compile(r"^(\s*user-agent\s*:\s*[a-z_-]+)/\S*", re.IGNORECASE | re.MULTILINE)
"""A robot called by its version too: its name alone counts (RFC 9309, 2.2.1)."""


class Robots:
    """What the robots.txt files of hosts allow us, each asked for once (RFC 9309)."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._rules: dict[str, Protego] = {}

    def check(self, url: str) -> None:
        """Raise FetchError if we may not ask for `url`."""
        if not self._rules_for(url).can_fetch(url, self._client.policy.agent):
            raise FetchError("its host's robots.txt does not allow it, or cannot be had")

    def delay(self, url: str) -> float:
        """Return the seconds to leave between two pages of the host of `url`."""
        rules = self._rules.get(_site(url))
        asked = rules.crawl_delay(self._client.policy.agent) if rules else None
        return min(max(float(asked or 0), 0.0), LONGEST_CRAWL_DELAY)

    def _rules_for(self, url: str) -> Protego:
        site = _site(url)
        if site not in self._rules:
            self._rules[site] = self._read(f"{site}/robots.txt")
        return self._rules[site]

    def _read(self, url: str) -> Protego:
        try:
            answer = self._client.get(url, {}, _MAX_ROBOTS_BYTES)
        except AddressError:
            raise  # the page's own address would be refused alike, and for a reason that is to be told
        except SourceError:
            return Protego.parse(_NOTHING)
        if answer.status >= 500:  # nobody knows what it forbids
            return Protego.parse(_NOTHING)
        if answer.status >= 300:  # it forbids nothing
            return Protego.parse("")
        written = answer.body.decode("utf-8-sig", "replace")
        return Protego.parse(_NAMED_WITH_VERSION.sub(r"\1", written))


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def read_pages(
    pages: Iterable[Found], client: Client, robots: Robots, sleep: Callable[[float], None]
) -> Iterator[Found | Reject]:
    """Yield documents of one host with the texts of their pages, and rejects for the pages that could not be had."""
    delay = 0.0
    for page in pages:
        document, url = page.document, page.document.url
        if url is None:
            yield page
            continue
        if delay:
            sleep(delay)
        try:
            answer = client.get(url, _ACCEPT, may_ask=robots.check)
            yield page._replace(document=_with_page(document, answer))
        except SourceError as error:
            if document.text:
                yield reject(STAGE, f"its page cannot be read: {error}; what the feed carries was used", document.ref)
                yield page
            else:
                yield reject(STAGE, f"its page cannot be read: {error}; the feed carries no text", document.ref)
        delay = robots.delay(url)


def _with_page(document: Document, answer: Answer) -> Document:
    """Return a document with what its page says. The entry's own title and date come first, and its identity stays."""
    if answer.status != 200:
        raise FetchError(f"the server answers {answer.status}")
    if answer.cut:
        raise FetchError("it ended too soon")
    if not answer.body.strip():
        raise EmptyTextError
    kind = answer.headers.get("content-type", "text/html").lower()
    if "html" not in kind:
        raise PageError(f"no web page but {kind[:80]}")
    charset = _CHARSET.search(kind)
    page = read_page(decode_page(answer.body, charset[1] if charset else None))
    return replace(
        document,
        text=page.text,
        blocks=page.blocks,
        title=document.title or page.title,
        publisher=document.publisher or publisher_of(page.url or answer.url, page.site),
        published_at=document.published_at or page.published_at,
        language=page.language or document.language,
    )
