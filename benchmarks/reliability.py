"""Whether a confidence means what it says: of the mentions given 0.8, are 80 % right?

    python -m benchmarks.reliability JUDGED.jsonl [--fit]

A line of JUDGED is a mention that labelled data has judged: `set` (where it comes from), `confidence`, `parts` (its
`confidence_parts`) and `right` (true or false). Every set counts the same, however many lines it has. With `--fit` the
weights that the data ask for are printed, ready for `pipeline/extraction/rules/incidents/confidence.py`.
"""

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

_BINS = 10
_STEPS, _RATE = 600, 2.0
_RIDGE = 0.002


class Judged(NamedTuple):
    """A mention with its verdict; `weight` makes all sets count the same."""

    confidence: float
    parts: Mapping[str, float]
    right: bool
    weight: float


def main() -> None:
    """Print the reliability of each set and of all, and with `--fit` the weights."""
    path, *options = sys.argv[1:]
    lines = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line]
    for name in sorted({line["set"] for line in lines}):
        print(_table(name, judged([line for line in lines if line["set"] == name])))
    everything = judged(lines)
    print(_table("all sets, each counting the same", everything))
    if "--fit" in options:
        bias, weights = fit(everything)
        print("BIAS =", round(bias, 2))
        print("WEIGHTS =", {name: round(weight, 2) for name, weight in weights.items()})


def judged(lines: Sequence[Mapping[str, Any]]) -> list[Judged]:
    """Return the lines as judged mentions, weighted so that every set counts the same."""
    sizes = Counter(line["set"] for line in lines)
    share = len(lines) / len(sizes)
    return [Judged(line["confidence"], line["parts"], line["right"], share / sizes[line["set"]]) for line in lines]


def calibration_error(mentions: Sequence[Judged]) -> float:
    """Return the mean distance between confidence and share right, over tenths of confidence (0 is perfect)."""
    total = sum(m.weight for m in mentions)
    return sum(abs(mean - right) * weight for mean, right, weight, _ in _bins(mentions).values()) / total


def brier(mentions: Sequence[Judged]) -> float:
    """Return the mean squared distance between confidence and verdict (0 is perfect, 0.25 is a coin's)."""
    total = sum(m.weight for m in mentions)
    return sum(m.weight * (m.confidence - m.right) ** 2 for m in mentions) / total


def fit(mentions: Sequence[Judged]) -> tuple[float, dict[str, float]]:
    """Return the bias and the weights of the logistic regression of `right` on the parts, no weight below 0."""
    names = list(mentions[0].parts)
    total = sum(m.weight for m in mentions)
    bias, weights = 0.0, dict.fromkeys(names, 1.0)
    for _ in range(_STEPS):
        slope, slopes = 0.0, dict.fromkeys(names, 0.0)
        for m in mentions:
            miss = m.weight * (_logistic(bias + sum(weights[n] * m.parts[n] for n in names)) - m.right)
            slope += miss
            for name in names:
                slopes[name] += miss * m.parts[name]
        bias -= _RATE * slope / total
        weights = {n: max(0.0, weights[n] - _RATE * (slopes[n] / total + _RIDGE * weights[n])) for n in names}
    return bias, weights


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _bins(mentions: Sequence[Judged]) -> dict[int, tuple[float, float, float, int]]:
    """Return mean confidence, share right, weight and number of mentions for every tenth that has some."""
    inside: dict[int, list[Judged]] = defaultdict(list)
    for mention in mentions:
        inside[min(_BINS - 1, int(mention.confidence * _BINS))].append(mention)
    return {tenth: _summary(inside[tenth]) for tenth in sorted(inside)}


def _summary(mentions: Sequence[Judged]) -> tuple[float, float, float, int]:
    weight = sum(m.weight for m in mentions)
    mean = sum(m.weight * m.confidence for m in mentions) / weight
    right = sum(m.weight * m.right for m in mentions) / weight
    return mean, right, weight, len(mentions)


def _table(name: str, mentions: Sequence[Judged]) -> str:
    rows = [f"{name}: {len(mentions)} mentions, Brier {brier(mentions):.3f}, off by {calibration_error(mentions):.3f}"]
    rows += [
        f"  {tenth / _BINS:.1f}-{(tenth + 1) / _BINS:.1f}  mentions {count:5d}  mean {mean:.2f}  right {right:.2f}"
        for tenth, (mean, right, _, count) in _bins(mentions).items()
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    main()
