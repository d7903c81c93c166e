"""Which of the weapons that a sentence names were used in the deed, and which of them were what was struck."""

import re
from collections.abc import Iterable, Sequence

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.kernel import Kernel, falls
from pipeline.extraction.text.lexicon import word_group
from pipeline.extraction.text.span_index import within
from pipeline.extraction.violence.triggers import Kind, Trigger
from pipeline.extraction.violence.weapons import WeaponCount, WeaponWord, count_weapon, parts_of
from schemas import Actor, ActorType, WeaponType

_TARGET_REACH = 60
_AGAINST = re.compile(r"\s(?:against|on)\s(?!.*\b(?:with|using|by|involving)\b)[^,.;]*$")
_ON_GROUND = (WeaponType.ARTILLERY, WeaponType.CAR_BOMB, WeaponType.MORTAR, WeaponType.IED, WeaponType.MINE)
_LAUNCHED = (WeaponType.ROCKET, WeaponType.MISSILE, WeaponType.MORTAR, WeaponType.ARTILLERY)


def weapons_used(
    kernel: Kernel, extent: tuple[int, int], document: Document
) -> tuple[tuple[WeaponCount, ...], tuple[ActorReading, ...]]:
    """Return the weapons that were used, counted, and those that were what was struck."""
    words = [w for clause in kernel.clauses for w in within(document.weapons, clause.start, clause.end)]
    words = words or within(document.weapons, *extent)
    words = [w for w in words if not (w.span.text.lower() in word_group("aimed_at") and _is_launched(words))]
    struck = [w for w in words if _is_target(w, kernel.head, document) or _is_destroyed(w, kernel.triggers, document)]
    used = [w for w in words if w not in struck]
    numbers = document.numbers_of(kernel.sentence) if used else []
    counts = [count_weapon(document.text, document.tokens, word, numbers) for word in used]
    parts = parts_of(document.words(*document.token_range(*extent))) if used else None
    if parts:
        counts = [w._replace(low=parts, high=parts) if w.low is not None and w.low < parts else w for w in counts]
    return tuple(counts), tuple(_thing(w) for w in struck)


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
            return falls(trigger, word, document)
    return False
