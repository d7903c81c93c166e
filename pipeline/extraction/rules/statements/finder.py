"""What each clause says of an incident: trigger, type, time, place, parties, weapons, tolls, and how it is meant."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Reading
from pipeline.extraction.places.relations import Relation, relate
from pipeline.extraction.rules.statements.cues import read_cues
from pipeline.extraction.rules.statements.denials import without_deniers
from pipeline.extraction.rules.statements.event_place import places_of
from pipeline.extraction.rules.statements.event_time import time_of
from pipeline.extraction.rules.statements.event_type import decide_type, is_guessed, may_be_same
from pipeline.extraction.rules.statements.factuality import Verdict, judge
from pipeline.extraction.rules.statements.gaps import fill_gaps, may_be_filled, without_verb
from pipeline.extraction.rules.statements.pronouns import doers_meant
from pipeline.extraction.rules.statements.roles import assign_roles, claimants_of, speaker_of
from pipeline.extraction.rules.statements.statement import Frame
from pipeline.extraction.text.clauses import Clause, Joint
from pipeline.extraction.text.lexicon import word_group
from pipeline.extraction.text.span_index import within
from pipeline.extraction.time.resolver import DateReading
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
_APART = (Joint.EARLIER, Joint.CONJUNCT)
_LAPSES = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "day", "week", "month", "year"})


def frames_of(reading: Reading) -> list[list[Frame]]:
    """Return the frames of every sentence of an article."""
    by_sentence: list[list[Frame]] = [[] for _ in reading.sentences]
    clauses: list[list[Clause]] = [[] for _ in reading.sentences]
    for clause in reading.clauses:
        clauses[clause.sentence].append(clause)
    told = _Doers()
    for number, mine in enumerate(clauses):
        by_sentence[number] = [_fill(frame, mine, told, reading) for frame in _fuse(_seeds(mine, reading), reading)]
        fill_gaps(by_sentence[number], reading)
    return by_sentence


@dataclass(slots=True)
class _Doers:
    """Who did the deed told last, whom a pronoun may mean for some sentences."""

    parties: list[ActorReading] = field(default_factory=list)
    sentence: int = 0
    arms: set[WeaponType] = field(default_factory=set)

    def of(self, frame: Frame, reading: Reading) -> list[ActorReading]:
        """Return whom a pronoun in the frame means, and keep in mind whom the frame tells of."""
        near = frame.sentence - self.sentence <= _PRONOUN_REACH
        meant = doers_meant(frame.triggers, self.parties, reading) if near and not frame.roles.perpetrators else []
        downed = near and frame.head.kind is Kind.INTERCEPT and not (frame.roles.perpetrators or meant)
        if downed and _told_before(frame, reading) & self.arms:
            return list(self.parties)
        told = frame.roles.perpetrators or meant
        if told:
            self.parties, self.sentence, self.arms = list(told), frame.sentence, _flying_in(frame, reading)
        return meant


def _flying_in(frame: Frame, reading: Reading) -> set[WeaponType]:
    return {w.weapon_type for w in within(reading.weapons, frame.start, frame.end) if w.weapon_type in FLYING}


def _told_before(frame: Frame, reading: Reading) -> set[WeaponType]:
    """Return the kinds of drones and missiles in the frame that were told of before: "13 of the drones"."""
    words = [w for w in within(reading.weapons, frame.start, frame.end) if w.weapon_type in FLYING]
    return {w.weapon_type for w in words if _DEFINITE & set(reading.words(w.first - 2, w.first))}


def _seeds(clauses: Sequence[Clause], reading: Reading) -> list[Frame]:
    seeds: list[Frame] = []
    for clause in clauses:
        seed = _seed(clause, reading)
        if seed is None and may_be_filled(clause, seeds) and not _triggers_in(clause, reading):
            seed = without_verb(seeds[-1], clause)
        if seed is not None:
            seeds.append(seed)
    return seeds


def _seed(clause: Clause, reading: Reading) -> Frame | None:
    judged = [(t, judge(t, clause, reading)) for t in _triggers_in(clause, reading)]
    real = [(t, verdict) for t, verdict in judged if verdict is not Verdict.UNREAL]
    if not real:
        return None
    triggers = [_resolve_down(t, reading) for t, _ in real]
    armed = {w.weapon_type for w in within(reading.weapons, clause.start, clause.end) if not w.wielded}
    if armed:
        triggers = [_armed(t) for t in triggers]
    kept = [t for t in triggers if t.kind not in _NEEDS_WEAPON or armed] or triggers
    if all(t.kind is Kind.IMPACT for t in kept) and armed == {WeaponType.AIRCRAFT}:
        return None
    frame = Frame(clause.sentence, [clause], kept, Verdict.FACT)
    frame.verdict = next((verdict for t, verdict in real if t.first == frame.head.first), Verdict.FACT)
    if _has_unreal_superior(frame, judged):
        return None
    frame.background = clause.joint is Joint.EARLIER
    return frame


def _armed(trigger: Trigger) -> Trigger:
    """Return a trigger as sure as its weapon makes it: "rockets hit" tells more than "hit"."""
    if trigger.kind is not Kind.ACT or trigger.event_type is not EventType.ATTACK:
        return trigger
    return trigger._replace(strength=max(trigger.strength, _ARMED_STRENGTH))


def _resolve_down(trigger: Trigger, reading: Reading) -> Trigger:
    """Tell: "destroyed" beside a drone, rocket or missile is an interception, elsewhere an act against property."""
    if trigger.kind is not Kind.DOWN:
        return trigger
    start = reading.tokens[max(0, trigger.first - _DOWN_REACH)].start
    end = reading.tokens[min(len(reading.tokens), trigger.last + _DOWN_REACH) - 1].end
    sentence = reading.sentences[reading.clause_at(trigger.span.start).sentence]
    near = within(reading.weapons, max(start, sentence.start), min(end, sentence.end))
    if any(word.weapon_type in _BROUGHT_DOWN and _falls(trigger, word, reading) for word in near):
        return trigger._replace(kind=Kind.INTERCEPT, event_type=EventType.ATTACK, strength=_DOWN_STRENGTH)
    return trigger._replace(kind=Kind.ACT)


def _falls(trigger: Trigger, word: WeaponWord, reading: Reading) -> bool:
    """Whether the weapon is what was destroyed, and not what destroyed: before a passive, else after the verb."""
    if word.first >= trigger.last:
        return " by " not in reading.text[trigger.span.end : word.span.start]
    return trigger.passive or trigger.span.text.lower().startswith(("was", "were", "been"))


def _has_unreal_superior(frame: Frame, judged: Sequence[tuple[Trigger, Verdict]]) -> bool:
    return any(v is Verdict.UNREAL and t.strength > frame.head.strength and t.kind is Kind.ACT for t, v in judged)


def _triggers_in(clause: Clause, reading: Reading) -> list[Trigger]:
    return within(reading.triggers, clause.start, clause.end)


def _fuse(seeds: list[Frame], reading: Reading) -> list[Frame]:
    frames: list[Frame] = []
    for seed in seeds:
        if frames and _belongs(frames[-1], seed, reading):
            known = frames[-1]
            known.background = known.background and seed.background
            known.verdict = known.verdict if not known.weak or seed.weak else seed.verdict
            known.take(seed)
        else:
            frames.append(seed)
    return frames


def _belongs(known: Frame, seed: Frame, reading: Reading) -> bool:
    if seed.clauses[0].joint is Joint.CONJUNCT:
        return False
    arrested = known.head.event_type is EventType.ARREST_RAID
    if arrested and seed.clauses[0].joint is Joint.EARLIER and not seed.weak:
        return False
    ours, theirs = (places_of(frame.clauses, frame.head, reading) for frame in (known, seed))
    apart = bool(ours and theirs) and all(relate(a, b) is Relation.APART for a in ours for b in theirs)
    if apart:
        return False
    opening = reading.words(seed.clauses[0].first, seed.clauses[0].first + 4)
    told_apart = {*opening, *(reading.words(seed.head.first - 2, seed.head.first) if seed.head.is_noun else ())}
    if {"other", "another"} & told_apart and theirs:
        return False
    if not seed.weak and _is_hours_after(opening):
        return False
    if known.weak and not seed.weak and _days_differ(known, seed, reading):
        return False
    if known.weak or seed.weak:
        return True
    if Joint.EARLIER in (seed.clauses[0].joint, known.clauses[-1].joint):
        return False
    return not _days_differ(known, seed, reading) and may_be_same(known.head.event_type, seed.head.event_type)


def _is_hours_after(opening: Sequence[str]) -> bool:
    """Whether "hours after", "a week after" sets what follows apart from what it is told with."""
    return "after" in opening and bool(_LAPSES & set(opening[: list(opening).index("after")]))


def _days_differ(known: Frame, seed: Frame, reading: Reading) -> bool:
    """Whether each tells of its own days: "on Monday rebels shelled …, and on Tuesday they …"."""
    ours, theirs = (
        [d for c in frame.clauses for d in within(reading.dates_of(c.sentence), c.start, c.end)]
        for frame in (known, seed)
    )
    return bool(ours and theirs) and all(_are_apart(one, other) for one in ours for other in theirs)


def _are_apart(one: DateReading, other: DateReading) -> bool:
    if one.earliest and one.latest and other.earliest and other.latest:
        return one.latest < other.earliest or other.latest < one.earliest
    return None not in (one.weekday, other.weekday) and one.weekday != other.weekday


def _fill(frame: Frame, clauses: Sequence[Clause], told: _Doers, reading: Reading) -> Frame:
    start, end = _extent(frame, clauses, reading)
    first, last = reading.token_range(start, end)
    frame.headline = reading.sentences[frame.sentence].headline
    frame.places = places_of(frame.clauses, frame.head, reading)
    if not frame.places:
        frame.places = places_of([c for c in clauses if start <= c.start and c.end <= end], frame.head, reading)
    frame.when = time_of(frame.clauses, clauses, frame.head, reading)
    _fill_parties(frame, told, reading)
    _fill_weapons(frame, start, end, reading)
    tolls = [toll for toll in reading.tolls_of(frame.sentence) if start <= toll.span.start < end]
    frame.tolls = [replace(toll, claimed=True) if _is_claimed(toll, frame) else toll for toll in tolls]
    cues = {group for group in _TARGET_CUES if reading.cued(group, first, last)}
    armed = {w.word.weapon_type for w in frame.weapons}
    frame.event_type = decide_type(frame.triggers, armed, frame.roles, cues)
    frame.guessed = is_guessed(frame.triggers, armed)
    frame.orphan = frame.head.kind in _NEEDS_WEAPON and not frame.weapons
    read_cues(frame, reading)
    return frame


def _is_claimed(toll: Toll, frame: Frame) -> bool:
    """Whether those who claim the deed say how many it hit."""
    return any(party.span.end <= toll.span.start for party in frame.roles.claimants)


def _extent(frame: Frame, clauses: Sequence[Clause], reading: Reading) -> tuple[int, int]:
    """Return the stretch of the sentence that the frame may speak for: its clauses and idle ones around them."""
    start, end = frame.start, frame.end
    for clause in clauses:
        if clause.start == end and clause.joint not in _APART and not _triggers_in(clause, reading):
            end = clause.end
    for clause in reversed(clauses):
        if clause.end == start and clause.joint not in _APART and not _triggers_in(clause, reading):
            start = clause.start
    return start, end


def _fill_parties(frame: Frame, told: _Doers, reading: Reading) -> None:
    for clause in frame.clauses:
        frame.roles.merge(assign_roles(clause, _own(frame.triggers, clause), reading))
    frame.roles.perpetrators += told.of(frame, reading)
    claimants = claimants_of(frame.sentence, reading)
    claimants = claimants or speaker_of(frame.sentence, frame.head, reading)
    frame.roles.claimants += without_deniers(claimants, frame.sentence, reading)
    frame.roles.perpetrators = without_deniers(frame.roles.perpetrators, frame.sentence, reading)
    claiming = {reading.actor.name for reading in frame.roles.claimants}
    frame.roles.perpetrators = [p for p in frame.roles.perpetrators if p.actor.name not in claiming]
    frame.roles.targets = [p for p in frame.roles.targets if p.actor.name not in claiming]


def _own(triggers: Iterable[Trigger], clause: Clause) -> list[Trigger]:
    return [t for t in triggers if clause.start <= t.span.start < clause.end]


def _fill_weapons(frame: Frame, start: int, end: int, reading: Reading) -> None:
    words = [w for clause in frame.clauses for w in within(reading.weapons, clause.start, clause.end)]
    words = words or within(reading.weapons, start, end)
    words = [w for w in words if not (w.span.text.lower() in word_group("aimed_at") and _is_launched(words))]
    struck = [w for w in words if _is_target(w, frame.head, reading) or _is_destroyed(w, frame.triggers, reading)]
    frame.roles.targets += [_thing(w) for w in struck]
    words = [w for w in words if w not in struck]
    numbers = reading.numbers_of(frame.sentence) if words else []
    frame.weapons = [count_weapon(reading.text, reading.tokens, word, numbers) for word in words]
    parts = parts_of(reading.words(*reading.token_range(start, end))) if words else None
    if parts:
        frame.weapons = [
            w._replace(low=parts, high=parts) if w.low is not None and w.low < parts else w for w in frame.weapons
        ]


def _is_launched(words: Iterable[WeaponWord]) -> bool:
    """Whether other arms than guns are named: "fired on with rockets"."""
    return any(word.weapon_type in _LAUNCHED for word in words)


def _thing(word: WeaponWord) -> ActorReading:
    actor = Actor(name=word.span.text, text=word.span.text, actor_type=ActorType.PROPERTY)
    return ActorReading(actor, word.span, None, None)


def _is_target(word: WeaponWord, head: Trigger, reading: Reading) -> bool:
    """Whether the weapon is what was struck: "strikes against two mobile missiles"."""
    gap = reading.text[head.span.end : word.span.start] if head.is_noun else ""
    return len(gap) <= _TARGET_REACH and bool(_AGAINST.match(gap))


def _is_destroyed(word: WeaponWord, triggers: Sequence[Trigger], reading: Reading) -> bool:
    """Whether arms on the ground are what was destroyed: "a strike destroyed two artillery pieces"."""
    if word.weapon_type not in _ON_GROUND:
        return False
    for trigger in triggers:
        near = max(trigger.span.start - word.span.end, word.span.start - trigger.span.end) <= _TARGET_REACH
        if near and trigger.kind is Kind.ACT and "destroy" in trigger.span.text.lower():
            return _falls(trigger, word, reading)
    return False
