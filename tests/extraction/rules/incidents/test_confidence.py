import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.reliability import brier, calibration_error, fit, judged
from pipeline.extraction.rules.incidents.confidence import WEIGHTS, combine

shares = st.fixed_dictionaries({name: st.floats(0, 1) for name in WEIGHTS})


@given(shares)
def test_a_confidence_is_a_probability(parts: dict[str, float]) -> None:
    assert 0 < combine(parts) < 1


@given(shares, st.sampled_from(sorted(WEIGHTS)))
def test_a_better_part_never_lowers_it(parts: dict[str, float], name: str) -> None:
    assert combine(parts | {name: 1.0}) >= combine(parts)


def test_it_tells_the_best_from_the_worst() -> None:
    assert combine(dict.fromkeys(WEIGHTS, 1.0)) > 0.85
    assert combine(dict.fromkeys(WEIGHTS, 0.1)) < 0.3


class TestReliability:
    LINES = tuple(
        {"set": name, "confidence": 0.75, "parts": {"a": float(right), "b": 0.5}, "right": right}
        for name, rights in (("small", (True, True, True, False)), ("large", (True, True, True, False) * 5))
        for right in rights
    )

    def test_a_confidence_that_means_what_it_says_is_not_off(self) -> None:
        assert calibration_error(judged(self.LINES)) == pytest.approx(0)
        assert brier(judged(self.LINES)) == pytest.approx(0.1875)

    def test_every_set_counts_the_same(self) -> None:
        small, large = (sum(m.weight for m in judged(self.LINES)[part]) for part in (slice(0, 4), slice(4, None)))
        assert small == pytest.approx(large)

    def test_the_fit_finds_the_part_that_tells(self) -> None:
        _, weights = fit(judged(self.LINES))
        assert weights["a"] > 1 > weights["b"]
