"""How sure the extractor is of a mention: the probability that its type, day and place are right, from named parts.

    confidence = 1 / (1 + exp(−(BIAS + Σ weight × part)))

The parts, each from 0 to 1: `trigger` (how surely its words tell of an incident), `date` (how narrow and how direct),
`place` (how specific), `actor` (named, only described, unknown), `status` (how the text commits itself) and `support`
(whether it has what only violence has: people counted, a weapon, armed people or a force, a word for nothing else).
Bias and weights are a logistic regression on labelled mentions, each set of them counting the same:
`python -m benchmarks.reliability JUDGED.jsonl --fit` makes them anew, and shows how far confidence and truth are apart.
"""

import math

from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.violence.triggers import Kind
from schemas import ActorType, DateBasis, DatePrecision, EventType, Status

BIAS = -3.96
WEIGHTS = {"trigger": 0.94, "date": 0.11, "place": 1.8, "actor": 0.0, "status": 1.28, "support": 2.0}
"""What each part counts for; a part that tells right from wrong no better than chance counts for nothing.

`support` was added by hand to the weights that were fitted: what has it is as sure as before.
"""

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
_UNMISTAKABLE = 0.9
_FIGHTING = (
    ActorType.ARMED_GROUP,
    ActorType.UMBRELLA_GROUP,
    ActorType.UNIDENTIFIED_ARMED_GROUP,
    ActorType.STATE_FORCES,
)


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
        "support": 1.0 if is_supported(candidate) else 0.0,
    }


def is_supported(candidate: IncidentCandidate) -> bool:
    """Return whether more than a word that matches, markets and storms share tells that there was violence."""
    parties = (*candidate.roles.perpetrators, *candidate.roles.claimants, *candidate.roles.targets)
    if any(party.actor.actor_type in _FIGHTING for party in parties):
        return True
    told = candidate.statements
    armed = any(not count.word.wielded for one in told for count in one.weapons)
    counted = any(toll.high is not None or toll.low > 1 for one in told for toll in one.tolls)
    named = any(t.strength >= _UNMISTAKABLE and t.kind is Kind.ACT for one in told for t in one.triggers)
    return armed or counted or (named and candidate.event_type is not EventType.ATTACK)


def combine(parts: dict[str, float]) -> float:
    """Return the probability that the parts amount to, rounded to three digits."""
    return round(1 / (1 + math.exp(-(BIAS + sum(WEIGHTS[name] * value for name, value in parts.items())))), 3)
