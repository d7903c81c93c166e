"""What a look at one side of two reports can yield: a part of the evidence, a cannot-link, or nothing."""

from typing import NamedTuple


class Part(NamedTuple):
    """One piece of evidence: its name, its weight (positive: for), and what it rests on."""

    name: str
    weight: float
    reason: str


class CannotLink(NamedTuple):
    """Why two reports cannot be of one incident."""

    reason: str


Finding = Part | CannotLink | None
"""None where either report is silent."""
