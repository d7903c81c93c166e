"""Making the rows that say what could not be used, and why."""

from pipeline.records.identity import reject_id
from schemas import Reject

RECORD_CHARS = 2_000
"""How much of the offending record a reject keeps, in characters."""


def reject(stage: str, reason: str, ref: str, record: str | bytes | None = None) -> Reject:
    r"""Return the reject of `record` by `stage`.

    `reason` says what is wrong and what to do, `ref` where the record is found. Bytes are kept as ASCII with `\x..`
    escapes; so are the lone surrogates of a broken string, which no table could hold. Never fails on odd content.
    """
    shown = None if record is None else _shown(record)
    where, why = _storable(ref) or "?", _storable(reason) or "?"
    return Reject(reject_id=reject_id(stage, why, where, shown), stage=stage, reason=why, ref=where, record=shown)


def _shown(record: str | bytes) -> str:
    head = record[:RECORD_CHARS]
    text = repr(head)[2:-1] if isinstance(head, bytes) else _storable(head)
    return text[:RECORD_CHARS]


def _storable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
