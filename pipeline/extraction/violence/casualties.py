"""How many were killed and wounded, as ranges, read from the words around "killed", "dead", "injuries" and the like."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extraction.quantities.numbers import NumberReading
from pipeline.extraction.text.lexicon import Hit, Phrases, Token, Wording, word_group
from pipeline.extraction.text.noun_phrases import head_after
from pipeline.extraction.text.span_index import within
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.violence.people import ARTICLES, is_person, noun_start, people_counted
from pipeline.extraction.violence.unhurt import said_of_nobody
from pipeline.knowledge.tables import phrases_of, rows

_AFTER, _BEFORE, _LIST_REACH, _OWN_REACH = 30, 110, 90, 30
_SOFT = Wording(r"[\s,]*(?:«soft»[\s,]*){0,6}$")
_LIST_GAP = re.compile(
    r"\s(?:[\w'’\-]+\s){0,5}[\w'’\-]+(?:,|,? and|, as well as)\s(?:another\s|some\s|(?:his|her|their)\s)?$"
)
_SPEAKS = re.compile(r"\s(?:[\w-]+\s){1,4}(?:said|says|told|added|reported|announced|confirmed|stated)\b")
_LIST_END = Wording(r"[;:]|\b«list_end»\b")
_ASIDE = re.compile(r",\s(?:among\s(?:them|whom)|including|one\sof\sthem|some\sof\sthem|mostly|all)\b[^,;.]{0,60},")
_DOER_AFTER = Wording(r"\W*(?:[\w'’-]+\s){0,3}?«doers»\b")
_OWN_SIDE = Wording(r"\b«own_side»\b")
_RELATIVE = frozenset({"that", "which", "having"})
_MORE = Wording(r"\b«more»\b(?! than)")
_RISEN = Wording(
    r"\s(?:[\w'’,-]+\s){0,25}?«risen»\s(?:from\s(?:\w+\s){1,4}?)?(?:to\s|at\s)?(?:at least\s|more than\s)?$"
)
_RAISING = Wording(r"\b«raising»\s(?:(?:the|its|his|an?|total|overall|official|confirmed|provisional)\s){0,3}$")
_RAISED_TO = re.compile(r"\s(?:[\w'’,-]+\s){0,16}?to\s(?:at least\s|more than\s)?$")
_RAISING_REACH = 40
_PART_DOES = re.compile(
    r"\sof\s(?:whom|them|(?:the|those)\s\w+)\s"
    r"(?:(?:later|have|has|had|since|subsequently|then|also|were|was|are|reportedly|eventually|now)\s){0,3}"
)
_NOT_HIM = re.compile(r"(?:besides|other than|as well as|apart from|in addition to|along with|plus)\s$")
_ANY = re.compile(r"\s(?:of\s)?(?:any|anyone|anybody)\b")
_PLURAL = re.compile(r"\W*(?:[a-z-]+\s){0,2}?(?:[a-z]{3,}[^s\W\d]s|people|women|children|men|police)\b")
_MODAL_REACH = 6
_MONTH = "May"
_MORE_REACH = 15
_BEEN = re.compile(r"\b(?:was|were|been)\s(?:\w+\s)?\w+$")
_OR = re.compile(r" n?or (?:\w+ )?")
_SEVERAL = 2
"""What a bare plural ("killing civilians") is at least."""


@dataclass(frozen=True, slots=True)
class Toll:
    """People killed or wounded: `what` is "killed" or "wounded"; the range may be open (None) above.

    `total` is a toll that counts all ("the toll rose to nine"), `more` counts none of those told of before ("an
    additional twelve"), `claimed` is what those who claim the deed say of it.
    """

    what: str
    low: int
    best: int | None
    high: int | None
    span: Span
    total: bool = False
    more: bool = False
    claimed: bool = False


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
    toll = _of_part(text, what, word, parts, side)
    if toll is None and side in ("after", "both", "toll", "count"):
        if _counts_attackers(text, word, people, upper):
            return []
        toll = _after(text, what, word, people, upper, side)
    if toll is None and side in ("before", "both", "toll"):
        before = [token.lower for token in tokens[max(0, hit.first - 4) : hit.first]]
        active = not (word_group("passive") & set(before) or word.text.lower() in word_group("suffers"))
        relative = side == "both" and active and _RELATIVE & set(before[-2:])
        near = [] if relative else within(people, max(lower, word.start - 2 * _BEFORE), word.start)
        toll = _before(text, what, word, [n for n in near if not (active and _is_doer(text, n, word.start))])
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


def _of_part(text: str, what: str, word: Span, parts: Sequence[NumberReading], side: str) -> Toll | None:
    """Return what is told of some of those counted before: "three of whom later died", "killing five of them"."""
    part = next((n for n in parts if _PART_DOES.fullmatch(text, n.span.end, word.start)), None)
    if part is None and side in ("after", "both"):
        part = next((n for n in within(parts, word.end, len(text)) if text[word.end : n.span.start].isspace()), None)
    return _sum(text, what, [part], _over(text, part.span, word), False) if part else None


def _over(text: str, one: Span, other: Span) -> Span:
    return span_of(text, min(one.start, other.start), max(one.end, other.end))


def _is_imagined(before: list[str]) -> bool:
    near = before[-3:]
    if "have" in near and near[near.index("have") - 1 : near.index("have")] == ["to"]:
        near = []  # "reported to have been killed"
    return bool(word_group("imagined") & set(near) or word_group("conditional") & set(before))


def _counts_attackers(text: str, word: Span, people: list[NumberReading], upper: int) -> bool:
    following = within(people, word.end, upper)
    near = following and following[0].span.start - word.end <= _AFTER
    return bool(near and _own_side(text, following[0], upper))


def _after(text: str, what: str, word: Span, people: list[NumberReading], upper: int, side: str) -> Toll | None:
    following = within(people, word.end, upper)
    if side == "toll" and following and _is_total(text, word, following[0]):
        return _sum(text, what, following[:1], span_of(text, word.start, following[0].span.end), True)
    if following and text[word.end : following[0].span.start].strip().lower().startswith("by"):
        return None
    if side == "both" and following and _is_others(text, word, following[0], people, upper):
        return None
    if not following or following[0].span.start - word.end > _AFTER or _own_side(text, following[0], upper):
        return None
    if _SOFT.match(text, word.end, following[0].span.start) is None:
        return None
    if side == "both" and "," in text[word.end : following[0].span.start]:
        return None
    counted = [following[0]]
    for number in following[1:]:
        if side == "toll" or not _listed(text, counted[-1], number):
            break
        counted.append(number)
    if len(counted) > 1 and upper < len(text) and _closely_precedes(text, counted[-1], upper):
        counted.pop()
    return _sum(text, what, counted, span_of(text, word.start, counted[-1].span.end), side == "toll")


def _is_total(text: str, word: Span, number: NumberReading) -> bool:
    """Whether "the toll … rose to" or "brought the toll … to" stands before the number."""
    if _RISEN.match(text, word.end, number.span.start):
        return True
    raised = _RAISING.search(text, max(0, word.start - _RAISING_REACH), word.start)
    return bool(raised and _RAISED_TO.fullmatch(text, word.end, number.span.start))


def _is_others(text: str, word: Span, number: NumberReading, people: list[NumberReading], upper: int) -> bool:
    """Whether the number after a passive counts those of the next word: "eleven were killed over 26 others injured"."""
    counted = _BEEN.search(text, max(0, word.start - _MORE_REACH), word.end) and people[0].span.end <= word.start
    return bool(counted) and upper < len(text) and _closely_precedes(text, number, upper)


def _listed(text: str, one: NumberReading, other: NumberReading) -> bool:
    gap = _ASIDE.sub(",", text[noun_start(one) : other.span.start])
    if gap.rstrip().endswith(",") and (other.span.text.lower() == "another" or _SPEAKS.match(text, other.span.end)):
        return False
    return len(gap) <= _LIST_REACH and bool(_LIST_GAP.search(gap)) and not _LIST_END.search(gap)


def _closely_precedes(text: str, number: NumberReading, upper: int) -> bool:
    return upper - number.span.end <= 40 and not re.search(r"[.;,]|\band\b", text[number.span.end : upper])


def _before(text: str, what: str, word: Span, near: list[NumberReading]) -> Toll | None:
    preceding = [n for n in near if word.start - n.span.end <= _BEFORE]
    if not preceding and near and is_person(text[near[0].span.end : near[0].span.end + 60]):
        preceding = near[:1]
    if not preceding:
        return None
    nearest = preceding[-1]
    if _own_side(text, nearest, word.start) or ";" in text[nearest.span.end : word.start]:
        return None
    counted = [nearest]
    for number in reversed(preceding[:-1]):
        if not _listed(text, number, counted[0]) or (counted == [nearest] and _is_aside(text, number, nearest)):
            break
        counted.insert(0, number)
    return _sum(text, what, counted, span_of(text, counted[0].span.start, word.end), False)


def _is_aside(text: str, one: NumberReading, last: NumberReading) -> bool:
    """Whether "a" before the last number is of another phrase: "blamed on a culprit, four workers were killed"."""
    return one.span.text.lower() in ARTICLES and text[one.span.end : last.span.start].rstrip().endswith(",")


def _is_doer(text: str, number: NumberReading, upper: int) -> bool:
    """Whether a number counts those who did it: "two gunmen killed", unlike "two killed by gunmen"."""
    return bool(_DOER_AFTER.match(text[number.span.end : min(upper, number.span.end + 60)]))


def _sum(text: str, what: str, numbers: Sequence[NumberReading], span: Span, total: bool) -> Toll:
    if len(numbers) > 2 and numbers[0].low == sum(n.low for n in numbers[1:]):
        numbers = numbers[:1]  # "six people, two Turks and four Somalis"
    low = sum(n.low for n in numbers)
    bests = [n.best for n in numbers if n.best is not None]
    highs = [n.high for n in numbers if n.high is not None]
    best = sum(bests) if len(bests) == len(numbers) else None
    high = sum(highs) if len(highs) == len(numbers) else None
    return Toll(
        what, low, best, high, span, total, bool(_MORE.search(text, max(0, span.start - _MORE_REACH), span.end))
    )


def _own_side(text: str, number: NumberReading, upper: int) -> bool:
    own = _OWN_SIDE.search(text, number.span.end, min(upper, number.span.end + _OWN_REACH))
    return own is not None and not _NOT_HIM.search(text, number.span.end, own.start())


def _some(what: str, text: str, word: Span, people: list[NumberReading]) -> Toll:
    near = [n for n in people if 0 <= word.start - n.span.end <= 20 or 0 <= n.span.start - word.end <= 25]
    near = [n for n in near if n.low >= _SEVERAL]
    if near:
        n = near[0]
        return Toll(what, n.low, n.best, n.high, _over(text, n.span, word))
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
    if before[-1:] in (["is"], ["are"], ["be"], ["those"], ["persons"]):
        return None
    if before[-1:] == ["was"] or before[-2:] == ["has", "been"] or before[-2:] == ["was", "also"]:
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
