"""Which incident a statement tells of: the one told last that it does not contradict, in place, day, type or parties.

"Another", "separate", "elsewhere" keep it apart unless the very spot is named again. What keeps the two apart by itself
is a constraint (`compatibility`); of the incidents that are left, the one that most speaks for is taken.
"""

from datetime import timedelta
from itertools import islice

from pipeline.extraction.places.relations import RANK, Relation
from pipeline.extraction.rules.incidents.announcements import is_part_of, is_said_of_all
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.incidents.compatibility import day_agreement, place_agreement, violated
from pipeline.extraction.rules.incidents.days import is_long_past, turns_back
from pipeline.extraction.rules.incidents.decisions import Agreement, Decision, Fate
from pipeline.extraction.rules.incidents.discourse import Discourse
from pipeline.extraction.rules.incidents.newsworthiness import OLD, is_old
from pipeline.extraction.rules.statements.statement import Aspect, Statement

_SURE = 3.0
_LOOK_BACK = 12
_FIRST = 40  # incidents among which the one that an ordinal points at is looked for
_SAME_SPOT, _SAME_AREA, _NESTED, _A_LITTLE_WAY_OFF = 3.0, 1.5, 1.0, 0.5
_SAME_TYPE, _TOLD_LAST, _PER_INCIDENT_BACK = 0.5, 1.0, 0.1
_SPOT = 1
_TELLING = timedelta(days=3)


def joined(statement: Statement, discourse: Discourse) -> Decision | None:
    """Return the decision that a statement joins an incident told before, None where it joins none."""
    ranked = _ranked(statement, discourse)
    if ranked is not None:
        return Decision(Fate.JOIN, "ordinal", "an ordinal points at it", ranked.number)
    best: tuple[float, IncidentCandidate] | None = None
    for age, candidate in enumerate(reversed(discourse.candidates[-_LOOK_BACK:])):
        score = _score(candidate, statement, discourse)
        if score is not None:
            score += _TOLD_LAST if candidate is discourse.focus else -_PER_INCIDENT_BACK * age
            best = max(best, (score, candidate), key=lambda item: item[0]) if best else (score, candidate)
    if best is None:
        return None
    number, parts = best[1].number, agreement(best[1], statement)
    return Decision(Fate.JOIN, "best_fit", "nothing keeps it apart, and it agrees best", number, parts)


def compatible(candidate: IncidentCandidate, statement: Statement) -> bool:
    """Return whether no constraint keeps a statement apart from an incident."""
    return violated(candidate, statement) is None


def revealed_announcements(statement: Statement, discourse: Discourse) -> list[IncidentCandidate]:
    """Return the incidents that announced several, as a statement shows that tells one of their parts."""
    return [
        candidate
        for candidate in discourse.candidates[-_LOOK_BACK:]
        if not candidate.group
        and is_part_of(candidate.statements[0], statement)
        and _may_meet(candidate, statement, discourse)
    ]


def agreement(candidate: IncidentCandidate, statement: Statement) -> Agreement:
    """Return what speaks for a statement's telling of an incident that no constraint keeps it apart from."""
    return Agreement(
        _place_part(candidate, statement),
        day_agreement(candidate, statement) or 0.0,
        _SAME_TYPE if candidate.event_type is statement.event_type else 0.0,
    )


def _place_part(candidate: IncidentCandidate, statement: Statement) -> float:
    relation = place_agreement(candidate, statement)
    if relation is Relation.SAME and candidate.place is not None:
        return _SAME_SPOT if RANK.get(candidate.place.kind, 5) <= _SPOT else _SAME_AREA
    return {None: 0.0, Relation.NESTED: _NESTED}.get(relation, _A_LITTLE_WAY_OFF)


def _ranked(statement: Statement, discourse: Discourse) -> IncidentCandidate | None:
    """Return the incident that an ordinal points at: "the second attack" is the second of those told."""
    if statement.rank is None:
        return None
    news = (c for c in discourse.candidates[:_FIRST] if not c.group and not c.background)
    told = list(islice((c for c in news if compatible(c, statement)), statement.rank))
    return told[statement.rank - 1] if statement.rank <= len(told) else None


def _may_meet(candidate: IncidentCandidate, statement: Statement, discourse: Discourse) -> bool:
    """Whether nothing in the words keeps a statement apart from an incident."""
    if not _same_time(candidate, statement, discourse) or not compatible(candidate, statement):
        return False
    if candidate.group and not is_said_of_all(candidate, statement):
        return False
    if candidate.anchor.aspect is Aspect.OPENER and not (statement.background or statement.given):
        return False
    return statement.given or not statement.another or _same_place(candidate, statement)


def _score(candidate: IncidentCandidate, statement: Statement, discourse: Discourse) -> float | None:
    if not _may_meet(candidate, statement, discourse) or is_part_of(candidate.statements[0], statement):
        return None
    score = agreement(candidate, statement).total
    if candidate.background == statement.background or score >= _SURE or statement.weak:
        return score
    dated = candidate.background and candidate.date and statement.places
    near = dated and not is_old(candidate, discourse.candidates, discourse.document)
    own = statement.background or statement.places or statement.when.done
    return score if near or not own else None


def _same_time(candidate: IncidentCandidate, statement: Statement, discourse: Discourse) -> bool:
    """Whether an undated incident, which is the article's news, can have the statement's day."""
    day, clock = statement.when.done, discourse.document.clock
    told = candidate.told.latest if candidate.told and not candidate.date else None
    if told is not None and day and day.latest and told - day.latest > _TELLING:
        return False
    if candidate.date or candidate.background or not day:
        return True
    opening = discourse.document.sentences[statement.sentence].start
    back = is_long_past(day) or (bool(discourse.candidates) and turns_back(day, opening))
    if not statement.given and back:
        return statement.sentence == candidate.statements[-1].sentence
    if not day.latest or not clock:
        return True
    return clock - day.latest <= OLD


def _same_place(candidate: IncidentCandidate, statement: Statement) -> bool:
    return place_agreement(candidate, statement) is Relation.SAME
