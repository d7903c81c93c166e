"""Which mention of an article stands for which of its labelled incidents."""

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.truth.agreement import TOLLS, Label, Row, date_agrees, place_agrees, toll_meets, type_agrees

_TOLL_WEIGHT = 0.1
"""Less than a type, a date or a place: a toll only decides between labels that agree as well as one another."""


class Match(NamedTuple):
    """A mention and a label, by their numbers, and whether they agree in type, date and place."""

    mention: int
    label: int
    strict: bool


def matches(mentions: Sequence[Row], labels: Sequence[Label]) -> list[Match]:
    """Return which mentions stand for which labels: one for one, those that agree best first, two of three at least."""
    pairs = [
        (likeness, -i, -j)
        for i, mention in enumerate(mentions)
        for j, label in enumerate(labels)
        if (likeness := _likeness(mention, label))
    ]
    found: list[Match] = []
    for likeness, i, j in sorted(pairs, reverse=True):
        if all(-i != one.mention and -j != one.label for one in found):
            found.append(Match(-i, -j, likeness >= 3))
    return found


def _likeness(mention: Row, label: Label) -> float:
    kind = type_agrees(mention, label["event_type"])
    time, place = date_agrees(mention, label["date"]), place_agrees(mention, label)
    if kind + time + place < 2:
        return 0.0
    tolls = sum(toll_meets(mention, what, label[what]) for what in TOLLS if label.get(what))
    return kind + time + place + _TOLL_WEIGHT * tolls
