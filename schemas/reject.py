"""What could not be read or validated, and why."""

from schemas.base import NonEmpty, Record


class Reject(Record):
    """Something that a stage could not use."""

    reject_id: NonEmpty
    """Derived from the other columns: the same fault met again is the same row."""
    stage: NonEmpty
    """Which stage could not use it."""
    reason: NonEmpty
    """What was wrong and what to do."""
    ref: NonEmpty
    """Where it comes from."""
    record: str | None = None
    """The offender, cut to its first 2,000 characters."""
