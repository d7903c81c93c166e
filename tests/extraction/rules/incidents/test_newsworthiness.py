"""Which incidents are told, and by which rule the others are not."""

from collections.abc import Callable

import pytest

from pipeline.extraction.rules.incidents.trace import Trace


@pytest.mark.parametrize(
    ("text", "omitted"),
    [
        (
            "Two attacks took place in Mali on May 3. The first hit a market in Gao, killing two. "
            "The second hit a post in Kidal, killing nine.",
            [(0, "told_one_by_one")],
        ),
        (
            "Attacks killed 13 in Mali. A bomb killed 11 in Gao on Monday. Gunmen shot dead two in Kidal.",
            [(0, "told_one_by_one")],
        ),
        ("Gunmen killed nine soldiers near Gao in Mali on Monday.", []),
    ],
)
def test_announcements_told_one_by_one_are_not_told(
    explain: Callable[..., Trace], text: str, omitted: list[tuple[int, str]]
) -> None:
    assert [(one.incident, one.rule) for one in explain(text).omissions] == omitted


def test_every_incident_is_reported_or_omitted(explain: Callable[..., Trace]) -> None:
    trace = explain(
        "Attacks killed 13 in Mali. A bomb killed 11 in Gao on Monday. Two died in Kidal. Police arrested a man."
    )
    numbers = {step.decision.incident for step in trace.steps} - {None}
    assert numbers == {*trace.reported, *(one.incident for one in trace.omissions)}
    assert not {*trace.reported} & {one.incident for one in trace.omissions}
