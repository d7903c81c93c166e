"""Who is counted among the dead and the wounded, and who only stands beside a number."""

import pytest

from tests.extraction.conftest import Extract


@pytest.mark.parametrize(
    ("told", "killed", "wounded"),
    [
        ("A married couple, aged 71 and 69, died under the rubble.", 2, None),
        ("Two youths aged 15 and 19 were killed.", 2, None),
        ("Three brothers aged 9, 11 and 14 were wounded.", None, 3),
        ("It killed 19 mourners, a doctors' network said.", 19, None),
        ("Two men with pistols shot dead a tax collector there.", 1, None),
        ("Guards shot dead the driver's brother.", 1, None),
        ("The ministry put the dead at six and the wounded at 14.", 6, 14),
        ("It wounded three soldiers, one severely.", None, 3),
        ("It wounded five people, two critically, the mayor said.", None, 5),
        ("A civilian guide was slightly injured.", None, 1),
        ('It killed "around fifteen" soldiers, the ministry said.', 15, None),
        ("One of two workers who were burnt has died in hospital.", 1, None),
        ("Two of the six guards were killed.", 2, None),
        ("The major and a sergeant were killed.", 2, None),
        ("A teacher was killed and another was wounded.", 1, 1),
    ],
)
def test_people_are_counted(extract: Extract, told: str, killed: int | None, wounded: int | None) -> None:
    (mention,), _ = extract(f"A bomb exploded at a base near Gao, Mali, on Monday. {told}")
    assert (mention.killed_low, mention.wounded_low) == (killed, wounded)


@pytest.mark.parametrize(
    "told",
    [
        "A nurse at the clinic gave a higher toll.",
        "The mayor, 61, has a wound of nine centimetres.",
        "It killed hopes.",
    ],
)
def test_nobody_is_counted(extract: Extract, told: str) -> None:
    (mention,), _ = extract(f"A bomb exploded at a base near Gao, Mali, on Monday. {told}")
    assert mention.killed_low is None
    assert mention.wounded_low in (None, 1)
