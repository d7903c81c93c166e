from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking.clusters import Cluster, Linked
from pipeline.linking.fusion import fuse, incident_of
from pipeline.records import identity
from pipeline.records.report import Report
from schemas import Incident, Mention, Weapon
from schemas.happening import Happening
from tests.support.records import DAY, actor, any_mentions, at, report, report_sets, weapon


def fused(*fields: dict[str, Any]) -> Incident:
    """Fuse reports that were published one after the other."""
    return fuse(
        report(number, **{"published_at": at(DAY) + timedelta(minutes=number)} | each)
        for number, each in enumerate(fields)
    )


def sure(confidence: float, **fields: Any) -> dict[str, Any]:
    return {"confidence": confidence} | fields


@pytest.mark.parametrize(
    ("fields", "field", "value"),
    [
        # the most trusted publishers
        ((sure(0.9, outcome="hit"), sure(0.5, outcome="foiled")), "outcome", "hit"),
        ((sure(0.9, outcome="hit"), sure(0.5, outcome="foiled"), sure(0.5, outcome="foiled")), "outcome", "foiled"),
        ((sure(0.5, outcome="hit"), sure(0.9, outcome="unknown")), "outcome", "hit"),
        ((sure(0.5), sure(0.9)), "outcome", "unknown"),
        # one vote for a publisher, however often it prints it
        (
            (
                sure(0.9, outcome="hit", source="alpha"),
                sure(0.5, outcome="foiled", source="beta"),
                sure(0.5, outcome="foiled", source="beta"),
            ),
            "outcome",
            "hit",
        ),
        # among equals, who said it first
        (
            (sure(0.5, outcome="hit"), sure(0.5, outcome="foiled", published_at=at(DAY - timedelta(days=1)))),
            "outcome",
            "foiled",
        ),
        ((sure(0.9, event_type="attack"), sure(0.3, event_type="airstrike")), "event_type", "airstrike"),
        ((sure(0.9, event_type="attack"),), "event_type", "attack"),
        (({"status": "claimed"}, {"status": "asserted"}), "status", "asserted"),
        (({"status": "claimed"}, {"status": "denied"}), "status", "claimed"),
        (({"background": True}, {"background": False}), "background", False),
        (({"background": True}, {"background": True}), "background", True),
        # casualties keep the whole range
        (({"killed_low": 4}, {"killed_low": 6}), "killed_low", 4),
        (({"killed_low": 4}, {"killed_low": 6}), "killed_high", None),
        (({"killed_low": 4, "killed_best": 4}, {"killed_low": 6}), "killed_high", 6),
        (({"killed_low": 4, "killed_best": 5, "killed_high": 6}, {"killed_best": 2}), "killed_low", 2),
        (({"killed_low": 4, "killed_best": 5, "killed_high": 6}, {"killed_best": 2}), "killed_high", 6),
        ((sure(0.5, killed_best=4), sure(0.9, killed_best=5)), "killed_best", 5),
        (({"killed_high": 3},), "killed_low", None),
        (({"killed_high": 3},), "killed_high", 3),
        (({}, {}), "killed_low", None),
        (({"wounded_low": 0, "wounded_high": 0}, {}), "wounded_high", 0),
        (({"intercepted_low": 2, "intercepted_high": 2}, {"intercepted_low": 3}), "intercepted_low", 2),
        (({"intercepted_low": 5}, {"intercepted_high": 3}), "intercepted_low", 3),
        (({"intercepted_low": 5}, {"intercepted_high": 3}), "intercepted_high", 5),
        (({"intercepted_low": 5}, {"intercepted_low": 3}), "intercepted_high", None),
    ],
)
def test_votes_and_ranges(fields: tuple[dict[str, Any], ...], field: str, value: Any) -> None:
    assert getattr(fused(*fields), field) == value


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([weapon("drone", 2, 2), weapon("drone", 3, 3)], (2, 3)),
        ([weapon("drone"), weapon("drone", 3)], (3, None)),
        ([weapon("drone", 5), weapon("drone", None, 3)], (3, 5)),
        ([weapon("drone"), weapon("drone")], (None, None)),
    ],
)
def test_weapons_keep_the_whole_range(given: list[Weapon], expected: tuple[int | None, int | None]) -> None:
    (drone,) = fused(*({"weapons": (each,)} for each in given)).weapons
    assert (drone.count_low, drone.count_high) == expected


def test_each_kind_of_weapon_is_listed_once() -> None:
    incident = fused(
        {"weapons": (weapon("drone"), weapon("rocket"))}, {"weapons": (weapon("rocket"), weapon("mortar"))}
    )
    assert [each.weapon_type for each in incident.weapons] == ["drone", "rocket", "mortar"]


def test_actors_are_listed_once() -> None:
    incident = fused(
        {"perpetrators": (actor("Militia", actor_id="m"), actor("Gunmen"))},
        {"perpetrators": (actor("The Militia", actor_id="m"), actor("gunmen"), actor("Others"))},
    )
    assert [each.name for each in incident.perpetrators] == ["Militia", "Gunmen", "Others"]


def test_claiming_and_being_blamed_stay_apart() -> None:
    incident = fused({"perpetrators": (actor("Militia"),)}, {"claimed_by": (actor("Brigades"),)})
    assert [each.name for each in incident.perpetrators] == ["Militia"]
    assert [each.name for each in incident.claimed_by] == ["Brigades"]


def test_a_date_is_taken_whole_from_the_most_precise_report() -> None:
    vague = {"date_latest": DAY + timedelta(days=2), "date_precision": "days", "date_text": "this week"}
    incident = fused(
        sure(0.9) | vague,
        sure(0.2, date_basis="weekday", date_text="Thursday", date_weekday=3),
        sure(0.1, date_text="9 November"),
    )
    assert (incident.date_latest, incident.date_precision, incident.date_basis) == (DAY, "day", "explicit")
    assert (incident.date_text, incident.date_weekday) == ("9 November", None)


def test_a_place_is_taken_whole_from_the_most_precise_report() -> None:
    point = {"geo_precision": "exact", "latitude": 33.3, "longitude": 38.7}
    incident = fused(
        sure(0.9, place="Homs", admin1="Homs"),
        sure(0.2, place="Tanf", facility="Tower Base", facility_type="military_base", **point),
        sure(0.9, place="Tanf", **point),
    )
    assert (incident.place_name, incident.facility, incident.latitude) == ("Tanf", "Tower Base", 33.3)
    assert incident.admin1 is None


def test_a_copy_is_no_source_of_its_own() -> None:
    first, second = report(1), report(2)
    copy = second.model_copy(update={"original": first.original, "publisher": first.publisher})
    independent, copied = fuse([first, second]), fuse([first, copy])
    assert (independent.source_count, copied.source_count) == (2, 1)
    assert copied.mention_count == copied.article_count == 2
    assert copied.confidence == first.mention.confidence < independent.confidence
    assert copied.confidence_parts["further_sources"] == 0.0


def test_two_mentions_in_one_article_are_one_article() -> None:
    incident = fused({"article_id": "a"}, {"article_id": "a"})
    assert (incident.mention_count, incident.article_count) == (2, 1)


@pytest.mark.parametrize("confidence", [0.0, 0.00005, 0.12345, 1 / 3, 0.99995, 1.0])
def test_confidences_of_any_kind_are_combined(confidence: float) -> None:
    alone, shared = fused(sure(confidence)), fused(sure(confidence), sure(confidence))
    assert alone.confidence == pytest.approx(confidence, abs=1e-4)
    assert alone.confidence <= shared.confidence <= 1.0


def test_the_id_is_that_of_the_most_senior_report() -> None:
    later, first, undated = report(1), report(2, published_at=at(DAY - timedelta(days=1))), report(3, published_at=None)
    incident = fuse([later, undated, first])
    assert incident.incident_id == identity.incident_id(first.mention.mention_id)
    assert (incident.first_reported_at, incident.last_reported_at) == (at(DAY - timedelta(days=1)), at(DAY))
    assert fuse([later, undated]).incident_id == identity.incident_id(later.mention.mention_id)
    assert fuse([undated]).first_reported_at is None


def test_disagreement_is_kept() -> None:
    counts = [{"weapons": (weapon("drone", count, count),)} for count in (2, 3)]
    assert [(each.field, each.value) for each in fused(*counts).conflicts] == [
        ("weapons.count", "2 drone"),
        ("weapons.count", "3 drone"),
    ]


def test_links_say_how_surely_and_why() -> None:
    members = (
        Linked(report=report(1), score=1.0, reasons=("first report",)),
        Linked(report=report(2), score=0.7, reasons=("date: same day",)),
    )
    incident, links = incident_of(Cluster(members=members))
    assert [link.incident_id for link in links] == [incident.incident_id] * 2
    assert [link.mention_id for link in links] == [report(1).mention.mention_id, report(2).mention.mention_id]
    assert [(link.link_score, link.link_reasons) for link in links] == [
        (1.0, ("first report",)),
        (0.7, ("date: same day",)),
    ]


def test_an_incident_has_a_report() -> None:
    with pytest.raises(ValueError, match="at least one"):
        fuse([])


some = report_sets().filter(bool)


@given(some, st.data())
def test_neither_order_nor_repetition_matters(reports: list[Report], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(reports))
    again = data.draw(st.lists(st.sampled_from(reports), max_size=5))
    assert fuse([*shuffled, *again]) == fuse(reports)


@given(st.lists(any_mentions(), min_size=1, max_size=4))
def test_whatever_reports_say_can_be_fused(mentions: list[Mention]) -> None:
    mentions = [mention.model_copy(update={"mention_id": f"m-{n}"}) for n, mention in enumerate(mentions)]
    incident = fuse(
        Report(mention=reported, original=reported.article_id, publisher=reported.source) for reported in mentions
    )
    assert incident.event_type in {reported.event_type for reported in mentions}
    for what in ("killed", "wounded", "intercepted"):
        highs = [getattr(reported, f"{what}_high") for reported in mentions]
        if any(high is not None for high in highs):
            assert getattr(incident, f"{what}_high") >= max(high for high in highs if high is not None)


@given(any_mentions())
def test_one_report_is_the_whole_incident(reported: Mention) -> None:
    incident = fuse([Report(mention=reported, original=reported.article_id, publisher=reported.source)])
    merged = {"confidence", "confidence_parts", "perpetrators", "targets", "claimed_by", "weapons"}
    counted = {"killed_low", "killed_high", "wounded_low", "wounded_high"}  # a best count alone closes the range
    for field in set(Happening.model_fields) - merged - counted:
        assert getattr(incident, field) == getattr(reported, field)


def test_named_before_described() -> None:
    group = actor("Front", actor_id="front", actor_type="armed_group")
    gunmen = actor("Gunmen", actor_type="unidentified_armed_group")
    assert fused({"perpetrators": (gunmen,)}, {"perpetrators": (group,)}).perpetrators == (group,)
    assert fused({"perpetrators": (gunmen,)}, {"claimed_by": (group,)}).perpetrators == ()
    assert fused({"perpetrators": (gunmen,)}).perpetrators == (gunmen,)


def test_a_party_is_attacker_or_attacked() -> None:
    group = actor("Front", actor_id="front", actor_type="armed_group")
    struck = [{"targets": (group,), "source": source} for source in ("alpha", "beta")]
    incident = fused({"perpetrators": (group,), "source": "gamma"}, *struck)
    assert (incident.perpetrators, incident.targets) == ((), (group,))
    incident = fused({"perpetrators": (group,), "source": "gamma"}, struck[0])
    assert (incident.perpetrators, incident.targets) == ((group,), ())


def test_who_answers_an_attack_is_no_attacker() -> None:
    group = actor("Front", actor_id="front", actor_type="armed_group")
    army = actor("Army", actor_id="army", actor_type="state_forces")
    told = [{"perpetrators": (group,), "source": source} for source in ("alpha", "beta")]
    answer = {"perpetrators": (army,), "source": "gamma"}
    assert fused(*told, answer).perpetrators == (group,)
    assert fused(*({**one, "event_type": "armed_clash"} for one in (*told, answer))).perpetrators == (group, army)


def test_what_several_publishers_say_was_struck() -> None:
    bus, market = actor("bus", actor_type="property"), actor("market", actor_type="property")
    reports = [
        {"targets": (market,), "source": "alpha"},
        *({"targets": (bus,), "source": s} for s in ("beta", "gamma")),
    ]
    assert fused(*reports).targets == (bus,)
    assert fused(*reports[:2]).targets == (market, bus)
