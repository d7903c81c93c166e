"""Which incidents a page shows, and how much of their reports' words it holds."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum

from pipeline.errors import WrongOptionError
from pipeline.storage.selection import Selection


class Words(Enum):
    """How much a page holds of what the reports say.

    `full`: the quotes with what stands around them. `quotes`: the quotes alone. `none`: only the incidents' fields.
    """

    FULL = "full"
    QUOTES = "quotes"
    NONE = "none"

    @property
    def fewer(self) -> "Words | None":
        """The next smaller amount, or None."""
        return {Words.FULL: Words.QUOTES, Words.QUOTES: Words.NONE}.get(self)


@dataclass(frozen=True)
class PageSelection(Selection):
    """A selection of incidents as they were known on a day: what runs found after it (in UTC) is not shown.

    Raises WrongOptionError for days in the wrong order.
    """

    known_on: date | None = None

    def __post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise WrongOptionError(f"--since {self.since} is after --until {self.until}: exchange them")

    @property
    def known_before(self) -> datetime | None:
        """The moment at which the day of `known_on` ends."""
        if self.known_on is None:
            return None
        return datetime.combine(self.known_on, time(), timezone.utc) + timedelta(days=1)
