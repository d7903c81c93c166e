"""Which persons are named of which incident."""

from collections.abc import Callable

from schemas import ActorType, Mention


def test_of_several_incidents_each_has_its_own(extract: Callable[..., tuple[list[Mention], object]]) -> None:
    text = (
        "Amina Bello, 34, was shot dead by gunmen in Gao in Mali on Monday. "
        "A car bomb killed Ousmane Keita, 51, in Kidal in Mali on Sunday."
    )
    mentions, _ = extract(text)
    named = [
        [target.name for target in mention.targets if target.actor_type is ActorType.PERSON] for mention in mentions
    ]
    assert named == [["Amina Bello"], ["Ousmane Keita"]]
