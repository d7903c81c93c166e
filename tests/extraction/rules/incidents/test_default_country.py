"""Strikes on groups that the text tells without a place, and whether they were in the group's country."""

import pytest

from pipeline.extraction.rules.extractor import RulesExtractor
from schemas import Mention
from tests.support.records import article

STRIKE = "American forces carried out an air strike against a Houthi missile launcher on Tuesday, the army said. "


@pytest.fixture(scope="module")
def extractor() -> RulesExtractor:
    return RulesExtractor()


def told(extractor: RulesExtractor, text: str) -> Mention:
    return next(found for found in extractor.extract(article(text)) if isinstance(found, Mention))


def test_a_strike_on_a_group_is_in_its_country_where_the_article_names_that(extractor: RulesExtractor) -> None:
    text = STRIKE + "The rebels hold large areas in Yemen. Talks in Oman and aid to Egypt go on."
    found = told(extractor, text)
    assert (found.place_name, found.country, found.latitude) == ("Yemen", "YEM", None)
    assert [item.quote for item in found.evidence if item.field == "country"] == ["Yemen"]


@pytest.mark.parametrize(
    "rest",
    [
        "Talks in Oman and aid to Egypt go on.",  # no word of the country
        "They have ties to Yemen. Talks in Oman and aid to Egypt go on.",  # nor of what is in it
    ],
)
def test_nowhere_where_no_words_say_so(extractor: RulesExtractor, rest: str) -> None:
    assert told(extractor, STRIKE + rest).country is None


def test_at_home_an_armys_words_decide(extractor: RulesExtractor) -> None:
    text = "The army killed nine Boko Haram fighters on Tuesday. Talks in Niger and aid to Chad go on."
    assert told(extractor, text).country is None


def test_a_place_that_is_told_stays(extractor: RulesExtractor) -> None:
    text = STRIKE.replace("launcher", "launcher in Oman") + "The rebels hold large areas in Yemen."
    assert told(extractor, text).country == "OMN"
