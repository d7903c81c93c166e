"""Which incident a statement tells of: the one told last that it does not contradict, in place, day, type or parties.

"Another", "separate", "elsewhere" keep it apart unless the very spot is named again. What keeps the two apart by itself
is a constraint (`compatibility`); of the incidents that are left, the one that most speaks for is taken.
"""

from datetime import timedelta
from itertools import islice

from pipeline.extraction.places.relations import Relation
from pipeline.extraction.rules.incidents.announcements import is_part_of, is_said_of_all
from pipeline.extraction.rules.incidents.barriers import BARRIERS
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.incidents.compatibility import day_agreement, place_agreement, violated
from pipeline.extraction.rules.incidents.days import is_long_past, turns_back
from pipeline.extraction.rules.incidents.decisions import Decision, Fate, decide
from pipeline.extraction.rules.incidents.discourse import Discourse
from pipeline.extraction.rules.incidents.evidence import ENOUGH, SAME_DAY, Evidence, evidence
from pipeline.extraction.rules.incidents.newsworthiness import OLD, is_old
from pipeline.extraction.rules.statements.statement import Aspect, Statement

_LOOK_BACK = 12
_FIRST = 40  # incidents among which the one that an ordinal points at is looked for
_TELLING = timedelta(days=3)


def joined(statement: Statement, discourse: Discourse) -> Decision | None:
    """Return the decision that a statement joins an incident told before, None where it joins none.

    One that could not found an incident of its own joins the one that most speaks for, however little that is.
    """
    ranked = _ranked(statement, discourse)
    if ranked is not None:
        return Decision(Fate.JOIN, "ordinal", "an ordinal points at it", ranked.number)
    best: tuple[float, IncidentCandidate, Evidence] | None = None
    for candidate in reversed(discourse.candidates[-_LOOK_BACK:]):
        if _may_tell_of(candidate, statement, discourse):
            found = evidence(candidate, statement, discourse)
            if best is None or found.total > best[0]:
                best = found.total, candidate, found
    if best is None:
        return None
    total, candidate, found = best
    if total >= ENOUGH:
        return Decision(
            Fate.JOIN, "best_fit", "nothing keeps it apart, and most speaks for it", candidate.number, found
        )
    if decide(BARRIERS, statement, discourse) is None:
        return None
    return Decision(Fate.JOIN, "only_fit", "it says too little to tell of another", candidate.number, found)


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


def _may_tell_of(candidate: IncidentCandidate, statement: Statement, discourse: Discourse) -> bool:
    """Whether nothing keeps a statement apart from an incident, and both are news, or both are what came before."""
    if not _may_meet(candidate, statement, discourse) or is_part_of(candidate.statements[0], statement):
        return False
    if candidate.background == statement.background or statement.weak:
        return True
    agrees = place_agreement(candidate, statement) is Relation.SAME or day_agreement(candidate, statement) == SAME_DAY
    dated = candidate.background and candidate.date and statement.places
    near = dated and not is_old(candidate, discourse.candidates, discourse.document)
    own = statement.background or statement.places or statement.when.done
    return bool(agrees or near or not own)


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
