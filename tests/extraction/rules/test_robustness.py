"""Whatever the text, it is read: without an error, with every quote in its place, and in time proportional to it."""

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.repetition import VARIED, growth, seconds, varied
from pipeline.extraction.rules.extractor import RulesExtractor
from pipeline.extraction.text.sentences import split_sentences
from schemas import check_quotes
from tests.support.records import article

CLOCK = date(2019, 7, 10)
EXTRACTOR = RulesExtractor()
NEWS = (
    "KANO, July 10 — Gunmen attacked a market in Kano on Tuesday, killing 12 people and wounding nine. "
    "Six others were hurt when a car bomb went off in Maiduguri a day earlier, and two drones were shot down. "
    "Boko Haram claimed responsibility for the bombing, the second this week.\n\n"
)
LENGTH = 100_000
WORDS = [
    *NEWS.split(),
    *("Iraq", "U.S.", "UK", "San Jose", "Kabul", "Taliban", "al-Qaeda", "the group", "Ann Lee, 14,", "a militia"),
    *("drones", "shot down", "killed", "no casualties", "dozens of", "twenty-three", "since October", "last week"),
    *("as", "after", "while", "and", "but another", "by", "said that", "anniversary", "denied", "district", "airport"),
    *("\n\n", "\n", "“", '"', "(", ")", ";", ".", "…", "-", "’s", "\u0301", "\u200f", "عربي", "中文", "🙂", "\u00a0"),
]
PIECES = st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.just(NEWS)


@st.composite
def large_texts(draw: st.DrawFn) -> str:
    """Draw up to 100 kB: pieces of any characters, of words that mean something, and of news, each over and over."""
    length = draw(st.integers(1, LENGTH))
    parts = draw(st.lists(st.tuples(PIECES, st.sampled_from([1, 2, 10, 1000])), min_size=1, max_size=8))
    text = "".join((piece + draw(st.sampled_from(["", " ", "\n"]))) * times for piece, times in parts) or " "
    return (text * (length // len(text) + 1))[:length]


def spent(text: str) -> float:
    """Return the processor time that reading takes; every quote is checked."""
    told = article(text, published=CLOCK)
    started = time.process_time()
    found = EXTRACTOR.extract(told)
    taken = time.process_time() - started
    for record in found:
        check_quotes(record.evidence, text)
    return taken


@pytest.fixture(scope="module")
def news() -> float:
    """What a character of news takes, in seconds: the measure of a machine that has other things to do."""
    return min(spent(NEWS * 40) for _ in range(3)) / len(NEWS * 40)


@given(text=large_texts())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_of_up_to_100_kb_is_read_in_bounded_time(news: float, text: str) -> None:
    assert spent(text) < 10 * news * len(text) + 1  # seconds; what grows with the square takes minutes


@given(st.text(max_size=300))
@settings(max_examples=60)
def test_any_text_is_read_without_an_error(text: str) -> None:
    spent(text or "-")


@pytest.mark.parametrize("letter", ["ʻ", "ʼ", "ʾ", "ʿ", "ˈ"])
@pytest.mark.parametrize("text", ["{}", "the {} group", "gunmen of {} attacked a base in {}, Iraq", "Kabul {} {}"])
def test_a_letter_that_only_modifies_others_may_stand_alone(text: str, letter: str) -> None:
    spent(text.replace("{}", letter))


@given(st.lists(st.sampled_from(WORDS), max_size=60))
@settings(max_examples=60)
def test_any_heap_of_words_is_read_without_an_error(words: list[str]) -> None:
    spent(" ".join(words) or "-")


@given(st.text(min_size=1, max_size=40))
@settings(max_examples=20)
def test_any_text_over_and_over_takes_bounded_time(token: str) -> None:
    assert seconds(EXTRACTOR, token, 10_000) < 2


@pytest.mark.parametrize(
    "token",
    [
        *(
            "attack ",
            "killed ",
            "Kirkuk ",
            "12 ",
            "drone ",
            "a",
            "(",
            "Taliban ",
            "two killed, ",
            "on Monday ",
            ".",
            '"',
        ),
        *("U.S. ", "UK ", "A B ", "and ", "-", "the group ", "May 3, 2019 ", "JOHN SMITH ", "calling itself ", "\n\n"),
        *("X, a militia, ", "nautical miles of ", "one drone was shot down but another ", "San Jose in San Antonio, "),
        *(
            "Aa",
            "A'",
            "A'a",
            "Aa-",
            "a.\n\n",
            "\u0301",
            "🙂",
            "amid overrun ",
            "dead as ",
            ";wounded ",
            "as UK attack ",
        ),
        *("while Iraq bombing in Mosul ", "killed in ", "killed. ", "The second attack hit Kabul. ", "Foo district, "),
        *("Two people were killed in Kabul on Monday. ", "Attack in Kabul\n\n", "Ann Lee, 14, was shot. "),
    ],
)
def test_a_long_line_of_anything_takes_time_in_proportion(token: str) -> None:
    seconds(EXTRACTOR, token, 1000)  # loads what is loaded when first used
    assert _grows_fourfold(growth(EXTRACTOR, token, 3000, 12_000), seconds(EXTRACTOR, token, 12_000))


@pytest.mark.parametrize("token", ["US ", "San Jose in San Antonio, ", "Rockets hit Xar base. ", "Attack in Kabul\n\n"])
def test_names_and_news_without_end_cost_hardly_more_than_an_article(news: float, token: str) -> None:
    length = 20_000
    assert min(seconds(EXTRACTOR, token, length) for _ in range(3)) < 2.4 * news * length  # the worst takes 1.5 times


@pytest.mark.parametrize("name", VARIED)
def test_a_long_article_of_ever_new_names_takes_time_in_proportion(name: str) -> None:
    short, long = varied(VARIED[name], 5000), varied(VARIED[name], 20_000)
    spent(short)
    brief, full = (min(spent(text) for _ in range(2)) for text in (short, long))
    assert _grows_fourfold(full / brief, full)


def _grows_fourfold(times: float, taken: float) -> bool:
    """Return whether what is four times as long takes so many times longer; to the square it would be sixteen."""
    return times < 8 or taken < 0.1  # too short to tell


def test_a_page_without_an_end_is_read_in_pieces() -> None:
    list_of_towns = "attack in Kirkuk " * 1000
    pieces = split_sentences(list_of_towns)
    assert max(piece.end - piece.start for piece in pieces) <= 1500
    assert " ".join(list_of_towns[piece.start : piece.end] for piece in pieces) == list_of_towns.strip()
    assert all(list_of_towns[piece.end : piece.end + 1] in (" ", "") for piece in pieces)


def test_a_word_without_an_end_is_cut_where_need_be() -> None:
    pieces = split_sentences("a" * 10_000)
    assert [piece.end for piece in pieces[:-1]] == [piece.start for piece in pieces[1:]]
