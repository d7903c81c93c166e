"""The words that tell of an incident: which kind of deed, in which grammatical form, how surely."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from pipeline.extraction.text.lexicon import Hit, Phrases, Token, word_group
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.violence.people import is_person
from pipeline.knowledge.tables import phrases_of, rows
from schemas import EventType

_GAP = "…"
_GOT = frozenset({"got", "get", "gets", "getting"})
_GROUP = "IS"
"""A group, unlike "is"."""

_WIDEST = 9
_TAKEN_ALONG = frozenset({"from", "off", "away"})
"""Particles with which people are abducted, and things are only seized."""

_BROKEN = re.compile(r"[.,;:!?()\n]")


class Kind(Enum):
    """What part the word plays; the kinds are explained at the head of `triggers.csv`."""

    ACT = "act"
    HARM = "harm"
    FIRE = "fire"
    IMPACT = "impact"
    INTERCEPT = "intercept"
    DOWN = "down"
    AGENT = "agent"
    STOP = "stop"


class Form(Enum):
    """The word's grammatical form."""

    NOUN = "noun"
    NOUNS = "nouns"
    BASE = "base"
    PAST = "past"
    ING = "ing"


class _Entry(NamedTuple):
    kind: Kind
    event_type: EventType
    form: Form
    strength: float


class Trigger(NamedTuple):
    """A trigger in a text: its words, their token range, and what they tell.

    `event_type` is ATTACK where weapon and target have to decide. `passive` is true where the subject suffered the
    deed ("was attacked", "attacked by"). `strength` is 0 to 1.
    """

    span: Span
    first: int
    last: int
    kind: Kind
    event_type: EventType
    form: Form
    strength: float
    passive: bool

    @property
    def is_noun(self) -> bool:
        """Whether the deed is named ("the attack") rather than told ("attacked")."""
        return self.form is Form.NOUN or self.form is Form.NOUNS


class TriggerFinder:
    """Finds triggers by the lexicon `triggers.csv`."""

    def __init__(self) -> None:
        entries = [(phrase, _entry(row)) for row in rows("triggers.csv") for phrase in phrases_of(row["phrases"])]
        self._phrases = Phrases((phrase, entry) for phrase, entry in entries if _GAP not in phrase)
        self._split: dict[str, list[tuple[list[str], _Entry]]] = {}
        for phrase, entry in entries:
            if _GAP in phrase:
                verb, particle = phrase.split(_GAP)
                self._split.setdefault(verb.strip(), []).append((particle.split(), entry))

    def find(self, text: str, tokens: Sequence[Token]) -> list[Trigger]:
        """Return the triggers of a text in order."""
        found: list[Trigger] = []
        hits = self._phrases.find(text, tokens)
        for hit in _with_split(hits, self._find_split(text, tokens)):
            if hit.entry.kind is Kind.STOP:
                continue
            span = span_of(text, tokens[hit.first].start, tokens[hit.last - 1].end)
            form = _form(tokens, hit.first, hit.entry.form)
            passive = form is Form.PAST and _is_passive(text, tokens, hit.first, hit.last)
            found.append(
                Trigger(
                    span, hit.first, hit.last, hit.entry.kind, hit.entry.event_type, form, hit.entry.strength, passive
                )
            )
        return found

    def _find_split(self, text: str, tokens: Sequence[Token]) -> list[Hit[_Entry]]:
        """Return the verbs whose object stands before their particle: "shot the drone down"."""
        found: list[Hit[_Entry]] = []
        for first, token in enumerate(tokens):
            for particle, entry in self._split.get(token.lower, ()):
                last = _particle_end(tokens, first, particle)
                if last and particle[0] in _TAKEN_ALONG and entry.event_type is EventType.ABDUCTION:
                    last = last if is_person(text[token.end : tokens[last - 1].start]) else None
                if last and not _BROKEN.search(text, token.end, tokens[last - 1].start):
                    found.append(Hit(first, last, entry))
                    break
        return found


def _particle_end(tokens: Sequence[Token], first: int, particle: Sequence[str]) -> int | None:
    """Return where the particle ends that stands behind one to six words of object."""
    for at in range(first + 2, min(first + 2 + _WIDEST, len(tokens) - len(particle) + 1)):
        if tokens[at].lower == particle[0] and all(tokens[at + n].lower == word for n, word in enumerate(particle)):
            return at + len(particle)
    return None


def _with_split(hits: Iterable[Hit[_Entry]], split: Sequence[Hit[_Entry]]) -> list[Hit[_Entry]]:
    """Return both in order; a verb split by its object takes the place of what its first word alone tells."""
    starts = {hit.first for hit in split}
    kept = [hit for hit in hits if hit.first not in starts or hit.last - hit.first > 1]
    whole = {hit.first for hit in kept}
    return sorted([*kept, *(hit for hit in split if hit.first not in whole)], key=lambda hit: hit.first)


def _entry(row: dict[str, str]) -> _Entry:
    if row["kind"] == Kind.STOP.value:
        return _Entry(Kind.STOP, EventType.ATTACK, Form.NOUN, 0.0)
    return _Entry(Kind(row["kind"]), EventType(row["type"]), Form(row["form"]), float(row["strength"]))


def _form(tokens: Sequence[Token], first: int, form: Form) -> Form:
    before = tokens[first - 1].lower if first else ""
    return Form.BASE if form in (Form.NOUN, Form.NOUNS) and before in word_group("before_verb") else form


def _is_passive(text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    if any(token.lower in word_group("be") for token in tokens[first:last]):
        return True
    if "by" in [token.lower for token in tokens[last - 1 : last + 2]]:
        return True
    for at in range(first - 1, max(-1, first - 4), -1):
        word = tokens[at].lower
        if word in word_group("be"):
            return text[tokens[at].start : tokens[at].end] != _GROUP and (at == first - 1 or word not in _GOT)
        if word.endswith("ed") and tokens[at + 1].lower not in ("and", "or"):
            return False  # "gunmen who have not been identified attacked"
    return False
