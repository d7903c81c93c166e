import random
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.linking import unions
from pipeline.linking.clustering import link
from pipeline.linking.clusters import order_of
from pipeline.linking.comparison import compare
from pipeline.linking.entries import MAX_COMPARED
from pipeline.linking.fusion import united_incident
from pipeline.linking.rulings import Fragment
from pipeline.linking.unions import group_id_of, incidents_among
from pipeline.records.report import Report
from schemas import ActorType
from tests.linking.test_clustering import BASE, NEXT, UNDATED, groups, published, reported
from tests.support.records import DAY, actor, newsrooms, yearless

LATER: dict[str, Any] = {"day": DAY + timedelta(days=60), "date_basis": "weekday"}
TOWN: dict[str, Any] = {"place": "Hajin", "event_type": "armed_assault"}
NAMED: dict[str, Any] = {"targets": (actor("Ann Lee", actor_type=ActorType.PERSON),)}
OTHERS: dict[str, Any] = {"targets": (actor("Bob Ray", actor_type=ActorType.PERSON),)}


def numbered(found: Iterable[Sequence[Fragment]], reports: Sequence[Report]) -> set[frozenset[int]]:
    numbers = {report.mention.mention_id: number for number, report in enumerate(reports)}
    return {
        frozenset(numbers[linked.report.mention.mention_id] for part in parts for linked in part.members)
        for parts in found
    }


def together(*told_together: str) -> set[frozenset[int]]:
    return {frozenset(map(int, numbers.split())) for numbers in told_together}


def united(*fields: dict[str, Any]) -> set[frozenset[int]]:
    reports = reported(*fields)
    assert len(link(reports)) > 1, "they are one group already"
    return numbered(incidents_among(reports), reports)


def test_a_victim_named_again_months_later_is_the_same_victim() -> None:
    assert united(TOWN | NAMED, TOWN | NAMED | LATER) == together("0 1")


def test_a_victim_is_the_same_in_every_country() -> None:
    reports = reported(TOWN | NAMED, TOWN | NAMED | {"country": "IRQ", "place": "Mosul"})
    assert numbered(incidents_among(reports), reports) == together("0 1")


def test_the_same_place_months_later_is_another_incident() -> None:
    assert united(TOWN, TOWN | LATER) == together("0", "1")


def test_who_has_the_name_brings_his_group_along() -> None:
    killed = TOWN | {"killed_best": 4}
    months_later = killed | NAMED | LATER | {"place": None}
    assert united(killed, months_later) == together("0", "1")
    assert united(killed | NAMED, killed | NAMED, killed, months_later | {"place": "Hajin"}) == together("0 1 2 3")


def test_a_name_alone_does_not_outweigh_all_the_others() -> None:
    killed = TOWN | {"killed_best": 4}
    assert united(killed | NAMED, killed, killed, killed | NAMED | LATER) == together("0 1 2", "3")


def test_a_report_without_a_date_unites_what_it_tells_of() -> None:
    # Each of two dated reports knows too little of the other; the third, without a year, knows both.
    looked_back: dict[str, Any] = {"background": True, "event_type": "attack"}
    by_day = looked_back | {"place": None, "geo_precision": "country"}
    by_place = looked_back | {"place": "Hajin", "perpetrators": (actor("Militia"),)} | published(9)
    between = UNDATED | looked_back | {"place": "Hajin", "perpetrators": (actor("Militia"),)} | yearless(11, 9)
    assert united(by_day, by_place) == together("0", "1")
    assert united(by_day, by_place, between) == together("0 1 2")


def test_a_report_between_two_that_exclude_one_another_unites_nothing() -> None:
    assert united(BASE, BASE | {"day": NEXT}, UNDATED | BASE) == together("0", "1", "2")


def test_nothing_reaches_across_a_cannot_link() -> None:
    gate = TOWN | NAMED | {"facility": "Gate", "place": None}
    tower = TOWN | OTHERS | {"facility": "Tower", "place": None}
    both = TOWN | LATER | {"targets": NAMED["targets"] + OTHERS["targets"]}
    assert united(gate, tower) == together("0", "1")
    assert united(gate, both) == united(tower, both) == together("0 1")
    found = united(gate | {"killed_best": 4}, tower, both | {"killed_best": 4})
    assert found == together("0 2", "1")


def test_under_a_name_that_many_share_nobody_meets(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = (TOWN | NAMED, TOWN | NAMED | LATER)
    assert united(*fields) == together("0 1")
    monkeypatch.setattr(unions, "MAX_MET", 1)
    assert united(*fields) == together("0", "1")


def test_an_incident_is_of_so_many_groups_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = [TOWN | NAMED | {"day": DAY + timedelta(days=40 * number), "date_basis": "weekday"} for number in range(4)]
    assert united(*fields) == together("0 1 2 3")
    monkeypatch.setattr(unions, "MAX_UNITED", 2)
    assert sorted(map(len, united(*fields))) == [2, 2]


def test_the_oldest_report_names_the_incident_and_each_group_keeps_its_own() -> None:
    reports = reported(TOWN | NAMED, TOWN | NAMED | LATER)
    by_group = {group_id_of(group): group for group in link(reports)}
    (parts,) = incidents_among(reports)
    incident, links = united_incident(parts)
    assert {link.group_id for link in links} == set(by_group)
    assert (
        incident.incident_id
        == parts[0].group_id
        == min(by_group, key=lambda name: by_group[name].members[0].report.seniority)
    )
    assert incident.mention_count == 2


def test_why_a_group_is_in_an_incident_is_said() -> None:
    (parts,) = incidents_among(reported(TOWN | NAMED, TOWN | NAMED | LATER))
    first, second = parts
    assert first.reasons[0] == f"alike group {second.group_id}: +8.0 on the average; at best"
    assert second.reasons[0] == f"alike group {first.group_id}: +8.0 on the average; at best"
    assert "people: same people: Ann Lee (+4.5)" in first.reasons
    (alone,) = incidents_among(reported(TOWN))
    assert alone[0].reasons == ()


@settings(max_examples=40)
@given(newsrooms(people=0.3), st.randoms(use_true_random=False))
def test_order_does_not_matter(reports: list[Report], shuffler: random.Random) -> None:
    assert incidents_among(shuffler.sample(reports, len(reports))) == incidents_among(reports)


@settings(max_examples=40)
@given(newsrooms(people=0.3))
def test_every_group_is_in_one_incident_whole(reports: list[Report]) -> None:
    countries = {report.link_key for report in reports}
    alone = [group for key in countries for group in link(each for each in reports if each.link_key == key)]
    found = [part for parts in incidents_among(reports) for part in parts]
    assert sorted(part.group_id for part in found) == sorted(map(group_id_of, alone))
    assert {frozenset(linked.report.mention.mention_id for linked in part.members) for part in found} == groups(alone)


@settings(max_examples=40)
@given(newsrooms(people=0.3))
def test_no_incident_holds_groups_that_exclude_each_other(reports: list[Report]) -> None:
    for parts in incidents_among(reports):
        for one, other in combinations(parts, 2):
            first, second = (
                sorted((linked.report for linked in part.members), key=order_of)[:MAX_COMPARED] for part in (one, other)
            )
            compared = [compare(mine, known) for mine, known in product(first, second)]
            if not names_of(first) & names_of(second):
                assert all(comparison.cannot_link is None for comparison in compared)
            assert sum(comparison.weight for comparison in compared) >= 0


def names_of(reports: Iterable[Report]) -> set[str]:
    return {actor.name for report in reports for actor in report.mention.targets}
