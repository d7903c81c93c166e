"""Which words are offices, held by many, and no part of a person's name."""

from functools import cache

from pipeline.knowledge.tables import phrases_of, rows


def is_office(word: str) -> bool:
    """Return whether a single word is an office, such as "mayor", whatever its case."""
    return word.lower() in _offices()


@cache
def _offices() -> frozenset[str]:
    phrases = (phrase for row in rows("actor_words.csv") if row["group"] == "officials" for phrase in _words(row))
    return frozenset(phrase for phrase in phrases if not {" ", "-"} & set(phrase))


def _words(row: dict[str, str]) -> list[str]:
    return [phrase.lower() for phrase in phrases_of(row["words"])]
