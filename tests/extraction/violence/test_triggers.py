import pytest

from pipeline.extraction.text.lexicon import tokenize
from pipeline.extraction.violence.triggers import Form, Trigger, TriggerFinder
from schemas import EventType

FINDER = TriggerFinder()


def triggers(text: str) -> list[Trigger]:
    return FINDER.find(text, tokenize(text))


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("a drone strike", EventType.DRONE_ATTACK),
        ("the village was shelled", EventType.ROCKET_MISSILE_MORTAR),
        ("a man blew himself up", EventType.SUICIDE_BOMBING),
        ("the car bombing", EventType.CAR_BOMBING),
        ("nuns were abducted", EventType.ABDUCTION),
        ("they torched the school", EventType.SABOTAGE_DESTRUCTION),
        ("an ambush", EventType.ARMED_ASSAULT),
        ("a base was attacked", EventType.ATTACK),
    ],
)
def test_the_words_tell_the_type(text: str, event_type: EventType) -> None:
    assert [t.event_type for t in triggers(text)] == [event_type]


@pytest.mark.parametrize(
    "text",
    [
        "a heart attack",
        "a hunger strike",
        "the general strike",
        "a carrier strike group",
        "they struck a deal",
        "a photo shoot",
        "the forest fire",
        "a cyberattack on a bank",
        "a quiet day at the market",
    ],
)
def test_what_only_looks_like_violence_is_none(text: str) -> None:
    assert triggers(text) == []


def test_after_to_a_noun_is_a_verb() -> None:
    assert [t.form for t in triggers("ready to attack")] == [Form.BASE]
    assert [t.form for t in triggers("the attack")] == [Form.NOUN]


@pytest.mark.parametrize(
    ("text", "passive"),
    [("the post was attacked", True), ("a post attacked by rebels", True), ("rebels attacked the post", False)],
)
def test_passives_are_told_from_actives(text: str, passive: bool) -> None:
    assert [t.passive for t in triggers(text)] == [passive]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The battery shot the rocket down.", ["shot the rocket down"]),
        ("Guards shot two men dead.", ["shot two men dead", "dead"]),
        ("They set the old mill on fire.", ["set the old mill on fire"]),
        ("They took the whole crew hostage.", ["took the whole crew hostage"]),
        ("The rebels shot. The lift came down.", ["shot", "came down"]),
        ("The mayor took office. A hostage died.", ["died"]),
    ],
)
def test_a_verb_may_be_split_by_its_object(text: str, told: list[str]) -> None:
    assert [t.span.text for t in triggers(text)] == told
