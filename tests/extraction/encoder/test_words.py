import pytest

from pipeline.extraction.encoder.words import split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gunmen didn't flee.", ["Gunmen", "did", "n't", "flee", "."]),
        ("Iran's Al-Quds, 1,200 men", ["Iran", "'s", "Al", "-", "Quds", ",", "1,200", "men"]),
        ("the U.S. base (at 3:45)", ["the", "U.S.", "base", "(", "at", "3:45", ")"]),
        ("“They’re dead,” he said", ["“", "They", "’re", "dead", ",", "”", "he", "said"]),
        ("", []),
    ],
)
def test_words_are_cut_as_in_treebanks(text: str, words: list[str]) -> None:
    assert [word.text for word in split_words(text, 0, len(text))] == words


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "Header. A bomb went off."
    assert [(w.start, w.end, w.text) for w in split_words(text, 8, 14)] == [(8, 9, "A"), (10, 14, "bomb")]


def test_letters_that_are_not_ascii_stay_in_their_words() -> None:
    assert [w.text for w in split_words("Bāniyās café", 0, 12)] == ["Bāniyās", "café"]
