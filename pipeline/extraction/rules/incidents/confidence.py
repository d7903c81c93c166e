"""How sure the extractor is of a mention: the probability that its type, day and place are right, from named parts.

    confidence = 1 / (1 + exp(−(BIAS + Σ weight × part)))

The parts, each from 0 to 1: `trigger` (how surely its words tell of an incident), `date` (how narrow and how direct),
`place` (how specific), `actor` (named, only described, unknown) and `status` (how the text commits itself). Bias and
weights are a logistic regression on labelled mentions, each set of them counting the same:
`python -m benchmarks.reliability JUDGED.jsonl --fit` makes them anew, and shows how far confidence and truth are apart.
"""

import math

from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from schemas import DateBasis, DatePrecision, Status

BIAS = -1.96
WEIGHTS = {"trigger": 0.94, "date": 0.11, "place": 1.8, "actor": 0.0, "status": 1.28}
"""What each part counts for; a part that tells right from wrong no better than chance counts for nothing."""

_PLACE = {"site": 1.0, "city": 0.9, "admin1": 0.7, "sea": 0.7, "region": 0.6, "country": 0.4}
_DATE = {
    DatePrecision.DAY: 1.0,
    DatePrecision.DAYS: 0.8,
    DatePrecision.WEEK: 0.5,
    DatePrecision.MONTH: 0.4,
    DatePrecision.YEAR: 0.3,
    DatePrecision.UNKNOWN: 0.2,
}
_STATUS = {Status.ASSERTED: 1.0, Status.ATTEMPTED: 0.8, Status.CLAIMED: 0.6, Status.DENIED: 0.3}
_INDIRECT = 0.8


def confidence_parts(
    candidate: IncidentCandidate, precision: DatePrecision, basis: DateBasis, status: Status
) -> dict[str, float]:
    """Return the named parts of a mention's confidence."""
    direct = 1.0 if basis not in (DateBasis.INHERITED, DateBasis.PUBLICATION) else _INDIRECT
    parties = candidate.roles.perpetrators + candidate.roles.claimants
    named = any(party.actor.actor_id for party in parties)
    return {
        "trigger": candidate.strength,
        "date": _DATE[precision] * direct,
        "place": _PLACE.get(candidate.place.kind, 0.5) if candidate.place else 0.1,
        "actor": 1.0 if named else 0.6 if parties else 0.3,
        "status": _STATUS[status],
    }


def combine(parts: dict[str, float]) -> float:
    """Return the probability that the parts amount to, rounded to three digits."""
    return round(1 / (1 + math.exp(-(BIAS + sum(WEIGHTS[name] * value for name, value in parts.items())))), 3)
