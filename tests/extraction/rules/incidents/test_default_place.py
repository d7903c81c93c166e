"""Stories of local papers: whose places and people are named for readers who know where they live."""

from typing import Any

import pytest

from pipeline.extraction.rules.extractor import RulesExtractor
from schemas import ActorType, Mention
from tests.support.records import article


@pytest.fixture(scope="module")
def extractor() -> RulesExtractor:
    return RulesExtractor()


def told(extractor: RulesExtractor, text: str) -> list[Mention]:
    return [found for found in extractor.extract(article(text)) if isinstance(found, Mention)]


@pytest.mark.parametrize(
    ("text", "place", "admin1", "country"),
    [
        ("Two men were shot dead in Elgin, Ill., on Monday, police said.", "Elgin", "Illinois", "USA"),
        ("Two men were shot dead in Elgin, TX on Monday, police said.", "Elgin", "Texas", "USA"),
        ("Two men were shot dead on Monday, Poplar Bluff police said.", "Poplar Bluff", "Missouri", "USA"),
        ("Gunmen shot two men dead on Lamar Street in Little Rock on Monday.", "Little Rock", "Arkansas", "USA"),
        (
            "Two men were shot dead in Forsyth on Monday. They had come from Branson and from Taney County, Missouri.",
            "Forsyth",
            "Missouri",
            "USA",
        ),
    ],
)
def test_where_a_local_story_plays(text: str, place: str, admin1: str, country: str, extractor: RulesExtractor) -> None:
    (found,) = told(extractor, text)
    assert (found.place_name, found.admin1, found.country) == (place, admin1, country)
    assert any(item.field == "place_name" for item in found.evidence)


def test_a_street_is_no_town(extractor: RulesExtractor) -> None:
    (found,) = told(extractor, "Two men were shot dead in the 3400 block of Lamar on Monday, Little Rock police said.")
    assert found.place_name == "Little Rock"


def test_a_victim_is_no_town(extractor: RulesExtractor) -> None:
    (found,) = told(extractor, "Jayden Norton, 7, was shot dead on Monday in Newport, Tenn. Norton was at home.")
    assert (found.place_name, found.admin1) == ("Newport", "Tennessee")
    assert [(one.name, one.actor_type) for one in found.targets] == [("Jayden Norton", ActorType.PERSON)]


def test_people_go_with_the_incident_that_they_are_told_of(extractor: RulesExtractor) -> None:
    text = (
        "Gunmen shot Ann Lee, 14, dead in Baghdad, Iraq, on Monday.\n\n"
        "A car bomb killed Carl Stone, 40, in Kirkuk, Iraq, on Tuesday."
    )
    people: dict[Any, list[str]] = {
        one.place_name: [actor.name for actor in one.targets if actor.actor_type is ActorType.PERSON]
        for one in told(extractor, text)
    }
    assert people == {"Baghdad": ["Ann Lee"], "Kirkuk": ["Carl Stone"]}
