"""The parts of the evidence, and what each of them counts for."""

from collections.abc import Callable

import pytest

from pipeline.extraction.document import Document
from pipeline.extraction.rules.incidents.candidates import founded_on
from pipeline.extraction.rules.incidents.discourse import Discourse
from pipeline.extraction.rules.incidents.evidence import ENOUGH, WEIGHTS, Evidence, Part, evidence
from pipeline.extraction.rules.statements.finder import statements_of

FIRST = "Two drones of the Houthis hit Gao in Mali on Monday, killing nine soldiers. "
AGAINST = {
    Part.LARGER_TOLL,
    Part.INDEFINITE,
    Part.FAR,
    Part.BACK,
    Part.OPENS_ELSEWHERE,
    Part.OTHER_ATTACKER,
    Part.STANDS_ALONE,
}


def between(read: Callable[..., Document], text: str) -> set[Part]:
    """Return the parts between the first statement of a text and its last."""
    document = read(text)
    statements = [one for mine in statements_of(document) for one in mine]
    known = founded_on(statements[0], 0)
    return {*evidence(known, statements[-1], Discourse(document, [known], known)).parts}


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ("The attack near Gao came at dawn.", Part.SAME_SPOT),
        ("An attack in Mali came at dawn.", Part.NESTED),
        ("The attack on Monday came at dawn.", Part.SAME_DAY),
        ("The bombing came at dawn.", Part.DEFINITE),
        ("A bombing came at dawn.", Part.INDEFINITE),
        ("Nine soldiers were killed.", Part.SAME_TOLL),
        ("Thirty soldiers were killed.", Part.LARGER_TOLL),
        ("The drones exploded.", Part.SAME_WEAPON),
        ("In Kidal, gunmen shot dead a man.", Part.OPENS_ELSEWHERE),
        ("Malian soldiers shot dead six villagers.", Part.OTHER_ATTACKER),
        ("The gunmen fled. They killed nobody else. Markets closed. Schools too. A man was shot.", Part.LEDE),
    ],
)
def test_parts(read: Callable[..., Document], more: str, part: Part) -> None:
    assert part in between(read, FIRST + more)


def test_what_is_not_said_is_no_agreement(read: Callable[..., Document]) -> None:
    told = {Part.SAME_SPOT, Part.SAME_AREA, Part.NESTED, Part.SAME_DAY, Part.DAYS_MEET, Part.SAME_TOLL}
    assert not told & between(read, FIRST + "A man was shot.")


def test_weights_have_the_sign_of_their_part() -> None:
    assert {part for part, weight in WEIGHTS.items() if weight < 0} == AGAINST
    assert WEIGHTS.keys() == {*Part}


def test_a_sentence_that_goes_on_is_enough_and_one_that_opens_elsewhere_is_not() -> None:
    assert Evidence((Part.CONTINUED, Part.TOLD_LAST), 0).total >= ENOUGH
    assert Evidence((Part.CONTINUED, Part.OPENS_ELSEWHERE), 0).total < ENOUGH
