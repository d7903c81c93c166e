"""What all the statements of killed and wounded about one incident amount to."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extraction.text.spans import Span
from pipeline.extraction.violence.toll import Toll
from schemas import TOLLS, Evidence

_KINDS = {kind.name: kind for kind in TOLLS}


class Range(NamedTuple):
    """A number of people: low ≤ best ≤ high, each None where the text does not say, and the words it came from."""

    low: int | None
    best: int | None
    high: int | None
    span: Span

    def fields(self, kind: str) -> dict[str, int | None]:
        """Return the fields of a kind of toll with their values."""
        named = _KINDS[kind]
        return {named.low: self.low, named.best: self.best, named.high: self.high}

    def evidence(self, kind: str) -> list[Evidence]:
        """Return the evidence for the fields of a kind of toll that are filled."""
        return [self.span.as_evidence(field) for field, value in self.fields(kind).items() if value is not None]


def merge_tolls(tolls: Sequence[Toll]) -> dict[str, Range]:
    """Return a range for each kind of toll that is stated: the killed, the wounded.

    The first figure stands; smaller later ones are its parts. A later toll "rose to" a total replaces it, and an
    exact number a vague one; "an additional twelve" come on top of fewer; any other larger figure only raises the
    upper end. What the attackers claim counts where nobody else gives a number, "no casualties" where nothing else is
    said.
    """
    merged: dict[str, Range] = {}
    for what in _KINDS:
        mine = [toll for toll in tolls if toll.what == what]
        mine = [toll for toll in mine if not toll.claimed] or mine
        counted = [toll for toll in mine if toll.low > 0] or mine
        if counted:
            merged[what] = _merge(counted)
    return merged


def _merge(tolls: Sequence[Toll]) -> Range:
    current = Range(tolls[0].low, tolls[0].best, tolls[0].high, tolls[0].span)
    vague = tolls[0].best is None and tolls[0].high is None
    for toll in tolls[1:]:
        if (vague and (toll.best is not None or toll.low > 2)) or (toll.total and toll.low >= (current.low or 0)):
            current, vague = Range(toll.low, toll.best, toll.high, toll.span), False
        elif toll.more and not toll.total and toll.low >= (current.best or current.low or 0) > 0:
            current = _added(current, toll)
        elif toll.low > (current.high or current.best or current.low or 0):
            current = current._replace(high=toll.low)
    return current


def _added(current: Range, toll: Toll) -> Range:
    best = current.best + toll.best if current.best is not None and toll.best is not None else None
    high = current.high + toll.high if current.high is not None and toll.high is not None else None
    return Range((current.low or 0) + toll.low, best, high, toll.span)
