"""Which numbers around a word of harm count its people: those behind it, those before it, and some of them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.quantities.numbers import NumberReading
from pipeline.extraction.text.lexicon import Wording, word_group
from pipeline.extraction.text.span_index import within
from pipeline.extraction.text.spans import Span, span_of
from pipeline.extraction.violence.people import ARTICLES, is_person, noun_start
from pipeline.extraction.violence.toll import Toll

_AFTER, _BEFORE, _LIST_REACH, _OWN_REACH = 30, 110, 90, 30
_SOFT = Wording(r"[\s,\"“‘]*(?:«soft»[\s,\"“‘]*){0,6}$")
_LIST_GAP = re.compile(
    r"\s(?:[\w'’\-]+\s){0,8}(?:[\w'’\-]+|[\w'’\-]+\s\([\w\s.'’-]{1,30}\))(?:,|,? and|, as well as|,? together with)\s"
    r"(?:another\s|some\s|(?:his|her|their)\s)?$"
)
_FINITE = re.compile(r"\s(?:was|were|is|are|has|have|had)\s")
_APPOSED = re.compile(r"\band\s$")
_WITH_KIN = re.compile(r"\s(?:an?|the)\s(?:[\w'’-]+\s){1,4}(?:and|along with|together with|as well as)\s")
_SPEAKS = re.compile(r"\s(?:[\w'’-]+\s){1,8}(?:said|says|told|added|reported|announced|confirmed|stated)\b")
_LIST_END = Wording(r"[;:]|(?<![\w-])«list_end»\b")
_ASIDE = re.compile(r",\s(?:among\s(?:them|whom)|including|one\sof\sthem|some\sof\sthem|mostly|all)\b[^,;.]{0,60},")
_DOER_AFTER = Wording(r"\W*(?:[\w'’-]+\s){0,3}?«doers»\b")
_OWN_SIDE = Wording(r"\b«own_side»\b")
_MORE = Wording(r"\b«more»\b(?! than)")
_RISEN = Wording(
    r"\s(?:[\w'’,-]+\s){0,25}?«risen»\s(?:from\s(?:\w+\s){1,4}?)?(?:to\s|at\s)?(?:at least\s|more than\s)?$"
)
_RAISING = Wording(r"\b«raising»\s(?:(?:the|its|his|an?|total|overall|official|confirmed|provisional)\s){0,3}$")
_PUT = Wording(r"\b«put_at»\s(?:(?:the|its|their|a)\s)?(?:[\w-]+\s)?$")
_RAISED_TO = re.compile(r"\s(?:[\w'’,-]+\s){0,16}?to\s(?:at least\s|more than\s)?$")
_RAISING_REACH = 40
_PART_DOES = re.compile(
    r"\sof\s(?:whom|them|(?:the|those)\s\w+)\s"
    r"(?:(?:later|have|has|had|since|subsequently|then|also|were|was|are|reportedly|eventually|now)\s){0,3}"
)
_NOT_HIM = re.compile(r"(?:besides|other than|as well as|apart from|in addition to|along with|plus)\s$")
_MORE_REACH = 15
_BEEN = re.compile(r"\b(?:was|were|been)\s(?:\w+\s)?\w+$")
_AND_ONE = re.compile(
    r"(?:^|[\s(\"“])(?P<whom>(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w’'-]*[’']s?)\s"
    r"(?:(?!(?:was|were|has|have|had|is|are|and|in|on|at|by|of|to)\s|\w+ed\s)[\w'’-]+\s){0,4}?"
    r"(?P<head>(?!\w+ed\b)[\w-]+))(?:,[^,.;]{1,40},)?\sand\s$"
)
_PLURAL_VERB = re.compile(r"\b(?:were|have been)\b")
_OTHER_REACH = 90
_MANY = 2
_AT = re.compile(r"\s(?:number|numbered|(?:(?:so far|now|stands?|stood|remains?)\s)?at)\s(?:around\s|about\s|some\s)?")
_MEN_ONLY = re.compile(r"\s(?:[\w'’-]+\s){1,3}")
_MEN_REACH = 40
_VICTIMS_OF = re.compile(r"\s(?:[\w-]+\s){0,2}victims\b")
_THEIR_LIVES = Wording(r"\s(?:[\w'’-]+\s){1,4}«their_lives»\b")
_FELL_ON = re.compile(
    r"\s(?:from|off|to\s(?!bullets|gunfire)|into|onto|on|ill|back|asleep|short|victim|under|in\slove|silent|out|behind"
    r"|by|foul|down|over|for|sick|apart|through|within|overboard|and)\b"
)


def of_part(text: str, what: str, word: Span, parts: Sequence[NumberReading], side: str) -> Toll | None:
    """Return what is told of some of those counted before: "three of whom later died", "killing five of them"."""
    part = next((n for n in parts if _PART_DOES.fullmatch(text, n.span.end, word.start)), None)
    if part is None and side in ("after", "both"):
        part = next((n for n in within(parts, word.end, len(text)) if text[word.end : n.span.start].isspace()), None)
    return _sum(text, what, [part], over(text, part.span, word), False) if part else None


def put_at(text: str, what: str, word: Span, people: Sequence[NumberReading]) -> Toll | None:
    """Return what is told of those who are a noun: "put the dead at six and the wounded at 14"."""
    if text[max(0, word.start - 4) : word.start].lower() != "the ":
        return None
    number = next((n for n in people if _AT.fullmatch(text, word.end, n.span.start)), None)
    if number is None:
        return None
    return _sum(text, what, [number], span_of(text, word.start, number.span.end), not _is_put(text, word))


def _is_put(text: str, word: Span) -> bool:
    """Whether somebody "put the toll at" so many: one of several who count, and not the latest word on it."""
    return _PUT.search(text, max(0, word.start - _RAISING_REACH), word.start) is not None


def men_beside(text: str, what: str, word: Span, people: Sequence[NumberReading], after: bool) -> Toll | None:
    """Return what a word tells that is of harm only where men are counted beside it: "lost six men", "six men fell"."""
    if after:
        near = [n for n in people if n.span.start >= word.end and text[word.end : n.span.start].isspace()][:1]
        near = [n for n in near if _are_harmed(text, n, word)]
    else:
        near = [n for n in people if n.span.end <= word.start][-1:]
        near = [n for n in near if _MEN_ONLY.fullmatch(text, n.span.end, word.start)]
        near = [] if _FELL_ON.match(text, word.end) else near
    men = [n for n in near if is_person(text[n.span.end : n.span.end + _MEN_REACH])]
    if men and not after:
        men = _with_listed(text, men[0], people)
    return _sum(text, what, men, over(text, men[0].span, word), False) if men else None


def _are_harmed(text: str, number: NumberReading, word: Span) -> bool:
    """Whether those counted behind the word are its victims: it "cost" them their lives, and not their jobs."""
    if word.text.lower() in word_group("costs"):
        return bool(_THEIR_LIVES.match(text, number.span.end))
    return number.low >= _MANY and not _VICTIMS_OF.match(text, number.span.end)  # "buried nine victims of the bombing"


def _with_listed(text: str, last: NumberReading, people: Sequence[NumberReading]) -> list[NumberReading]:
    """Return a number with those that the text lists before it: "a captain and four soldiers"."""
    counted = [last]
    for number in reversed([n for n in people if n.span.end <= last.span.start]):
        if not _listed(text, number, counted[0]):
            break
        counted.insert(0, number)
    return counted


def over(text: str, one: Span, other: Span) -> Span:
    """Return the stretch of text that covers two."""
    return span_of(text, min(one.start, other.start), max(one.end, other.end))


def counts_attackers(text: str, word: Span, people: list[NumberReading], upper: int) -> bool:
    """Return whether the number right behind the word is of the attackers' own side."""
    following = within(people, word.end, upper)
    near = following and following[0].span.start - word.end <= _AFTER
    return bool(near and own_side(text, following[0], upper))


def counted_after(text: str, what: str, word: Span, people: list[NumberReading], upper: int, side: str) -> Toll | None:
    """Return what is counted behind the word, up to `upper`: "killing nine soldiers and two guards"."""
    following = within(people, word.end, upper)
    if side == "toll" and following and _is_total(text, word, following[0]):
        span = span_of(text, word.start, following[0].span.end)
        return _sum(text, what, following[:1], span, not _is_put(text, word))
    if following and text[word.end : following[0].span.start].strip().lower().startswith("by"):
        return None
    if side == "both" and following and _is_others(text, word, following[0], people, upper):
        return None
    if not following or following[0].span.start - word.end > _AFTER or own_side(text, following[0], upper):
        return None
    kin = _WITH_KIN.fullmatch(text, word.end, following[0].span.start)
    if kin is None and _SOFT.match(text, word.end, following[0].span.start) is None:
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
    if _FINITE.search(gap):
        return False  # "the bodies of eleven were found and fifty are missing"
    if _APPOSED.search(text, max(0, one.span.start - 8), one.span.start) and gap.rstrip().endswith(","):
        return False  # "an officer and a driver, a father of five"
    if gap.rstrip().endswith(",") and (other.span.text.lower() == "another" or _SPEAKS.match(text, other.span.end)):
        return False
    return len(gap) <= _LIST_REACH and bool(_LIST_GAP.search(gap)) and not _LIST_END.search(gap)


def _closely_precedes(text: str, number: NumberReading, upper: int) -> bool:
    return upper - number.span.end <= 40 and not re.search(r"[.;,]|\band\b", text[number.span.end : upper])


def counted_before(text: str, what: str, word: Span, near: list[NumberReading]) -> Toll | None:
    """Return what is counted before the word: "nine soldiers and two guards were killed"."""
    preceding = [n for n in near if word.start - n.span.end <= _BEFORE]
    if not preceding and near and is_person(text[near[0].span.end : near[0].span.end + 60]):
        preceding = near[:1]
    if not preceding:
        return None
    nearest = preceding[-1]
    if own_side(text, nearest, word.start) or ";" in text[nearest.span.end : word.start]:
        return None
    counted = [nearest]
    for number in reversed(preceding[:-1]):
        if not _listed(text, number, counted[0]) or (counted == [nearest] and _is_aside(text, number, nearest)):
            break
        counted.insert(0, number)
    toll = _sum(text, what, counted, span_of(text, counted[0].span.start, word.end), False)
    were = word.text.lower() == "died" or _PLURAL_VERB.search(text, nearest.span.end, word.start)
    if not (were and toll.low == toll.high == 1):
        return toll
    both = _with_other(text, toll)
    if both is toll and word.text.lower() != "died":
        return replace(toll, low=_MANY, best=None, high=None)  # "were" tells of several
    return both


def _with_other(text: str, toll: Toll) -> Toll:
    """Return the toll of one person with whom another is named: "the bride's brother and a waiter were killed"."""
    other = _AND_ONE.search(text, max(0, toll.span.start - _OTHER_REACH), toll.span.start)
    if other is None:
        return toll
    many = other["head"].endswith("s")
    span = span_of(text, other.start("whom"), toll.span.end)
    return replace(
        toll, low=_MANY + 1 if many else _MANY, best=None if many else _MANY, high=None if many else _MANY, span=span
    )


def _is_aside(text: str, one: NumberReading, last: NumberReading) -> bool:
    """Whether "a" before the last number is of another phrase: "blamed on a culprit, four workers were killed"."""
    return one.span.text.lower() in ARTICLES and text[one.span.end : last.span.start].rstrip().endswith(",")


def is_doer(text: str, number: NumberReading, upper: int) -> bool:
    """Return whether a number counts those who did it: "two gunmen killed", unlike "two killed by gunmen"."""
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


def own_side(text: str, number: NumberReading, upper: int) -> bool:
    """Return whether those counted are of the side of who did it: "two of its fighters"."""
    own = _OWN_SIDE.search(text, number.span.end, min(upper, number.span.end + _OWN_REACH))
    return own is not None and not _NOT_HIM.search(text, number.span.end, own.start())
