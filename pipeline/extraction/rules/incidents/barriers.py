"""What keeps a statement from founding an incident of its own."""

from pipeline.extraction.rules.incidents.announcements import names_spot
from pipeline.extraction.rules.incidents.days import is_precise
from pipeline.extraction.rules.incidents.decisions import Fate, Rule
from pipeline.extraction.rules.incidents.discourse import Discourse
from pipeline.extraction.rules.statements.statement import Number, PlaceBasis, Statement
from schemas import EventType

_FAINT = 0.5


def _is_bare_background(statement: Statement, discourse: Discourse) -> bool:
    known = any(party.actor.actor_id for party in statement.roles.perpetrators)
    return statement.background and not (statement.places or statement.when.done or statement.tolls or known)


def _is_diplomatic(statement: Statement, discourse: Discourse) -> bool:
    """Whether the sentence is about talks, sanctions or a surrender, and the deed only what they answer."""
    if not statement.background or statement.when.done or statement.tolls:
        return False
    bounds = discourse.document.sentences[statement.sentence]
    first, last = discourse.document.token_range(bounds.start, bounds.end)
    return discourse.document.cued("diplomacy", first, last) is not None


def _is_settled(statement: Statement) -> bool:
    return statement.when.done is not None or names_spot(statement)


def _points_at_several(statement: Statement, discourse: Discourse) -> bool:
    if not (statement.plural and statement.given):
        return False
    return not (_is_settled(statement) or (statement.tolls and statement.places))


def _is_unsettled_series(statement: Statement, discourse: Discourse) -> bool:
    return statement.number is Number.SERIES and not (_is_settled(statement) or statement.tolls)


def _is_faint(statement: Statement, discourse: Discourse) -> bool:
    return statement.head.strength < _FAINT and not (statement.tolls or (statement.places and _is_dated(statement)))


def _is_dated(statement: Statement) -> bool:
    return statement.when.done is not None and is_precise(statement.when.done)


def _is_bare(statement: Statement, discourse: Discourse) -> bool:
    """Whether a statement that others were told before has neither place nor day."""
    return bool(discourse.candidates) and not (statement.places or statement.when.done)


def _is_bare_arrest(statement: Statement, discourse: Discourse) -> bool:
    return statement.event_type is EventType.ARREST_RAID and _is_bare(statement, discourse)


def _is_out_of_turn(statement: Statement, discourse: Discourse) -> bool:
    """Whether an ordinal does not go on with what was announced and is being told one by one."""
    if statement.rank is None or not discourse.candidates:
        return False
    group = discourse.announcement()
    return group is None or statement.rank != group.members + 1


def _is_bare_harm(statement: Statement, discourse: Discourse) -> bool:
    there = statement.place_basis is PlaceBasis.SAME and _is_dated(statement)
    return statement.weak and bool(discourse.candidates) and not (statement.places or statement.tolls or there)


BARRIERS = (
    Rule("bare_background", Fate.DROP, "nothing is said of an older deed", _is_bare_background),
    Rule("diplomatic", Fate.DROP, "an older deed is only what talks or sanctions answer", _is_diplomatic),
    Rule("points_at_several", Fate.DROP, "it points at several deeds told before", _points_at_several),
    Rule("unsettled_series", Fate.DROP, "a series has neither day, spot nor toll", _is_unsettled_series),
    Rule("faint", Fate.DROP, "the words hardly tell of a deed", _is_faint),
    Rule("bare_arrest", Fate.DROP, "an arrest has neither place nor day", _is_bare_arrest),
    Rule("no_deed", Fate.DROP, "there is no deed of its own", lambda s, d: s.orphan),
    Rule("out_of_turn", Fate.DROP, "its ordinal is not the next", _is_out_of_turn),
    Rule("points_back", Fate.DROP, "it points at a deed told before", lambda s, d: s.given and _is_bare(s, d)),
    Rule("bare_harm", Fate.DROP, "people's harm has neither place nor toll", _is_bare_harm),
)
"""What keeps a statement from founding an incident, in the order in which it is asked."""
