"""What could not be read or validated, and why."""

from schemas.base import NonEmpty, Record


class Reject(Record):
    """Something that a stage could not use. `reason` says what was wrong and what to do; `record` is the offender.

    `reject_id` is derived from the other fields, so that the same fault met again is the same row. `record` is cut
    to its first 2,000 characters.
    """

    reject_id: NonEmpty
    stage: NonEmpty
    reason: NonEmpty
    ref: NonEmpty
    record: str | None = None
