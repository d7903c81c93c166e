"""What a look at one side of two reports can yield: a part of the evidence, a veto, or nothing."""

from typing import NamedTuple


class Part(NamedTuple):
    """One piece of evidence: its name, its weight (positive: for), and what it rests on."""

    name: str
    weight: float
    reason: str


class Veto(NamedTuple):
    """Why two reports cannot be of one incident."""

    reason: str


Finding = Part | Veto | None
"""None where either report is silent."""
