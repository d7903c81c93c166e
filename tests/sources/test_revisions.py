from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.revisions import Edition, Superseded, document_key, superseded_among
from tests.support.records import DAY, at


def edition(name: str, fetched: int | None = None, published: int | None = None, **fields: str) -> Edition:
    return Edition(article_id=name, document="d", fetched_at=day(fetched), published_at=day(published), **fields)


def day(number: int | None) -> datetime | None:
    return None if number is None else at(DAY) + timedelta(days=number)


def found(*editions: Edition) -> list[tuple[str, str]]:
    return [(each.article_id, each.superseded_by) for each in superseded_among(editions)]


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        ([], []),
        ([edition("a", 1)], []),
        ([edition("a", 1), edition("a", 1)], []),
        ([edition("a", 1), edition("b", 2)], [("a", "b")]),
        ([edition("a", 2), edition("b", 1)], [("b", "a")]),
        ([edition("a", 1), edition("b", 2), edition("c", 3)], [("a", "b"), ("b", "c")]),
        ([edition("a", 1, 9), edition("b", 2, 1)], [("a", "b")]),
        ([edition("a", 1, 2), edition("b", 1, 1)], [("b", "a")]),
        ([edition("b", 1, 1), edition("a", 1, 1)], [("a", "b")]),
        ([edition("a"), edition("b", None, 1)], [("a", "b")]),
        ([edition("b", 1), edition("a")], [("a", "b")]),
        ([edition("a", 1, superseded_by="b"), edition("b", 2)], []),
        ([edition("a", 1, superseded_by="b"), edition("b", 2), edition("c", 3)], [("b", "c")]),
        ([edition("a", 1, superseded_by="c"), edition("b", 2), edition("c", 3)], [("a", "b"), ("b", "c")]),
    ],
)
def test_what_is_newly_superseded(editions: list[Edition], expected: list[tuple[str, str]]) -> None:
    assert found(*editions) == expected


def test_documents_are_told_apart_by_source_and_name() -> None:
    keys = {
        document_key("press", "a"),
        document_key("press", "b"),
        document_key("wire", "a"),
        document_key("p", "ressa"),
    }
    assert len(keys) == 4


editions = st.lists(
    st.builds(edition, st.sampled_from("abcde"), st.none() | st.integers(0, 3), st.none() | st.integers(0, 3)),
    max_size=6,
    unique_by=lambda each: each.article_id,
)


@given(editions, st.data())
def test_order_does_not_matter(told: list[Edition], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(told))
    assert superseded_among(shuffled) == superseded_among(told)
    assert len(superseded_among(told)) == max(0, len(told) - 1)


@given(editions)
def test_what_is_known_is_not_told_again(told: list[Edition]) -> None:
    known = {each.article_id: each.superseded_by for each in superseded_among(told)}
    again = [each.model_copy(update={"superseded_by": known.get(each.article_id)}) for each in told]
    assert superseded_among(again) == []
    assert all(isinstance(each, Superseded) for each in superseded_among(told))
