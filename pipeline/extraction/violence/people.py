"""Which numbers of a sentence count people: not its units and things, ages, rates, nor some of those counted before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.quantities.numbers import NumberReading
from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.text.party_nouns import phrase_set
from pipeline.extraction.text.spans import span_of

ARTICLES = frozenset({"a", "an"})
"""What counts one where somebody follows, and else nobody."""

_UNITS = Wording(r"\W*(?:of (?:the|its|these|those|their) )?(?:(?!«no_adjective»\s|\d)[\w-]+\s){0,2}?«units»\b")
_PART_BEFORE = Wording(r"(?:\b«part_before»|\()[^.;,)]{0,60}$")
_PART_LISTED = Wording(r"\b«part_before»\s(?:(?!\w+(?:ed|ing)\b)[\w'’-]+,?\s){1,12}$")
_PART_HOW = re.compile(r"\s(?:of\s(?:them|whom)\s)?\w{4,}ly\b")
_TWO = re.compile(r"\s(?:[\w-]+\s){0,2}?(?:couple|pair|twins)\b(?!\sof\b)")
_PART_AFTER = Wording(r"\s«part_after»\b|[^.;,]{0,60}\s(?:with|among|amongst)\sthem\b")
_AGES = range(1, 111)
_AGED = re.compile(r"\b(?:aged|age of|who (?:was|is)|who had (?:just )?turned)\s$|[A-Z][\w’'-]+(?:,\s|\s\()$")
_AGED_TOGETHER = re.compile(r"\b(?:aged|ages)\s(?:between\s)?(?:\d{1,3},\s){0,4}\d{1,3}(?:,|,?\s(?:and|to|or))\s$")
_SOMEBODY_OF = Wording(r"\b(?:an?|the)\s(?:[\w’'-]+\s){0,2}(?!«collective»\s)[a-z][\w’'-]*[^\Ws]\sof\s$")
_OF_AGE_ENDS = re.compile(r"[,.;)]|\s(?:and|was|were|is|has|had|who|died|on|when|as|he|she)\b")
_WOUNDS = re.compile(r"\s(?:(?:gunshot|bullet|stab|knife|shrapnel|head|deep|serious|minor)\s){0,2}wounds\b")
_AGED_SOMEBODY = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Hh]is|her|their|its|my|another|one|two|three|four|five|six)\s(?:[\w’'-]+\s){0,3}[a-z][\w’'-]+,\s"
    r"(?:\d{1,3}(?:,\s\d{1,3}){0,4},?\sand\s|(?:\d{1,3},\s){1,4})?$"
)
_OF_THESE = re.compile(r"\sof\s(?:the\s|its\s|their\s|these\s|those\s)?")
_RELATIVE = Wording(r"\b(?P<whose>his|her|their|whose)\s(?:(?!«no_adjective»\s)[\w-]+\s){0,2}?«relative»(?![\w’'-])")
_JOINED = re.compile(r"[\w”’\")](?:,|,? and|, as well as|,? along with)\s$")
_LISTED_WITH = re.compile(r"\s(?:[\w'’\-]+\s){0,5}[\w'’\-]+(?:,|,? and|, as well as|,? along with)\s")
_SINGULAR = re.compile(r"(?:,\s\d{1,3},)?\s(?:was|is|has)\b")
_JOINED_REACH = 14
_ONES = frozenset({"his", "her"})
_POSSESSIVES = _ONES | {"their", "whose"}
_AGE_ENDS = re.compile(r"[,.;)]|\sand\b")
_RATE = re.compile(r"\s(?:[\w-]+\s){0,4}?(?:(?:for every|per)\s\d|per capita\b)")
_PERSONS = ("civilians", "officials", "generic_forces", "armed")
_WORDS = re.compile(r"[^\W_]+")
_COUNTED_REACH, _AGE_REACH = 5, 60
_BODIES = frozenset({"military", "army", "police", "national", "security", "law"})


def people_counted(
    text: str, numbers: Sequence[NumberReading], start: int, end: int
) -> tuple[list[NumberReading], list[NumberReading]]:
    """Return the numbers of the sentence from `start` to `end` that count people, and apart from them the parts.

    A part counts some of those counted before it: "12 people, including two children", "three of whom".
    """
    people = [n for n in numbers if not (_WOUNDS.match(text, n.span.end, end) or _is_age(text, n))]
    people = [n for n in people if not _UNITS.match(text[n.span.end : min(end, n.span.end + 60)])]
    people = _somebodies(text, people, start, end)
    people = [_both(text, one) for one in people]
    people = [one for at, one in enumerate(people) if not at or not _is_whole(text, people[at - 1], one)]
    people = sorted([*people, *_relatives(text, people, start, end)], key=lambda n: n.span.start)
    parts = [n for at, n in enumerate(people) if at and _is_part(text, n, start)]
    return [n for n in people if n not in parts], parts


def _somebodies(text: str, numbers: Sequence[NumberReading], start: int, end: int) -> list[NumberReading]:
    """Return the numbers without the "a" that counts nobody; who is told of along with somebody is somebody, too."""
    kept: list[NumberReading] = []
    for number in numbers:
        article = number.span.text.lower() in ARTICLES
        along = bool(kept) and _LISTED_WITH.fullmatch(text, kept[-1].span.end, number.span.start) is not None
        if not article or _is_somebody(text, number, start, end) or (along and not _is_thing(text, number, end)):
            kept.append(number)
    return kept


def _is_thing(text: str, number: NumberReading, end: int) -> bool:
    """Whether what "a" counts is property."""
    after = text[number.span.end : min(end, number.span.end + 60)]
    words = [found.group().lower() for found in _WORDS.finditer(after)][:_COUNTED_REACH]
    return any(phrase_set("property").longest(words, at) for at in range(len(words))) or bool(_UNITS.match(after))


def _both(text: str, number: NumberReading) -> NumberReading:
    """Return an article that counts two people as two: "a married couple"."""
    if number.span.text.lower() in ARTICLES and _TWO.match(text, number.span.end):
        return replace(number, low=2, best=2, high=2)
    return number


def _is_whole(text: str, part: NumberReading, whole: NumberReading) -> bool:
    """Whether the number before counts some of these: "one of two workers", "three of the five"."""
    return bool(_OF_THESE.fullmatch(text, part.span.end, whole.span.start))


def noun_start(number: NumberReading) -> int:
    """Return where the noun begins that a number counts: of "his driver" the reading has it within."""
    first = number.span.text.split(" ")[0]
    return number.span.start + len(first) if first.lower() in _POSSESSIVES else number.span.end


def _is_somebody(text: str, number: NumberReading, start: int, end: int) -> bool:
    """Whether "a" counts somebody: "a policeman", but neither "a statement" nor "members of a family"."""
    if text[max(start, number.span.start - 3) : number.span.start].lower() == "of ":
        return False
    return is_person(text[number.span.end : min(end, number.span.end + 60)])


def is_person(after: str) -> bool:
    """Return whether the words after a number name people."""
    words = [found.group().lower() for found in _WORDS.finditer(after)][:_COUNTED_REACH]
    return any(phrase_set(*_PERSONS).longest(words, at) for at in range(len(words)) if words[at] not in _BODIES)


def _is_age(text: str, number: NumberReading) -> bool:
    """Whether a number is somebody's age ("Sami, 30, and", "who was 18"), or is told of every so many."""
    after = number.span.end
    before = max(0, number.span.start - _AGE_REACH), number.span.start
    if number.span.text.isdigit() and _AGED_TOGETHER.search(text, *before):
        return True
    if number.low in _AGES and (_AGED.search(text, *before) or _is_age_of_somebody(text, number)):
        return bool(_AGE_ENDS.match(text, after))
    if number.low in _AGES and _OF_AGE_ENDS.match(text, after) and _SOMEBODY_OF.search(text, *before):
        return True  # "a nurse of 31"
    return bool(_RATE.match(text, after, after + 80))


def _is_age_of_somebody(text: str, number: NumberReading) -> bool:
    """Whether digits are set off behind people spoken of: "his brother, 21,", "two boys, 12 and 14,"."""
    before = max(0, number.span.start - _AGE_REACH), number.span.start
    return number.span.text.isdigit() and bool(_AGED_SOMEBODY.search(text, *before))


def _relatives(text: str, people: Sequence[NumberReading], start: int, end: int) -> list[NumberReading]:
    """Return whom the sentence calls somebody's: "his driver" is one, "the mayor and his driver" are two.

    Who is counted before, as in "a mayor and his driver", counts for himself.
    """
    found: list[NumberReading] = []
    for one in _RELATIVE.finditer(text, start, end):
        joined = _JOINED.search(text, max(start, one.start() - _JOINED_REACH), one.start())
        before = [n for n in people if n.span.end < one.start()][-1:]
        counted = any(_LISTED_WITH.fullmatch(text, n.span.end, one.start()) for n in before)
        alone = counted or one["whose"].lower() not in _ONES or _SINGULAR.match(text, one.end(), end)
        value = 2 if joined and not alone else 1
        found.append(NumberReading(value, value, value, span_of(text, one.start(), one.end()), True))
    return found


def _is_part(text: str, number: NumberReading, start: int) -> bool:
    """Whether a number counts some of those counted before it: "12 people, including two children"."""
    before = text[max(start, number.span.start - 70) : number.span.start]
    listed = number.low > 0 and number.best is None and number.high is None and _PART_LISTED.search(before)
    how = before.endswith(", ") and _PART_HOW.match(text, number.span.end)  # "three soldiers, one severely"
    return bool(_PART_BEFORE.search(before) or listed or how or _PART_AFTER.match(text, number.span.end))
