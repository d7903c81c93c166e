"""One draft per incident: statements about the same deed come together, those about different deeds stay apart.

What counts as the same: a statement joins the incident told last that it does not contradict, in place, day, type or
parties. "Another", "separate", "elsewhere" keep it apart unless the very spot is named again. A plural that announces
several incidents is none of them once they are told one by one. Statements about series become tallies.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from pipeline.extraction.rules.dates import DateReading, reanchor
from pipeline.extraction.rules.drafts import Draft, draft_of, fit, is_long_past
from pipeline.extraction.rules.frames import Frame
from pipeline.extraction.rules.geography import RANK, Relation, more_specific, relate
from pipeline.extraction.rules.lookup import within
from pipeline.extraction.rules.places import PlaceReading
from pipeline.extraction.rules.reading import Reading
from pipeline.extraction.rules.roles import Roles, blamed_in, claimants_of
from pipeline.extraction.rules.selection import OLD, is_old, killed_in, worth_telling
from pipeline.extraction.rules.shares import are_parts, frames_by_place
from pipeline.extraction.rules.summaries import is_of_a_period, is_of_a_war, sums_up_deaths
from pipeline.extraction.rules.tallies import is_precise, is_tally
from pipeline.extraction.rules.triggers import Form, Kind
from pipeline.extraction.rules.whereabouts import is_elsewhere, place_told
from schemas import ActorType, EventType

_SPOT = 1
_OPENING = 4
_SURE = 3.0
_HAPPENED = re.compile(
    r"\b(?:incident|attack|action|assault|ambush|blast|explosion|shooting|raid|clash|violence|killings?|it) "
    r"(?:[\w-]+ ){0,3}?"
    r"(?:took place|occurred|happened|unfolded|erupted)\b",
    re.IGNORECASE,
)
_INCIDENTS = re.compile(
    r"\b(?:incidents|cases|episodes|operations|events)\b(?: (?!(?:by|to|that|who)\b)[\w-]+){0,4}? "
    r"(?:took place|occurred|happened|unfolded|were (?:reported|recorded))\b",
    re.IGNORECASE,
)
_PART_REACH = 3
_SOME_OF = re.compile(r"\b(?!all\b)[\w-]+\sof\s(?:the|these|those)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_SOME_REACH = 60
_LOOK_BACK = 12
_FURTHEST = 100
_FIRST = 40  # incidents among which the one that an ordinal points at is looked for
_TELLING = timedelta(days=3)
_INTRODUCTION = 2
_SPOTS_BACK, _SPOT_REACH = 2, 3
_FAINT = 0.5
_THOUSANDS = 1_000
_OPENING_REACH = 50
_OPENS_IN = re.compile(r"\s*(?:[A-Z]\w+,?\s)?(?:In|in|At|at|Near|near|Outside|outside)\s")
_ARMED = (ActorType.ARMED_GROUP, ActorType.UMBRELLA_GROUP, ActorType.UNIDENTIFIED_ARMED_GROUP, ActorType.STATE_FORCES)


@dataclass(slots=True)
class _Announced:
    """The sentence that announced incidents, or told of one of them last; their day; how many have been told.

    `group` is what had been told of all of them together.
    """

    sentence: int
    day: DateReading
    parts: int = 0
    group: Draft | None = None


class Assembler:
    """Goes through an article's frames in order and gathers them into drafts and tallies."""

    def __init__(self, reading: Reading) -> None:
        self.drafts: list[Draft] = []
        self.tallies: list[Frame] = []
        self._reading = reading
        self._focus: Draft | None = None
        self._scene: tuple[int, PlaceReading] | None = None
        self._announced: _Announced | None = None

    def run(self, frames: Sequence[Sequence[Frame]]) -> None:
        """Gather the frames, sentence by sentence."""
        for number, mine in enumerate(frames):
            if not mine:
                self._bridge(number)
                self._set_scene(number)
            announced = self._hear_announcement(number)
            for frame in mine:
                if not (announced and frame.plural and frame.given):
                    self._take(frame)

    def _latest(self) -> Iterator[Draft]:
        """Yield the incidents told last, the latest first; no article goes back further."""
        return islice(reversed(self.drafts), _FURTHEST)

    def _take(self, frame: Frame) -> None:
        if is_tally(frame, self._reading):
            self.tallies.append(frame)
            return
        if is_of_a_war(frame) or is_of_a_period(frame, self._reading):
            return
        if self.drafts and sums_up_deaths(frame, self._reading):
            return
        if frame.habitual or frame.recount or frame.remembered or self._is_general(frame):
            self._claim_all(frame)
            return
        if len(frame.places) > 1 and (frame.plural or not frame.head.is_noun):
            self._take_apart(frame)
        else:
            self._place(frame)

    def _take_apart(self, frame: Frame) -> None:
        """Take what is told of several places one by one, unless it only tells where the incident just told was."""
        parts, focus = frames_by_place(frame, self._reading), self._focus
        if frame.head.kind is Kind.INTERCEPT and not any(part.counted for part in parts):
            self._place(replace(frame, places=[]))  # "33 drones were downed in the regions of A, B and C"
            return
        told = [weapon for known in focus.frames for weapon in known.weapons] if focus else []
        if focus is not None and focus.place is None and are_parts(parts, told):
            focus.add(parts[0])
            return
        for part in parts:
            self._place(part)

    def _claim_all(self, frame: Frame) -> None:
        """Let "claimed these attacks" be said of all that was told and of which nobody else is known to be behind."""
        start = frame.head.span.start
        if not (frame.plural and frame.given) or _SOME_OF.search(
            self._reading.text, max(0, start - _SOME_REACH), start
        ):
            return
        claimants = {party.actor.actor_id for party in frame.roles.claimants}
        for draft in self.drafts:
            known = {party.actor.actor_id for party in draft.roles.perpetrators + draft.roles.claimants} - {None}
            if not draft.background and known <= claimants:
                draft.roles.merge(Roles(claimants=frame.roles.claimants))

    def _is_general(self, frame: Frame) -> bool:
        """Whether a plural speaks of attacks in general: no place, day, toll or claim of its own."""
        if frame.series and frame.when.done and not is_precise(frame.when.done) and self.drafts:
            return True
        if frame.series:
            counted = any(toll.what == "killed" or toll.best is not None for toll in frame.tolls)
            return not (counted or (frame.when.done and is_precise(frame.when.done)))
        own = frame.places or frame.when.done or frame.tolls or frame.roles.claimants or frame.count
        return frame.plural and not own and bool(self.drafts)

    def _place(self, frame: Frame) -> None:
        self._enter_scene(frame)
        self._inherit_as_part(frame)
        host = self._ranked(frame) or self._host(frame)
        if host is not None:
            host.add(frame)
            self._focus = host
        elif self._may_found(frame):
            self._found(frame)

    def _inherit_as_part(self, frame: Frame) -> None:
        """Let "one targeted …, the other …" have the day of the announcement just made."""
        if not frame.part or frame.when.done is not None or self._take_announced(frame):
            return
        group = next((d for d in self._latest() if d.group), None)
        if group and frame.sentence - group.frames[-1].sentence <= 2:
            frame.when.done, frame.inherited, frame.another = group.date, True, True

    def _hear_announcement(self, number: int) -> bool:
        """Whether a sentence only announces incidents ("Two incidents took place on May 3"), whose day is kept.

        Where it takes them from attacks told of before without a day, those were an announcement too.
        """
        bounds = self._reading.sentences[number]
        if not _INCIDENTS.search(self._reading.text, bounds.start, bounds.end):
            return False
        day = next((day for day in self._reading.dates_of(number) if is_precise(day)), None)
        if day is None:
            return False
        self._announced = _Announced(number, day)
        whole = self._focus
        if whole is not None and whole.date is None and _tells_of_several(whole):
            whole.group = True
            self._announced.group = whole
        return True

    def _take_announced(self, frame: Frame) -> bool:
        """Whether "the first of these", "the second attack" is the next of what was announced, whose day it has."""
        told = self._announced
        if told is None or frame.sentence - told.sentence > _PART_REACH or frame.rank not in (None, told.parts + 1):
            return False
        told.sentence, told.parts = frame.sentence, told.parts + 1
        if told.group is not None:
            told.group.members += 1
        frame.when.done, frame.inherited = told.day, True
        frame.another, frame.given, frame.rank = True, False, None
        return True

    def _ranked(self, frame: Frame) -> Draft | None:
        """Return the incident that an ordinal points at: "the second attack" is the second of those told."""
        if frame.rank is None:
            return None
        news = (d for d in self.drafts[:_FIRST] if not d.group and not d.background)
        told = list(islice((d for d in news if fit(d, frame) is not None), frame.rank))
        return told[frame.rank - 1] if frame.rank <= len(told) else None

    def _host(self, frame: Frame) -> Draft | None:
        best: tuple[float, Draft] | None = None
        for age, draft in enumerate(reversed(self.drafts[-_LOOK_BACK:])):
            score = self._score(draft, frame)
            if score is not None:
                score += 1.0 if draft is self._focus else -0.1 * age
                best = max(best, (score, draft), key=lambda item: item[0]) if best else (score, draft)
        return best[1] if best else None

    def _score(self, draft: Draft, frame: Frame) -> float | None:
        score = fit(draft, frame) if self._same_time(draft, frame) else None
        if score is None or (draft.group and not _same_announcement(draft, frame)):
            return None
        if frame.another and not frame.given and not _same_place(draft, frame):
            return None
        if _is_part_of(draft.frames[0], frame):
            draft.group = True
            return None
        if draft.background != frame.background and score < _SURE and not frame.weak:
            near = draft.background and draft.date and not is_old(draft, self.drafts, self._reading) and frame.places
            return None if not near and (frame.background or frame.places or frame.when.done) else score
        return score

    def _same_time(self, draft: Draft, frame: Frame) -> bool:
        """Whether an undated incident, which is the article's news, can have the frame's day."""
        day, clock = frame.when.done, self._reading.clock
        told = draft.told.latest if draft.told and not draft.date else None
        if told is not None and day and day.latest and told - day.latest > _TELLING:
            return False
        if draft.date or draft.background or not day:
            return True
        if not frame.given and (is_long_past(day) or self._turns_back(frame, day)):
            return frame.sentence == draft.frames[-1].sentence
        if not day.latest or not clock:
            return True
        return clock - day.latest <= OLD

    def _turns_back(self, frame: Frame, day: DateReading) -> bool:
        """Whether the sentence opens with a time before the news: "Last week a commander was shot dead"."""
        opening = self._reading.sentences[frame.sentence].start
        return not is_precise(day) and day.span.start - opening <= _OPENING and bool(self.drafts)

    def _may_found(self, frame: Frame) -> bool:
        settled = frame.when.done or _spots(frame)
        known = any(party.actor.actor_id for party in frame.roles.perpetrators)
        told = frame.places or frame.when.done or frame.tolls or known
        if frame.background and not told:
            return False
        if frame.background and not (frame.when.done or frame.tolls) and self._is_diplomatic(frame):
            return False
        if frame.plural and frame.given and not (settled or (frame.tolls and frame.places)):
            return False
        if frame.plural and frame.series and not (settled or frame.tolls):
            return False
        dated = frame.when.done is not None and is_precise(frame.when.done)
        if frame.head.strength < _FAINT and not (frame.tolls or (frame.places and dated)):
            return False
        if frame.event_type is EventType.ARREST_RAID and self.drafts and not (frame.places or frame.when.done):
            return False
        if frame.orphan or (frame.rank is not None and self.drafts and not self._is_next(frame.rank)):
            return False
        if frame.given and self.drafts and not (frame.places or frame.when.done):
            return False
        there = frame.same_place and dated
        return not (frame.weak and self.drafts and not (frame.places or frame.tolls or there))

    def _is_next(self, rank: int) -> bool:
        """Whether an ordinal goes on with what was announced and is being told one by one."""
        group = next((d for d in self._latest() if d.group), None)
        return group is not None and rank == group.members + 1

    def _is_diplomatic(self, frame: Frame) -> bool:
        """Whether the sentence is about talks, sanctions or a surrender, and the deed only what they answer."""
        bounds = self._reading.sentences[frame.sentence]
        first, last = self._reading.token_range(bounds.start, bounds.end)
        return self._reading.cued("diplomacy", first, last) is not None

    def _found(self, frame: Frame) -> None:
        draft = draft_of(frame)
        draft.group = _announces(frame)
        groups = islice((d for d in self._latest() if d.group), _LOOK_BACK)
        parent = next((d for d in groups if fit(d, frame) is not None), None)
        if parent is not None and _counts_parent(frame, parent):
            parent.group = False
        elif parent is not None:
            parent.members += 1
            draft.event_type = parent.event_type if frame.event_type is EventType.ATTACK else frame.event_type
        if parent is not None and parent.group:
            draft.place = draft.place or parent.place
            draft.roles.perpetrators = draft.roles.perpetrators or list(parent.roles.perpetrators)
        together = self._same_paragraph(frame) and not (draft.background or draft.group)
        near = self._focus is not None and (draft.background or not self._focus.background)
        if draft.place is None and self._focus and near and (together or frame.same_place):
            draft.place = self._focus.place
        if frame.perfect and self.drafts and not frame.another and frame.when.done is None and frame.when.told is None:
            draft.background = True
        self._date(draft, frame, parent)
        draft.background = draft.background or is_old(draft, self.drafts, self._reading)
        self.drafts.append(draft)
        self._focus = draft

    def _date(self, draft: Draft, frame: Frame, parent: Draft | None) -> None:
        previous = next((d for d in self._latest() if d.date and not d.background), None)
        if draft.date is not None and draft.date.anchored and previous and previous.date:
            draft.date = reanchor(draft.date, previous.date)
        elif draft.date is not None and draft.date.anchored and draft.told is not None:
            draft.date = reanchor(draft.date, draft.told)
        if draft.date is None and draft.told is None and not draft.background:
            source = self._date_source(frame, parent, previous)
            if source is not None:
                draft.date, draft.date_inherited = source.date, True
        draft.date_inherited = draft.date_inherited or frame.inherited

    def _date_source(self, frame: Frame, parent: Draft | None, previous: Draft | None) -> Draft | None:
        """Return whose day an undated incident shares: the announcement's, or that of the one told just before."""
        precise = parent is not None and parent.date is not None and is_precise(parent.date)
        if not precise and previous is not None and self._told_together(frame):
            return previous
        return parent if parent is not None and parent.date is not None else None

    def _told_together(self, frame: Frame) -> bool:
        if self._focus is None:
            return False
        day = any(self._reading.cued("told_day", clause.first, clause.last) for clause in frame.clauses)
        return frame.another or day or self._same_paragraph(frame)

    def _same_paragraph(self, frame: Frame) -> bool:
        if self._focus is None:
            return False
        sentences = self._reading.sentences
        last = sentences[self._focus.frames[-1].sentence]
        return last.paragraph == sentences[frame.sentence].paragraph

    def _bridge(self, number: int) -> None:
        """Let a sentence that tells of no deed add tolls, claims and the exact spot to the incident told last."""
        focus = self._focus
        if focus is None:
            return
        reading, bounds = self._reading, self._reading.sentences[number]
        spots = within(reading.places, bounds.start, bounds.end)
        self._name_spot([spot for spot in spots if not is_elsewhere(spot, reading.text)], number)
        if _HAPPENED.search(reading.text, bounds.start, bounds.end):
            self._tell_where(focus, number, spots)
        focus.roles.merge(Roles(blamed_in(number, reading), claimants=claimants_of(number, reading)))
        first, last = reading.token_range(bounds.start, bounds.end)
        elsewhere = any(reading.cued(group, first, last) for group in ("accident", "disaster", "anniversary"))
        if focus.frames[-1].sentence >= number - 3 and not elsewhere:
            cumulative = reading.cued("since", first, last) is not None
            focus.frames[-1].tolls += [
                toll for toll in reading.tolls_of(number) if not cumulative and toll.low < _THOUSANDS
            ]

    def _tell_where(self, draft: Draft, number: int, spots: Sequence[PlaceReading]) -> None:
        """Let "It happened early on Monday in the village of X" say when and where the incident told last was."""
        spot = place_told(spots, self._reading)
        if spot is not None and (draft.place is None or relate(draft.place, spot) is Relation.NESTED):
            draft.place = more_specific(draft.place, spot)
        if draft.date is None and not draft.background:
            draft.date = next((day for day in self._reading.dates_of(number) if is_precise(day)), None)

    def _set_scene(self, number: int) -> None:
        """Keep the place with which a sentence opens that only sets the scene: "In the town of X rebels were about."""
        reading, bounds = self._reading, self._reading.sentences[number]
        armed = any(a.actor.actor_type in _ARMED for a in within(reading.actors, bounds.start, bounds.end))
        named = within(reading.places, bounds.start, bounds.start + _OPENING_REACH)
        named = [place for place in named if place.kind != "country" and not is_elsewhere(place, reading.text)]
        if armed and named and _OPENS_IN.match(reading.text, bounds.start):
            place = min(named, key=lambda place: RANK.get(place.kind, 5))
            self._scene = bounds.paragraph, place

    def _enter_scene(self, frame: Frame) -> None:
        """Place what is told without a place, and not of something told before, in its paragraph's scene."""
        paragraph = self._reading.sentences[frame.sentence].paragraph
        if self._scene and self._scene[0] == paragraph and not (frame.places or frame.given or frame.orphan):
            frame.places = [self._scene[1]]

    def _name_spot(self, named: Sequence[PlaceReading], number: int) -> None:
        """Let a sentence name the one site that the news told just before has only the region of."""
        for draft in reversed(self.drafts[-_SPOTS_BACK:]):
            spot = _spot_within(draft.place, named)
            near = number - draft.frames[-1].sentence <= _SPOT_REACH or len(self.drafts) == 1
            if spot is not None and near and not draft.background:
                draft.place = spot
                return


def _spot_within(place: PlaceReading | None, named: Sequence[PlaceReading]) -> PlaceReading | None:
    if place is None or RANK.get(place.kind, 5) <= _SPOT:
        return None
    spots = [p for p in named if p.kind == "site" and relate(place, p) is not Relation.APART]
    return spots[0] if len(spots) == 1 else None


def _counts_parent(frame: Frame, parent: Draft) -> bool:
    """Whether "a second strike" takes what was announced, and not told since, for the first."""
    return frame.another and not (frame.part or frame.plural or parent.members or parent.frames[0].headline)


def _announces(frame: Frame) -> bool:
    """Whether a frame announces several incidents that are still to be told."""
    if frame.headline:
        return True
    spot = _spots(frame)
    counted = (frame.count is not None and frame.count.low >= 2) or frame.another
    if not frame.plural or spot or frame.background:
        return False
    return counted or (not frame.tolls and (frame.sentence <= _INTRODUCTION or not frame.roles.perpetrators))


def _same_place(draft: Draft, frame: Frame) -> bool:
    if draft.place is None or not frame.places:
        return False
    return relate(draft.place, frame.places[0]) is Relation.SAME


def _tells_of_several(draft: Draft) -> bool:
    """Whether nothing but attacks in the plural is told, at no one spot."""
    return not any(map(_spots, draft.frames)) and any(t.form is Form.NOUNS for t in draft.anchor.triggers)


def _spots(frame: Frame) -> bool:
    return any(RANK.get(p.kind, 5) <= _SPOT for p in frame.places)


def _same_announcement(draft: Draft, frame: Frame) -> bool:
    if frame.another or draft.frames[0].headline:
        return False
    if frame.weak and not (draft.members or frame.places or frame.when.done or frame.part):
        return True  # "They wounded nine" is told of all of them
    if not frame.plural:
        return False
    inside = draft.place is not None and all(relate(draft.place, place) is not Relation.APART for place in frame.places)
    return not frame.places or (frame.given and inside)


def _is_part_of(introduction: Frame, frame: Frame) -> bool:
    """Whether an introduction gave the dead of several attacks ("attacks killed 13") of which this is one, with 11."""
    if not introduction.plural or introduction.when.done or introduction.sentence > _INTRODUCTION or frame.plural:
        return False
    whole, part = killed_in(introduction), killed_in(frame)
    return 0 < part < whole and _spots(frame) and not _spots(introduction) and not frame.given


def gather(frames: Sequence[Sequence[Frame]], reading: Reading) -> tuple[list[Draft], list[Frame]]:
    """Return the incidents that an article tells of, in order, and the frames that are tallies."""
    assembler = Assembler(reading)
    assembler.run(frames)
    return worth_telling(assembler.drafts, reading), assembler.tallies
