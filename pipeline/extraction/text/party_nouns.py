"""The common nouns for parties and the words that go with them (`actor_words.csv`)."""

from functools import cache

from pipeline.knowledge.tables import phrases_of, rows
from schemas import ActorType

FORCES = ("military", "air_force", "navy", "police", "intelligence", "government")
ALONE = ("generic_forces", "armed", "civilians", "officials", "property")


class Stems:
    """Phrases by their first word, to find the longest that starts at a word.

    `starts` has the first words, each with the lengths of its phrases in words, the longest first.
    """

    def __init__(self) -> None:
        self.starts: dict[str, list[int]] = {}
        self._entries: dict[tuple[str, ...], tuple[int, str, ActorType]] = {}

    def add(self, phrase: str, group: str, kind: ActorType) -> None:
        """Add a phrase of one or more words."""
        words = tuple(phrase.lower().replace("-", " ").split())
        self._entries.setdefault(words, (len(words), group, kind))
        self.starts[words[0]] = sorted({*self.starts.get(words[0], ()), len(words)}, reverse=True)

    def longest(self, lowers: list[str], index: int) -> tuple[int, str, ActorType] | None:
        """Return how many words the longest phrase at `index` has, its group and its type."""
        for length in self.starts.get(lowers[index], ()):
            found = self._entries.get(tuple(lowers[index : index + length]))
            if found:
                return found
        return None


@cache
def phrase_set(*groups: str) -> Stems:
    """Return the phrases of these groups; where two groups share a phrase, the one named first here has it."""
    phrases = Stems()
    order = {group: number for number, group in enumerate(groups)}
    wanted = [row for row in rows("actor_words.csv") if row["group"] in order]
    for row in sorted(wanted, key=lambda row: order[row["group"]]):
        for phrase in phrases_of(row["words"]):
            phrases.add(phrase, row["group"], ActorType(row["type"]))
    return phrases


@cache
def words_in(group: str) -> frozenset[str]:
    """Return the single words of a group."""
    return frozenset(w for row in rows("actor_words.csv") if row["group"] == group for w in phrases_of(row["words"]))
