import pytest

from pipeline.extraction.encoder.syntax import Tree
from tests.support.parses import parse_of

ACTIVE = """
Rebels 2 nsubj
stormed 0 root
the 4 det
barracks 2 obj
and 6 cc
killed 2 conj
two 8 nummod
guards 6 obj
"""
PASSIVE = """
A 3 det
crowded 3 amod
market 5 nsubj:pass
was 5 aux
shelled 0 root
by 8 case
army 8 compound
tanks 5 obl:agent
"""
PARTICIPLE = """
A 2 det
bus 0 root
hit 2 acl
by 5 case
rebels 3 obl:agent
"""
NOUN = """
The 2 det
militia 3 nsubj
launched 0 root
an 5 det
attack 3 obj
on 9 case
the 9 det
border 9 compound
post 5 nmod
"""
POSSESSIVE = """
The 2 det
navy 4 nmod
's 2 case
attack 6 nsubj
has 6 aux
killed 0 root
fishermen 6 obj
"""
RELATIVE = """
The 2 det
group 0 root
, 5 punct
which 5 nsubj
bombed 2 acl
a 7 det
bridge 5 obj
"""
JOINED = """
Gunmen 2 nsubj
shot 0 root
a 4 det
judge 2 obj
and 7 cc
her 7 nmod
driver 4 conj
"""


@pytest.mark.parametrize(
    ("lines", "trigger", "noun", "doers", "objects"),
    [
        (ACTIVE, "stormed", False, ["Rebels"], ["barracks"]),
        (ACTIVE, "killed", False, ["Rebels"], ["guards"]),
        (PASSIVE, "shelled", False, ["tanks"], ["market"]),
        (PARTICIPLE, "hit", False, ["rebels"], ["bus"]),
        (NOUN, "attack", True, ["militia"], ["post"]),
        (POSSESSIVE, "attack", True, ["navy"], ["fishermen"]),
        (RELATIVE, "bombed", False, ["group"], ["bridge"]),
        (JOINED, "shot", False, ["Gunmen"], ["judge", "driver"]),
    ],
)
def test_doers_and_objects_of_a_deed(
    lines: str, trigger: str, noun: bool, doers: list[str], objects: list[str]
) -> None:
    text, parse = parse_of(lines)
    tree = Tree(parse)
    start = text.index(trigger)
    at = tree.word_at(start, start + len(trigger))
    assert at is not None
    found = tree.parties(at, noun=noun)
    assert [tree.words[i].text for i in found.doers] == doers
    assert [tree.words[i].text for i in found.objects] == objects


def test_a_phrase_is_a_name_without_articles_and_numbers() -> None:
    text, parse = parse_of("two 4 nummod\nyoung 4 amod\npeace 4 compound\nactivists 0 root\nfrom 6 case\nHoms 4 nmod")
    start, end = Tree(parse).phrase(3)
    assert text[start:end] == "young peace activists"


def test_a_modifier_stands_for_what_it_modifies() -> None:
    _, parse = parse_of("suspected 3 amod\nHutu 3 compound\nraiders 0 root")
    assert Tree(parse).head_of(0, 1) == 2


def test_a_tree_that_runs_in_a_circle_ends() -> None:
    _, parse = parse_of("killed 2 conj\nhurt 1 conj\nleft 3 amod")
    tree = Tree(parse)
    assert tree.parties(0, noun=False) == ([], [])
    assert tree.head_of(2, 3) == 2
