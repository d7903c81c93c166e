"""What is read from the words that a model points at: in English, and in its English of other languages."""

from datetime import date
from typing import Any

import pytest

from pipeline.extraction.rules.extractor import RulesExtractor
from schemas import Mention
from tests.extraction.llm.conftest import Reader
from tests.support.model_answers import BOMB, DRONES, TEXT, answer, options, quote, report
from tests.support.model_server import Said, always, answering
from tests.support.records import article

CLOCK = date(2023, 11, 8)
"""A Wednesday."""


def read(reader: Reader, text: str, *reports: dict[str, Any], language: str = "en", **more: Any) -> list[Mention]:
    with answering(always(Said(answer(*reports)))) as server:
        return reader.mentions(article(text, "a.txt", CLOCK, language=language), options(server.url, **more))


def test_our_modules_read_the_words(reader: Reader) -> None:
    drones, bomb = read(reader, TEXT, DRONES, BOMB)
    assert (drones.event_type, drones.status, drones.outcome) == ("drone_attack", "claimed", "foiled")
    assert (drones.date_earliest, drones.date_basis) == (date(2023, 11, 8), "weekday")
    assert (drones.facility, drones.country, drones.latitude) == ("Ain al-Asad air base", "IRQ", 33.786)
    assert [actor.actor_id for actor in drones.claimed_by] == ["islamic-resistance-iraq"]
    assert [actor.actor_id for actor in drones.targets] == ["usa-military"]
    assert [(weapon.weapon_type, weapon.count_low) for weapon in drones.weapons] == [("drone", 2)]
    assert (drones.intercepted_low, drones.intercepted_high) == (2, 2)
    assert (bomb.date_earliest, bomb.place_name) == (date(2023, 11, 6), "Mosul")
    assert (bomb.killed_low, bomb.killed_best, bomb.wounded_high) == (3, 3, 7)
    assert (bomb.extractor, bomb.extractor_version) == ("llm", f"{RulesExtractor.version}.1.1:test-model")
    assert (bomb.confidence, bomb.confidence_parts) == (0.5, {})


def test_every_filled_field_has_words(reader: Reader) -> None:
    whole = {"evidence", "confidence", "confidence_parts", "mention_id", "article_id", "ref", "url", "source"}
    whole |= {"published_at", "extractor", "extractor_version", "status", "outcome", "background"}
    for mention in read(reader, TEXT, DRONES, BOMB):
        told = {item.field for item in mention.evidence}
        blank = Mention.model_fields
        filled = {
            name for name in blank
            if name not in whole and getattr(mention, name) != blank[name].get_default(call_default_factory=True)
        }  # fmt: skip
        assert filled <= told


def told(field: str, words: str, sentence: int = 1) -> dict[str, Any]:
    return quote(sentence, words, field)


@pytest.mark.parametrize(
    ("text", "pointed", "values"),
    [
        ("Rebels shelled the town, killing nine.", told("killed", "nine"), {"killed_low": 9, "killed_best": 9}),
        (
            "Rebels shelled it; up to 20 lost their lives.",
            told("killed", "up to 20"),
            {"killed_low": 0, "killed_high": 20},
        ),
        ("Rebels shelled it, wounding nine.", told("killed", "wounding nine"), {"killed_low": None}),
        ("Rebels shelled it and no casualties were reported.", told("killed", "no casualties"), {"killed_low": 0}),
        ("Rebels shelled a village.", told("killed", "a village"), {"killed_low": None}),
        ("Rebels shelled homes in a village.", told("killed", "homes in a village"), {"killed_low": None}),
        ("Rebels shelled it on 3 November.", told("when", "on 3 November"), {"date_earliest": date(2023, 11, 3)}),
        ("Rebels shelled it overnight.", told("when", "overnight"), {"date_basis": "deictic"}),
        ("Rebels have shelled it since Monday.", told("when", "since Monday"), {"date_basis": "publication"}),
        ("Rebels shelled the mill.", told("when", "the mill"), {"date_basis": "publication"}),
        ("Rebels shelled Raqqa, Syria.", told("where", "Raqqa, Syria"), {"place_text": "Raqqa", "country": "SYR"}),
        ("Rebels shelled the mill.", told("where", "the mill"), {"place_name": None, "place_text": None}),
        ("Rebels shelled it.", told("by", "Rebels"), {"perpetrators": ["Rebels"]}),
        ("Rebels shelled the mill.", told("by", "the mill"), {"perpetrators": []}),
    ],
)
def test_words_say_what_our_modules_find_in_them_and_no_more(
    reader: Reader, text: str, pointed: dict[str, Any], values: dict[str, Any]
) -> None:
    (mention,) = read(reader, text, report(quote(1, "Rebels"), pointed))
    for name, value in values.items():
        found = getattr(mention, name)
        assert ([actor.name for actor in found] if isinstance(found, tuple) else found) == value, name


def test_background_without_a_day_has_none(reader: Reader) -> None:
    (mention,) = read(reader, "Rebels once shelled it.", report(quote(1, "shelled it"), background=True))
    assert (mention.date_earliest, mention.background) == (None, True)


def test_a_day_later_is_counted_from_the_report_before(reader: Reader) -> None:
    text = "On Monday rebels shelled Raqqa. A day later they shelled Palmyra."
    monday = report(quote(1, "shelled Raqqa"), told("when", "On Monday"))
    later = report(quote(2, "shelled Palmyra"), told("when", "A day later", 2))
    assert [one.date_earliest for one in read(reader, text, monday, later)] == [date(2023, 11, 6), date(2023, 11, 7)]


def test_totals_are_read_by_the_rules(reader: Reader) -> None:
    text = f"{TEXT}\n\nThere have been at least 24 attacks on US forces since October 17."
    with answering(always(Said(answer(DRONES)))) as server:
        chosen = options(server.url)
        one = article(text, "a.txt", CLOCK)
        reader.ask(one, chosen)
        kinds = [type(found).__name__ for found in reader.read(one, chosen)]
    assert sorted(kinds) == ["Mention", "Tally"]


UKRAINIAN = "У середу російські війська атакували Харків дронами.\n\nЗагинули троє людей, ще семеро поранені."
KHARKIV = report(
    quote(1, "атакували Харків дронами", english="attacked Kharkiv with drones"),
    quote(1, "У середу", "when", "on Wednesday"),
    quote(1, "Харків", "where", "Kharkiv, Ukraine"),
    quote(1, "російські війська", "by", "Russian forces"),
    quote(2, "Загинули троє людей", "killed", "Three people were killed"),
    quote(2, "семеро поранені", "wounded", "seven wounded"),
    event_type="drone_attack",
    outcome="hit",
)


def test_of_another_language_the_english_is_read_and_the_words_are_quoted(reader: Reader) -> None:
    (mention,) = read(reader, UKRAINIAN, KHARKIV, language="uk", only_languages=("uk",))
    assert (mention.date_earliest, mention.date_text) == (CLOCK, "У середу")
    assert (mention.place_name, mention.place_text, mention.country) == ("Kharkiv", "Харків", "UKR")
    assert [(actor.actor_id, actor.text) for actor in mention.perpetrators] == [("rus-military", "російські війська")]
    assert (mention.killed_best, mention.wounded_best) == (3, 7)
    assert [weapon.weapon_type for weapon in mention.weapons] == ["drone"]
    translations = {item.quote: item.translation for item in mention.evidence}
    assert translations["Харків"] == "Kharkiv, Ukraine"
    assert translations["Загинули троє людей"] == "Three people were killed"
    assert all(item.translation for item in mention.evidence)


def test_what_is_read_from_the_article_itself_has_no_translation(reader: Reader) -> None:
    (mention,) = read(reader, TEXT, DRONES)
    assert {item.translation for item in mention.evidence} == {None}


def test_an_english_quote_from_nowhere_gives_nothing_in_another_language(reader: Reader) -> None:
    lies = KHARKIV | {
        "quotes": [quote(2, "Загинули десятеро", "killed", "Ten people were killed"), quote(1, "Харків", "where")]
    }
    (mention,) = read(reader, UKRAINIAN, lies, language="uk", only_languages=("uk",))
    assert (mention.killed_low, mention.place_name) == (None, None)


def test_only_the_languages_that_are_given_are_asked_about(reader: Reader) -> None:
    with answering(always(Said(answer(KHARKIV)))) as server:
        chosen = options(server.url, only_languages=("uk", "ar"))
        english = reader.mentions(article(TEXT, "a.txt", CLOCK, language="en"), chosen)
        foreign = reader.mentions(article(UKRAINIAN, "b.txt", CLOCK, language="uk"), chosen)
    assert {one.extractor for one in english} == {"rules"}
    assert {one.extractor for one in foreign} == {"llm"}
    assert len(server.calls) == 1
    assert "english is its faithful translation" in server.calls[0].body["messages"][0]["content"]


def test_nobody_reads_another_language_without_an_answer(reader: Reader) -> None:
    with answering(always(Said(status=400))) as server:
        chosen = options(server.url, only_languages=("uk",))
        one = article(UKRAINIAN, "b.txt", CLOCK, language="uk")
        asked = reader.ask(one, chosen)
        assert reader.read(one, chosen) == []
    assert asked.reject is not None
    assert "it is set aside" in asked.reject.reason
