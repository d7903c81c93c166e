from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking.days import judge_days
from pipeline.linking.events import judge_kinds, judge_toll, judge_weapons
from pipeline.linking.evidence import CannotLink, Finding, Part
from pipeline.linking.parties import judge_claims, judge_perpetrators, judge_targets
from pipeline.linking.people import judge_ages, judge_people
from pipeline.linking.places import judge_places
from schemas import TOLLS, Mention
from tests.support.records import any_mentions, mentions

JUDGES = [
    judge_days, judge_places, judge_kinds, judge_weapons, judge_perpetrators, judge_targets, judge_claims,
    judge_people, judge_ages, *map(judge_toll, TOLLS),
]  # fmt: skip


@pytest.mark.parametrize("judge", JUDGES)
@given(st.tuples(mentions(1), mentions(2)) | st.tuples(any_mentions(), any_mentions()))
def test_whoever_comes_first_the_finding_weighs_the_same(
    judge: Callable[[Mention, Mention], Finding], pair: tuple[Mention, Mention]
) -> None:
    one, other = judge(*pair), judge(*reversed(pair))
    assert type(one) is type(other)
    assert isinstance(one, Part | CannotLink | None)
    if isinstance(one, Part) and isinstance(other, Part):
        assert (one.name, one.weight) == (other.name, other.weight)
        assert one.reason
