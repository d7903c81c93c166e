from hypothesis import given
from hypothesis import strategies as st

from pipeline.page.passages import AROUND, Quote, alone, around, utf16_length
from tests.support.pages import marked

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400) | st.text(
    st.sampled_from("a \n🎯é😀𝔄ע"), min_size=1, max_size=600
)


@st.composite
def quoted_texts(draw: st.DrawFn) -> tuple[str, list[Quote]]:
    text = draw(TEXTS)
    quotes = []
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        quotes.append(Quote(draw(st.sampled_from(["what", "where", "by"])), start, end, text[start:end]))
    return text, quotes


@given(quoted_texts())
def test_every_mark_is_its_quote_as_a_browser_counts(given_: tuple[str, list[Quote]]) -> None:
    text, quotes = given_
    wanted = sorted({(quote.read, quote.start, quote.words) for quote in quotes})
    assert sorted(marked(around(text, quotes))) == sorted((read, words) for read, _, words in wanted)


@given(quoted_texts())
def test_quotes_alone_are_the_quotes(given_: tuple[str, list[Quote]]) -> None:
    _, quotes = given_
    assert {words for _, words in marked(alone(quotes))} == {quote.words for quote in quotes}
    assert all(marks and words == text for text, marks in alone(quotes) for words in [text])


@given(quoted_texts())
def test_passages_do_not_overlap_and_show_little_more_than_was_asked(given_: tuple[str, list[Quote]]) -> None:
    text, quotes = given_
    passages = around(text, quotes)
    shown = sum(len(str(passage[0]).strip("…")) for passage in passages)
    assert shown <= len(text)
    assert shown <= sum(len(quote.words) + 2 * AROUND for quote in quotes)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_length_in_utf16(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


def test_a_quote_is_shown_with_whole_words_around_it() -> None:
    before, after = "one two three four five six seven " * 6, " eight nine ten eleven twelve" * 6
    text = f"{before}a bomb went off{after}"
    start = len(before)
    [[shown, marks]] = around(text, [Quote("what", start, start + 15, "a bomb went off")])
    words = shown.strip("…").split()  # type: ignore[attr-defined]
    assert shown.startswith("…")  # type: ignore[attr-defined]
    assert set(words) <= set(text.split())
    assert marked([(shown, marks)]) == [("what", "a bomb went off")]  # type: ignore[list-item]


def test_near_quotes_share_a_passage_and_far_ones_do_not() -> None:
    text = "bomb " + "x " * 40 + "market " + "y " * 400 + "seven died"
    quotes = [Quote("what", 0, 4, "bomb"), Quote("where", 85, 91, "market")]
    quotes.append(Quote("killed", len(text) - 10, len(text), "seven died"))
    assert [[mark[2] for mark in passage[1]] for passage in around(text, quotes)] == [["what", "where"], ["killed"]]
