"""Where the sentences of an article are cut into clauses: at joints, in lists of deeds, about arrests."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from pipeline.extraction.conjuncts import Told, arrests, conjuncts, turns_to_arrest
from pipeline.extraction.places.recogniser import PlaceReading
from pipeline.extraction.text.clauses import Clause, Joint, split_clauses
from pipeline.extraction.text.lexicon import Hit, Token
from pipeline.extraction.text.sentences import Sentence
from pipeline.extraction.text.span_index import within
from pipeline.extraction.time.resolver import DateReading, find_dates
from pipeline.extraction.violence.triggers import Trigger

_JOINTS = (("joint_same", Joint.SAME), ("joint_earlier", Joint.EARLIER))


@dataclass(frozen=True, slots=True)
class SentenceDates:
    """Reads the dates of a sentence when first asked for, and keeps them in `known`."""

    text: str
    sentences: Sequence[Sentence]
    clock: date | None
    known: dict[int, list[DateReading]]

    def of(self, number: int) -> list[DateReading]:
        """Return the date readings of a sentence, by its number."""
        if number not in self.known:
            bounds = self.sentences[number]
            self.known[number] = find_dates(self.text, bounds.start, bounds.end, self.clock)
        return self.known[number]


class Found(NamedTuple):
    """What sentences are cut by, besides their joints."""

    triggers: list[Trigger]
    places: list[PlaceReading]
    casualties: list[Hit[tuple[str, str]]]


def clauses_of(
    found: Found,
    text: str,
    tokens: list[Token],
    sentences: list[Sentence],
    cues: dict[str, list[Hit[frozenset[str]]]],
    dates: SentenceDates,
) -> list[Clause]:
    """Return the clauses of an article, cut at joints, between the deeds of a list, and about arrests."""
    joints = sorted(
        ((hit, joint) for group, joint in _JOINTS for hit in cues.get(group, ())), key=lambda item: item[0].first
    )
    starts = [token.start for token in tokens]
    joint_starts = [hit.first for hit, _ in joints]
    clauses: list[Clause] = []
    for number, sentence in enumerate(sentences):
        bounds = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        mine = joints[bisect_left(joint_starts, bounds[0]) : bisect_left(joint_starts, bounds[1])]
        mine = _outside_dates(mine, tokens, dates.of(number)) if mine else mine
        more = _more_cuts(found, text, tokens, sentence, number, starts, dates)
        clauses += split_clauses(text, tokens, sentence, number, bounds, mine, more)
    return clauses


def _more_cuts(
    found: Found,
    text: str,
    tokens: list[Token],
    sentence: Sentence,
    number: int,
    starts: list[int],
    dates: SentenceDates,
) -> list[tuple[int, Joint]]:
    """Return where a sentence goes on to another deed of a list, or from an arrest to a deed or back."""
    triggers = within(found.triggers, sentence.start, sentence.end)
    places = within(found.places, sentence.start, sentence.end) if len(triggers) > 0 else []
    if not triggers or (len(places) < 2 and len(triggers) < 2):
        return []
    harms = [tokens[hit.first].start for hit in found.casualties]
    days = [day.span for day in dates.of(number)]
    told = Told(text, sentence.start, sentence.end, triggers, places, days, harms)
    cuts = [(at, Joint.CONJUNCT) for at in (*conjuncts(told), *turns_to_arrest(told))]
    cuts += [(at, Joint.EARLIER) for at in arrests(told)]
    return [(bisect_left(starts, at), joint) for at, joint in cuts]


_Joints: TypeAlias = list[tuple[Hit[frozenset[str]], Joint]]


def _outside_dates(joints: _Joints, tokens: Sequence[Token], dates: Sequence[DateReading]) -> _Joints:
    """Leave out the joint words that are part of a date; "two days after" is one joint, from its first word on."""
    kept: _Joints = []
    for hit, joint in joints:
        first, last = tokens[hit.first].start, tokens[hit.last - 1].end
        day = next((day for day in dates if day.span.start <= first and last <= day.span.end), None)
        if day is not None and day.ends_in_joint and last == day.span.end and joint is Joint.EARLIER:
            kept.append((hit._replace(first=bisect_left(tokens, day.span.start, key=attrgetter("start"))), joint))
        elif day is None or day.bound is not None or day.ends_in_joint:
            kept.append((hit, joint))
    return kept
