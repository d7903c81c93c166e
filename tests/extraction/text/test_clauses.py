import pytest

from pipeline.extraction.text.clauses import Joint, split_clauses
from pipeline.extraction.text.lexicon import Cues, tokenize
from pipeline.extraction.text.sentences import split_sentences

CUES = Cues()
KINDS = {"joint_same": Joint.SAME, "joint_earlier": Joint.EARLIER}


def clauses(text: str) -> list[tuple[str, Joint]]:
    tokens = tokenize(text)
    found = CUES.find(text, tokens)
    joints = sorted(
        ((hit, kind) for group, kind in KINDS.items() for hit in found.get(group, ())), key=lambda j: j[0][0]
    )
    sentence = split_sentences(text)[0]
    return [
        (text[c.start : c.end].strip(), c.joint)
        for c in split_clauses(text, tokens, sentence, 0, (0, len(tokens)), joints)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels shelled the port", [("Rebels shelled the port", Joint.MAIN)]),
        (
            "Jets bombed a camp after rockets hit the port",
            [("Jets bombed a camp", Joint.MAIN), ("after rockets hit the port", Joint.EARLIER)],
        ),
        (
            "In response to the raid, jets bombed a camp",
            [("In response to the raid,", Joint.EARLIER), ("jets bombed a camp", Joint.MAIN)],
        ),
        (
            "One hit the port, while the other fell short",
            [("One hit the port,", Joint.MAIN), ("while the other fell short", Joint.SAME)],
        ),
        ("As many as ten people died", [("As many as ten people died", Joint.MAIN)]),
        ("It was described as a clash", [("It was described as a clash", Joint.MAIN)]),
    ],
)
def test_sentences_are_cut_at_their_joints(text: str, expected: list[tuple[str, Joint]]) -> None:
    assert clauses(text) == expected
