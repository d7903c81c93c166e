import random
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.linking.rulings import Fragment, Overrides, Ruling, Rulings
from pipeline.linking.unions import incidents_among
from pipeline.records.report import Report
from schemas import EventType
from tests.linking.test_clustering import BASE, reported
from tests.linking.test_unions import LATER, NAMED, TOWN, numbered, together
from tests.support.records import newsrooms

GATE = BASE | {"facility": "Gate Base"}
ELSEWHERE: dict[str, Any] = {"place": "Mosul", "country": "IRQ", "event_type": EventType.ABDUCTION}
ONE, TWO, THREE = ("m-" + digit * 24 for digit in "123")


def names(reports: list[Report], *numbers: int) -> tuple[str, ...]:
    return tuple(reports[number].mention.mention_id for number in numbers)


def ruled(reports: list[Report], **rulings: tuple[tuple[str, ...], ...]) -> list[tuple[Fragment, ...]]:
    overrides = Overrides(**{key: tuple(Ruling(ids=ids, note="seen") for ids in each) for key, each in rulings.items()})
    return incidents_among(reports, Rulings(overrides))


def test_a_merge_beats_every_cannot_link() -> None:
    reports = reported(BASE, GATE, ELSEWHERE)
    assert len(incidents_among(reports)) == 3
    assert numbered(ruled(reports, merge=(names(reports, 0, 1, 2),)), reports) == together("0 1 2")


def test_a_merge_takes_along_what_was_linked_to_either() -> None:
    reports = reported(BASE, BASE, GATE, GATE, ELSEWHERE)
    assert numbered(ruled(reports, merge=(names(reports, 1, 2),)), reports) == together("0 1 2 3", "4")


def test_an_apart_beats_every_score() -> None:
    reports = reported(BASE, BASE)
    assert len(incidents_among(reports)) == 1
    assert numbered(ruled(reports, apart=(names(reports, 0, 1),)), reports) == together("0", "1")


def test_an_apart_keeps_groups_from_uniting() -> None:
    reports = reported(TOWN | NAMED, TOWN | NAMED | LATER)
    assert len(incidents_among(reports)) == 1
    assert numbered(ruled(reports, apart=(names(reports, 0, 1),)), reports) == together("0", "1")


def test_the_others_stay_with_the_one_that_they_are_most_like() -> None:
    first, second = BASE | {"killed_best": 4}, BASE | {"killed_best": 6}
    reports = reported(first, second, first, second, first)
    assert numbered(ruled(reports, apart=(names(reports, 0, 1),)), reports) == together("0 2 4", "1 3")


def test_three_may_be_apart_from_one_another() -> None:
    reports = reported(BASE, BASE, BASE)
    assert len(ruled(reports, apart=(names(reports, 0, 1, 2),))) == 3


def test_what_is_apart_can_be_put_together_with_others() -> None:
    reports = reported(BASE, BASE, GATE)
    found = ruled(reports, merge=(names(reports, 1, 2),), apart=(names(reports, 0, 1),))
    assert numbered(found, reports) == together("0", "1 2")


def test_what_is_apart_stays_apart_where_its_groups_are_put_together() -> None:
    reports = reported(BASE, BASE, GATE, GATE)
    found = ruled(reports, merge=(names(reports, 0, 2),), apart=(names(reports, 1, 3),))
    assert numbered(found, reports) in (together("0 1 2", "3"), together("0 2 3", "1"))


def test_the_reasons_quote_the_note() -> None:
    reports = reported(BASE, GATE)
    (found,) = ruled(reports, merge=(names(reports, 0, 1),))
    assert [part.reasons for part in found] == [("put together by an analyst: seen",)] * 2
    parts = ruled(reported(BASE, BASE), apart=(names(reports, 0, 1),))
    assert [part.reasons for (part,) in parts] == [("held apart by an analyst: seen",)] * 2


def test_the_parts_of_a_group_remember_it() -> None:
    reports = reported(BASE, BASE)
    ((whole,),) = incidents_among(reports)
    parts = [part for (part,) in ruled(reports, apart=(names(reports, 0, 1),))]
    assert {part.group_id for part in parts} == {whole.group_id}
    assert sorted(linked.reasons for part in parts for linked in part.members) == sorted(
        linked.reasons for linked in whole.members
    )


def test_ids_of_no_report_change_nothing() -> None:
    reports = reported(BASE, GATE)
    assert ruled(reports, merge=((ONE, TWO),), apart=((ONE, THREE),)) == incidents_among(reports)


def test_ids_are_understood() -> None:
    incident = "i-" + "4" * 24
    overrides = Overrides(
        merge=(Ruling(ids=(incident, TWO)), Ruling(ids=(ONE, THREE))), apart=(Ruling(ids=(ONE, TWO)),)
    )
    assert overrides.renamed({incident: ONE, TWO: TWO}).merge == (Ruling(ids=(ONE, TWO)),)
    assert overrides.renamed({incident: TWO, TWO: TWO}).merge == ()
    with pytest.raises(ValidationError, match=r"apart\[1\]"):
        overrides.renamed({incident: ONE, ONE: ONE, TWO: TWO})


@pytest.mark.parametrize(
    "rulings",
    [
        {"merge": [{"ids": [ONE]}]},
        {"merge": [{"ids": [ONE, ONE]}]},
        {"merge": [{"ids": ["m-1", "m-2"]}]},
        {"merge": [{"ids": [ONE, TWO], "why": "x"}]},
        {"merges": []},
    ],
)
def test_what_cannot_be_meant_is_refused(rulings: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Overrides.model_validate(rulings)


def test_rulings_must_not_contradict_one_another() -> None:
    with pytest.raises(ValidationError, match=r"apart\[1\]"):
        Overrides(merge=(Ruling(ids=(ONE, TWO)), Ruling(ids=(TWO, THREE))), apart=(Ruling(ids=(ONE, THREE)),))


@settings(max_examples=40)
@given(newsrooms(people=0.3), st.data(), st.randoms(use_true_random=False))
def test_rulings_hold_whatever_the_evidence(
    reports: list[Report], data: st.DataObject, shuffler: random.Random
) -> None:
    ids = sorted(report.mention.mention_id for report in reports)
    some = data.draw(st.lists(st.sampled_from(ids), min_size=4, max_size=7, unique=True))
    merged, apart = tuple(some[:2]), tuple(some[2:])
    found = ruled(reports, merge=(merged,), apart=(apart,))
    incident_of = {
        linked.report.mention.mention_id: number
        for number, parts in enumerate(found)
        for part in parts
        for linked in part.members
    }
    assert sorted(incident_of) == ids
    assert len({incident_of[name] for name in merged}) == 1
    assert all(incident_of[one] != incident_of[other] for one, other in combinations(apart, 2))
    assert ruled(shuffler.sample(reports, len(reports)), merge=(merged,), apart=(apart,)) == found
