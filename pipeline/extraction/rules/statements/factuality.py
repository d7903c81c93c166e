"""Whether a trigger tells of something that happened, was tried, or only feared, planned, counted or imagined."""

from enum import Enum

from pipeline.extraction.document import Document
from pipeline.extraction.rules.statements.figurative import is_figurative
from pipeline.extraction.rules.statements.other_senses import has_other_sense
from pipeline.extraction.rules.statements.topics import is_of_no_violence
from pipeline.extraction.text.clauses import Clause
from pipeline.extraction.text.lexicon import word_group
from pipeline.extraction.text.span_index import within
from pipeline.extraction.violence.triggers import Form, Kind, Trigger
from schemas import ActorType, EventType, WeaponType

_NEAR, _FAR, _NEXT, _AHEAD = 4, 9, 3, 4
_AROUND, _GRIEVANCE = 25, 12
_OFTEN_ACCIDENTAL, _HOSTILE = 0.75, 0.8
_LEAD = 2
_FIGHTING = (
    ActorType.ARMED_GROUP,
    ActorType.UMBRELLA_GROUP,
    ActorType.UNIDENTIFIED_ARMED_GROUP,
    ActorType.STATE_FORCES,
)
_BE_PAST = frozenset({"was", "were", "had"})
_PITS = ("mine explosion", "mine blast")


class Verdict(Enum):
    """How the text commits itself to the deed."""

    FACT = "fact"
    ATTEMPT = "attempt"
    DENIED = "denied"
    UNREAL = "unreal"


def judge(trigger: Trigger, clause: Clause, document: Document) -> Verdict:
    """Return how the clause commits itself to what its trigger names."""
    if is_of_no_violence(trigger, clause.sentence, document) or _is_negated(trigger, clause, document):
        return Verdict.UNREAL
    if (
        is_figurative(trigger, document)
        or has_other_sense(trigger, clause, document)
        or _is_mishap(trigger, clause, document)
        or _is_grievance(trigger, clause, document)
        or _is_sanction(trigger, clause, document)
        or _is_war_of_words(trigger, clause, document)
    ):
        return Verdict.UNREAL
    if _is_infinitive(trigger, clause, document):
        return _judge_infinitive(trigger, clause, document)
    if _is_imagined(trigger, clause, document):
        return Verdict.UNREAL
    if document.cued("denial", max(clause.first, trigger.first - _FAR), trigger.first):
        return Verdict.DENIED
    if document.cued("attempt", max(clause.first, trigger.first - _NEAR), trigger.first):
        return Verdict.ATTEMPT
    return Verdict.FACT


def is_habitual(trigger: Trigger, clause: Clause, document: Document) -> bool:
    """Return whether the clause speaks of what happens again and again ("often targeted", "are bombing")."""
    far = max(clause.first, trigger.first - _FAR), min(clause.last, trigger.last + _FAR)
    return document.cued("habit", *far) is not None or _goes_on(trigger, clause, document)


def _goes_on(trigger: Trigger, clause: Clause, document: Document) -> bool:
    """Whether the present tense tells what somebody does these days: "are bombing", "who attack"."""
    before = document.words(max(clause.first, trigger.first - 2), trigger.first)
    if trigger.form is Form.ING:
        return bool({"is", "are"} & set(before))
    if trigger.span.text.endswith("ing"):
        return before[-1:] in (["is"], ["are"])
    return trigger.form is Form.BASE and before[-1:] == ["who"]


def _is_negated(trigger: Trigger, clause: Clause, document: Document) -> bool:
    reach = 2 if trigger.is_noun else 3
    if trigger.kind is Kind.HARM:
        return bool({"not", "no", "nobody"} & set(document.words(max(clause.first, trigger.first - 3), trigger.first)))
    return document.cued("negation", max(clause.first, trigger.first - reach), trigger.first) is not None


def _is_mishap(trigger: Trigger, clause: Clause, document: Document) -> bool:
    """Whether people were hurt, or something blew up, by accident or by nature: no weapon, no attacker is named."""
    firm = trigger.strength > _OFTEN_ACCIDENTAL and trigger.event_type is not EventType.ATTACK
    pit = trigger.span.text.lower() in _PITS
    if trigger.kind is Kind.ACT and not pit and (firm or trigger.span.text.lower() in word_group("hostile")):
        return False
    sentence = document.sentences[clause.sentence]
    first, last = document.token_range(sentence.start, sentence.end)
    around = max(0, first - _AROUND), min(len(document.tokens), last + _AROUND)
    told_of = any(document.cued(group, *around) for group in ("accident", "disaster"))
    if not (told_of or (trigger.kind is Kind.HARM and _opens_with_mishap(document))):
        return False
    if pit:
        return True
    armed = any(
        w.weapon_type is not WeaponType.AIRCRAFT for w in within(document.weapons, sentence.start, sentence.end)
    )
    told = [t for t in within(document.triggers, sentence.start, sentence.end) if t.strength >= _HOSTILE]
    told = [t for t in told if t.is_noun or t.kind is Kind.INTERCEPT]
    return not (armed or told or document.cued("fighter", first, last))


def _opens_with_mishap(document: Document) -> bool:
    """Whether the article's first sentences are about an accident, and name no weapon, attacker or force."""
    end = document.sentences[min(_LEAD, len(document.sentences)) - 1].end
    _, last = document.token_range(0, end)
    if not any(document.cued(group, 0, last) for group in ("accident", "disaster")):
        return False
    armed = any(w.weapon_type is not WeaponType.AIRCRAFT for w in within(document.weapons, 0, end))
    return not (armed or any(document.cued(group, 0, last) for group in ("fighter", "security")))


def _is_grievance(trigger: Trigger, clause: Clause, document: Document) -> bool:
    """Whether people only march about the deed."""
    sentence = document.sentences[clause.sentence]
    first, last = document.token_range(sentence.start, sentence.end)
    if not trigger.is_noun or not document.cued("protest", first, last):
        return False
    return document.cued("grievance", max(first, trigger.first - _GRIEVANCE), trigger.first) is not None


def _is_sanction(trigger: Trigger, clause: Clause, document: Document) -> bool:
    if trigger.event_type is not EventType.ATTACK or trigger.is_noun or trigger.kind is not Kind.ACT:
        return False
    return document.cued("diplomacy", clause.first, clause.last) is not None


def _is_war_of_words(trigger: Trigger, clause: Clause, document: Document) -> bool:
    """Whether politicians attack one another: an election or a debate is spoken of, and no weapon, force or toll."""
    bounds = document.sentences[clause.sentence]
    parties = within(document.actors, bounds.start, bounds.end)
    group = "shot_words" if parties and all(a.actor.actor_type is ActorType.PERSON for a in parties) else "verbal"
    if trigger.span.text.lower() not in word_group("verbal") | word_group(group):
        return False
    first, last = document.token_range(bounds.start, bounds.end)
    violent = any(document.cued(group, first, last) for group in ("fighter", "security", "protest"))
    violent = violent or any(a.actor.actor_type in _FIGHTING for a in parties)
    if violent or document.cued("politics", first, last) is None:
        return False
    armed = any(not word.wielded for word in within(document.weapons, bounds.start, bounds.end))
    return not (armed or document.tolls_of(clause.sentence))


def _is_infinitive(trigger: Trigger, clause: Clause, document: Document) -> bool:
    before = document.words(max(clause.first, trigger.first - 2), trigger.first)
    return trigger.form is Form.BASE and "to" in before


def _judge_infinitive(trigger: Trigger, clause: Clause, document: Document) -> Verdict:
    begin = max(clause.first, trigger.first - _FAR)
    if document.cued("threat", begin, trigger.first) or document.cued("plan", begin, trigger.first):
        return Verdict.UNREAL
    if document.cued("attempt", begin, trigger.first):
        return Verdict.ATTEMPT
    return Verdict.FACT if document.cued("factual_to", begin, trigger.first) else Verdict.UNREAL


def _modal(first: int, last: int, document: Document) -> bool:
    """Whether a modal verb, and not the month of May, stands in a range of words."""
    hit = document.cued("modal", first, last)
    if hit is None:
        return False
    word = document.tokens[hit.first]
    return document.text[word.start : word.end] != "May" or _modal(hit.last, last, document)


def _is_imagined(trigger: Trigger, clause: Clause, document: Document) -> bool:
    near, far = max(clause.first, trigger.first - _NEAR), max(clause.first, trigger.first - _FAR)
    if _modal(near, trigger.first, document) and not (trigger.is_noun and trigger.event_type.value != "attack"):
        return True
    if _modal(far, trigger.first, document) and trigger.form is Form.BASE:
        return True
    if document.cued("hypothetical", clause.first, trigger.first) and clause.first >= trigger.first - 14:
        return True
    prevented = document.cued("prevent", near, trigger.first)
    if prevented and not _BE_PAST & set(document.words(prevented.last, trigger.last)):
        return True  # but "guards who protect teachers were hit"
    if trigger.is_noun and _is_wished(trigger, clause, document):
        return True
    if trigger.is_noun:
        return any(document.cued(group, far, trigger.first) for group in ("threat", "fear", "plan")) or bool(
            document.cued("future", max(clause.first, trigger.first - 1), trigger.first)
            and not document.dates_of(clause.sentence)
        )
    return any(document.cued(group, near, trigger.first) for group in ("threat", "plan", "fear"))


def _is_wished(trigger: Trigger, clause: Clause, document: Document) -> bool:
    """Whether the deed named is what would or should be: "attacks on hospitals must stop", "an assault would be"."""
    after = document.words(trigger.last, min(clause.last, trigger.last + _AHEAD))
    return bool({"would", "must", "should"} & set(after)) and not document.dates_of(clause.sentence)
