import pytest

from pipeline.extraction.encoder.model import Encoder, Parse
from pipeline.extraction.encoder.syntax import Tree

SENTENCES = [
    "Gunmen killed three guards at a mine.",
    "The weather was fine.",
    "Herders were shot by soldiers in Mopti.",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def read(encoder: Encoder, *sentences: str) -> list[Parse]:
    text, bounds = "", []
    for sentence in sentences:
        bounds.append((len(text), len(text) + len(sentence)))
        text += sentence + " "
    return encoder.read(text, bounds)


def word(parse: Parse, at: int) -> str:
    return parse.words[at].text


def test_the_tree_says_who_does_what_to_whom(encoder: Encoder) -> None:
    active, _, passive = read(encoder, *SENTENCES)
    found = Tree(active).parties(1, noun=False)
    assert ([word(active, i) for i in found.doers], [word(active, i) for i in found.objects]) == (
        ["Gunmen"],
        ["guards"],
    )
    found = Tree(passive).parties(2, noun=False)
    assert [word(passive, i) for i in found.doers] == ["soldiers"]
    assert [word(passive, i) for i in found.objects] == ["Herders"]


def test_the_tags_say_what_part_a_word_plays(encoder: Encoder) -> None:
    attack, weather, _ = read(encoder, *SENTENCES)
    roles = {word(attack, role.first): role.name for role in attack.roles}
    assert roles["Gunmen"] == "attacker"
    assert all(0 < role.probability <= 1 for role in attack.roles)
    assert weather.roles == []


def test_words_keep_their_offsets(encoder: Encoder) -> None:
    (_, second, _) = read(encoder, *SENTENCES)
    text = " ".join(SENTENCES)
    assert [text[w.start : w.end] for w in second.words] == ["The", "weather", "was", "fine", "."]


def test_parses_come_in_the_order_of_the_sentences_however_they_are_batched(encoder: Encoder) -> None:
    many = [sentence for _ in range(12) for sentence in SENTENCES]
    assert [word(parse, 0) for parse in read(encoder, *many)] == [sentence.split()[0] for sentence in many]


@pytest.mark.parametrize("text", ["", " ", "\u0000", "日本語の文", "𝔘𝔫𝔦", "!" * 3000, "bomb " * 3000, "x" * 5000])
def test_any_text_is_read(encoder: Encoder, text: str) -> None:
    (parse,) = encoder.read(text, [(0, len(text))])
    assert len(parse.words) == len(parse.heads) == len(parse.relations)
    assert all(-1 <= head < len(parse.words) for head in parse.heads)
    Tree(parse)


def test_nothing_to_read(encoder: Encoder) -> None:
    assert encoder.read("", []) == []
