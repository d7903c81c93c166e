import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.actors.coreference import settle_parties
from pipeline.extraction.actors.recogniser import ActorFinder
from pipeline.extraction.document import Document

Read = Callable[..., Document]
FINDER = ActorFinder()


def names(read: Read, text: str) -> list[str]:
    return [party.actor.name for party in read(text).actors]


def test_a_group_named_by_itself(read: Read) -> None:
    assert "Sons of the Valley" in names(read, "A group calling itself the Sons of the Valley claimed the attack.")


@pytest.mark.parametrize("words", ["The group", "The militant group", "The same group", "This faction"])
def test_the_group_is_the_one_named_last(read: Read, words: str) -> None:
    assert names(read, f"Boko Haram raided the town. {words} also burned a school.").count("Boko Haram") == 2


def test_the_group_of_something_is_nobody_named_before(read: Read) -> None:
    assert names(read, "Boko Haram raided the town. The group of visitors left.").count("Boko Haram") == 1


def test_without_a_group_named_before_the_group_is_nobody(read: Read) -> None:
    assert names(read, "The group burned it.") == []


def test_an_apposition_is_no_party_of_its_own(read: Read) -> None:
    assert names(read, "Al-Shabaab, an Islamist militant group, said so.") == ["al-Shabaab"]


def test_a_capital_that_strikes_is_its_state(read: Read) -> None:
    document = read("Kyiv's shelling killed one person in Horlivka.")
    assert next((party.actor.name, party.span.text) for party in document.actors) == ("Ukraine", "Kyiv")
    assert [place.name for place in document.places] == ["Horlivka"]


def test_a_capital_that_is_struck_is_a_place(read: Read) -> None:
    assert "Kyiv" in [place.name for place in read("A missile struck Kyiv.").places]


@given(st.lists(st.sampled_from(["the group ", "Boko Haram", ", a militia, ", "calling itself ", "Moscow's ", ". "])))
def test_parties_stay_in_order_and_do_not_overlap(parts: list[str]) -> None:
    text = "".join(parts)
    found = settle_parties(text, FINDER.find(text), [], FINDER)
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))
    assert all(text[p.span.start : p.span.end] == p.span.text == p.actor.text for p in found)
