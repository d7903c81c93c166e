"""What each clause says of an incident: trigger, type, time, place, parties, weapons, tolls, and how it is meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.rules.statements.claimants import claimants_of, speaker_of
from pipeline.extraction.rules.statements.cues import cues_of, dated_by_opening, same_place_told
from pipeline.extraction.rules.statements.denials import without_deniers
from pipeline.extraction.rules.statements.event_place import places_of
from pipeline.extraction.rules.statements.event_time import time_of
from pipeline.extraction.rules.statements.event_type import decide_type, is_guessed
from pipeline.extraction.rules.statements.gaps import with_gaps_filled
from pipeline.extraction.rules.statements.kernel import NEEDS_WEAPON, Kernel, kernels_of, triggers_in
from pipeline.extraction.rules.statements.pronouns import doers_meant
from pipeline.extraction.rules.statements.role_constructions import STATES
from pipeline.extraction.rules.statements.roles import Roles, assign_roles
from pipeline.extraction.rules.statements.statement import PlaceBasis, Statement, TypeBasis
from pipeline.extraction.rules.statements.weapons_used import weapons_used
from pipeline.extraction.text.clauses import Clause, Joint
from pipeline.extraction.text.lexicon import word_group
from pipeline.extraction.text.span_index import within
from pipeline.extraction.violence.toll import Toll
from pipeline.extraction.violence.triggers import Kind, Trigger
from pipeline.extraction.violence.weapons import FLYING, WeaponCount
from schemas import ActorType, WeaponType

_TARGET_CUES = ("air_bomb", "civil", "people", "fighter", "security", "merchant", "warship")
_PRONOUN_REACH = 3
_NAMED = (ActorType.ARMED_GROUP, ActorType.UMBRELLA_GROUP)
_APART = (Joint.EARLIER, Joint.CONJUNCT)
_DEFINITE = frozenset({"the", "these", "those"})


def statements_of(document: Document) -> list[list[Statement]]:
    """Return the statements of every sentence of an article."""
    by_sentence: list[list[Statement]] = [[] for _ in document.sentences]
    clauses: list[list[Clause]] = [[] for _ in document.sentences]
    for clause in document.clauses:
        clauses[clause.sentence].append(clause)
    doers = _Doers()
    for number, mine in enumerate(clauses):
        told = [_read(kernel, mine, doers, document) for kernel in kernels_of(mine, document)]
        by_sentence[number] = with_gaps_filled(told, document)
    return by_sentence


@dataclass(slots=True)
class _Doers:
    """Who did the deed told last, whom a pronoun may mean for some sentences."""

    parties: tuple[ActorReading, ...] = ()
    sentence: int = 0
    arms: set[WeaponType] = field(default_factory=set)

    def of(self, kernel: Kernel, named: tuple[ActorReading, ...], document: Document) -> tuple[ActorReading, ...]:
        """Return whom a pronoun means where no doer is `named`, and keep in mind whom the sentence tells of."""
        near = kernel.sentence - self.sentence <= _PRONOUN_REACH
        meant = tuple(doers_meant(kernel.triggers, self.parties, document)) if near and not named else ()
        downed = near and kernel.head.kind is Kind.INTERCEPT and not (named or meant)
        if downed and _told_before(kernel, document) & self.arms:
            return self.parties
        told = named or meant
        if told:
            self.parties, self.sentence, self.arms = told, kernel.sentence, _flying_in(kernel, document)
        return meant


def _flying_in(kernel: Kernel, document: Document) -> set[WeaponType]:
    return {w.weapon_type for w in within(document.weapons, kernel.start, kernel.end) if w.weapon_type in FLYING}


def _told_before(kernel: Kernel, document: Document) -> set[WeaponType]:
    """Return the kinds of drones and missiles in the sentence that were told of before: "13 of the drones"."""
    words = [w for w in within(document.weapons, kernel.start, kernel.end) if w.weapon_type in FLYING]
    return {w.weapon_type for w in words if _DEFINITE & set(document.words(w.first - 2, w.first))}


def _read(kernel: Kernel, clauses: Sequence[Clause], doers: _Doers, document: Document) -> Statement:
    """Return what the sentence, of these clauses, says of the kernel's deed."""
    extent = _extent(kernel, clauses, document)
    first, last = document.token_range(*extent)
    places = _places(kernel, clauses, extent, document)
    when = time_of(kernel.clauses, clauses, kernel.head, document)
    roles = _roles(kernel, doers, document)
    weapons, struck = weapons_used(kernel, extent, document)
    roles = replace(roles, targets=roles.targets + struck)
    tolls = [toll for toll in document.tolls_of(kernel.sentence) if extent[0] <= toll.span.start < extent[1]]
    tolls = [replace(toll, claimed=True) if _is_claimed(toll, roles) else toll for toll in tolls]
    groups = {group for group in _TARGET_CUES if document.cued(group, first, last)}
    armed = {w.word.weapon_type for w in weapons}
    cues = cues_of(kernel, when, tolls, document)
    return Statement(
        sentence=kernel.sentence,
        clauses=kernel.clauses,
        triggers=kernel.triggers,
        head=kernel.head,
        verdict=kernel.verdict,
        event_type=decide_type(kernel.triggers, armed, roles, groups),
        type_basis=_type_basis(kernel, armed, weapons),
        headline=document.sentences[kernel.sentence].headline,
        places=tuple(places),
        place_basis=_place_basis(places, kernel, document),
        when=dated_by_opening(when, cues.aspect),
        roles=roles,
        weapons=weapons,
        tolls=tuple(tolls),
        number=cues.number,
        count=cues.count,
        rank=cues.rank,
        definiteness=cues.definiteness,
        contrast=cues.contrast,
        aspect=cues.aspect,
    )


def _type_basis(kernel: Kernel, armed: set[WeaponType], weapons: Sequence[WeaponCount]) -> TypeBasis:
    if kernel.head.kind in NEEDS_WEAPON and not weapons:
        return TypeBasis.MISSING
    return TypeBasis.GUESSED if is_guessed(kernel.triggers, armed) else TypeBasis.NAMED


def _places(
    kernel: Kernel, clauses: Sequence[Clause], extent: tuple[int, int], document: Document
) -> list[PlaceReading]:
    """Return the places that the deed's clauses name, or else the idle ones around them."""
    start, end = extent
    return places_of(kernel.clauses, kernel.head, document) or places_of(
        [c for c in clauses if start <= c.start and c.end <= end], kernel.head, document
    )


def _place_basis(places: Sequence[PlaceReading], kernel: Kernel, document: Document) -> PlaceBasis:
    if places:
        return PlaceBasis.NAMED
    return PlaceBasis.SAME if same_place_told(kernel, document) else PlaceBasis.NONE


def _is_claimed(toll: Toll, roles: Roles) -> bool:
    """Whether those who claim the deed say how many it hit."""
    return any(party.span.end <= toll.span.start for party in roles.claimants)


def _extent(kernel: Kernel, clauses: Sequence[Clause], document: Document) -> tuple[int, int]:
    """Return the stretch of the sentence that the kernel may speak for: its clauses and idle ones around them."""
    start, end = kernel.start, kernel.end
    for clause in clauses:
        if clause.start == end and clause.joint not in _APART and not triggers_in(clause, document):
            end = clause.end
    for clause in reversed(clauses):
        if clause.end == start and clause.joint not in _APART and not triggers_in(clause, document):
            start = clause.start
    return start, end


def _roles(kernel: Kernel, doers: _Doers, document: Document) -> Roles:
    """Return the parties of the deed; who claims it is not also listed as having done or suffered it."""
    roles = Roles()
    for clause in kernel.clauses:
        roles = roles.merged(assign_roles(clause, _own(kernel.triggers, clause), document))
    roles = _without_response(roles)
    perpetrators = roles.perpetrators + doers.of(kernel, roles.perpetrators, document)
    claimants = claimants_of(kernel.sentence, document) or speaker_of(kernel.sentence, kernel.head, document)
    claimants = without_deniers(claimants, kernel.sentence, document)
    perpetrators = tuple(without_deniers(perpetrators, kernel.sentence, document))
    claiming = {party.actor.name for party in claimants}
    return Roles(
        tuple(party for party in perpetrators if party.actor.name not in claiming),
        tuple(party for party in roles.targets if party.actor.name not in claiming),
        tuple(claimants),
    )


def _without_response(roles: Roles) -> Roles:
    """Return the roles without those who only answer an attack, in which it is the attackers that are struck.

    "The assailants, members of X, were shot by the security forces".
    """
    answered = any(word in word_group("assailants") for p in roles.targets for word in p.span.text.lower().split())
    if not answered or not all(party.actor.actor_type in STATES for party in roles.perpetrators):
        return roles
    return replace(roles, perpetrators=tuple(p for p in roles.targets if p.actor.actor_type in _NAMED), targets=())


def _own(triggers: Iterable[Trigger], clause: Clause) -> list[Trigger]:
    return [t for t in triggers if clause.start <= t.span.start < clause.end]
