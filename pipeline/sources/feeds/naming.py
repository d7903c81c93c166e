"""What a feed's entries are called, so that one is known again: when it changes it is a revision, not another article.

An entry is called by its guid; without one by its link; without either by a hash of what it says. Three faults of
feeds are common enough to be provided for:

- **Guids that repeat.** In a feed that gives several entries the same guid, guids mean nothing: from then on, for
  ever, its entries are called by their links, and if those repeat too by their hashes.
- **Guids that change**, with the title or with every build of the feed. An entry with an unknown guid and the link of a
  known entry that is no longer there is that entry, provided that the link belongs to one entry only, is no home page,
  and the dates agree. Otherwise it is another: a false revision would hide a report, a missed one only counts the same
  words twice, and copies are recognised by their words.
- **Guids that other feeds use too** ("1", "2", "post-7"). A guid that is no URI is taken together with the feed's URL.

An entry that has changed its date only has not changed: there are feeds that date their entries with every build.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urlsplit

from pipeline.sources.feeds.parse import Entry
from schemas import EntryIdentity, Feed, FeedEntry

_MOST_CHOICES = 3
_URI = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """An entry, what it is called, and whether it is new or says something new."""

    entry: Entry
    state: FeedEntry
    is_news: bool


def name_entries(feed: Feed, entries: Sequence[Entry], home: str | None) -> tuple[EntryIdentity, list[NamedEntry]]:
    """Return what tells the entries of a feed apart, and the entries with their names.

    Left out are entries that say what another says and have nothing of their own to be called by.
    `feed` is what was known before; `home` is the site that the feed is of.
    """
    first: dict[tuple[str | None, str | None, str], Entry] = {}
    for entry in entries:
        first.setdefault((entry.guid, entry.link, digest_of(entry)), entry)
    distinct = list(first.values())
    guids = Counter(entry.guid for entry in distinct if entry.guid)
    links = Counter(entry.link for entry in distinct if entry.link)
    identity = _identity(feed.identity, guids, links)
    known = {entry.name: entry for entry in feed.entries}
    choices = [list(_choices(feed.feed_url, entry, identity, guids, links)) for entry in distinct]
    names = _Names(len(distinct))
    names.give(own[0] if own[0] in known else None for own in choices)
    names.give(next((name for name in own if name in known), None) for own in choices)
    left = _left_by_link(feed.entries, names.given)
    names.give(_name_by_link(entry, left, links, home) for entry in distinct)
    for rank in range(_MOST_CHOICES):
        names.give(own[min(rank, len(own) - 1)] for own in choices)
    named = [_named(entry, name, known) for entry, name in zip(distinct, names.names, strict=True) if name]
    return identity, named


class _Names:
    """The names of entries: each has one at most, and no two have the same; who comes first has it."""

    def __init__(self, entries: int) -> None:
        self.names: list[str | None] = [None] * entries
        self.given: set[str] = set()

    def give(self, proposed: Iterable[str | None]) -> None:
        """Name those entries that have no name yet and for whom one is proposed that nobody has."""
        for position, name in enumerate(proposed):
            if name and self.names[position] is None and name not in self.given:
                self.names[position] = name
                self.given.add(name)


def digest_of(entry: Entry) -> str:
    """Return a hash of what an entry says: its title and its text."""
    hasher = blake2b(digest_size=12)
    for part in (entry.title or "", entry.text or ""):
        encoded = part.encode("utf-8", "surrogatepass")
        hasher.update(len(encoded).to_bytes(8, "big") + encoded)
    return hasher.hexdigest()


def _identity(before: EntryIdentity, guids: Counter[str], links: Counter[str]) -> EntryIdentity:
    identity = before
    if identity is EntryIdentity.GUID and any(count > 1 for count in guids.values()):
        identity = EntryIdentity.LINK
    if identity is EntryIdentity.LINK and any(count > 1 for count in links.values()):
        identity = EntryIdentity.DIGEST
    return identity


def _choices(
    feed_url: str, entry: Entry, identity: EntryIdentity, guids: Counter[str], links: Counter[str]
) -> Iterator[str]:
    """Yield what an entry can be called, the best first."""
    if entry.guid and identity is EntryIdentity.GUID and guids[entry.guid] == 1:
        yield entry.guid if _URI.match(entry.guid) else f"{feed_url}#{entry.guid}"
    if entry.link and identity is not EntryIdentity.DIGEST and links[entry.link] == 1:
        yield entry.link
    yield f"{feed_url}#{digest_of(entry)}"


def _left_by_link(known: Sequence[FeedEntry], taken: set[str]) -> dict[str, FeedEntry]:
    """Return the known entries that are no longer there under their names, by links that only they have."""
    links = Counter(entry.link for entry in known)
    return {entry.link: entry for entry in known if entry.link and links[entry.link] == 1 and entry.name not in taken}


def _name_by_link(entry: Entry, left: dict[str, FeedEntry], links: Counter[str], home: str | None) -> str | None:
    """Return the name of the known entry that an entry is, as its link tells; None if it does not."""
    if not entry.link or links[entry.link] > 1 or _is_home(entry.link, home):
        return None
    known = left.get(entry.link)
    return known.name if known and _dates_agree(known, entry) else None


def _dates_agree(known: FeedEntry, entry: Entry) -> bool:
    return None in (known.published_at, entry.published_at) or known.published_at == entry.published_at


def _is_home(link: str, home: str | None) -> bool:
    parts = urlsplit(link)
    return link == home or (parts.path in ("", "/") and not parts.query)


def _named(entry: Entry, name: str, known: dict[str, FeedEntry]) -> NamedEntry:
    state = FeedEntry(name=name, link=entry.link, published_at=entry.published_at, digest=digest_of(entry))
    before = known.get(name)
    return NamedEntry(entry, state, is_news=before is None or before.digest != state.digest)
