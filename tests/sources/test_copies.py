import random
import zlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sources.copies import (
    MAX_COMPARED,
    SAME_SHARE,
    SHORTEST_WORDS,
    Candidate,
    Copy,
    band_columns,
    candidate_of,
    copy_of,
    original_of,
    pairs_in,
    similarity,
)
from schemas import Article
from tests.support.records import DAY, article, at

NEXT = DAY + timedelta(days=1)


def words(seed: int, number: int = 200) -> list[str]:
    """Words of a made-up language, other ones for another seed."""
    generator = random.Random(seed)  # noqa: S311  # nothing secret
    return ["".join(generator.choices("aeioubdgklmnprst", k=6)) for _ in range(number)]


def text(seed: int, number: int = 200, changed: int = 0) -> str:
    """A text; `changed` words in the middle of it are others."""
    written = words(seed, number)
    written[number // 2 : number // 2 + changed] = words(seed + 1_000, changed)
    return " ".join(written)


def press(name: str, content: str, published: date | None = DAY, **fields: str) -> Article:
    return article(content, name, published, **{"source": name} | fields)


def candidates(*articles: Article) -> dict[str, Candidate]:
    return {each.article_id: candidate_of(each) for each in articles}


def copies_in(known: Iterable[Candidate]) -> dict[str, Copy]:
    """Find copies as the pipeline does, without one."""
    by_id = {each.article_id: each for each in known}
    columns: dict[int, list[bytes]] = defaultdict(list)
    for each in by_id.values():
        for position, column in band_columns([each]):
            columns[position].append(column)
    earlier_of: dict[str, set[str]] = defaultdict(set)
    for column in columns.values():
        for earlier, later in pairs_in(column):
            earlier_of[later].add(earlier)
    found = (copy_of(by_id[later], [by_id[each] for each in earlier]) for later, earlier in earlier_of.items())
    return {copy.article_id: copy for copy in found if copy is not None}


def found(*articles: Article) -> set[tuple[str, str]]:
    """The names of copies and of what they are copies of."""
    names = {each.article_id: each.ref for each in articles}
    copies = copies_in(candidates(*articles).values()).values()
    return {(names[copy.article_id], names[copy.original]) for copy in copies}


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
    ],
)
def test_the_same_words_are_a_copy(one: str, other: str) -> None:
    assert found(press("one", one), press("other", other, NEXT)) == {("other", "one")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (text(1), text(2)),
        (text(1), text(1, changed=100)),
        (text(1), text(1) + " " + text(2)),
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


def test_a_small_step_after_the_other_leads_to_the_first() -> None:
    steps = [press(f"{number}.txt", text(1, changed=8 * number), DAY + timedelta(days=number)) for number in range(8)]
    known = candidates(*steps)
    assert similarity(known[steps[0].article_id].signature, known[steps[7].article_id].signature) < SAME_SHARE
    copies = copies_in(known.values())
    assert {original_of(copies, each.article_id, each.source)[0] for each in steps} == {steps[0].article_id}
    assert original_of(copies, steps[7].article_id, "7.txt")[1] == "0.txt"


def test_what_is_no_copy_is_its_own_original() -> None:
    assert original_of({}, "a-1", "press") == ("a-1", "press")


def test_what_is_known_is_not_told_again() -> None:
    first, second = press("first", text(1)), press("second", text(1), NEXT)
    original, copy = candidate_of(first), candidate_of(second)
    told = copy_of(copy, [original])
    assert told == Copy(article_id=second.article_id, original=first.article_id, publisher="first")
    known = copy.model_copy(update={"duplicate_of": first.article_id, "original_published_at": at(DAY)})
    assert copy_of(known, [original]) is None
    assert copy_of(known, []) is None
    assert copy_of(known, [candidate_of(press("between", text(1), NEXT))]) is None


def test_an_earlier_original_replaces_a_later_one() -> None:
    copy = candidate_of(press("copy", text(1), NEXT + timedelta(days=1)))
    known = copy.model_copy(update={"duplicate_of": "a-known", "original_published_at": at(NEXT)})
    earlier = candidate_of(press("earlier", text(1)))
    told = copy_of(known, [earlier])
    assert told is not None
    assert told.original == earlier.article_id


def test_a_copy_of_a_copy_has_the_first_publisher() -> None:
    known = candidate_of(press("known", text(1))).model_copy(update={"publisher": "wire"})
    told = copy_of(candidate_of(press("new", text(1), NEXT)), [known])
    assert told is not None
    assert told.publisher == "wire"


def test_similarity_estimates_what_texts_share() -> None:
    whole, half = (candidate_of(press("a", text(1, changed=changed))).signature for changed in (0, 66))
    assert similarity(whole, whole) == 1.0
    assert 0.35 < similarity(whole, half) < 0.65  # a third of the words, so half of all sequences
    assert similarity(whole, candidate_of(press("a", text(2))).signature) < 0.1


@pytest.mark.parametrize("content", ["!", " . ", "🇸🇾", "ß" * 10_000, "无人机袭击了基地。" * 100])
def test_any_text_can_be_compared(content: str) -> None:
    assert found(press("one", content), press("other", content, NEXT)) == {("other", "one")}


def test_boilerplate_is_compared_with_a_few() -> None:
    many = [candidate_of(press(f"{number}", text(1))) for number in range(100)]
    (position, column), *_ = band_columns(many)
    assert position == 0
    pairs = list(pairs_in([column]))
    assert len(pairs) == len(set(pairs)) <= MAX_COMPARED * len(many)
    assert len({later for _, later in pairs}) == len(many) - 1
    assert len(copies_in(many)) == len(many) - 1


def test_a_fingerprint_is_what_is_kept() -> None:
    candidate = candidate_of(press("one", text(1)))
    kept = candidate.fingerprint
    assert (kept.article_id, kept.bands, kept.signature) == (candidate.article_id, candidate.bands, candidate.signature)
    assert candidate_of(press("one", text(1))).fingerprint == kept


def test_fingerprints_are_what_they_have_always_been() -> None:
    candidate = candidate_of(press("one", "A drone hit."))
    assert (candidate.bands[0], zlib.crc32(candidate.signature)) == (680250594048, 248449859)


newsroom = st.lists(
    st.builds(
        lambda name, seed, changed, day: press(
            f"{name}.txt", text(seed, 120, changed), None if day is None else DAY + timedelta(days=day)
        ),
        st.integers(0, 5),
        st.integers(1, 2),
        st.sampled_from([0, 2, 4, 60]),
        st.none() | st.integers(0, 3),
    ),
    max_size=8,
)


@settings(max_examples=40)
@given(newsroom, st.data())
def test_copies_depend_on_the_set_of_articles(articles: list[Article], data: st.DataObject) -> None:
    again = data.draw(st.permutations(articles + articles[:2]))
    copies = copies_in(candidates(*articles).values())
    assert copies_in(candidates(*again).values()) == copies
    by_id = candidates(*articles)
    for copy in copies.values():
        assert by_id[copy.original].seniority < by_id[copy.article_id].seniority
        assert original_of(copies, copy.article_id, "")[0] not in copies
