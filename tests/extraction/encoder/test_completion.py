from collections.abc import Callable, Sequence

import pytest

from pipeline.extraction.document import Document
from pipeline.extraction.encoder.completion import SecondReader
from pipeline.extraction.encoder.model import Parse
from pipeline.extraction.rules.incidents.assembler import Assembler
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.incidents.newsworthiness import select
from pipeline.extraction.rules.statements.finder import statements_of
from schemas import ActorType
from tests.support.parses import parse_of

Complete = Callable[..., list[IncidentCandidate]]

CRANE = """
The 3 det
veteran 3 amod
divers 4 nsubj
bombed 0 root
a 7 det
harbour 7 compound
crane 4 obj
in 9 case
Latakia 4 obl
"""


class FixedEncoder:
    """Gives the same parse for every sentence, and remembers what it was asked."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.asked: list[str] = []

    def read(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[Parse]:
        self.asked += [text[start:end] for start, end in sentences]
        return [self.parse for _ in sentences]


@pytest.fixture
def complete(read: Callable[..., Document]) -> Complete:
    """Read a text by rules, and let the second reader complete what they find."""

    def run(text: str, encoder: FixedEncoder, **heads: bool) -> list[IncidentCandidate]:
        document = read(text)
        assembler = Assembler(document)
        assembler.run(statements_of(document))
        candidates = [one.candidate for one in select(assembler.candidates, document) if one.omitted_by is None]
        SecondReader(encoder, **heads).complete(candidates, document)
        return candidates

    return run


def test_a_tagged_attacker_is_the_doer_that_the_rules_did_not_see(complete: Complete) -> None:
    lines = "Huts 3 nsubj:pass\nwere 3 aux\nbombed 0 root\n; 6 punct\nangry 6 amod\nmilitants 3 parataxis\nfled 6 acl"
    text, parse = parse_of(lines, ("militants", "attacker"))
    (candidate,) = complete(text, FixedEncoder(parse), syntax=False)
    (doer,) = candidate.roles.perpetrators
    assert doer.actor.actor_type is ActorType.UNIDENTIFIED_ARMED_GROUP
    assert text[doer.span.start : doer.span.end] == doer.span.text


def test_what_the_actor_table_does_not_know_is_no_doer(complete: Complete) -> None:
    text, parse = parse_of(CRANE, ("veteran divers", "attacker"))
    (candidate,) = complete(text, FixedEncoder(parse))
    assert not candidate.roles.perpetrators  # it can be a bomb as well as a bomber


def test_syntax_alone_names_the_object_as_written(complete: Complete) -> None:
    text, parse = parse_of(CRANE)
    (candidate,) = complete(text, FixedEncoder(parse), tagger=False)
    assert "harbour crane" in [target.actor.name for target in candidate.roles.targets]


def test_what_the_rules_name_as_the_doer_stays(complete: Complete) -> None:
    lines = "Boko 2 compound\nHaram 3 nsubj\nattacked 0 root\nChibok 3 obj\nbeside 6 case\nherders 3 obl"
    text, parse = parse_of(lines, ("herders", "attacker"))
    (candidate,) = complete(text, FixedEncoder(parse))
    assert [doer.actor.name for doer in candidate.roles.perpetrators] == ["Boko Haram"]


def test_a_weapon_is_no_party(complete: Complete) -> None:
    text, parse = parse_of("A 2 det\nmortar 3 nsubj\nhit 0 root\nIdlib 3 obj", ("mortar", "attacker"))
    (candidate,) = complete(text, FixedEncoder(parse))
    assert not candidate.roles.perpetrators


def test_an_unsure_tag_is_not_heard(complete: Complete) -> None:
    text, parse = parse_of(CRANE, ("harbour crane", "target"))
    (sure,) = complete(text, FixedEncoder(parse), syntax=False)
    unsure = parse._replace(roles=[role._replace(probability=0.2) for role in parse.roles])
    (candidate,) = complete(text, FixedEncoder(unsure), syntax=False)
    assert [target.actor.name for target in sure.roles.targets] == ["harbour crane"]
    assert not candidate.roles.targets


def test_only_sentences_that_tell_of_an_incident_are_read(complete: Complete) -> None:
    text, parse = parse_of(CRANE)
    encoder = FixedEncoder(parse)
    complete(f"{text}. The weather was fine. Fishers sold tuna.", encoder)
    assert encoder.asked == [f"{text}."]


def test_an_article_without_incidents_is_not_read_again(complete: Complete) -> None:
    _, parse = parse_of(CRANE)
    encoder = FixedEncoder(parse)
    assert complete("The weather was fine.", encoder) == []
    assert encoder.asked == []
