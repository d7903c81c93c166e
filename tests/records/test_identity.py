import itertools
import json
from collections.abc import Callable
from datetime import date, datetime, timezone

import pytest

from pipeline.records import identity
from schemas import ActorType, EventType
from tests.support.records import actor, article, mention, tally

MOMENT = datetime(2023, 11, 9, 6, 30, tzinfo=timezone.utc)


def test_ids_are_what_they_have_always_been() -> None:
    assert identity.article_id("news.txt", "Two outposts", "Drones hit.", MOMENT) == "a-63e5e97d61a8d20a3c2a4180"
    assert identity.article_id(None, None, "Drones hit.", None) == "a-23bf8df9163ce058f52a7f8b"
    assert identity.mention_id("press\na.txt", "{}") == "m-5462c2383f7c1048f7a6fbc2"
    assert identity.mention_id("press\na.txt", "{}", 1) == "m-523541d69877638c84626ba5"
    assert identity.tally_id("press\na.txt", "{}") == "t-f1d8da9f1587ecac48a72bde"
    assert identity.incident_id("m-1") == "i-3aaeab96a853e855101cad3f"
    assert identity.reject_id("sources", "bad", "a.txt", "x") == "r-3058f83da300dfb32c1f348b"
    assert identity.reject_id("sources", "bad", "a.txt", None) == "r-1edfaa971bf703987a3c449c"


def test_a_reading_is_what_it_has_always_been() -> None:
    said = mention(1, killed_best=4, perpetrators=(actor("ISIS", text="the group"),))
    assert json.loads(identity.reading_of(said)) == {
        "country": "SYR",
        "date_basis": "explicit",
        "date_earliest": "2023-11-09",
        "date_latest": "2023-11-09",
        "date_precision": "day",
        "event_type": "drone_attack",
        "geo_precision": "admin1",
        "killed_best": 4,
        "perpetrators": [{"name": "ISIS"}],
        "place_name": "Rukban",
    }
    (named,) = identity.identified(article("Four died.", "a.txt"), [said])
    assert named.mention_id == "m-1f6289fd3e853cc644bd2d28"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("derive", "variants"),
    [
        (
            identity.article_id,
            [("n", "t", "x", MOMENT), ("m", "t", "x", MOMENT), ("n", "u", "x", MOMENT), ("n", "t", "y", MOMENT),
             ("n", "t", "x", None), ("n", None, "x", MOMENT), ("n", "", "x", MOMENT), (None, "t", "x", MOMENT),
             ("", "t", "x", MOMENT), ("nt", "", "x", MOMENT), ("", "nt", "x", MOMENT), ("n", "tx", "", MOMENT),
             ("n", "t", "x", MOMENT.replace(day=10))],
        ),
        (identity.mention_id, [("d", "r", 0), ("e", "r", 0), ("d", "s", 0), ("d", "r", 1), ("dr", "", 0)]),
        (identity.tally_id, [("d", "r", 0), ("e", "r", 0), ("d", "s", 0), ("d", "r", 1), ("dr", "", 0)]),
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
    assert identity.mention_id("d", "r")[1:] != identity.tally_id("d", "r")[1:]


def test_odd_texts_have_ids_too() -> None:
    assert identity.article_id("\ud800", None, "\x00🇸🇾", None).startswith("a-")


def test_an_article_of_the_same_day_and_words_is_the_same() -> None:
    one = identity.article_id("n", "A bomb", "A bomb killed 4.\n\n12 views", MOMENT)
    assert one == identity.article_id("n", "A  bomb", "A bomb\u200b killed 4.\n15 views", MOMENT.replace(hour=9))


SAID = {"killed_best": 4, "perpetrators": (actor("ISIS"),)}


@pytest.mark.parametrize(
    "unsaid",
    [
        {"confidence": 0.9},
        {"place_text": "the town"},
        {"date_text": "on Thursday"},
        {"extractor_version": "9"},
        {"published_at": MOMENT},
        {"perpetrators": (actor("ISIS", text="Islamic State"),)},
    ],
)
def test_words_and_circumstances_are_no_part_of_what_is_said(unsaid: dict[str, object]) -> None:
    assert identity.reading_of(mention(1, **SAID | unsaid)) == identity.reading_of(mention(2, **SAID))


@pytest.mark.parametrize(
    "said",
    [
        {"killed_best": 5},
        {"event_type": EventType.BOMBING},
        {"day": date(2023, 11, 10)},
        {"place": "Tanf"},
        {"perpetrators": (actor("Hamas"),)},
        {"targets": (actor("Ali", text="Ali, 30", actor_type=ActorType.PERSON),)},
        {"background": True},
    ],
)
def test_another_reading_is_another_report(said: dict[str, object]) -> None:
    assert identity.reading_of(mention(1, **SAID | said)) != identity.reading_of(mention(1, **SAID))


def test_the_words_of_a_date_count_where_no_day_is_known() -> None:
    one, other = (mention(1, day=None, date_text=text) for text in ("November 9", "November 10"))
    assert identity.reading_of(one) != identity.reading_of(other)


def test_reports_of_a_document_that_say_the_same_are_told_apart_by_their_order() -> None:
    found = identity.identified(article("Twice."), [mention(1), mention(2), tally(1), mention(3, place="Tanf")])
    ids = [getattr(each, "mention_id", None) or each.tally_id for each in found]  # type: ignore[union-attr]
    assert len(set(ids)) == 4
    again = identity.identified(article("Twice, and more."), [mention(5, place="Tanf"), mention(6), mention(7)])
    assert {each.mention_id for each in again} == {ids[0], ids[1], ids[3]}  # type: ignore[union-attr]


def test_a_document_is_known_by_source_and_name_or_by_its_text() -> None:
    keys = [identity.document_key(*of) for of in [("p", "a", "a-1"), ("p", "b", "a-1"), ("q", "a", "a-1")]]
    assert len(set(keys)) == 3
    assert identity.document_key("p", "a", "a-2") == keys[0]
    assert identity.document_key("p", None, "a-2") == "a-2"
