"""Sentences cut at their joints, so that what is told "after", "while" or "in response to" stays apart."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from pipeline.extraction.text.calendar_words import WEEKDAY_NAMES
from pipeline.extraction.text.lexicon import Hit, Token
from pipeline.extraction.text.sentences import Sentence

_NOT_JOINTS = {"as": {"part", "many", "well", "a", "an", "much", "such", "of", "early", "yet", "if", "reported"}}
_NOT_AFTER = {
    "as": {
        *("such", "well", "known", "described", "as", "far", "many", "much", "long", "soon"),
        *(
            "disguised",
            "dressed",
            "posing",
            "masquerading",
            "identified",
            "named",
            "regarded",
            "seen",
            "used",
            "acting",
        ),
        *("serving", "working", "listed", "treated", "condemned", "denounced", "labelled", "labeled", "designated"),
    },
    "while": {"a"},
    "over": {"all"},
}

_SHORTEST = 3
_MOST = 30
"""Nobody speaks in so many clauses: in a list that looks like more, the last one takes in all the rest."""
_DATE_WORDS = 4
_REMARK = 90


class Joint(Enum):
    """How a clause is tied to the one before: it opens the sentence, goes with it, tells what came earlier.

    A conjunct is another item of a list, with its own place.
    """

    MAIN = "main"
    SAME = "same"
    EARLIER = "earlier"
    CONJUNCT = "conjunct"


class Clause(NamedTuple):
    """A stretch of one sentence: offsets, token range, the sentence's number, and its joint."""

    start: int
    end: int
    first: int
    last: int
    sentence: int
    joint: Joint


def split_clauses(
    text: str,
    tokens: Sequence[Token],
    sentence: Sentence,
    number: int,
    bounds: tuple[int, int],
    joints: Sequence[tuple[Hit[frozenset[str]], Joint]],
    more: Sequence[tuple[int, Joint]] = (),
) -> list[Clause]:
    """Return the clauses of a sentence. `bounds` is its token range, `joints` are the article's joint words.

    `more` are the tokens at which it is cut besides.
    """
    cuts = [(sentence.start, bounds[0], Joint.MAIN)]
    cuts += [
        (tokens[hit.first].start, hit.first, joint)
        for hit, joint in joints
        if bounds[0] <= hit.first
        and hit.last < bounds[1]
        and _is_joint(tokens, hit)
        and not _is_date(text, tokens, hit)
    ]
    cuts += [(tokens[i].start, i, Joint.SAME) for i in _stops(text, tokens, bounds)]
    cuts += [(tokens[i].start, i, joint) for i, joint in more]
    if len(cuts) > 1 and cuts[1][1] == bounds[0]:
        cuts = [(sentence.start, bounds[0], cuts[1][2]), *_resumption(text, tokens, cuts, bounds), *cuts[2:]]
    unlike = {first: (start, first, joint) for start, first, joint in reversed(cuts)}  # a joint is more than a stop
    cuts = sorted(unlike.values(), key=lambda cut: cut[1])[:_MOST]
    return [
        Clause(start, following[0], first, following[1], number, joint)
        for (start, first, joint), following in zip(cuts, [*cuts[1:], (sentence.end, bounds[1], None)], strict=True)
        if first < following[1]
    ]


def _resumption(
    text: str, tokens: Sequence[Token], cuts: Sequence[tuple[int, int, Joint]], bounds: tuple[int, int]
) -> list[tuple[int, int, Joint]]:
    """Return where the main clause begins in "After the blast in the market, police closed the road": at the comma."""
    first = cuts[1][1]
    last = min(bounds[1], cuts[2][1] if len(cuts) > 2 else bounds[1])
    for i in range(first + _SHORTEST, last):
        if "," in text[tokens[i - 1].end : tokens[i].start]:
            return [(tokens[i].start, i, Joint.MAIN)]
    return []


def _is_date(text: str, tokens: Sequence[Token], hit: Hit[frozenset[str]]) -> bool:
    """Whether "since" only dates a passing remark: "which the rebels have held since May, killed three"."""
    if tokens[hit.first].lower != "since" or hit.last - hit.first > 1:
        return False
    last = min(hit.last + _DATE_WORDS, len(tokens)) - 1
    begin = tokens[hit.first].start
    return "," in text[begin : tokens[last].end] and ", which" in text[max(0, begin - _REMARK) : begin]


def _is_joint(tokens: Sequence[Token], hit: Hit[frozenset[str]]) -> bool:
    word = tokens[hit.first].lower
    if hit.last - hit.first > 1:
        return True
    if tokens[hit.last].lower in _NOT_JOINTS.get(word, ()):
        return False
    return hit.first == 0 or tokens[hit.first - 1].lower not in _NOT_AFTER.get(word, ())


def _stops(text: str, tokens: Sequence[Token], bounds: tuple[int, int]) -> list[int]:
    return [
        i
        for i in range(bounds[0] + 1, bounds[1])
        if ";" in text[tokens[i - 1].end : tokens[i].start] or _turns_to_day(text, tokens, i, bounds[1])
    ]


def _turns_to_day(text: str, tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether ", and on Thursday" goes on to tell of another day."""
    if tokens[at].lower != "and" or at + 2 >= last or "," not in text[tokens[at - 1].end : tokens[at].start]:
        return False
    return tokens[at + 1].lower == "on" and tokens[at + 2].lower in WEEKDAY_NAMES
