"""Weapons: which kinds the text names, and how many of each were used."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.extraction.quantities.numbers import NumberReading
from pipeline.extraction.text.lexicon import Phrases, Token, Wording, word_group
from pipeline.extraction.text.spans import Span, span_of
from pipeline.knowledge.tables import phrases_of, rows
from schemas import Weapon, WeaponType

FLYING = frozenset({WeaponType.DRONE, WeaponType.ROCKET, WeaponType.MISSILE, WeaponType.MORTAR, WeaponType.ARTILLERY})
"""What can be brought down on its way."""

_STOP = "none"
_REACH = 34
_MOST = 5000
_SEIZED_REACH = 90
_ORDINALS = frozenset(["third", "fourth", "fifth", "sixth", "another", "other"])
_PARTS = ("another", "other", "second")


_AND = r"and(?!\s(?:an?|two|three|four|five|six|several|some|\d+|\w+s)\s)"
_GAP = rf"(?:(?!(?:{_AND}|which|who|that|by|with)\s)[\w'’,-]+\s){{0,6}}"
_SEIZED_BEFORE = Wording(rf"\b«seized»\s{_GAP}$")
_SEIZED_AFTER = Wording(
    r"(?:[\s,]+(?:and\s)?[\w'’-]+){0,8}?\s(?:was|were|been|being|had been)\s(?:\w+ly\s|also\s|later\s)?«seized»\b"
)
_MINES = frozenset({"mine", "mines"})
_SET_OFF_BY = (["by"], ["on"], ["over"], ["hit"], ["struck"], ["onto"])
_HELD = frozenset({WeaponType.FIREARM, WeaponType.KNIFE, WeaponType.GRENADE, WeaponType.ROCKET, WeaponType.MORTAR})
"""What is found on people or taken from them, and was not used, where the text says no more than that."""


class WeaponWord(NamedTuple):
    """A weapon's name in the text.

    `wielded` words tell the kind but are no count ("airstrike"); a `bearer` ("gunmen") may not have used it at all.
    """

    span: Span
    first: int
    last: int
    weapon_type: WeaponType
    wielded: bool
    bearer: bool = False


class WeaponCount(NamedTuple):
    """A weapon with the closed range of how many were used, None where the text does not say."""

    word: WeaponWord
    low: int | None
    high: int | None
    span: Span


class WeaponFinder:
    """Finds weapons by the lexicon `weapons.csv`."""

    def __init__(self) -> None:
        self._phrases = Phrases(
            (phrase, (row["type"], row["kind"])) for row in rows("weapons.csv") for phrase in phrases_of(row["phrases"])
        )

    def find(self, text: str, tokens: Sequence[Token]) -> list[WeaponWord]:
        """Return the weapons named in a text, in order; arms that are only seized or found are left out."""
        named = [
            WeaponWord(
                span_of(text, tokens[hit.first].start, tokens[hit.last - 1].end),
                hit.first,
                hit.last,
                WeaponType(hit.entry[0]),
                hit.entry[1] in ("wielder", "bearer"),
                hit.entry[1] == "bearer",
            )
            for hit in self._phrases.find(text, tokens)
            if hit.entry[0] != _STOP
        ]
        taken = {at for word in named for at in range(word.first, word.last)}
        named += [mine for mine in _mines(text, tokens) if mine.first not in taken]
        return [word for word in sorted(named, key=lambda word: word.first) if not _is_seized(text, word)]


def _mines(text: str, tokens: Sequence[Token]) -> Iterator[WeaponWord]:
    """Yield the mines that go off, and not those that are worked: "a mine killed a boy", "hit by a mine"."""
    for at, token in enumerate(tokens):
        if token.lower not in _MINES:
            continue
        before = [one.lower for one in tokens[max(0, at - 3) : at]]
        following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        triggered = before[-1:] in (["a"], ["another"]) and before[-2:-1] in _SET_OFF_BY
        if (following in word_group("mine_acts") and not word_group("ores") & set(before)) or triggered:
            yield WeaponWord(span_of(text, token.start, token.end), at, at + 1, WeaponType.MINE, False)


def count_weapon(text: str, tokens: Sequence[Token], word: WeaponWord, numbers: Iterable[NumberReading]) -> WeaponCount:
    """Return how many of the weapon the words before it count: "three explosives-laden drones", "an armed drone"."""
    if word.wielded or word.span.text.lower() in ("shelling", "shelled", "gunfire"):
        return WeaponCount(word, None, None, word.span)
    before = [n for n in numbers if 0 <= word.span.start - n.span.end <= _REACH]
    if before and _adjectives_only(text[before[-1].span.end : word.span.start]):
        number = before[-1]
        return WeaponCount(word, min(number.low, _MOST), _high(number), span_of(text, number.span.start, word.span.end))
    if _is_single(tokens, word):
        return WeaponCount(word, 1, 1, word.span)
    return WeaponCount(word, None, None, word.span)


def _is_seized(text: str, word: WeaponWord) -> bool:
    """Whether the arms were only taken from somebody or found: "seized two rifles", "a pistol was recovered"."""
    if word.wielded or word.weapon_type not in _HELD:
        return False
    if _SEIZED_BEFORE.search(text, max(0, word.span.start - _SEIZED_REACH), word.span.start):
        return True
    return bool(_SEIZED_AFTER.match(text, word.span.end, word.span.end + _SEIZED_REACH))


def parts_of(words: Sequence[str]) -> int | None:
    """Return how many things "one … another" or "two … the third" tell apart, None if the words do not do that."""
    if "third" in words and "two" in words:
        return 3
    if "one" in words and any(part in words[words.index("one") :] for part in _PARTS):
        return 2
    return None


def merge_weapons(counts: Iterable[WeaponCount]) -> list[tuple[Weapon, Span]]:
    """Return one weapon per kind, with the words of its largest count; what only bearers tell of is none.

    A part ("one drone was shot down") never adds to its whole ("three drones"): the largest count stands.
    """
    best: dict[WeaponType, WeaponCount] = {}
    for count in counts:
        if count.word.bearer:
            continue
        known = best.get(count.word.weapon_type)
        if known is None or (count.low or 0, not count.word.wielded) > (known.low or 0, not known.word.wielded):
            best[count.word.weapon_type] = count
    return [
        (Weapon(weapon_type=kind, count_low=c.low, count_high=c.high, text=c.word.span.text), c.span)
        for kind, c in best.items()
    ]


def _high(number: NumberReading) -> int | None:
    high = number.high if number.high is not None else number.best if number.exact else None
    return min(high, _MOST) if high is not None else None


def _adjectives_only(gap: str) -> bool:
    return not any(mark in gap for mark in ",.;:") and " of " not in f" {gap} "[:4] and len(gap.split()) <= 4


def _is_single(tokens: Sequence[Token], word: WeaponWord) -> bool:
    if word.span.text.lower().endswith("s"):
        return False
    before = [token.lower for token in tokens[max(0, word.first - 4) : word.first]]
    return any(article in before[-4:] for article in ("a", "an", "single")) or bool(_ORDINALS & set(before[-2:]))
