import itertools
from collections.abc import Callable
from datetime import datetime, timezone

import pytest

from pipeline.records import identity

MOMENT = datetime(2023, 11, 9, 6, 30, tzinfo=timezone.utc)


def test_ids_are_what_they_have_always_been() -> None:
    assert identity.article_id("news.txt", "Two outposts", "Drones hit.", MOMENT) == "a-2d697ce598e7e48d863d36f6"
    assert identity.article_id(None, None, "Drones hit.", None) == "a-9d9ba675e8e313e639594b91"
    assert identity.mention_id("a-1", 5, 10, "1") == "m-27659a7761c4a3e84c2aa14d"
    assert identity.tally_id("a-1", 5, 10, "1") == "t-2a6165145d910e360f0403a1"
    assert identity.incident_id("m-1") == "i-3aaeab96a853e855101cad3f"
    assert identity.reject_id("sources", "bad", "a.txt", "x") == "r-3058f83da300dfb32c1f348b"
    assert identity.reject_id("sources", "bad", "a.txt", None) == "r-1edfaa971bf703987a3c449c"


@pytest.mark.parametrize(
    ("derive", "variants"),
    [
        (
            identity.article_id,
            [("n", "t", "x", MOMENT), ("m", "t", "x", MOMENT), ("n", "u", "x", MOMENT), ("n", "t", "y", MOMENT),
             ("n", "t", "x", None), ("n", None, "x", MOMENT), ("n", "", "x", MOMENT), (None, "t", "x", MOMENT),
             ("", "t", "x", MOMENT), ("nt", "", "x", MOMENT), ("", "nt", "x", MOMENT), ("n", "tx", "", MOMENT),
             ("n", "t", "x", MOMENT.replace(minute=31))],
        ),
        (identity.mention_id, [("a", 1, 2, "1"), ("b", 1, 2, "1"), ("a", 0, 2, "1"), ("a", 1, 3, "1"),
                               ("a", 1, 2, "2"), ("a", 11, 2, "1"), ("a", 1, 12, "1"), ("a1", 1, 2, "1")]),
        (identity.tally_id, [("a", 1, 2, "1"), ("b", 1, 2, "1"), ("a", 0, 2, "1"), ("a", 1, 3, "1"), ("a", 1, 2, "2")]),
        (identity.incident_id, [("m-1",), ("m-2",)]),
        (
            identity.reject_id,
            [("s", "r", "f", "x"), ("t", "r", "f", "x"), ("s", "q", "f", "x"), ("s", "r", "g", "x"),
             ("s", "r", "f", "y"), ("s", "r", "f", ""), ("s", "r", "f", None)],
        ),
    ],
)  # fmt: skip
def test_ids_differ_when_any_part_differs(derive: Callable[..., str], variants: list[tuple[object, ...]]) -> None:
    for one, other in itertools.combinations(variants, 2):
        assert derive(*one) != derive(*other)


def test_ids_of_different_things_differ() -> None:
    assert identity.mention_id("a-1", 5, 10, "1")[1:] != identity.tally_id("a-1", 5, 10, "1")[1:]


def test_odd_texts_have_ids_too() -> None:
    assert identity.article_id("\ud800", None, "\x00🇸🇾", None).startswith("a-")
