from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.rules.confidence import WEIGHTS, combine

shares = st.fixed_dictionaries({name: st.floats(0, 1) for name in WEIGHTS})


@given(shares)
def test_the_mean_lies_between_its_parts(parts: dict[str, float]) -> None:
    assert min(parts.values()) - 0.001 <= combine(parts) <= max(parts.values()) + 0.001


def test_full_parts_are_full_confidence() -> None:
    assert combine(dict.fromkeys(WEIGHTS, 1.0)) == 1.0
    assert combine(dict.fromkeys(WEIGHTS, 0.0)) == 0.0
