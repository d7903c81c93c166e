"""What stands around a name, and what it says about the name being a place."""

import re
from collections.abc import Sequence

from pipeline.extraction.text.name_keys import fold
from pipeline.extraction.text.words import Word
from pipeline.knowledge.tables import phrases_of, rows

_BACK = 4  # how many words before a name a preposition may stand
_GLOSS = 4
_AROUND = 12  # how far a headline's capitals are looked for
_SHORT, _ENOUGH = 3, 7  # letters of words that need no capital in a headline; how many longer ones tell of one
_INITIAL_GAP = 2
_DATELINE_REACH = 100
_MEASURED_BACK = 7
_HYPHENS = frozenset("-\u2010\u2011")
_POSSESSIVE = frozenset({"'s", "’s"})
_SENTENCE_STARTS = frozenset('\n.!?:\u201c"')
_ADJACENT = frozenset({" ", "-", "\n", "\u00a0", "  ", " \n", "\n ", "'s ", "’s ", "' ", "’ "})
_DATELINE = re.compile(r"[^.\n]{0,60}?(?:\([A-Z][\w ./-]{1,30}\)|--|\u2014|\u2013| - )")


def _groups() -> dict[str, frozenset[str]]:
    return {row["group"]: frozenset(phrases_of(row["words"])) for row in rows("place_words.csv")}


class Surroundings:
    """The words around the runs of one text. `first` and `last` are word indices, `last` past the end."""

    words_of: dict[str, frozenset[str]] = _groups()
    given_names: frozenset[str] = frozenset(name for row in rows("people.csv") for name in phrases_of(row["names"]))
    given_keys: frozenset[str] = frozenset(map(fold, given_names))

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self._text = text
        self._words = words
        self._touching = [word.gap in _ADJACENT for word in words]
        self._personal: dict[int, bool] = {}
        self._preceding: dict[tuple[int, str], bool] = {}
        self._written = len(text) - len(text.lstrip())

    def before(self, first: int) -> str:
        """Return the lower-case word before, empty when a break (a full stop, a comma) or nothing is between."""
        if first == 0 or not self._touching[first - 1]:
            return ""
        return self._words[first - 1].lower

    def after(self, last: int) -> str:
        """Return the lower-case word after, empty when a break or nothing is between."""
        if last >= len(self._words) or not self._touching[last - 1]:
            return ""
        return self._words[last].lower

    def is_(self, group: str, word: str) -> bool:
        """Return whether `word` is in a group of `place_words.csv`."""
        return word in self.words_of[group]

    def possessive(self, last: int) -> bool:
        """Return whether the run has a possessive 's."""
        return self._words[last - 1].gap[:2] in _POSSESSIVE

    def locative(self, first: int) -> bool:
        """Return whether a preposition of place stands before, with at most words like "the", "downtown" between."""
        return self._preceded(first, "locative")

    def stands_in(self, first: int, last: int) -> bool:
        """Return whether the words around the run leave little doubt that it is a place: "in X", "near the X"."""
        if not (self._preceded(first, "within") or self._measured(first)):
            return False
        named = not (self.possessive(last) or self.personal(first) or self.organisation(last))
        named = named and self._words[first].lower not in self.given_names and not self._in_title_case(first, last)
        return named and not self._strange(first - 1, first - 1)

    def _measured(self, first: int) -> bool:
        """Return whether a distance is measured from the run: "30 km north of X", "12 miles from X"."""
        if self.before(first) not in ("of", "from"):
            return False
        for index in range(first - 2, max(first - 2 - _MEASURED_BACK, -1), -1):
            word = self._words[index].lower
            if word in self.words_of["distance_unit"]:
                return True
            if not (word in self.words_of["compass"] or word in self.words_of["of_direction"]):
                return False
        return False

    def _in_title_case(self, first: int, last: int) -> bool:
        """Return whether the words around the run are capitalised too, as in a headline."""
        near = [*self._words[max(0, first - _AROUND) : first], *self._words[last : last + _AROUND]]
        long = [word.capital for word in near if len(word.text) > _SHORT]
        return len(long) >= _ENOUGH and sum(long) * 4 >= len(long) * 3

    def _preceded(self, first: int, group: str) -> bool:
        asked = first, group
        if asked not in self._preceding:
            self._preceding[asked] = self._comes_before(first, self.words_of[group])
        return self._preceding[asked]

    def _comes_before(self, first: int, wanted: frozenset[str]) -> bool:
        bridging = self.words_of["bridging"]
        for index in range(first - 1, max(first - 1 - _BACK, -1), -1):
            if not self._touching[index]:
                return False
            word = self._words[index].lower
            if word in wanted:
                return True
            if word not in bridging:
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
        return 0 < index < len(self._words) and self._words[index - 1].gap in _HYPHENS

    def personal(self, first: int) -> bool:
        """Return whether a title or a given name beside the run says that it is a person's."""
        if first not in self._personal:
            self._personal[first] = self._is_personal(first)
        return self._personal[first]

    def _is_personal(self, first: int) -> bool:
        before = self.before(first)
        if before in self.given_names or self._is_initial(first - 1):
            return self._words[first - 1].capital
        return self.is_("title", before) and not self.is_("bridging", before)

    def _is_initial(self, index: int) -> bool:
        """Return whether the word is the middle letter of a name ("John F. Smith")."""
        if index < 1 or len(self._words[index].text.rstrip(".")) != 1 or not self._words[index - 1].capital:
            return False
        return len(self._words[index].gap) <= _INITIAL_GAP and self._words[index].capital

    def stranger_beside(self, first: int, last: int) -> bool:
        """Return whether an unexplained capitalised word touches the run, so that it may be part of a longer name."""
        return self._strange(first - 1, first - 1) or self._strange(last, last - 1)

    def _strange(self, index: int, joint: int) -> bool:
        if not 0 <= index < len(self._words) or not self._touching[joint]:
            return False
        word = self._words[index]
        if not word.capital or word.shouted or self._tied(joint + 1):
            return False
        return word.lower not in self.words_of["neighbour"] and not self.starts_sentence(index)

    def organisation(self, last: int) -> bool:
        """Return whether the run is followed by the kind of an organisation ("Post", "Brigades")."""
        named = self.is_("organisation", self.after(last))
        return named and self._words[last].capital and not self._words[last].shouted

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
        return (self.called_of(first) and not self.possessive(last)) or self._glossed(last)

    def called_of(self, first: int) -> bool:
        """Return whether "the town of" or the like stands before."""
        kind = self._words[first - 2].lower if first > 1 and self.before(first) == "of" else ""
        return self.is_("settlement", kind) or self.is_("area", kind)

    def _glossed(self, last: int) -> bool:
        """Return whether ", a … town" or the like follows the run."""
        if not 0 < last < len(self._words) - 1 or self._words[last].lower not in ("a", "the", "an"):
            return False
        if self._words[last - 1].gap != ", ":
            return False
        for index in range(last + 1, min(last + 1 + _GLOSS, len(self._words))):
            word = self._words[index]
            if word.capital or not self._touching[index - 1]:
                return False
            if self.is_("settlement", word.lower):
                return True
        return False

    def starts_sentence(self, index: int) -> bool:
        """Return whether the word is the first of the text, of a line or of a sentence."""
        if index == 0:
            return True
        gap = self._words[index - 1].gap
        return gap != " " and not _SENTENCE_STARTS.isdisjoint(gap)

    def dateline(self, first: int, last: int) -> bool:
        """Return whether the run stands in the line of place and agency that opens the text."""
        start, end = self._words[first].start, self._words[last - 1].end
        return self._opens_line(start) and bool(_DATELINE.match(self._text, end, end + _DATELINE_REACH))

    def _opens_line(self, start: int) -> bool:
        """Return whether only spaces stand before in the line."""
        if start <= self._written:
            return True
        at = start - 1
        while at > 0 and self._text[at] in " (":
            at -= 1
        return self._text[at] == "\n"

    def acts(self, first: int, last: int) -> bool:
        """Return whether the run is a government rather than a place ("Washington said", "by Iran")."""
        if self.locative(first):
            return False
        acting = self.is_("acting", self.after(last)) or self.is_("party", self.before(first))
        return acting or self.possessive(last)
