"""The kernel of a statement: the clauses and triggers of one sentence that tell of one deed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.extraction.document import Document
from pipeline.extraction.places.relations import Relation, relate
from pipeline.extraction.rules.statements.event_place import places_of
from pipeline.extraction.rules.statements.event_type import may_be_same
from pipeline.extraction.rules.statements.factuality import Verdict, judge
from pipeline.extraction.rules.statements.statement import is_weak, weight
from pipeline.extraction.text.clauses import Clause, Joint
from pipeline.extraction.text.span_index import within
from pipeline.extraction.time.resolver import DateReading
from pipeline.extraction.violence.triggers import Kind, Trigger
from pipeline.extraction.violence.weapons import FLYING, WeaponWord
from schemas import EventType, WeaponType

NEEDS_WEAPON = (Kind.FIRE, Kind.IMPACT, Kind.INTERCEPT)
"""Triggers that tell of a deed only beside a weapon: "fired", "fell", "shot down"."""

_DOWN_REACH = 7
_BROUGHT_DOWN = FLYING - {WeaponType.ARTILLERY}
_DOWN_STRENGTH = 0.8
_ARMED_STRENGTH = 0.8
_LAPSES = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "day", "week", "month", "year"})


@dataclass(frozen=True, slots=True)
class Kernel:
    """Clauses and triggers that tell of one deed; `head` is the trigger that tells most, of equal ones the first."""

    sentence: int
    clauses: tuple[Clause, ...]
    triggers: tuple[Trigger, ...]
    head: Trigger
    verdict: Verdict
    background: bool

    @property
    def weak(self) -> bool:
        """Whether only people's harm, or a weapon's fall, tells of the deed."""
        return is_weak(self.head)

    @property
    def start(self) -> int:
        """Where the first clause begins."""
        return self.clauses[0].start

    @property
    def end(self) -> int:
        """Where the last clause ends."""
        return self.clauses[-1].end

    def joined(self, other: "Kernel") -> "Kernel":
        """Return both as one: the second goes on telling of the deed in the same sentence."""
        return replace(
            self,
            clauses=self.clauses + other.clauses,
            triggers=self.triggers + other.triggers,
            head=max(self.head, other.head, key=weight),
            verdict=self.verdict if not self.weak or other.weak else other.verdict,
            background=self.background and other.background,
        )


def kernels_of(clauses: Iterable[Clause], document: Document) -> list[Kernel]:
    """Return the kernels of a sentence, whose clauses these are, in order."""
    kernels: list[Kernel] = []
    for clause in clauses:
        kernel = _kernel(clause, document)
        if kernel is None and clause.joint is Joint.CONJUNCT and kernels and not triggers_in(clause, document):
            kernel = replace(kernels[-1], clauses=(clause,), background=False)  # "and two more in Bannu on Tuesday"
        if kernel is not None:
            kernels.append(kernel)
    return _fuse(kernels, document)


def _kernel(clause: Clause, document: Document) -> Kernel | None:
    judged = [(t, judge(t, clause, document)) for t in triggers_in(clause, document)]
    real = [(t, verdict) for t, verdict in judged if verdict is not Verdict.UNREAL]
    if not real:
        return None
    triggers = [_resolve_down(t, document) for t, _ in real]
    armed = {w.weapon_type for w in within(document.weapons, clause.start, clause.end) if not w.wielded}
    if armed:
        triggers = [_armed(t) for t in triggers]
    kept = [t for t in triggers if t.kind not in NEEDS_WEAPON or armed] or triggers
    if all(t.kind is Kind.IMPACT for t in kept) and armed == {WeaponType.AIRCRAFT}:
        return None
    head = max(kept, key=weight)
    if _has_unreal_superior(head, judged):
        return None
    verdict = next((verdict for t, verdict in real if t.first == head.first), Verdict.FACT)
    return Kernel(clause.sentence, (clause,), tuple(kept), head, verdict, clause.joint is Joint.EARLIER)


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
    if any(word.weapon_type in _BROUGHT_DOWN and falls(trigger, word, document) for word in near):
        return trigger._replace(kind=Kind.INTERCEPT, event_type=EventType.ATTACK, strength=_DOWN_STRENGTH)
    return trigger._replace(kind=Kind.ACT)


def _has_unreal_superior(head: Trigger, judged: Sequence[tuple[Trigger, Verdict]]) -> bool:
    return any(v is Verdict.UNREAL and t.strength > head.strength and t.kind is Kind.ACT for t, v in judged)


def triggers_in(clause: Clause, document: Document) -> list[Trigger]:
    """Return the triggers of a clause."""
    return within(document.triggers, clause.start, clause.end)


def _fuse(kernels: Iterable[Kernel], document: Document) -> list[Kernel]:
    fused: list[Kernel] = []
    for kernel in kernels:
        if fused and _belongs(fused[-1], kernel, document):
            fused[-1] = fused[-1].joined(kernel)
        else:
            fused.append(kernel)
    return fused


def _belongs(known: Kernel, kernel: Kernel, document: Document) -> bool:
    """Whether what follows in the sentence goes on telling of the same deed."""
    joint, arrested = kernel.clauses[0].joint, known.head.event_type is EventType.ARREST_RAID
    if joint is Joint.CONJUNCT or (arrested and joint is Joint.EARLIER and not kernel.weak):
        return False
    ours, theirs = (places_of(one.clauses, one.head, document) for one in (known, kernel))
    apart = bool(ours and theirs) and all(relate(a, b) is Relation.APART for a in ours for b in theirs)
    if apart:
        return False
    head, opening = kernel.head, document.words(kernel.clauses[0].first, kernel.clauses[0].first + 4)
    told_apart = {*opening, *(document.words(head.first - 2, head.first) if head.is_noun else ())}
    if {"other", "another"} & told_apart and theirs:
        return False
    if not kernel.weak and _is_hours_after(opening):
        return False
    if known.weak and not kernel.weak and _days_differ(known, kernel, document):
        return False
    if known.weak or kernel.weak:
        return True
    if Joint.EARLIER in (kernel.clauses[0].joint, known.clauses[-1].joint):
        return False
    return not _days_differ(known, kernel, document) and may_be_same(known.head.event_type, head.event_type)


def _is_hours_after(opening: Sequence[str]) -> bool:
    """Whether "hours after", "a week after" sets what follows apart from what it is told with."""
    return "after" in opening and bool(_LAPSES & set(opening[: list(opening).index("after")]))


def _days_differ(known: Kernel, kernel: Kernel, document: Document) -> bool:
    """Whether each tells of its own days: "on Monday rebels shelled …, and on Tuesday they …"."""
    ours, theirs = (
        [d for c in one.clauses for d in within(document.dates_of(c.sentence), c.start, c.end)]
        for one in (known, kernel)
    )
    return bool(ours and theirs) and all(_are_apart(one, other) for one in ours for other in theirs)


def _are_apart(one: DateReading, other: DateReading) -> bool:
    if one.earliest and one.latest and other.earliest and other.latest:
        return one.latest < other.earliest or other.latest < one.earliest
    return None not in (one.weekday, other.weekday) and one.weekday != other.weekday


def falls(trigger: Trigger, word: WeaponWord, document: Document) -> bool:
    """Return whether the weapon is what was destroyed, not what destroyed: before a passive, else after the verb."""
    if word.first >= trigger.last:
        return " by " not in document.text[trigger.span.end : word.span.start]
    return trigger.passive or trigger.span.text.lower().startswith(("was", "were", "been"))
