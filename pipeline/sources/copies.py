"""Copies of articles: wire copy that many publishers print, word for word or nearly.

**What is a copy.** Two articles whose texts share at least `SAME_SHARE` of their three-word sequences (Jaccard
similarity, estimated by MinHash). The later one is a copy of the earliest that it resembles; "earlier" is by
publication time, then by id, so that the answer depends on the set of articles and not on the order they came in.
Revisions of one document (same source and name) are not copies of each other.

**Which error is preferred.** A missed copy counts one report as two independent sources; a false one counts two as
one. Neither loses a report: copies are extracted and linked like any article, and only the count of independent
sources folds them. Short texts (fewer than `SHORTEST_WORDS`) are copies only when they are equal word for word,
because a formula ("a rocket hit X, no casualties were reported") makes different news look alike.

**How.** Broder's MinHash with `PERMUTATIONS` hash functions in `BANDS` bands (Leskovec, Rajaraman and Ullman, Mining
of Massive Datasets, ch. 3): texts of similarity s share a band with probability 1 − (1 − s⁴)¹⁶, which is 0.9998 at
0.8 and 0.12 at 0.3. What shares a band is compared by the whole signature.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.sources.revisions import document_key
from schemas import Article
from schemas.base import Record, UtcDatetime
from schemas.tables import Fingerprint

PERMUTATIONS, BANDS = 64, 16
SHINGLE_WORDS = 3
SHORTEST_WORDS = 40
SAME_SHARE = 0.8
MAX_COMPARED = 50
"""How many earlier articles of one band an article is compared with: bounds the work for boilerplate."""

_ROWS = PERMUTATIONS // BANDS
_PRIME = np.uint64((1 << 31) - 1)
_WORD = re.compile(r"\w+")
_FACTORS, _OFFSETS = np.random.default_rng(20231017).integers(1, int(_PRIME), (2, PERMUTATIONS, 1), dtype=np.uint64)


class Candidate(Record):
    """What is needed of an article to tell whether it is a copy, and of what.

    `publisher` is whose text it is as far as earlier runs know; `duplicate_of` and `original_published_at` are what
    they took it for a copy of.
    """

    article_id: str
    document: str
    publisher: str
    published_at: UtcDatetime | None = None
    bands: tuple[int, ...]
    signature: bytes
    duplicate_of: str | None = None
    original_published_at: UtcDatetime | None = None

    @property
    def seniority(self) -> tuple[bool, str, str]:
        """The order of articles by publication, undated ones last, then by id: no two tie."""
        return _seniority(self.published_at, self.article_id)

    @property
    def fingerprint(self) -> Fingerprint:
        """What the database keeps, so that later runs can compare."""
        return Fingerprint(article_id=self.article_id, bands=self.bands, signature=self.signature)


def _seniority(published_at: datetime | None, article_id: str) -> tuple[bool, str, str]:
    return published_at is None, published_at.isoformat() if published_at else "", article_id


class Copy(Record):
    """That an article is a copy of another, and who published that other one."""

    article_id: str
    original: str
    publisher: str


def candidate_of(article: Article) -> Candidate:
    """Return a new article as it is compared with others. Equal words give equal signatures."""
    signature = _signature(_shingles(article.text))
    return Candidate(
        article_id=article.article_id,
        document=document_key(article.source, article.name) if article.name else article.article_id,
        publisher=article.source,
        published_at=article.published_at,
        bands=_bands(signature),
        signature=signature.tobytes(),
    )


def similarity(one: bytes, other: bytes) -> float:
    """Return the estimated share of word sequences that two texts have in common, from their signatures."""
    equal: npt.NDArray[np.bool_] = _unpack(one) == _unpack(other)
    return float(equal.mean())


class Resemblance(NamedTuple):
    """An article and an earlier one that it resembles."""

    copy: Candidate
    original: Candidate


def resemblances_among(alike: Iterable[Candidate]) -> Iterator[Resemblance]:
    """Yield, for articles that share a band, each one's resemblance to the earliest that it resembles, if any."""
    distinct = {candidate.article_id: candidate for candidate in alike}
    ordered = sorted(distinct.values(), key=lambda candidate: candidate.seniority)
    for position, article in enumerate(ordered):
        for earlier in ordered[: min(position, MAX_COMPARED)]:
            if earlier.document != article.document and _alike(earlier, article):
                yield Resemblance(article, earlier)
                break


def _alike(one: Candidate, other: Candidate) -> bool:
    return similarity(one.signature, other.signature) >= SAME_SHARE


def copy_of(resemblances: Iterable[Resemblance]) -> Copy | None:
    """Return what an article is newly known to be a copy of, from all its resemblances; None if that is nothing new."""
    copy, original = min(resemblances, key=lambda resemblance: resemblance.original.seniority)
    if copy.duplicate_of is not None:
        known = _seniority(copy.original_published_at, copy.duplicate_of)
        if known <= original.seniority:
            return None
    return Copy(article_id=copy.article_id, original=original.article_id, publisher=original.publisher)


def original_of(copies: Mapping[str, Copy], article_id: str, publisher: str) -> tuple[str, str]:
    """Follow an article to the original that it is a copy of, at any remove; return the original's id and publisher.

    Copies point to earlier articles only, so that the walk ends.
    """
    while article_id in copies:
        copy = copies[article_id]
        article_id, publisher = copy.original, copy.publisher
    return article_id, publisher


def _shingles(text: str) -> npt.NDArray[np.uint64]:
    words = _WORD.findall(text.casefold())
    size = SHINGLE_WORDS if len(words) >= SHORTEST_WORDS else max(1, len(words))
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    hashes = {zlib.crc32(b" ".join(encoded[i : i + size])) for i in range(len(encoded) - size + 1)}
    return np.fromiter(hashes or {0}, dtype=np.uint64)


def _signature(shingles: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint32]:
    permuted = (_FACTORS * (shingles % _PRIME) + _OFFSETS) % _PRIME
    signature: npt.NDArray[np.uint32] = permuted.min(axis=1).astype(np.uint32)
    return signature


def _bands(signature: npt.NDArray[np.uint32]) -> tuple[int, ...]:
    rows = signature.astype("<u4").reshape(BANDS, _ROWS)
    return tuple(zlib.crc32(row.tobytes()) << 8 | index for index, row in enumerate(rows))


def _unpack(signature: bytes) -> npt.NDArray[np.uint32]:
    return np.frombuffer(signature, dtype=np.uint32)
