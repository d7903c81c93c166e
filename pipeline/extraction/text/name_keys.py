"""One key for the many spellings of a name.

`fold` gives the key under which names are stored and looked up: case, accents, apostrophes, hyphens, Arabic articles,
doubled letters and a final -ah do not count ("Al-Ḥasakah" and "Hasaka" are one). `loosen` goes further and forgets
most of the vowels' quality ("Zawr", "Zour" and "Zor" are one). It brings unrelated names together as well, so it is a
fallback for places whose country the article speaks of, never the first way to look. What is folded is in
`data/folding.csv`.
"""

import re
import unicodedata
from functools import lru_cache

from pipeline.knowledge.tables import rows


def _group(name: str) -> dict[str, str]:
    return {row["written"]: row["kept"] for row in rows("folding.csv") if row["group"] == name}


ARTICLES = frozenset(_group("article"))
AMBIGUOUS_ARTICLES = frozenset(_group("ambiguous"))
LINKS = frozenset(_group("link"))
FUNCTION_WORDS = frozenset(_group("function"))
_WORDS = _group("word")
_LETTERS = str.maketrans(_group("letter"))
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼʻ`´ʿʾ′ˈ", None))
_DOTTED = re.compile(r"\b(\w)\.(?=\w\b|\W|$)")
_PIECE = re.compile(r"[^\W_]+")
_ASSIMILATED = re.compile(r"^[aeu](?=([zsdnrt])\1\w\w)")
_DOUBLED = re.compile(r"(\w)\1+")
_FINAL_H = re.compile(r"(?<=[aeo])h$")
_ALIKE = ("aeiouy", "bpv", "ckqgxh", "dtz", "fpvw", "gj", "sz", "sc", "jy", "uw", "zj")
"""Letters that transliterations put for one another."""

_LOOSE = (
    (re.compile(r"a[yi]|e[yi]|ae"), "e"),
    (re.compile(r"a[wu]|o[uw]|oo|u"), "o"),
    (re.compile(r"[iy]"), "e"),
    (re.compile(r"([dtgk])h"), r"\1"),
    (re.compile(r"q"), "k"),
    (re.compile(r"[aeo]$"), ""),
    (re.compile(r"(\w)\1+"), r"\1"),
)


def plain(text: str) -> str:
    """Return `text` in lower case without accents and apostrophes."""
    if text.isascii():
        return text.lower().translate(_APOSTROPHES)
    lowered = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).casefold())
    return "".join(char for char in lowered.translate(_LETTERS) if not unicodedata.combining(char))


@lru_cache(maxsize=1 << 12)
def fold_word(word: str, whole: bool) -> str:
    """Return the key of one word that is `plain` already; `whole` says that no article can be in it.

    In a name, a word that is neither the first nor after an article may hold its own ("Deir Ezzor").
    """
    if not whole and word not in _WORDS and _ASSIMILATED.match(word):
        word = word[2:]
    word = _WORDS.get(word, word)
    return word if word.isdigit() else _FINAL_H.sub("", _DOUBLED.sub(r"\1", word))


def _pieces(name: str) -> list[str]:
    pieces = _PIECE.findall(plain(_DOTTED.sub(r"\1", name)))
    return pieces if any(piece not in ARTICLES for piece in pieces) else pieces[:1]


def first_key(name: str) -> str:
    """Return the key of the first word of `name` that is no article, empty when it has no word."""
    pieces = _pieces(name)
    return next((fold_word(piece, True) for piece in pieces if piece not in ARTICLES or len(pieces) == 1), "")


@lru_cache(maxsize=1 << 13)
def fold(name: str) -> str:
    """Return the key of `name`, empty when it has neither letters nor digits."""
    pieces = _pieces(name)
    if len(pieces) == 1:
        return fold_word(pieces[0], True)
    key, whole = "", True
    for piece in pieces:
        article = piece in ARTICLES
        key += "" if article else fold_word(piece, whole)
        whole = article
    return key


def is_single(name: str) -> bool:
    """Return whether `name` is one word, articles aside."""
    return sum(piece not in ARTICLES for piece in _pieces(name)) == 1


def has_article(name: str) -> bool:
    """Return whether `name` starts with an article that its key does without ("al-Omar", not "Omar")."""
    pieces = _PIECE.findall(plain(name))
    return len(pieces) > 1 and pieces[0] in ARTICLES


@lru_cache(maxsize=1 << 12)
def loosen(key: str) -> str:
    """Return the key of a key: what is left when vowels that transliterations disagree on are made equal."""
    for pattern, replacement in _LOOSE:
        key = pattern.sub(replacement, key)
    return key


def near(one: str, other: str) -> bool:
    """Return whether one letter at most makes `one` the `other`: one more, or another vowel or like consonant.

    The first letter is the same: "Kasindi" is no spelling of "Masindi", nor "Chaung Ma" of "Chaung Wa".
    """
    if one[:1] != other[:1]:
        return False
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    index = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) == len(other) and one != other and not _alike(one[index], other[index]):
        return False
    return one[index + (len(one) == len(other)) :] == other[index + 1 :]


def _alike(one: str, other: str) -> bool:
    return any(one in letters and other in letters for letters in _ALIKE)
