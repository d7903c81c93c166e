import zlib
from datetime import date, timedelta
from typing import Any

import pytest

from pipeline.sources.copies import (
    BANDS,
    PART_BANDS,
    SAME_SHARE,
    SHORTEST_WORDS,
    Candidate,
    Copy,
    copy_of,
    fingerprint_of,
    similarity,
)
from schemas import Article
from tests.support.records import DAY, article, at
from tests.support.words import text, words

NEXT = DAY + timedelta(days=1)


def press(name: str, content: str, published: date | None = DAY, **fields: str) -> Article:
    return article(content, name, published, **{"source": name} | fields)


def candidate(source: Article, **fields: Any) -> Candidate:
    document = f"{source.source} {source.name}"
    signature = fingerprint_of(source).signature
    return Candidate(
        article_id=source.article_id, document=document, published_at=source.published_at, signature=signature, **fields
    )


def found(*articles: Article) -> set[tuple[str, str]]:
    """The names of copies and of what they are copies of, when each is compared with all before it."""
    names = {each.article_id: each.ref for each in articles}
    reported = sorted((candidate(each) for each in articles), key=lambda each: each.seniority)
    copies = [copy_of(each, reported[:position]) for position, each in enumerate(reported)]
    return {(names[copy.article_id], names[copy.original]) for copy in copies if copy is not None}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (text(1), text(1)),
        (text(1), text(1).upper()),
        (text(1), text(1).replace(" ", ",\n")),
        (text(1), text(1, changed=3)),
        (text(1), text(1) + " (Additional reporting by our staff)"),
        ("A drone hit.", "A drone hit."),
        ("A drone hit.", "a DRONE hit"),
        (text(1, SHORTEST_WORDS - 1), text(1, SHORTEST_WORDS - 1)),
        (text(1), "\u00ad".join(text(1))),
        (text(1), text(1).replace("e", "e\u200b")),
        (text(1).replace("e", "\u00e9"), text(1).replace("e", "e\u0301")),
    ],
)
def test_the_same_words_are_a_copy(one: str, other: str) -> None:
    assert found(press("one", one), press("other", other, NEXT)) == {("other", "one")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (text(1), text(2)),
        (text(1), text(1, changed=100)),
        (text(1), f"{text(1)} {text(2)} {text(3)}"),
        ("A drone hit Hajin.", "A drone hit Hit."),
        (text(1, SHORTEST_WORDS - 1), text(1, SHORTEST_WORDS - 1, changed=1)),
        (text(1, SHORTEST_WORDS - 1), text(1, SHORTEST_WORDS - 1) + " " + words(1, SHORTEST_WORDS)[-1]),
        ("A drone hit.", "!"),
    ],
)
def test_other_words_are_no_copy(one: str, other: str) -> None:
    assert found(press("one", one), press("other", other, NEXT)) == set()


def test_the_earliest_is_the_original() -> None:
    undated, later, first = press("undated", text(1), None), press("later", text(1), NEXT), press("first", text(1))
    assert found(undated, later, first) == {("later", "first"), ("undated", "first")}


def test_of_two_of_one_time_the_id_decides() -> None:
    one, other = sorted((press("one", text(1)), press("other", text(1))), key=lambda each: each.article_id)
    assert found(one, other) == {(other.ref, one.ref)}


def test_a_revision_is_no_copy() -> None:
    one, other = press("one", text(1)), press("one", text(1, changed=2), NEXT)
    assert found(one, other) == set()
    assert found(one, press("one", text(1, changed=2), NEXT, source="wire")) != set()


def test_what_is_known_is_not_told_again() -> None:
    first, second = press("first", text(1)), press("second", text(1), NEXT)
    original = candidate(first)
    assert copy_of(candidate(second), [original]) == Copy(article_id=second.article_id, original=first.article_id)
    known = candidate(second, duplicate_of=first.article_id, original_published_at=at(DAY))
    assert copy_of(known, [original]) is None
    assert copy_of(known, []) is None
    assert copy_of(known, [candidate(press("between", text(1), NEXT))]) is None


def test_an_earlier_original_replaces_a_later_one() -> None:
    copy = press("copy", text(1), NEXT + timedelta(days=1))
    known = candidate(copy, duplicate_of="a-known", original_published_at=at(NEXT))
    earlier = candidate(press("earlier", text(1)))
    assert copy_of(known, [earlier]) == Copy(article_id=copy.article_id, original=earlier.article_id)


def test_similarity_estimates_what_texts_share() -> None:
    whole, half = (fingerprint_of(press("a", text(1, changed=changed))).signature for changed in (0, 66))
    assert similarity(whole, whole) == 1.0
    assert 0.35 < similarity(whole, half) < 0.65  # a third of the words, so half of all sequences
    assert similarity(whole, fingerprint_of(press("a", text(2))).signature) < 0.1


@pytest.mark.parametrize("changed", [0, 2, 4, 6])
@pytest.mark.parametrize("seed", range(5))
def test_what_is_alike_shares_a_band(seed: int, changed: int) -> None:
    one, other = (fingerprint_of(press("a", text(seed, changed=each))) for each in (0, changed))
    assert similarity(one.signature, other.signature) >= SAME_SHARE
    assert set(one.bands) & set(other.bands)
    assert not set(one.bands) & set(fingerprint_of(press("a", text(seed + 100))).bands)
    assert len(set(one.bands)) == BANDS + PART_BANDS


@pytest.mark.parametrize("furniture", [20, 60, 100, 140])
@pytest.mark.parametrize("seed", range(4))
def test_a_text_within_the_furniture_of_a_page_is_a_copy(seed: int, furniture: int) -> None:
    around = " ".join(words(seed + 500, furniture))
    pages = [press("one", text(seed)), press("other", f"{around} {text(seed)} Subscribe to us.", NEXT)]
    assert found(*pages) == {("other", "one")}
    bands = [set(fingerprint_of(page).bands) for page in pages]
    assert bands[0] & bands[1]


def test_a_text_with_as_much_of_its_own_is_no_copy() -> None:
    shared = " ".join(words(1, 100))
    one, other = (press(name, f"{shared} {' '.join(words(seed, 100))}") for name, seed in (("one", 2), ("other", 3)))
    assert found(one, other) == set()


def test_a_report_in_a_long_round_up_makes_it_no_copy() -> None:
    assert found(press("one", text(1)), press("round-up", f"{text(1)} {' '.join(words(7, 900))}", NEXT)) == set()


@pytest.mark.parametrize("content", ["!", " . ", "🇸🇾", "ß" * 10_000, "无人机袭击了基地。" * 100])
def test_any_text_can_be_compared(content: str) -> None:
    assert found(press("one", content), press("other", content, NEXT)) == {("other", "one")}


def test_a_fingerprint_is_what_is_kept() -> None:
    reported = press("one", text(1))
    assert fingerprint_of(reported).article_id == reported.article_id
    assert fingerprint_of(press("one", text(1))) == fingerprint_of(reported)


def test_fingerprints_are_what_they_have_always_been() -> None:
    kept = fingerprint_of(press("one", "A drone hit."))
    assert (kept.bands[0], zlib.crc32(kept.signature)) == (680250594048, 248449859)
