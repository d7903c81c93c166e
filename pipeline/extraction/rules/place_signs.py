"""What stands around a name, and what it says about the name being a place."""

import re
from collections.abc import Sequence

from pipeline.extraction.rules.lexicon import phrases_of, rows
from pipeline.extraction.rules.name_spans import Word

_BACK = 4  # how many words before a name a preposition may stand
_GLOSS = 4
_AROUND = 12  # how far a headline's capitals are looked for
_SHORT, _ENOUGH = 3, 7  # letters of words that need no capital in a headline; how many longer ones tell of one
_INITIAL_GAP = 2
_HYPHENS = "-\u2010\u2011"
_ADJACENT = frozenset({" ", "-", "\n", "\u00a0", "  ", " \n", "\n ", "'s ", "’s ", "' ", "’ "})
_DATELINE = re.compile(r"[^.\n]{0,60}?(?:\([A-Z][\w ./-]{1,30}\)|--|\u2014|\u2013| - )")


def _groups() -> dict[str, frozenset[str]]:
    return {row["group"]: frozenset(phrases_of(row["words"])) for row in rows("place_words.csv")}


class Surroundings:
    """The words around the runs of one text. `first` and `last` are word indices, `last` past the end."""

    words_of: dict[str, frozenset[str]] = _groups()
    given_names: frozenset[str] = frozenset(name for row in rows("people.csv") for name in phrases_of(row["names"]))

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self._text = text
        self._words = words
        self._written = len(text) - len(text.lstrip())

    def before(self, first: int) -> str:
        """Return the lower-case word before, empty when a break (a full stop, a comma) or nothing is between."""
        if first == 0 or not self._adjacent(first - 1, first):
            return ""
        return self._words[first - 1].lower

    def after(self, last: int) -> str:
        """Return the lower-case word after, empty when a break or nothing is between."""
        if last >= len(self._words) or not self._adjacent(last - 1, last):
            return ""
        return self._words[last].lower

    def is_(self, group: str, word: str) -> bool:
        """Return whether `word` is in a group of `place_words.csv`."""
        return word in self.words_of[group]

    def possessive(self, last: int) -> bool:
        """Return whether the run has a possessive 's."""
        return self._text[self._words[last - 1].end : self._words[last - 1].end + 2] in ("'s", "’s")

    def locative(self, first: int) -> bool:
        """Return whether a preposition of place stands before, with at most words like "the", "downtown" between."""
        return self._preceded(first, "locative")

    def stands_in(self, first: int, last: int) -> bool:
        """Return whether the words around the run leave little doubt that it is a place: "in X", "near the X"."""
        named = not (self.possessive(last) or self.personal(first, last) or self.organisation(last))
        named = named and self._words[first].lower not in self.given_names and not self._in_title_case(first, last)
        return named and self._preceded(first, "within") and not self._strange(first - 1, first - 1)

    def _in_title_case(self, first: int, last: int) -> bool:
        """Return whether the words around the run are capitalised too, as in a headline."""
        near = [*self._words[max(0, first - _AROUND) : first], *self._words[last : last + _AROUND]]
        long = [word.capital for word in near if len(word.text) > _SHORT]
        return len(long) >= _ENOUGH and sum(long) * 4 >= len(long) * 3

    def _preceded(self, first: int, group: str) -> bool:
        for index in range(first - 1, max(first - 1 - _BACK, -1), -1):
            if not self._adjacent(index, index + 1):
                return False
            word = self._words[index].lower
            if word in self.words_of[group]:
                return True
            if word not in self.words_of["bridging"]:
                return False
        return False

    def hyphenated(self, first: int, last: int) -> bool:
        """Return whether a hyphen makes the name part of another word ("Iran-backed", "pro-Iran", "Iran-Iraq war").

        Two names joined by one are places where it is a road or a border that they are the ends of.
        """
        if self._tied(last):
            return not self._words[last].capital or self.is_("conflict", self.after(last + 1))
        if first > 0 and self._tied(first):
            return not self._words[first - 1].capital or self.is_("conflict", self.after(last))
        return False

    def _tied(self, index: int) -> bool:
        """Return whether a hyphen ties the word at `index` to the one before."""
        if not 0 < index < len(self._words) or self._words[index].start != self._words[index - 1].end + 1:
            return False
        return self._text[self._words[index].start - 1] in _HYPHENS

    def personal(self, first: int, last: int) -> bool:
        """Return whether a title or a given name beside the run says that it is a person's."""
        before = self.before(first)
        if before in self.given_names or self._is_initial(first - 1):
            return self._words[first - 1].capital
        return self.is_("title", before) and not self.is_("bridging", before)

    def _is_initial(self, index: int) -> bool:
        """Return whether the word is the middle letter of a name ("John F. Smith")."""
        if index < 1 or len(self._words[index].text.rstrip(".")) != 1 or not self._words[index - 1].capital:
            return False
        between = self._text[self._words[index].end : self._words[index + 1].start]
        return len(between) <= _INITIAL_GAP and self._words[index].capital

    def stranger_beside(self, first: int, last: int) -> bool:
        """Return whether an unexplained capitalised word touches the run, so that it may be part of a longer name."""
        return self._strange(first - 1, first - 1) or self._strange(last, last - 1)

    def _strange(self, index: int, joint: int) -> bool:
        if not 0 <= index < len(self._words) or not self._adjacent(joint, joint + 1):
            return False
        word = self._words[index]
        if not word.capital or word.shouted or self._tied(joint + 1):
            return False
        return word.lower not in self.words_of["neighbour"] and not self.starts_sentence(index)

    def organisation(self, last: int) -> bool:
        """Return whether the run is followed by the kind of an organisation ("Post", "Brigades")."""
        if not self.is_("organisation", self.after(last)):
            return False
        return self._words[last].capital and not self._words[last].shouted

    def saint(self, first: int, last: int) -> bool:
        """Return whether the run is whom a church or a hospital is named after ("St George's church")."""
        return self._words[first].lower in ("st", "saint") and self.possessive(last)

    def local_body(self, last: int) -> bool:
        """Return whether the police or another body of a town follows its name ("Bastrop police said")."""
        return self.is_("local_body", self.after(last)) and not self.possessive(last)

    def street(self, first: int, last: int) -> bool:
        """Return whether the run is the name of a street ("Lamar Street", "the 3400 block of Lamar")."""
        if self.is_("street", self.after(last)) and self._words[last].capital:
            return True
        index = first
        while index > 0 and self.is_("compass_street", self.before(index)):
            index -= 1
        return (
            self.before(index) == "of" and index > 1 and self._words[index - 2].lower in ("block", "blocks", "corner")
        )

    def settlement(self, first: int, last: int) -> bool:
        """Return whether the run is called a village or the like, which is enough to be one."""
        before = self._words[first - 2].lower if self.before(first) == "of" and first > 1 else ""
        return self.is_("settlement", self.after(last)) or self.is_("settlement", before) or self._glossed(last)

    def called(self, first: int, last: int) -> bool:
        """Return whether words say what kind of place bears the name: "the area of X", "X, a small town in"."""
        kind = self._words[first - 2].lower if first > 1 and self.before(first) == "of" else ""
        of_kind = self.is_("settlement", kind) or self.is_("area", kind)
        return (of_kind and not self.possessive(last)) or self._glossed(last)

    def _glossed(self, last: int) -> bool:
        """Return whether ", a … town" or the like follows the run."""
        if not 0 < last < len(self._words) - 1 or self._words[last].lower not in ("a", "the", "an"):
            return False
        if self._text[self._words[last - 1].end : self._words[last].start] != ", ":
            return False
        for index in range(last + 1, min(last + 1 + _GLOSS, len(self._words))):
            word = self._words[index]
            if word.capital or not self._adjacent(index - 1, index):
                return False
            if self.is_("settlement", word.lower):
                return True
        return False

    def starts_sentence(self, index: int) -> bool:
        """Return whether the word is the first of the text, of a line or of a sentence."""
        if index == 0:
            return True
        between = self._text[self._words[index - 1].end : self._words[index].start]
        return "\n" in between or any(mark in between for mark in '.!?:\u201c"')

    def dateline(self, first: int, last: int) -> bool:
        """Return whether the run stands in the line of place and agency that opens the text."""
        start, end = self._words[first].start, self._words[last - 1].end
        return self._opens_line(start) and bool(_DATELINE.match(self._text[end : end + 100]))

    def _opens_line(self, start: int) -> bool:
        """Return whether only spaces stand before in the line."""
        if start <= self._written:
            return True
        at = start - 1
        while self._text[at] == " ":
            at -= 1
        return self._text[at] == "\n"

    def acts(self, first: int, last: int, acting_only: bool = False) -> bool:
        """Return whether the run is a government rather than a place ("Washington said", "by Iran")."""
        if self.locative(first):
            return False
        after, before = self.after(last), self.before(first)
        if self.is_("acting", after) or (not acting_only and self.is_("party", before)):
            return True
        return not acting_only and self.possessive(last)

    def _adjacent(self, left: int, right: int) -> bool:
        between = self._text[self._words[left].end : self._words[right].start]
        return between in _ADJACENT
