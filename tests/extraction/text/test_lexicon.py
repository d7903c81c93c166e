import pytest

from pipeline.extraction.text.lexicon import Cues, Phrases, Wording, tokenize, word_group
from pipeline.knowledge.tables import phrases_of, rows


def find(text: str) -> list[tuple[str, str]]:
    table = Phrases([("car bomb", "vehicle"), ("bomb", "plain"), ("car bomb attack", "attack")])
    tokens = tokenize(text)
    return [(text[tokens[h.first].start : tokens[h.last - 1].end], h.entry) for h in table.find(text, tokens)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a car bomb", [("car bomb", "vehicle")]),
        ("A CAR-BOMB attack", [("CAR-BOMB attack", "attack")]),
        ("the car. Bomb squads came", [("Bomb", "plain")]),
        ("bombs", []),
        ("", []),
    ],
)
def test_the_longest_phrase_wins_and_none_reaches_over_a_full_stop(text: str, found: list[tuple[str, str]]) -> None:
    assert find(text) == found


def test_tokens_keep_their_offsets() -> None:
    text = "İzmir’s “café”"
    assert [text[t.start : t.end] for t in tokenize(text)] == ["İzmir", "s", "café"]


def test_every_row_of_the_lexicons_has_phrases() -> None:
    for name in ("triggers.csv", "weapons.csv", "cues.csv", "casualties.csv", "phrases.csv"):
        for row in rows(name):
            assert phrases_of(row["phrases"]), row


def test_a_cue_may_belong_to_several_groups() -> None:
    text = "no further attacks"
    found = Cues().find(text, tokenize(text))
    assert {"another", "future"} <= set(found)
    assert "negation" in found


def test_a_wording_is_built_from_its_groups() -> None:
    assert Wording(r"\b«units»\b").search("five kilometres away")
    assert not Wording(r"\b«units»\b").search("five villagers away")


def test_an_unknown_group_is_an_error() -> None:
    with pytest.raises(ValueError, match="no group"):
        word_group("no such group")
