"""Who a deed's word has for its doers and for its objects, by the tree of its sentence."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extraction.encoder.model import Parse
from pipeline.extraction.encoder.wordlists import words

_SUBJECTS = ("nsubj", "csubj")
_NEAR = ("amod", "compound", "flat")
"""What belongs to a name, on whichever side of its head."""
_INNER = frozenset({"amod", "compound", "flat", "nummod", "case", "punct", "fixed", "goeswith"})
_MODIFIERS = ("det", "amod", "compound", "nummod", "flat", "case", "punct")
_LIGHT, _AGAINST = words("light_verb"), words("against")
_POSSESSIVES, _RELATIVES = words("possessive"), words("relative")
_STEPS = 4


class Parties(NamedTuple):
    """The words (by index) that head a deed's doers and its objects."""

    doers: list[int]
    objects: list[int]


class Tree:
    """A parsed sentence with its words' dependents."""

    def __init__(self, parse: Parse) -> None:
        self.words = parse.words
        self._heads, self._relations = parse.heads, parse.relations
        self._below: list[list[int]] = [[] for _ in parse.words]
        for at, head in enumerate(parse.heads):
            if 0 <= head != at:
                self._below[head].append(at)

    def word_at(self, start: int, end: int) -> int | None:
        """Return the word of the text from `start` to `end` that heads the others, None if there is none."""
        inside = [i for i, word in enumerate(self.words) if start <= word.start and word.end <= end]
        return next((i for i in inside if self._heads[i] not in inside), None)

    def head_of(self, first: int, last: int) -> int:
        """Return the word that words `first` to `last` are about; a mere modifier stands for what it modifies."""
        at = next((i for i in range(first, last) if not first <= self._heads[i] < last), first)
        for _ in range(_STEPS):
            if self._relations[at] not in _MODIFIERS or self._heads[at] < 0:
                break
            at = self._heads[at]
        return at

    def phrase(self, at: int) -> tuple[int, int]:
        """Return the offsets of the name that a word heads, without articles, numbers and what is said about it."""
        first, last = at, at
        for near in self._dependents(at, *_NEAR):
            inside = [near, *(i for i in self._below[near] if self._relations[i] in _INNER)]
            first, last = min(first, *inside), max(last, *inside)
        return self.words[first].start, self.words[last].end

    def parties(self, at: int, *, noun: bool) -> Parties:
        """Return the doers and objects of the deed that word `at` names (if `noun`) or tells."""
        found = self._of_noun(at) if noun else self._of_verb(at, 0)
        return Parties(*([i for one in part for i in self._all_named(one)] for part in found))

    def _dependents(self, at: int, *relations: str) -> list[int]:
        return [i for i in self._below[at] if self._relations[i] in relations]

    def _case(self, at: int) -> str:
        return next((self.words[i].text.lower() for i in self._dependents(at, "case")), "")

    def _all_named(self, at: int) -> Iterator[int]:
        """Yield what a word stands for ("the militia, which …") and what is joined to it by "and"."""
        clause = self._heads[at]
        if self.words[at].text.lower() in _RELATIVES and clause >= 0 and self._relations[clause] == "acl":
            at = self._heads[clause] if self._heads[clause] >= 0 else at
        yield at
        yield from self._dependents(at, "conj")

    def _of_verb(self, at: int, steps: int) -> Parties:
        passive = self._dependents(at, "nsubj:pass")
        doers = self._dependents(at, "obl:agent")
        if not passive:
            doers += self._dependents(at, *_SUBJECTS)
        objects = passive or self._dependents(at, "obj")
        objects += [i for i in self._dependents(at, "obl") if self._case(i) == "against"]
        above = self._heads[at]
        if passive or above < 0 or self._dependents(at, *_SUBJECTS):
            return Parties(doers, objects)
        if self._relations[at] == "acl":
            return self._of_participle(at, above, doers, objects)
        if not doers and steps < _STEPS and self._shares(at, above):
            doers = self._of_verb(above, steps + 1).doers
        return Parties(doers, objects)

    def _of_participle(self, at: int, noun: int, doers: list[int], objects: list[int]) -> Parties:
        """Return the parties of a verb that describes a noun: "the bus hit by rebels", "rebels attacking a bus"."""
        if self.words[at].text.lower().endswith("ing"):
            return Parties(doers or [noun], objects)
        return Parties(doers, objects or [noun])

    def _shares(self, at: int, above: int) -> bool:
        """Whether a verb shares the doer of the verb above it: "stormed … and killed", "exploded, killing …"."""
        relation = self._relations[at]
        passive = bool(self._dependents(above, "nsubj:pass"))
        return relation == "advcl" or (relation in ("conj", "xcomp", "parataxis") and not passive)

    def _of_noun(self, at: int) -> Parties:
        doers: list[int] = []
        objects: list[int] = []
        for i in self._dependents(at, "nmod", "obl"):
            case = self._case(i)
            if case == "by" or case in _POSSESSIVES:
                doers.append(i)
            elif case in _AGAINST:
                objects.append(i)
        above, relation = self._heads[at], self._relations[at]
        if above >= 0 and self.words[above].text.lower() in _LIGHT:
            doers += [i for i in self._of_verb(above, 0).doers if i != at]
        elif above >= 0 and relation == "nsubj:pass":
            doers += self._dependents(above, "obl:agent")
        elif above >= 0 and relation in _SUBJECTS:
            objects += self._dependents(above, "obj")
        return Parties(doers, objects)
