"""What each clause says of an incident: trigger, type, time, place, parties, weapons, tolls, and how it is meant."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.extraction.rules.actors import ActorReading
from pipeline.extraction.rules.casualties import Toll
from pipeline.extraction.rules.clauses import Clause, Joint
from pipeline.extraction.rules.date_patterns import WEEKDAY_NAMES
from pipeline.extraction.rules.event_types import decide_type, is_guessed, may_be_same
from pipeline.extraction.rules.factuality import Verdict, is_habitual, judge
from pipeline.extraction.rules.geography import Relation, relate
from pipeline.extraction.rules.lexicon import Wording
from pipeline.extraction.rules.lookup import within
from pipeline.extraction.rules.numbers import NumberReading
from pipeline.extraction.rules.places import PlaceReading
from pipeline.extraction.rules.pronouns import doers_meant
from pipeline.extraction.rules.reading import Reading
from pipeline.extraction.rules.roles import Roles, assign_roles, claimants_of, speaker_of
from pipeline.extraction.rules.timing import Timing, time_of
from pipeline.extraction.rules.triggers import Form, Kind, Trigger
from pipeline.extraction.rules.weapons import FLYING, WeaponCount, WeaponWord, count_weapon, parts_of
from pipeline.extraction.rules.whereabouts import places_of
from schemas import Actor, ActorType, DateBasis, DatePrecision, EventType, WeaponType

_NEEDS_WEAPON = (Kind.FIRE, Kind.IMPACT, Kind.INTERCEPT)
_TARGET_CUES = ("civil", "people", "fighter", "security", "merchant", "warship")
_COUNT_REACH = 42
_ACT_BONUS = 0.15
_TARGET_REACH = 60
_AGAINST = re.compile(r"\s(?:against|on)\s[^,.;]*$")
_DOWN_REACH = 7
_MEMORY = 12
_PRONOUN_REACH = 3
_DEFINITE = frozenset({"the", "these", "those"})
_NTH_REACH = 150
_BROUGHT_DOWN = FLYING - {WeaponType.ARTILLERY}
_ON_GROUND = (WeaponType.ARTILLERY, WeaponType.CAR_BOMB, WeaponType.MORTAR, WeaponType.IED, WeaponType.MINE)
_DOWN_STRENGTH = 0.8
_ARMED_STRENGTH = 0.8


@dataclass(slots=True)
class Frame:
    """One statement about one deed (or, if `series`, about many).

    `given` is true where the words refer to something told before ("the attack"), `another` where they set it apart
    from what was told before; `rank` is the ordinal ("the second attack"), `count` how many deeds the words announce.
    `orphan` frames have no deed of their own ("one was shot down") and can only add to another. `guessed`: neither a
    word nor a weapon names the type. `same_place`: the words refer to a place told before ("the same village").
    `perfect`: the verb tells what has (had) been done by now. `remembered`: only an anniversary is told.
    `counted`: the weapons are those of the one place, told as a number.
    """

    sentence: int
    clauses: list[Clause]
    triggers: list[Trigger]
    verdict: Verdict
    event_type: EventType = EventType.ATTACK
    places: list[PlaceReading] = field(default_factory=list)
    when: Timing = field(default_factory=Timing)
    roles: Roles = field(default_factory=Roles)
    weapons: list[WeaponCount] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    count: NumberReading | None = None
    rank: int | None = None
    plural: bool = False
    given: bool = False
    another: bool = False
    series: bool = False
    habitual: bool = False
    background: bool = False
    headline: bool = False
    part: bool = False
    inherited: bool = False
    recount: bool = False
    orphan: bool = False
    guessed: bool = False
    same_place: bool = False
    perfect: bool = False
    remembered: bool = False
    counted: bool = False
    _head: Trigger | None = None

    @property
    def head(self) -> Trigger:
        """The trigger that tells most; of equal ones the first."""
        if self._head is None:
            self._head = max(self.triggers, key=_weight)
        return self._head

    def take(self, other: "Frame") -> None:
        """Take in the clauses and triggers of what follows in the sentence."""
        head = max(self.head, other.head, key=_weight)
        self.clauses += other.clauses
        self.triggers += other.triggers
        self._head = head

    @property
    def weak(self) -> bool:
        """Whether only people's harm, or a weapon's fall, tells of the deed."""
        return self.head.kind is not Kind.ACT or self.head.strength < 0.5

    @property
    def start(self) -> int:
        """Where the first clause begins."""
        return self.clauses[0].start

    @property
    def end(self) -> int:
        """Where the last clause ends."""
        return self.clauses[-1].end


def _weight(trigger: Trigger) -> float:
    return trigger.strength + (_ACT_BONUS if trigger.kind is Kind.ACT else 0.0)


def frames_of(reading: Reading) -> list[list[Frame]]:
    """Return the frames of every sentence of an article."""
    by_sentence: list[list[Frame]] = [[] for _ in reading.sentences]
    clauses: list[list[Clause]] = [[] for _ in reading.sentences]
    for clause in reading.clauses:
        clauses[clause.sentence].append(clause)
    told = _Doers()
    for number, mine in enumerate(clauses):
        seeds = [seed for seed in (_seed(clause, reading) for clause in mine) if seed]
        by_sentence[number] = [_fill(frame, mine, told, reading) for frame in _fuse(seeds, reading)]
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
    if known.weak or seed.weak:
        return True
    if Joint.EARLIER in (seed.clauses[0].joint, known.clauses[-1].joint):
        return False
    return not _days_differ(known, seed, reading) and may_be_same(known.head.event_type, seed.head.event_type)


def _is_hours_after(opening: Sequence[str]) -> bool:
    """Whether "hours after", "a week after" sets what follows apart from what it is told with."""
    return "after" in opening and bool(_LAPSES & set(opening[: list(opening).index("after")]))


def _days_differ(known: Frame, seed: Frame, reading: Reading) -> bool:
    """Whether each tells of its own day of the week: "on Monday rebels shelled …, and on Tuesday they …"."""
    days = [
        {d.weekday for c in frame.clauses for d in within(reading.dates_of(c.sentence), c.start, c.end)} - {None}
        for frame in (known, seed)
    ]
    return all(days) and not days[0] & days[1]


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
    _fill_reference(frame, reading)
    return frame


def _is_claimed(toll: Toll, frame: Frame) -> bool:
    """Whether those who claim the deed say how many it hit."""
    return any(party.span.end <= toll.span.start for party in frame.roles.claimants)


def _extent(frame: Frame, clauses: Sequence[Clause], reading: Reading) -> tuple[int, int]:
    """Return the stretch of the sentence that the frame may speak for: its clauses and idle ones around them."""
    start, end = frame.start, frame.end
    for clause in clauses:
        if clause.start == end and clause.joint is not Joint.EARLIER and not _triggers_in(clause, reading):
            end = clause.end
    for clause in reversed(clauses):
        if clause.end == start and clause.joint is not Joint.EARLIER and not _triggers_in(clause, reading):
            start = clause.start
    return start, end


def _fill_parties(frame: Frame, told: _Doers, reading: Reading) -> None:
    for clause in frame.clauses:
        frame.roles.merge(assign_roles(clause, _own(frame.triggers, clause), reading))
    frame.roles.perpetrators += told.of(frame, reading)
    claimants = claimants_of(frame.sentence, reading)
    frame.roles.claimants += claimants or speaker_of(frame.sentence, frame.head, reading)
    claiming = {reading.actor.name for reading in frame.roles.claimants}
    frame.roles.perpetrators = [p for p in frame.roles.perpetrators if p.actor.name not in claiming]
    frame.roles.targets = [p for p in frame.roles.targets if p.actor.name not in claiming]


def _own(triggers: Iterable[Trigger], clause: Clause) -> list[Trigger]:
    return [t for t in triggers if clause.start <= t.span.start < clause.end]


def _fill_weapons(frame: Frame, start: int, end: int, reading: Reading) -> None:
    words = [w for clause in frame.clauses for w in within(reading.weapons, clause.start, clause.end)]
    words = words or within(reading.weapons, start, end)
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


def _fill_reference(frame: Frame, reading: Reading) -> None:
    head, clause = frame.head, frame.clauses[0]
    floor = max(clause.first, head.first - 8)
    before = reading.words(max(clause.first, head.first - 5), head.first)
    single = any(pair in _SINGLE for pair in pairwise(before))
    frame.plural = head.form is Form.NOUNS and not single
    frame.count = _count(head, frame.sentence, reading) if head.is_noun else None
    apart = _is_told_apart(clause, head, reading)
    new = head.is_noun and reading.cued("another", floor, head.first) is not None
    frame.another = new or (apart and not frame.weak) or _is_other_incident(clause, head, reading)
    listed = frame.plural or (head.form is Form.ING and bool({"incidents", "operations"} & set(before)))
    these = bool(_THESE & set(before[-3:]))
    frame.series = listed and (these or reading.cued("series", floor, head.first) is not None)
    done = frame.when.done
    dated = done is not None and (done.weekday is not None or done.precision is DatePrecision.DAY)
    told = dated or any(toll.best is not None for toll in frame.tolls)
    frame.habitual = not told and any(is_habitual(head, c, reading) for c in frame.clauses if head in _own([head], c))
    frame.habitual = frame.habitual or reading.cued("scene", floor, head.last) is not None
    so_far = frame.plural and reading.words(head.last, head.last + 1) == ["have"]
    frame.habitual = frame.habitual or (so_far and not told)
    frame.part = single or bool(_PARTS & set(reading.words(clause.first, min(clause.first + 3, head.first))))
    frame.background = frame.background or _is_recalled(frame, head, reading)
    frame.recount = reading.cued("recount", clause.first, head.first) is not None or _is_nth(head, clause, reading)
    frame.same_place = not frame.places and bool(_SAME_PLACE.search(reading.text, frame.start, frame.end))
    auxiliary = _PERFECT & set(reading.words(max(clause.first, head.first - 3), head.first + 1))
    frame.perfect = not head.is_noun and bool(auxiliary)
    _fill_definiteness(frame, reading)


def _is_other_incident(clause: Clause, head: Trigger, reading: Reading) -> bool:
    """Whether "another incident" or the like stands before what is told: "reported another incident, in which …"."""
    start = reading.sentences[clause.sentence].start
    return bool(_OTHER_INCIDENT.search(reading.text, start, head.span.start))


def _is_nth(head: Trigger, clause: Clause, reading: Reading) -> bool:
    """Whether the words only count what was told: "it marked the eighth bombing this year"."""
    return head.is_noun and bool(
        _NTH.search(reading.text, max(clause.start, head.span.start - _NTH_REACH), head.span.start)
    )


def _is_told_apart(clause: Clause, head: Trigger, reading: Reading) -> bool:
    """Whether "separately", "elsewhere" or "also" opens the clause; what somebody "also said" is told of no other."""
    opening, _ = reading.token_range(reading.sentences[clause.sentence].start, clause.end)
    starts = dict.fromkeys((clause.first, opening))
    apart = next(filter(None, (reading.cued("apart", at, min(at + 3, head.last)) for at in starts)), None)
    if apart is None or reading.cued("speech", apart.last, apart.last + 1) is not None:
        return False
    return not _OTHER_FIGURE.search(reading.text, clause.start, head.span.start)


def _fill_definiteness(frame: Frame, reading: Reading) -> None:
    noun, clause = frame.triggers[0] if frame.triggers[0].is_noun else frame.head, frame.clauses[0]
    if not noun.is_noun:
        return
    before = reading.words(max(clause.first, noun.first - 5), noun.first)
    known, fresh = reading.cue_words["given"], reading.cue_words["article"]
    determiner = next((word for word in reversed(before) if word in known | fresh), "")
    single = any(pair in _SINGLE for pair in pairwise(before))
    frame.given = not single and (_points_back(before) or determiner in known)
    ordinal = reading.cued("ordinal", max(clause.first, noun.first - 6), noun.first) if frame.given else None
    if ordinal is not None:
        frame.rank = _RANKS.get(reading.tokens[ordinal.first].lower)


def _points_back(before: Sequence[str]) -> bool:
    """Whether "that" stands before the noun, with at most a day between: "that Thursday morning attack"."""
    at = len(before) - 1
    while at >= 0 and before[at] in _DAY_WORDS:
        at -= 1
    return at >= 0 and before[at] == "that"


def _is_recalled(frame: Frame, head: Trigger, reading: Reading) -> bool:
    """Whether the deed is only remembered: its anniversary is marked, a court tries it, or it was years ago."""
    done = frame.when.done
    if done is not None and done.earliest is None and done.span.text.lower().endswith(" ago"):
        return True
    if done is not None and done.basis in _CLOCKED and _commemorated(frame, head, reading):
        frame.remembered = True
    near = max(reading.token_range(reading.sentences[frame.sentence].start, head.span.end)[0], head.first - _MEMORY)
    if reading.cued("anniversary", near, head.first):
        return True
    fresh = done is not None and done.basis in _CLOCKED  # "prosecutors look into Thursday's attack"
    return not fresh and reading.cued("legal", near, head.first) is not None


def _commemorated(frame: Frame, head: Trigger, reading: Reading) -> bool:
    first, _ = reading.token_range(reading.sentences[frame.sentence].start, head.span.end)
    return reading.cued("anniversary", max(first, head.first - _MEMORY), head.first) is not None


_OTHER_FIGURE = re.compile(
    r"\b(?:gave|gives|put|puts|cited|offered|had)\s(?:[\w-]+\s){0,3}(?:figure|toll|number|count|tally|account|version)\b"
)
_OTHER_INCIDENT = re.compile(
    r"\b(?:another|a second|a third|a fourth|a separate|a different|a further|a similar|one more)\s"
    r"(?:\w+\s)?(?:incident|case|episode|attack|operation|event)\b"
    r"|\bin (?:(?:other|separate|related|connected|similar|different) )?incidents\b",
    re.IGNORECASE,
)
_NTH = re.compile(
    r"\b(?:mark(?:s|ed|ing)?|is|was|were|bec[ao]mes?|making (?:it|this))\s(?:at least\s|only\s)?(?:the|its|their)\s"
    r"(?:\d+(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\s(?:[\w'’-]+\s){0,4}$"
)
_DAY_WORDS = frozenset({*WEEKDAY_NAMES, "morning", "afternoon", "evening", "night"})
_CLOCKED = (DateBasis.WEEKDAY, DateBasis.DEICTIC)
_LAPSES = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "day", "week", "month", "year"})
_PERFECT = frozenset({"has", "have", "had"})
_SAME_PLACE = Wording(r"\b(?:the same|that|the)\s«same_place»\b(?!\sof\s[A-Z])")
_PARTS = frozenset({"one", "other", "another", "first", "second"})
_THESE = frozenset({"these", "those", "such"})
_SINGLE = frozenset((word, "of") for word in ("one", "first", "second", "third", "last", "latest"))
_RANKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


def _count(head: Trigger, sentence: int, reading: Reading) -> NumberReading | None:
    near = [n for n in reading.numbers_of(sentence) if 0 <= head.span.start - n.span.end <= _COUNT_REACH]
    if not near:
        return None
    gap = reading.text[near[-1].span.end : head.span.start]
    return (
        near[-1]
        if re.fullmatch(r"[\s\w'’-]*", gap) and not re.search(r"\b(?:in|on|by|at|and|were|was)\b", gap)
        else None
    )
