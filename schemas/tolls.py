"""The tolls of violence: which kinds of harm to people are counted, and the fields that count them."""

from typing import NamedTuple

from pydantic import model_validator
from typing_extensions import Self

from schemas.base import Count, Record, check_ordered


class TollKind(NamedTuple):
    """A kind of harm that people are counted for, and the fields of its range.

    Whatever is read, checked, fused, compared, told or shown of tolls goes by `TOLLS`, which has a row a kind.
    """

    name: str
    low: str
    best: str
    high: str


TOLLS = (
    TollKind("killed", "killed_low", "killed_best", "killed_high"),
    TollKind("wounded", "wounded_low", "wounded_best", "wounded_high"),
)


class Tolls(Record):
    """How many people were harmed, kind by kind: low ≤ best ≤ high. Null is "the text does not say", 0 is "none"."""

    killed_low: Count | None = None
    """The dead, at least."""
    killed_best: Count | None = None
    """The dead, by the most trusted account."""
    killed_high: Count | None = None
    """The dead, at most."""
    wounded_low: Count | None = None
    """The wounded, at least."""
    wounded_best: Count | None = None
    """The wounded, by the most trusted account."""
    wounded_high: Count | None = None
    """The wounded, at most."""

    @model_validator(mode="after")
    def _tolls_are_ordered(self) -> Self:
        for kind in TOLLS:
            check_ordered(kind.name, *(getattr(self, field) for field in kind[1:]))
        return self
