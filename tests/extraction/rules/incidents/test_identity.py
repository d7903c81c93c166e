"""Which reports name no incident of their own, and why."""

from collections.abc import Callable

import pytest

from schemas import Mention, Unresolved


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Gunmen killed nine soldiers.", Unresolved.NO_DAY_NO_PLACE),
        ("Gunmen killed nine soldiers in 2017.", Unresolved.NO_DAY_NO_PLACE),
        ("Gunmen killed nine soldiers in Mali.", Unresolved.COUNTRY_ONLY),
        ("Gunmen killed nine soldiers on Monday.", None),
        ("Gunmen killed nine soldiers in Mali on Monday.", None),
        ("Gunmen killed nine soldiers in Mali in May 2017.", None),
        ("Gunmen killed nine soldiers near Gao in Mali.", None),
    ],
)
def test_reason(extract: Callable[..., tuple[list[Mention], object]], text: str, reason: Unresolved | None) -> None:
    ((mention,), _) = extract(text)
    assert mention.unresolved_reason is reason


def test_a_weekday_is_a_day_though_nobody_knows_the_year(extract: Callable[..., tuple[list[Mention], object]]) -> None:
    ((mention,), _) = extract("Gunmen killed nine soldiers on Monday.", clock=None)
    assert mention.unresolved_reason is None
