from collections.abc import Callable

import pytest

from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.factuality import Verdict, judge

Read = Callable[..., Document]


def verdict(read: Read, text: str, word: str) -> Verdict:
    document = read(text)
    trigger = next(t for t in document.triggers if t.span.text == word)
    return judge(trigger, document.clause_at(trigger.span.start), document)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Rebels attacked the town.", "attacked", Verdict.FACT),
        ("They used mortars to attack the town.", "attack", Verdict.FACT),
        ("Rebels tried to attack the town.", "attack", Verdict.ATTEMPT),
        ("The army denied the attack.", "attack", Verdict.DENIED),
        ("Rebels vowed to attack the town.", "attack", Verdict.UNREAL),
        ("Rebels are ready to attack.", "attack", Verdict.UNREAL),
        ("The town was not attacked.", "attacked", Verdict.UNREAL),
        ("The town could be attacked.", "attacked", Verdict.UNREAL),
        ("If the town is attacked, people will flee.", "attacked", Verdict.UNREAL),
        ("Residents live in fear of an attack.", "attack", Verdict.UNREAL),
        ("The wall is to prevent attacks.", "attacks", Verdict.UNREAL),
        ("He was killed in a plane crash.", "was killed", Verdict.UNREAL),
        ("A boat was struck by a cyclone.", "struck", Verdict.UNREAL),
        ("Crowds protested against the raid.", "raid", Verdict.UNREAL),
        ("Amid heavy rain, rebels attacked the town.", "attacked", Verdict.FACT),
        ("Amid heavy rain, a tower was struck.", "struck", Verdict.UNREAL),
        ("The senator attacked her opponent in the debate.", "attacked", Verdict.UNREAL),
        ("Gunmen attacked a candidate before the election.", "attacked", Verdict.FACT),
        ("They sent ten drones to attack the plant.", "attack", Verdict.FACT),
        ("Attacks on hospitals must stop.", "Attacks", Verdict.UNREAL),
        ("An assault on the town would be a disaster.", "assault", Verdict.UNREAL),
        ("A mine explosion killed 19 workers; a gas leak caused it.", "mine explosion", Verdict.UNREAL),
        ("A mine explosion killed 19 soldiers on a road.", "mine explosion", Verdict.FACT),
        ("Seventeen people are feared killed.", "feared killed", Verdict.FACT),
    ],
)
def test_how_the_text_commits_itself(read: Read, text: str, word: str, expected: Verdict) -> None:
    assert verdict(read, text, word) is expected
