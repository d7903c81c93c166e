import pytest

from pipeline.extraction.llm.answer import parse
from pipeline.extraction.llm.grounding import Grounded, ground
from tests.support.model_answers import BOMB, DRONES, GOOD, TEXT, answer, quote, report


def grounded(*reports: dict, text: str = TEXT) -> Grounded:
    return ground(parse(answer(*reports)), text)


def test_quotes_are_found_where_they_stand() -> None:
    found = ground(parse(GOOD), TEXT)
    assert (found.quotes_dropped, found.reports_dropped) == (0, 0)
    for told in found.reports:
        for words in (told.anchor, *(words for _, words in told.quotes)):
            assert TEXT[words.span.start : words.span.end] == words.span.text


@pytest.mark.parametrize(
    "bad",
    [
        quote(3, "17 soldiers died", "killed"),
        quote(1, "near Mosul", "where"),
        quote(2, "On Monday", "when"),
        quote(99, "On Monday", "when"),
        quote(-1, "On Monday", "when"),
        quote(3, "on monday", "when"),
        quote(3, "", "when"),
        quote(3, " \n ", "when"),
        quote(3, "ree soldiers", "killed"),
    ],
    ids=lambda bad: f"{bad['sentence']} {bad['quote']!r}",
)
def test_a_quote_that_does_not_stand_in_its_sentence_is_dropped_and_counted(bad: dict) -> None:
    found = grounded(BOMB | {"quotes": [*BOMB["quotes"], bad]})
    assert (found.quotes_dropped, found.reports_dropped) == (1, 0)
    assert len(found.reports[0].quotes) == len(BOMB["quotes"])


@pytest.mark.parametrize("bad", [quote(1, "a bomb killed nine"), quote(2, "Two drones were launched"), quote(7, "Two")])
def test_a_report_whose_deed_does_not_stand_in_its_sentence_is_dropped_and_counted(bad: dict) -> None:
    found = grounded(DRONES | {"anchor": bad}, BOMB)
    assert [one.event_type for one in found.reports] == ["ied_mine"]
    assert found.reports_dropped == 1


def test_of_reports_with_one_deed_the_first_stays() -> None:
    found = grounded(DRONES, DRONES | {"event_type": "airstrike"})
    assert [one.event_type for one in found.reports] == ["drone_attack"]
    assert found.reports_dropped == 1


@pytest.mark.parametrize(
    ("text", "said", "stands"),
    [
        ("The army’s post was hit.", "army's post", "army’s post"),
        ("The army\n  post was hit.", "army post", "army\n  post"),
        ("In 2011 some 11 died.", "11", "11"),
        ("Сили збили дрон над Києвом.", "дрон", "дрон"),
        ("قصفت القوات المستشفى", "المستشفى", "المستشفى"),
        ("Nowhere “he said” it.", '"he said"', "“he said”"),
    ],
)
def test_only_signs_and_line_breaks_may_differ(text: str, said: str, stands: str) -> None:
    found = grounded(report(quote(1, said)), text=text)
    span = found.reports[0].anchor.span
    assert text[span.start : span.end] == span.text == stands
    assert span.start == text.rindex(stands)


def test_reports_are_in_the_order_of_the_text() -> None:
    assert [one.event_type for one in grounded(BOMB, DRONES).reports] == ["drone_attack", "ied_mine"]


def test_the_header_can_be_quoted() -> None:
    text = "BAGHDAD (AP) — Gunmen killed two officers on Friday."
    found = grounded(report(quote(1, "Gunmen killed two officers"), quote(0, "BAGHDAD", "where")), text=text)
    assert found.quotes_dropped == 0
    assert found.reports[0].quotes[0][1].span.start == 0
