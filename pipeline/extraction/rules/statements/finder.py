"""What each clause says of an incident: trigger, type, time, place, parties, weapons, tolls, and how it is meant."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.places.relations import Relation, relate
from pipeline.extraction.rules.statements.cues import read_cues
from pipeline.extraction.rules.statements.event_place import places_of
from pipeline.extraction.rules.statements.event_time import time_of
from pipeline.extraction.rules.statements.event_type import decide_type, is_guessed, may_be_same
from pipeline.extraction.rules.statements.factuality import Verdict, judge
from pipeline.extraction.rules.statements.pronouns import doers_meant
from pipeline.extraction.rules.statements.roles import assign_roles, claimants_of, speaker_of
from pipeline.extraction.rules.statements.statement import Statement
from pipeline.extraction.text.clauses import Clause, Joint
from pipeline.extraction.text.lexicon import word_group
from pipeline.extraction.text.span_index import within
from pipeline.extraction.violence.casualties import Toll
from pipeline.extraction.violence.triggers import Kind, Trigger
from pipeline.extraction.violence.weapons import FLYING, WeaponWord, count_weapon, parts_of
from schemas import Actor, ActorType, EventType, WeaponType

_NEEDS_WEAPON = (Kind.FIRE, Kind.IMPACT, Kind.INTERCEPT)
_TARGET_CUES = ("civil", "people", "fighter", "security", "merchant", "warship")
_TARGET_REACH = 60
_AGAINST = re.compile(r"\s(?:against|on)\s(?!.*\b(?:with|using|by|involving)\b)[^,.;]*$")
_DOWN_REACH = 7
_PRONOUN_REACH = 3
_DEFINITE = frozenset({"the", "these", "those"})
_BROUGHT_DOWN = FLYING - {WeaponType.ARTILLERY}
_ON_GROUND = (WeaponType.ARTILLERY, WeaponType.CAR_BOMB, WeaponType.MORTAR, WeaponType.IED, WeaponType.MINE)
_LAUNCHED = (WeaponType.ROCKET, WeaponType.MISSILE, WeaponType.MORTAR, WeaponType.ARTILLERY)
_DOWN_STRENGTH = 0.8
_ARMED_STRENGTH = 0.8
_LAPSES = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "day", "week", "month", "year"})


def statements_of(document: Document) -> list[list[Statement]]:
    """Return the statements of every sentence of an article."""
    by_sentence: list[list[Statement]] = [[] for _ in document.sentences]
    clauses: list[list[Clause]] = [[] for _ in document.sentences]
    for clause in document.clauses:
        clauses[clause.sentence].append(clause)
    told = _Doers()
    for number, mine in enumerate(clauses):
        seeds = [seed for seed in (_seed(clause, document) for clause in mine) if seed]
        by_sentence[number] = [_fill(statement, mine, told, document) for statement in _fuse(seeds, document)]
    return by_sentence


@dataclass(slots=True)
class _Doers:
    """Who did the deed told last, whom a pronoun may mean for some sentences."""

    parties: list[ActorReading] = field(default_factory=list)
    sentence: int = 0
    arms: set[WeaponType] = field(default_factory=set)

    def of(self, statement: Statement, document: Document) -> list[ActorReading]:
        """Return whom a pronoun in the statement means, and keep in mind whom the statement tells of."""
        near = statement.sentence - self.sentence <= _PRONOUN_REACH
        meant = (
            doers_meant(statement.triggers, self.parties, document) if near and not statement.roles.perpetrators else []
        )
        downed = near and statement.head.kind is Kind.INTERCEPT and not (statement.roles.perpetrators or meant)
        if downed and _told_before(statement, document) & self.arms:
            return list(self.parties)
        told = statement.roles.perpetrators or meant
        if told:
            self.parties, self.sentence, self.arms = list(told), statement.sentence, _flying_in(statement, document)
        return meant


def _flying_in(statement: Statement, document: Document) -> set[WeaponType]:
    return {w.weapon_type for w in within(document.weapons, statement.start, statement.end) if w.weapon_type in FLYING}


def _told_before(statement: Statement, document: Document) -> set[WeaponType]:
    """Return the kinds of drones and missiles in the statement that were told of before: "13 of the drones"."""
    words = [w for w in within(document.weapons, statement.start, statement.end) if w.weapon_type in FLYING]
    return {w.weapon_type for w in words if _DEFINITE & set(document.words(w.first - 2, w.first))}


def _seed(clause: Clause, document: Document) -> Statement | None:
    judged = [(t, judge(t, clause, document)) for t in _triggers_in(clause, document)]
    real = [(t, verdict) for t, verdict in judged if verdict is not Verdict.UNREAL]
    if not real:
        return None
    triggers = [_resolve_down(t, document) for t, _ in real]
    armed = {w.weapon_type for w in within(document.weapons, clause.start, clause.end) if not w.wielded}
    if armed:
        triggers = [_armed(t) for t in triggers]
    kept = [t for t in triggers if t.kind not in _NEEDS_WEAPON or armed] or triggers
    if all(t.kind is Kind.IMPACT for t in kept) and armed == {WeaponType.AIRCRAFT}:
        return None
    statement = Statement(clause.sentence, [clause], kept, Verdict.FACT)
    statement.verdict = next((verdict for t, verdict in real if t.first == statement.head.first), Verdict.FACT)
    if _has_unreal_superior(statement, judged):
        return None
    statement.background = clause.joint is Joint.EARLIER
    return statement


def _armed(trigger: Trigger) -> Trigger:
    """Return a trigger as sure as its weapon makes it: "rockets hit" tells more than "hit"."""
    if trigger.kind is not Kind.ACT or trigger.event_type is not EventType.ATTACK:
        return trigger
    return trigger._replace(strength=max(trigger.strength, _ARMED_STRENGTH))


def _resolve_down(trigger: Trigger, document: Document) -> Trigger:
    """Tell: "destroyed" beside a drone, rocket or missile is an interception, elsewhere an act against property."""
    if trigger.kind is not Kind.DOWN:
        return trigger
    start = document.tokens[max(0, trigger.first - _DOWN_REACH)].start
    end = document.tokens[min(len(document.tokens), trigger.last + _DOWN_REACH) - 1].end
    sentence = document.sentences[document.clause_at(trigger.span.start).sentence]
    near = within(document.weapons, max(start, sentence.start), min(end, sentence.end))
    if any(word.weapon_type in _BROUGHT_DOWN and _falls(trigger, word, document) for word in near):
        return trigger._replace(kind=Kind.INTERCEPT, event_type=EventType.ATTACK, strength=_DOWN_STRENGTH)
    return trigger._replace(kind=Kind.ACT)


def _falls(trigger: Trigger, word: WeaponWord, document: Document) -> bool:
    """Whether the weapon is what was destroyed, and not what destroyed: before a passive, else after the verb."""
    if word.first >= trigger.last:
        return " by " not in document.text[trigger.span.end : word.span.start]
    return trigger.passive or trigger.span.text.lower().startswith(("was", "were", "been"))


def _has_unreal_superior(statement: Statement, judged: Sequence[tuple[Trigger, Verdict]]) -> bool:
    return any(v is Verdict.UNREAL and t.strength > statement.head.strength and t.kind is Kind.ACT for t, v in judged)


def _triggers_in(clause: Clause, document: Document) -> list[Trigger]:
    return within(document.triggers, clause.start, clause.end)


def _fuse(seeds: list[Statement], document: Document) -> list[Statement]:
    statements: list[Statement] = []
    for seed in seeds:
        if statements and _belongs(statements[-1], seed, document):
            known = statements[-1]
            known.background = known.background and seed.background
            known.verdict = known.verdict if not known.weak or seed.weak else seed.verdict
            known.take(seed)
        else:
            statements.append(seed)
    return statements


def _belongs(known: Statement, seed: Statement, document: Document) -> bool:
    ours, theirs = (places_of(statement.clauses, statement.head, document) for statement in (known, seed))
    apart = bool(ours and theirs) and all(relate(a, b) is Relation.APART for a in ours for b in theirs)
    if apart:
        return False
    opening = document.words(seed.clauses[0].first, seed.clauses[0].first + 4)
    told_apart = {*opening, *(document.words(seed.head.first - 2, seed.head.first) if seed.head.is_noun else ())}
    if {"other", "another"} & told_apart and theirs:
        return False
    if not seed.weak and _is_hours_after(opening):
        return False
    if known.weak or seed.weak:
        return True
    if Joint.EARLIER in (seed.clauses[0].joint, known.clauses[-1].joint):
        return False
    return not _days_differ(known, seed, document) and may_be_same(known.head.event_type, seed.head.event_type)


def _is_hours_after(opening: Sequence[str]) -> bool:
    """Whether "hours after", "a week after" sets what follows apart from what it is told with."""
    return "after" in opening and bool(_LAPSES & set(opening[: list(opening).index("after")]))


def _days_differ(known: Statement, seed: Statement, document: Document) -> bool:
    """Whether each tells of its own day of the week: "on Monday rebels shelled …, and on Tuesday they …"."""
    days = [
        {d.weekday for c in statement.clauses for d in within(document.dates_of(c.sentence), c.start, c.end)} - {None}
        for statement in (known, seed)
    ]
    return all(days) and not days[0] & days[1]


def _fill(statement: Statement, clauses: Sequence[Clause], told: _Doers, document: Document) -> Statement:
    start, end = _extent(statement, clauses, document)
    first, last = document.token_range(start, end)
    statement.headline = document.sentences[statement.sentence].headline
    statement.places = places_of(statement.clauses, statement.head, document)
    if not statement.places:
        statement.places = places_of(
            [c for c in clauses if start <= c.start and c.end <= end], statement.head, document
        )
    statement.when = time_of(statement.clauses, clauses, statement.head, document)
    _fill_parties(statement, told, document)
    _fill_weapons(statement, start, end, document)
    tolls = [toll for toll in document.tolls_of(statement.sentence) if start <= toll.span.start < end]
    statement.tolls = [replace(toll, claimed=True) if _is_claimed(toll, statement) else toll for toll in tolls]
    cues = {group for group in _TARGET_CUES if document.cued(group, first, last)}
    armed = {w.word.weapon_type for w in statement.weapons}
    statement.event_type = decide_type(statement.triggers, armed, statement.roles, cues)
    statement.guessed = is_guessed(statement.triggers, armed)
    statement.orphan = statement.head.kind in _NEEDS_WEAPON and not statement.weapons
    read_cues(statement, document)
    return statement


def _is_claimed(toll: Toll, statement: Statement) -> bool:
    """Whether those who claim the deed say how many it hit."""
    return any(party.span.end <= toll.span.start for party in statement.roles.claimants)


def _extent(statement: Statement, clauses: Sequence[Clause], document: Document) -> tuple[int, int]:
    """Return the stretch of the sentence that the statement may speak for: its clauses and idle ones around them."""
    start, end = statement.start, statement.end
    for clause in clauses:
        if clause.start == end and clause.joint is not Joint.EARLIER and not _triggers_in(clause, document):
            end = clause.end
    for clause in reversed(clauses):
        if clause.end == start and clause.joint is not Joint.EARLIER and not _triggers_in(clause, document):
            start = clause.start
    return start, end


def _fill_parties(statement: Statement, told: _Doers, document: Document) -> None:
    for clause in statement.clauses:
        statement.roles.merge(assign_roles(clause, _own(statement.triggers, clause), document))
    statement.roles.perpetrators += told.of(statement, document)
    claimants = claimants_of(statement.sentence, document)
    statement.roles.claimants += claimants or speaker_of(statement.sentence, statement.head, document)
    claiming = {party.actor.name for party in statement.roles.claimants}
    statement.roles.perpetrators = [p for p in statement.roles.perpetrators if p.actor.name not in claiming]
    statement.roles.targets = [p for p in statement.roles.targets if p.actor.name not in claiming]


def _own(triggers: Iterable[Trigger], clause: Clause) -> list[Trigger]:
    return [t for t in triggers if clause.start <= t.span.start < clause.end]


def _fill_weapons(statement: Statement, start: int, end: int, document: Document) -> None:
    words = [w for clause in statement.clauses for w in within(document.weapons, clause.start, clause.end)]
    words = words or within(document.weapons, start, end)
    words = [w for w in words if not (w.span.text.lower() in word_group("aimed_at") and _is_launched(words))]
    struck = [
        w for w in words if _is_target(w, statement.head, document) or _is_destroyed(w, statement.triggers, document)
    ]
    statement.roles.targets += [_thing(w) for w in struck]
    words = [w for w in words if w not in struck]
    numbers = document.numbers_of(statement.sentence) if words else []
    statement.weapons = [count_weapon(document.text, document.tokens, word, numbers) for word in words]
    parts = parts_of(document.words(*document.token_range(start, end))) if words else None
    if parts:
        statement.weapons = [
            w._replace(low=parts, high=parts) if w.low is not None and w.low < parts else w for w in statement.weapons
        ]


def _is_launched(words: Iterable[WeaponWord]) -> bool:
    """Whether other arms than guns are named: "fired on with rockets"."""
    return any(word.weapon_type in _LAUNCHED for word in words)


def _thing(word: WeaponWord) -> ActorReading:
    actor = Actor(name=word.span.text, text=word.span.text, actor_type=ActorType.PROPERTY)
    return ActorReading(actor, word.span, None, None)


def _is_target(word: WeaponWord, head: Trigger, document: Document) -> bool:
    """Whether the weapon is what was struck: "strikes against two mobile missiles"."""
    gap = document.text[head.span.end : word.span.start] if head.is_noun else ""
    return len(gap) <= _TARGET_REACH and bool(_AGAINST.match(gap))


def _is_destroyed(word: WeaponWord, triggers: Sequence[Trigger], document: Document) -> bool:
    """Whether arms on the ground are what was destroyed: "a strike destroyed two artillery pieces"."""
    if word.weapon_type not in _ON_GROUND:
        return False
    for trigger in triggers:
        near = max(trigger.span.start - word.span.end, word.span.start - trigger.span.end) <= _TARGET_REACH
        if near and trigger.kind is Kind.ACT and "destroy" in trigger.span.text.lower():
            return _falls(trigger, word, document)
    return False
