import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.text.sentences import body_start, split_sentences


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A bomb went off. Two people died.", 2),
        ("The U.S. army said Gen. Oduya was safe on Jan. 3 in St. Petersburg.", 1),
        ("It hit a base of the U.S. The army said so.", 2),
        ('"We heard a blast," he said. "Then nothing."', 2),
        ("a shell fell on the town.Later on Sunday it was quiet", 2),
        ("THE MAYOR WAS\nSHOT IN HIS HOUSE.\n\nHE DIED.", 2),
        ("One fell here.\nAnother fell there.", 2),
        ("a value of 3.5 metres", 1),
        ("", 0),
        ("...", 1),
    ],
)
def test_sentences_end_at_full_stops_and_not_at_abbreviations(text: str, count: int) -> None:
    assert len(sentences(text)) == count, sentences(text)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (" date 2021-05-04 Gunmen came.", "Gunmen came."),
        ("KHARTOUM, May 4 — Gunmen came.", "Gunmen came."),
        ("LAGOS (Reuters) - Gunmen came.", "Gunmen came."),
        ("New Delhi, May 4 (Xinhua) -- Gunmen came.", "Gunmen came."),
        ("LIMA, 4 MAY 89 (EFE) -- [TEXT] GUNMEN CAME.", "GUNMEN CAME."),
        ("Example News / Gunmen came.", "Gunmen came."),
        ("Gunmen came at noon - they left at one.", "Gunmen came at noon - they left at one."),
        ("Gunmen came.", "Gunmen came."),
    ],
)
def test_headers_are_left_out(text: str, body: str) -> None:
    assert text[body_start(text) :] == body


def test_a_headline_stands_alone_without_a_stop() -> None:
    found = split_sentences("Market bombed in Zaria\n\nA bomb went off in a market. Ten people died.")
    assert [s.headline for s in found] == [True, False, False]
    assert [s.paragraph for s in found] == [0, 1, 1]


@given(st.text())
def test_sentences_are_in_order_and_within_the_text(text: str) -> None:
    end = 0
    for sentence in split_sentences(text):
        assert end <= sentence.start < sentence.end <= len(text)
        end = sentence.end
