"""Where a sentence goes on to the next deed of a list, which has its own place, day and number.

"Killed 12 in Bokkos, abducted 30 in Zurmi", "five policemen in Lakki on Monday and two more in Bannu on Tuesday",
"attacked Beni on Monday, killing ten, and Butembo on Tuesday", "bombed a plant in Raqqa on Monday and a mill in Kobani
on Tuesday"; and where it goes on from an arrest to the deed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.places.relations import Relation, relate
from pipeline.extraction.text.lexicon import Wording
from pipeline.extraction.text.span_index import within
from pipeline.extraction.text.spans import Span
from pipeline.extraction.violence.triggers import Form, Kind, Trigger
from schemas import EventType

_JOINT = re.compile(r",?\s(?:and|but)\s(?:then\s)?|[,;]\s(?!(?:and|but)\b)")
_BEFORE_VERB = re.compile(
    r"(?:(?:in|at|near)\s(?:the\s[a-z]+\sof\s)?[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){0,2},?\s)?(?:[\w'’-]+\s){0,4}"
)
_IN = re.compile(r"(?:in|at|near)\s")
_SPEAKER = re.compile(
    r"\b(?:ministry|officials?|police|sources?|spokes\w+|governor|agency|doctors?|hospital|embassy|residents?|witnesses)"
    r"\s(?:in|from|at)\s(?:the\s)?$"
)
_SPEAKER_REACH = 40
_NUMBER = (
    r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|another|several|dozens|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty)"
)
_COUNTED_AT = re.compile(
    rf"(?:at least\s)?{_NUMBER}\s(?:[a-z]+\s){{0,2}}(?:in|near|at|outside)\s(?:the\s[a-z]+\sof\s|the\s)?"
)
_AT = re.compile(
    rf"(?:(?:(?:an?|the|its|his|their|{_NUMBER})\s(?:[a-z][\w'’-]*\s){{1,4}})?"
    r"(?:in|near|at|outside)\s(?:the\s[a-z]+\sof\s|the\s)?)?"
)
_SUBORDINATE = re.compile(r"\s(?:before|after|until|till|when|while|as|who|which|that|where)\s")
_DATE_REACH = 12
_PURSUED = Wording(r"\s(?:[\w'’-]+\s){0,8}?(?P<joint>«arrest_for»)\s")
_VERB_REACH = 70
_DEEDS = (Kind.ACT, Kind.HARM)
_FIRM = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """What was read in one sentence: its text and bounds, triggers, places, days and words of harm."""

    text: str
    start: int
    end: int
    triggers: Sequence[Trigger]
    places: Sequence[PlaceReading]
    days: Sequence[Span]
    harms: Sequence[int]


def conjuncts(told: Told) -> Iterator[int]:
    """Yield the offsets at which the sentence goes on to another deed of a list, in order."""
    begin = told.start
    if not told.triggers or max(len(told.places), len(told.days)) < 2:
        return
    for joint in _JOINT.finditer(told.text, told.start, told.end):
        left = [one for one in within(told.places, begin, joint.start()) if not _is_speakers(told, one)]
        on = _goes_on(told, begin, joint.start(), joint.end(), left) if left else False
        if on or _goes_on_another_day(told, begin, joint.start(), joint.end()):
            yield joint.end()
            begin = joint.end()


def _goes_on(told: Told, begin: int, end: int, start: int, left: Sequence[PlaceReading]) -> bool:
    if not within(told.triggers, begin, end):
        return False
    right = _places_of(told, start)
    if not right or any(relate(one, other) is not Relation.APART for one in left for other in right):
        return False
    return (
        _is_verb_next(told, start)
        or _is_counted(told, begin, end, start, right[0])
        or (_is_dated(told, start, right[0]) and any(begin <= day.start < end for day in told.days))
    )


def _goes_on_another_day(told: Told, begin: int, end: int, start: int) -> bool:
    """Whether a verb of a deed follows with a day of its own: "shelled it in May, and in June they bombed a camp"."""
    if not told.text[end:start].strip(" ,;"):
        return False  # a comma alone may end a remark
    if not (within(told.triggers, begin, end) and _is_verb_next(told, start, (*_DEEDS, Kind.INTERCEPT))):
        return False
    ends = (_JOINT.search(told.text, start, told.end), _SUBORDINATE.search(told.text, start, told.end))
    upto = min((found.start() for found in ends if found), default=told.end)
    ours = [day for day in told.days if begin <= day.start < end]
    theirs = [day for day in told.days if start <= day.start < upto]
    deeds = within(told.triggers, begin, end), within(told.triggers, start, told.end)
    after = any(day.start > deeds[0][0].span.start for day in ours)
    return bool(ours and theirs) and (after or theirs[0].start < deeds[1][0].span.start)


def _places_of(told: Told, start: int) -> list[PlaceReading]:
    """Return the places up to the next joint that a place follows: those of the next item."""
    following = within(told.places, start, told.end)
    return [place for place in following[:1] if place.kind != "country" and not _is_speakers(told, place)]


def _is_speakers(told: Told, place: PlaceReading) -> bool:
    """Whether somebody only speaks there: "the health ministry in Ramallah said"."""
    return bool(_SPEAKER.search(told.text, max(told.start, place.span.start - _SPEAKER_REACH), place.span.start))


def _is_verb_next(told: Told, start: int, deeds: Sequence[Kind] = _DEEDS) -> bool:
    """Whether a verb of a deed opens what follows: "and burned a market in Maru", "and in Yola they shot"."""
    ahead = next(iter(within(told.triggers, start, told.end)), None)
    if ahead is None or ahead.is_noun or ahead.form is not Form.PAST or ahead.kind not in deeds:
        return False
    if ahead.strength < _FIRM and ahead.kind is not Kind.HARM:
        return False
    if within(told.places, start, ahead.span.start) and not _IN.match(told.text, start):
        return False  # "on A and B killed nine"
    return ahead.span.start - start <= _VERB_REACH and bool(_BEFORE_VERB.fullmatch(told.text, start, ahead.span.start))


def _is_counted(told: Told, begin: int, end: int, start: int, place: PlaceReading) -> bool:
    """Whether only a number and a place follow: "and two more in Bannu"."""
    harmed = any(begin <= harm < end for harm in told.harms)
    return harmed and bool(_COUNTED_AT.fullmatch(told.text, start, place.span.start))


def _is_dated(told: Told, start: int, place: PlaceReading) -> bool:
    """Whether only a place and its day follow: "and Butembo on Tuesday", "and in Kirkuk on Saturday"."""
    if not _AT.fullmatch(told.text, start, place.span.start):
        return False
    return any(0 <= day.start - place.span.end <= _DATE_REACH for day in told.days)


def arrests(told: Told) -> Iterator[int]:
    """Yield where a sentence goes on from an arrest to the deed: "arrested two men | over the bombing of a church"."""
    for trigger in told.triggers:
        if trigger.event_type is not EventType.ARREST_RAID or trigger.is_noun:
            continue
        found = _PURSUED.match(told.text, trigger.span.end, told.end)
        if found is not None and within(told.triggers, found.end(), told.end):
            yield found.start("joint")


def turns_to_arrest(told: Told) -> Iterator[int]:
    """Yield where a sentence that told of a deed goes on to an arrest: "…, | and police detained its leader"."""
    for trigger in told.triggers:
        if trigger.event_type is not EventType.ARREST_RAID or trigger.is_noun or trigger.passive:
            continue
        joints = [one for one in _JOINT.finditer(told.text, told.start, trigger.span.start) if "and" in one.group()]
        told_before = joints and within(told.triggers, told.start, joints[-1].start())
        if told_before and _BEFORE_VERB.fullmatch(told.text, joints[-1].end(), trigger.span.start):
            yield joints[-1].end()
