"""One article's words as parties are looked for in them: which belong together, and which phrases begin where."""

from collections.abc import Iterator, Sequence

from pipeline.extraction.text.party_nouns import Stems, phrase_set
from pipeline.extraction.text.words import Word
from schemas import ActorType

GENITIVES = ("'s ", "’s ", "' ", "’ ")
_POSSESSIVES = (*GENITIVES, '" ', "” ")
MOST_MODIFIERS = 3
_QUOTES = 5


class WordWalk:
    """The words of an article.

    `ends` has for every word the index past the last word that only spaces and hyphens join it to.
    """

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.text = text
        self.words = words
        self.lowers = [word.lower for word in words]
        self.ends = run_ends(words, ())
        self.modifiers = phrase_set("modifier")

    def phrase(self, phrases: Stems, index: int) -> tuple[int, str, ActorType] | None:
        """Return the longest phrase that begins at a word: how many words it has, its group and its type."""
        if index >= len(self.lowers) or self.lowers[index] not in phrases.starts:
            return None
        found = phrases.longest(self.lowers, index)
        return found if found and index + found[0] <= self.ends[index] else None

    def follows(self, index: int) -> bool:
        """Return whether the word at `index` is there, with only a space, hyphen, 's or closing quote before it."""
        if index >= len(self.words) or index == 0:
            return index == 0 < len(self.words)
        before = self.words[index - 1]
        return before.joined or before.gap in _POSSESSIVES

    def opens_sentence(self, index: int) -> bool:
        """Return whether a word is the first of its sentence."""
        start = self.words[index].start
        before = self.text[max(0, start - _QUOTES) : start].rstrip(" \"“”'‘’(")
        return not before or before[-1] in ".!?:;\n-–—"

    def past_modifiers(self, index: int) -> Iterator[int]:
        """Yield `index` and the places after each word of modifiers that follows it."""
        for _ in range(MOST_MODIFIERS + 1):
            if not self.follows(index):
                return
            yield index
            found = self.phrase(self.modifiers, index)
            if not found:
                return
            index += found[0]


def run_ends(words: Sequence[Word], joints: Sequence[str]) -> list[int]:
    """Return for every word the index past the last word that only spaces, hyphens and `joints` join it to."""
    ends = [len(words)] * len(words)
    for index in range(len(words) - 2, -1, -1):
        linked = words[index].joined or words[index].gap in joints
        ends[index] = ends[index + 1] if linked else index + 1
    return ends
