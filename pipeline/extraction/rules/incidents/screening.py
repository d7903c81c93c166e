"""Which statements tell of no one incident: they count several, sum up a time, tell a habit, or speak in general."""

import re

from pipeline.extraction.rules.incidents.aggregates import (
    counts_since,
    is_campaign_total,
    is_of_a_period,
    is_of_a_war,
    sums_up_deaths,
)
from pipeline.extraction.rules.incidents.days import is_precise
from pipeline.extraction.rules.incidents.decisions import Fate, Rule
from pipeline.extraction.rules.incidents.discourse import Discourse
from pipeline.extraction.rules.incidents.tallies import is_tally
from pipeline.extraction.rules.statements.statement import Aspect, Number, Statement

_SOME_OF = re.compile(r"\b(?!all\b)[\w-]+\sof\s(?:the|these|those)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_SOME_REACH = 60
_TELLS_NOTHING_NEW = (Aspect.HABITUAL, Aspect.RECOUNTED, Aspect.COMMEMORATED)


def _sums_up_deaths(statement: Statement, discourse: Discourse) -> bool:
    return bool(discourse.candidates) and sums_up_deaths(statement, discourse.document)


def _is_campaign_total(statement: Statement, discourse: Discourse) -> bool:
    return bool(discourse.candidates) and is_campaign_total(statement, discourse.document)


def _claims_all(statement: Statement, discourse: Discourse) -> bool:
    """Whether "claimed these attacks" is said of all that was told."""
    if not (statement.roles.claimants and statement.plural and statement.given):
        return False
    if statement.aspect not in _TELLS_NOTHING_NEW and not _is_general(statement, discourse):
        return False
    start = statement.head.span.start
    return not _SOME_OF.search(discourse.document.text, max(0, start - _SOME_REACH), start)


def _is_general(statement: Statement, discourse: Discourse) -> bool:
    """Whether a plural speaks of attacks in general: no place, day, toll or claim of its own."""
    day = statement.when.done
    if statement.number is Number.SERIES:
        if day and not is_precise(day) and discourse.candidates:
            return True
        counted = any(toll.what == "killed" or toll.best is not None for toll in statement.tolls)
        return not (counted or (day and is_precise(day)))
    own = statement.places or day or statement.tolls or statement.roles.claimants or statement.count
    return statement.plural and not own and bool(discourse.candidates)


SCREENING = (
    Rule("counts_many", Fate.TALLY, "it counts incidents over a time", lambda s, d: is_tally(s, d.document)),
    Rule("figures_of_a_war", Fate.DROP, "the figures are those of a war", lambda s, d: is_of_a_war(s)),
    Rule("sums_up_a_period", Fate.DROP, "it sums up months or years", lambda s, d: is_of_a_period(s, d.document)),
    Rule(
        "campaign_total",
        Fate.DROP,
        "it adds up the dead of a month",
        _is_campaign_total,
    ),
    Rule("counts_since", Fate.DROP, "it counts what was struck since", lambda s, d: counts_since(s, d.document)),
    Rule("sums_up_deaths", Fate.DROP, "it counts those killed so far", _sums_up_deaths),
    Rule("claims_all", Fate.CREDIT, "what was told is claimed together", _claims_all),
    Rule("habitual", Fate.DROP, "it happens again and again", lambda s, d: s.aspect is Aspect.HABITUAL),
    Rule("recounted", Fate.DROP, "it is only counted or spoken of", lambda s, d: s.aspect is Aspect.RECOUNTED),
    Rule("commemorated", Fate.DROP, "only its anniversary is told", lambda s, d: s.aspect is Aspect.COMMEMORATED),
    Rule("in_general", Fate.DROP, "it speaks of attacks in general", _is_general),
)
"""The rules in the order in which they are asked."""
