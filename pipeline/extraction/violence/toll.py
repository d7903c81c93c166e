"""People killed or wounded, as one statement counts them."""

from dataclasses import dataclass

from pipeline.extraction.text.spans import Span


@dataclass(frozen=True, slots=True)
class Toll:
    """People killed or wounded: `what` is "killed" or "wounded"; the range may be open (None) above.

    `total` is a toll that counts all ("the toll rose to nine"), `more` counts none of those told of before ("an
    additional twelve"), `claimed` is what those who claim the deed say of it.
    """

    what: str
    low: int
    best: int | None
    high: int | None
    span: Span
    total: bool = False
    more: bool = False
    claimed: bool = False
