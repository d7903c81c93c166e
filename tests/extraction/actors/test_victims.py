from collections.abc import Callable

import pytest

from pipeline.extraction.document import Document
from schemas import ActorType, Mention, Tally

Read = Callable[..., Document]
Extract = Callable[..., tuple[list[Mention], list[Tally]]]


def persons(document: Document) -> list[str]:
    named = [p.actor.name for p in document.actors if p.actor.actor_type is ActorType.PERSON]
    named += [person.name for person in document.persons]
    return [name for name in named if " " in name and name[0].isupper()]


@pytest.mark.parametrize(
    "text",
    [
        "The opposition leader Elias Moreno Castro was shot dead by hooded men.",
        "the assassination of Elias Moreno Castro",
        "Gunmen kidnapped Elias Moreno Castro on Monday.",
        "GUNMEN TODAY KIDNAPPED ELIAS MORENO CASTRO IN FRONT OF HIS HOUSE.",
    ],
)
def test_a_victim_is_named(read: Read, text: str) -> None:
    assert [name.title() for name in persons(read(text))] == ["Elias Moreno Castro"]


@pytest.mark.parametrize(
    "text",
    [
        "Elias Moreno Castro opened a market.",
        "Last Monday National Guard soldiers were killed.",
        "Boko Haram killed nine people in Northern Borno.",
        "The blast wounded a guard, a doctor told The Associated Press.",
        "Nine guards were killed, Agence France Presse said.",
        "The shelling killed two, a medic told the Anadolu Agency.",
        "Gunmen killed a judge of Nangarhar Province.",
        "Gunmen shot dead a leader of the All Progressives Congress.",
        "Mortars hit the Al Tanf base in Syria. At Al Tanf, 32 soldiers had been wounded before.",
    ],
)
def test_nobody_is_named_as_a_victim(read: Read, text: str) -> None:
    assert persons(read(text)) == []


def test_the_victim_is_the_target(extract: Extract) -> None:
    mentions, _ = extract("Gunmen killed the mayor, Elias Moreno Castro, in Cali on Monday.")
    assert "Elias Moreno Castro" in [actor.name for actor in mentions[0].targets]


def test_who_tells_of_it_is_no_target(extract: Extract) -> None:
    mentions, _ = extract("Gunmen killed nine farmers in Cali on Monday, Elias Moreno Castro said.")
    assert "Elias Moreno Castro" not in [actor.name for actor in mentions[0].targets]
