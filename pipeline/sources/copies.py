"""Copies of articles: wire copy that many publishers print, word for word or nearly.

**What is a copy.** Two articles whose texts share at least `SAME_SHARE` of their three-word sequences (Jaccard
similarity, estimated by MinHash), or of which one has nearly all of the other and not much besides (`MIN_PART`): wire
copy in the furniture of its printer's page. The later one is a copy of the earliest that it resembles; "earlier" is by
publication time, then by id, so that the answer depends on the set of articles and not on the order they came in.
Revisions of one document (same source and name) are not copies of each other.

**Which error is preferred.** A missed copy counts one report as two independent sources; a false one counts two as
one. Neither loses a report: copies are extracted and linked like any article, and only the count of independent
sources folds them. Short texts (fewer than `SHORTEST_WORDS`) are copies only when they are equal word for word,
because a formula ("a rocket hit X, no casualties were reported") makes different news look alike.

**How.** Broder's MinHash with `PERMUTATIONS` hash functions in `BANDS` bands (Leskovec, Rajaraman and Ullman, Mining
of Massive Datasets, ch. 3): texts of similarity s share a band with probability 1 − (1 − s⁸)¹⁶, which is 0.9999 at
0.9, 0.95 at 0.8 and 0.06 at 0.5. `PART_BANDS` narrower bands find texts of which one is a part of the other, which
are less alike: 0.87 at 0.5. What shares a band is compared by the whole signature. How much of the smaller text is in
the larger follows from their similarity and from how many sequences each has, which is kept behind the signature.
"""

import re
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from pipeline.records.normalised_text import as_seen
from schemas import Article
from schemas.base import Record, UtcDatetime
from schemas.tables import Fingerprint

PERMUTATIONS, BANDS = 128, 16
SHINGLE_WORDS = 3
SHORTEST_WORDS = 40
SAME_SHARE = 0.8
PART_BANDS = 32
MIN_PART, MAX_PART, CONTAINED_SHARE = 0.4, 0.9, 0.8
"""What share of the larger of two texts the smaller may be, from and to, and the least of the smaller that is in it.

That is less than nearly all, because what is known of it is an estimate.
"""
MAX_COMPARED = 10
"""How many earlier articles of one band an article is compared with: bounds the work for boilerplate."""

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)
_END_OF_TIME = 2**62

_WORD_BYTES = 4
_PRIME = np.uint64((1 << 31) - 1)
_WORD = re.compile(r"\w+")


def _constants(name: str) -> npt.NDArray[np.uint64]:
    """Return the constants of the hash functions: hashes of their names, the same on any machine and for ever."""
    hashes = (blake2b(f"{name} {number}".encode(), digest_size=8).digest() for number in range(PERMUTATIONS))
    drawn = [1 + int.from_bytes(digest, "big") % (int(_PRIME) - 1) for digest in hashes]
    return np.array(drawn, dtype=np.uint64).reshape(PERMUTATIONS, 1)


_FACTORS, _OFFSETS = _constants("factor"), _constants("offset")


class Candidate(Record):
    """What is needed of an article to tell whether it is a copy, and of what.

    `duplicate_of` and `original_published_at` are what earlier runs took it for a copy of.
    """

    article_id: str
    document: str
    published_at: UtcDatetime | None = None
    signature: bytes
    duplicate_of: str | None = None
    original_published_at: UtcDatetime | None = None

    @property
    def seniority(self) -> tuple[int, str]:
        """The order of articles by publication, undated ones last, then by id: no two tie."""
        return _microseconds(self.published_at), self.article_id


def _microseconds(published_at: datetime | None) -> int:
    """Return a time as microseconds since 1970; null as the end of time."""
    return _END_OF_TIME if published_at is None else (published_at - _EPOCH) // _MICROSECOND


class Copy(Record):
    """That an article is a copy of another."""

    article_id: str
    original: str


def fingerprint_of(article: Article) -> Fingerprint:
    """Return what the database keeps of an article, to recognise copies by. Equal words give equal signatures."""
    shingles = _shingles(article.text)
    signature = _signature(shingles)
    size = [len(shingles)] if len(shingles) >= SHORTEST_WORDS // 2 else []
    kept = np.append(signature, np.array(size, dtype=np.uint32))
    return Fingerprint(article_id=article.article_id, bands=_bands(signature), signature=kept.tobytes())


def _bands(signature: npt.NDArray[np.uint32]) -> tuple[int, ...]:
    """Return hashes of stretches of a signature, each with its position: nearly equal texts share at least one."""
    wide, narrow = signature.reshape(BANDS, -1), signature.reshape(PART_BANDS, -1)
    return tuple(zlib.crc32(row.tobytes()) << 8 | position for position, row in enumerate([*wide, *narrow]))


def similarity(one: bytes, other: bytes) -> float:
    """Return the estimated share of word sequences that two texts have in common, from their signatures."""
    equal: npt.NDArray[np.bool_] = _unpack(one)[:PERMUTATIONS] == _unpack(other)[:PERMUTATIONS]
    return float(equal.mean())


def is_part(one: bytes, other: bytes) -> bool:
    """Tell whether nearly all of the smaller of two texts is in the larger, as far as their signatures tell.

    Signatures of earlier releases, and of texts that are too short, do not say how large a text is.
    """
    sizes = [int(_unpack(each)[-1]) if len(each) > PERMUTATIONS * _WORD_BYTES else 0 for each in (one, other)]
    if not min(sizes) or not MIN_PART * max(sizes) <= min(sizes) <= MAX_PART * max(sizes):
        return False
    share = similarity(one, other)
    return share * sum(sizes) / (1 + share) >= CONTAINED_SHARE * min(sizes)


def copy_of(article: Candidate, earlier: Iterable[Candidate]) -> Copy | None:
    """Return what an article is newly known to be a copy of, among earlier ones; None if that is nothing new."""
    alike = [other for other in earlier if _alike(other, article)]
    original = min(alike, key=lambda other: other.seniority, default=None)
    if original is None:
        return None
    if article.duplicate_of is not None:
        known = (_microseconds(article.original_published_at), article.duplicate_of)
        if known <= original.seniority:
            return None
    return Copy(article_id=article.article_id, original=original.article_id)


def _alike(one: Candidate, other: Candidate) -> bool:
    if one.document == other.document:
        return False
    return similarity(one.signature, other.signature) >= SAME_SHARE or is_part(one.signature, other.signature)


def _shingles(text: str) -> npt.NDArray[np.uint64]:
    words = _WORD.findall(as_seen(text))
    size = SHINGLE_WORDS if len(words) >= SHORTEST_WORDS else max(1, len(words))
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    hashes = {zlib.crc32(b" ".join(encoded[i : i + size])) for i in range(len(encoded) - size + 1)}
    return np.fromiter(hashes or {0}, dtype=np.uint64)


def _signature(shingles: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint32]:
    permuted = (_FACTORS * (shingles % _PRIME) + _OFFSETS) % _PRIME
    signature: npt.NDArray[np.uint32] = permuted.min(axis=1).astype(np.uint32)
    return signature


def _unpack(signature: bytes) -> npt.NDArray[np.uint32]:
    return np.frombuffer(signature, dtype=np.uint32)
