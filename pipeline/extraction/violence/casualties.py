"""How many were killed and wounded, as ranges, read from the words around "killed", "dead", "injuries" and the like."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.quantities.numbers import NumberReading
from pipeline.extraction.text.lexicon import Hit, Phrases, Token, Wording, word_group
from pipeline.extraction.text.noun_phrases import head_after
from pipeline.extraction.text.span_index import within
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.violence.counting import (
    counted_after,
    counted_before,
    counts_attackers,
    is_doer,
    men_beside,
    of_part,
    over,
    put_at,
)
from pipeline.extraction.violence.people import ARTICLES, people_counted
from pipeline.extraction.violence.toll import Toll
from pipeline.extraction.violence.toll_turns import nth_victim, refers_to_harmed
from pipeline.extraction.violence.unhurt import said_of_nobody
from pipeline.knowledge.tables import phrases_of, rows

_AFTER, _BEFORE, _LIST_REACH, _OWN_REACH = 30, 110, 90, 30
_OWN_SIDE = Wording(r"\b«own_side»\b")
_RELATIVE = frozenset({"that", "which", "having"})
_ANY = re.compile(r"\s(?:of\s)?(?:any|anyone|anybody)\b")
_PLURAL = re.compile(
    r"(?!\s(?:an?|another|one|his|her)\s)\W*(?:[A-Za-z-]+\s){0,2}?"
    r"(?:[a-z]{3,}[^s\W\d]s|people|women|children|men|police)\b"
)
_OBJECT = Wording(r"\s(?:an?|the|his|her|their)\s(?!(?:\w+\s)?«time_unit»\b)[a-z]")
"""Whom an active verb of harm was done to: those counted before it are who did it."""
_MODAL_REACH = 6
_MONTH = "May"
_OR = re.compile(r" n?or (?:\w+ )?")
_SEVERAL = 2
"""What a bare plural ("killing civilians") is at least."""


class CasualtyReader:
    """Reads tolls by the lexicon `casualties.csv`."""

    def __init__(self) -> None:
        self._phrases = Phrases(
            (phrase, (row["what"], row["side"]))
            for row in rows("casualties.csv")
            for phrase in phrases_of(row["phrases"])
        )

    def find(self, text: str, tokens: Sequence[Token]) -> list[Hit[tuple[str, str]]]:
        """Return the casualty words of a text, to be read sentence by sentence with `read`."""
        return self._phrases.find(text, tokens)


def read_tolls(
    text: str,
    tokens: Sequence[Token],
    hits: Sequence[Hit[tuple[str, str]]],
    numbers: Sequence[NumberReading],
    start: int,
    end: int,
) -> list[Toll]:
    """Return the tolls that the sentence from `start` to `end` states. `hits` and `numbers` are the sentence's."""
    tolls: list[Toll] = []
    people, parts = people_counted(text, numbers, start, end)
    for at, hit in enumerate(hits):
        lower = tokens[hits[at - 1].last - 1].end if at else start
        upper = tokens[hits[at + 1].first].start if at + 1 < len(hits) else end
        mine = _read(text, tokens, hit, people, parts, lower, upper, start)
        nobody = at > 0 and bool(tolls) and tolls[-1].low == 0 and hit.entry[1] != "none"
        if nobody and _OR.fullmatch(text, lower, tokens[hit.first].start):
            mine = [replace(tolls[-1], what=hit.entry[0])]
        tolls += [toll for toll in mine if toll.low or toll.high is not None]
    return tolls


def _read(
    text: str,
    tokens: Sequence[Token],
    hit: Hit[tuple[str, str]],
    people: list[NumberReading],
    parts: list[NumberReading],
    lower: int,
    upper: int,
    start: int,
) -> list[Toll]:
    what, side = hit.entry
    word = span_of(text, tokens[hit.first].start, tokens[hit.last - 1].end)
    nobody = said_of_nobody(text, word, lower)
    if nobody is not None:
        return [Toll(kind, 0, 0, 0, nobody) for kind in what.split("+")]
    if _is_imagined(_opening(text, tokens, hit)):
        return []
    if side == "none":
        return [Toll(kind, 0, 0, 0, word) for kind in what.split("+")]
    if side == "unclear":
        return []
    if side == "some":
        return [_some(what, text, word, people)]
    if side == "toll":
        people = [n for n in people if n.span.text.lower() not in ARTICLES]  # "a nurse gave a higher toll"
    if side.startswith("men_"):
        men = men_beside(text, what, word, within(people, lower, upper), side == "men_after")
        return [men] if men else []
    toll = put_at(text, what, word, people) or (nth_victim(text, word, lower) if what == "killed" else None)
    if toll is None and refers_to_harmed(text, word):
        return []
    toll = toll or of_part(text, what, word, parts, side)
    if toll is None and side in ("after", "both", "toll", "count"):
        if counts_attackers(text, word, people, upper):
            return []
        toll = counted_after(text, what, word, people, upper, side)
    if toll is None and side in ("before", "both", "toll"):
        before = [token.lower for token in tokens[max(0, hit.first - 4) : hit.first + 1]]
        active = not (word_group("passive") & set(before) or word.text.lower() in word_group("suffers"))
        relative = side == "both" and active and (_RELATIVE & set(before[-3:-1]) or _OBJECT.match(text, word.end))
        near = [] if relative else within(people, max(lower, word.start - 2 * _BEFORE), word.start)
        toll = counted_before(text, what, word, [n for n in near if not (active and is_doer(text, n, word.start))])
    if toll is None and side not in ("toll", "count"):
        toll = _uncounted(text, tokens, what, hit, word, upper, start)
    return [toll] if toll else []


def _opening(text: str, tokens: Sequence[Token], hit: Hit[tuple[str, str]]) -> list[str]:
    """Return the words before a hit that may say that it is only imagined.

    What stands before the comma of ", killing nine" is told of another verb, and "May" is a month.
    """
    before = tokens[max(0, hit.first - _MODAL_REACH) : hit.first]
    if tokens[hit.first].lower.endswith("ing"):
        cut = max((at for at, token in enumerate(before, 1) if text.startswith(",", token.end)), default=0)
        before = before[cut:]
    return [token.lower for token in before if text[token.start : token.end] != _MONTH]


def _is_imagined(before: list[str]) -> bool:
    near = before[-3:]
    if "have" in near and near[near.index("have") - 1 : near.index("have")] == ["to"]:
        near = []  # "reported to have been killed"
    return bool(word_group("imagined") & set(near) or word_group("conditional") & set(before))


def _some(what: str, text: str, word: Span, people: list[NumberReading]) -> Toll:
    near = [n for n in people if 0 <= word.start - n.span.end <= 20 or 0 <= n.span.start - word.end <= 25]
    near = [n for n in near if n.low >= _SEVERAL]
    if near:
        n = near[0]
        return Toll(what, n.low, n.best, n.high, over(text, n.span, word))
    return Toll(what, 1, None, None, word)


def _uncounted(
    text: str, tokens: Sequence[Token], what: str, hit: Hit[tuple[str, str]], word: Span, upper: int, start: int
) -> Toll | None:
    rest = text[word.end : min(upper, word.end + 60)]
    before = [token.lower for token in tokens[max(0, hit.first - 2) : hit.first] if token.start >= start]
    if (_OWN_SIDE.search(rest[:30]) and not rest.startswith(" by ")) or word.text.lower() in (
        "dead",
        "died",
        "kill",
        "deaths",
        "kills",
    ):
        return None
    if _ANY.match(rest):
        return None
    if word.text.lower() == "wound" and before[-1:] and before[-1] in ARTICLES:
        return Toll(what, 1, 1, None, word)
    if before[-1:] in (["is"], ["are"], ["be"], ["those"], ["persons"]):
        return None
    if before[-1:] == ["was"] or before[-2:] == ["has", "been"] or _was_somehow(before):
        return Toll(what, 1, 1, 1, word)
    if before[-1:] == ["were"] or before[-2:] == ["have", "been"]:
        return Toll(what, _SEVERAL, None, None, word)
    if hit.entry[1] in ("after", "both"):
        if head_after(text, word.end) in word_group("no_victim"):
            return None
        if _PLURAL.match(rest):
            return Toll(what, _SEVERAL, None, None, word)
        return Toll(what, 1, 1, None, word) if _is_somebody(rest) else None
    return None


def _is_somebody(rest: str) -> bool:
    """Whether the words after a verb of harm may name somebody: they are words, and no particle ("killed off")."""
    return rest.strip()[:1].isalpha() and not rest.lstrip().lower().startswith("off ")


def _was_somehow(before: list[str]) -> bool:
    """Whether an adverb stands between "was" and the participle: "was also", "was slightly"."""
    return before[:1] == ["was"] and before[-1] != "was" and (before[-1] == "also" or before[-1].endswith("ly"))
