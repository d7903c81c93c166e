"""Statements of several places, and what their parts have of their own."""

from collections.abc import Callable

from pipeline.extraction.rules.incidents.trace import Trace
from schemas import DateBasis, Mention


def test_places_listed_are_incidents_of_their_own(explain: Callable[..., Trace]) -> None:
    steps = explain("Rebels shelled Gao and Kidal in Mali on Monday.").steps
    assert [[place.name for place in step.statement.places] for step in steps] == [["Gao"], ["Kidal"]]
    assert [step.decision.incident for step in steps] == [0, 1]


def test_two_towns_of_one_sentence_have_one_basis_of_their_day(
    extract: Callable[..., tuple[list[Mention], object]],
) -> None:
    text = "Two incidents were reported on July 3. One bomb exploded in Gao and one in Kidal in Mali."
    mentions, _ = extract(text)
    assert [mention.date_basis for mention in mentions] == [DateBasis.INHERITED, DateBasis.INHERITED]


def test_regions_over_which_drones_were_downed_are_one_incident(explain: Callable[..., Trace]) -> None:
    steps = explain("Russia shot down 33 drones overnight in the regions of Bryansk, Kursk and Tula.").steps
    assert len(steps) == 1


def test_claims_of_all_are_credited_to_all(extract: Callable[..., tuple[list[Mention], object]]) -> None:
    text = (
        "A bomb killed nine soldiers near Gao in Mali on Monday. A car bomb killed two people in Kidal in Mali. "
        "Al-Shabaab often claims these attacks."
    )
    mentions, _ = extract(text)
    assert [len(mention.claimed_by) for mention in mentions] == [1, 1]
