"""One draft per incident: statements about the same deed come together, those about different deeds stay apart.

What counts as the same: a statement joins the incident told last that it does not contradict, in place, day, type or
parties. "Another", "separate", "elsewhere" keep it apart unless the very spot is named again. A plural that announces
several incidents is none of them once they are told one by one. Statements about series become tallies.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from pipeline.extraction.document import Reading
from pipeline.extraction.places.relations import Relation, relate
from pipeline.extraction.rules.incidents.aggregates import is_of_a_period, is_of_a_war, sums_up_deaths
from pipeline.extraction.rules.incidents.announcements import (
    Announcements,
    announces,
    counts_announcement,
    is_part_of,
    is_said_of_all,
    names_spot,
)
from pipeline.extraction.rules.incidents.candidates import Draft, draft_of, fit, is_long_past
from pipeline.extraction.rules.incidents.continuations import add_what_follows
from pipeline.extraction.rules.incidents.discourse_place import Scenes
from pipeline.extraction.rules.incidents.newsworthiness import OLD, is_old, worth_telling
from pipeline.extraction.rules.incidents.tallies import is_precise, is_tally
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.rules.statements.split_by_place import are_parts, frames_by_place
from pipeline.extraction.rules.statements.statement import Frame
from pipeline.extraction.time.resolver import DateReading, reanchor
from pipeline.extraction.violence.triggers import Kind
from schemas import EventType

_OPENING = 4
_SURE = 3.0
_SOME_OF = re.compile(r"\b(?!all\b)[\w-]+\sof\s(?:the|these|those)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_SOME_REACH = 60
_LOOK_BACK = 12
_FURTHEST = 100
_FIRST = 40  # incidents among which the one that an ordinal points at is looked for
_TELLING = timedelta(days=3)
_FAINT = 0.5


class Assembler:
    """Goes through an article's frames in order and gathers them into drafts and tallies."""

    def __init__(self, reading: Reading) -> None:
        self.drafts: list[Draft] = []
        self.tallies: list[Frame] = []
        self._reading = reading
        self._focus: Draft | None = None
        self._scenes = Scenes(reading)
        self._announcements = Announcements(reading)

    def run(self, frames: Sequence[Sequence[Frame]]) -> None:
        """Gather the frames, sentence by sentence."""
        for number, mine in enumerate(frames):
            if not mine:
                if self._focus is not None:
                    add_what_follows(self._focus, self.drafts, number, self._reading)
                self._scenes.set(number)
            announced = self._announcements.hear(number, self._focus)
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
        self._scenes.enter(frame)
        self._inherit_as_part(frame)
        host = self._ranked(frame) or self._host(frame)
        if host is not None:
            host.add(frame)
            self._focus = host
        elif self._may_found(frame):
            self._found(frame)

    def _inherit_as_part(self, frame: Frame) -> None:
        """Let "one targeted …, the other …" have the day of the announcement just made."""
        if not frame.part or frame.when.done is not None or self._announcements.take(frame):
            return
        group = next((d for d in self._latest() if d.group), None)
        if group and frame.sentence - group.frames[-1].sentence <= 2:
            frame.when.done, frame.inherited, frame.another = group.date, True, True

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
        if score is None or (draft.group and not is_said_of_all(draft, frame)):
            return None
        if draft.anchor.opener and not (frame.background or frame.given):
            return None
        if frame.another and not frame.given and not _same_place(draft, frame):
            return None
        if is_part_of(draft.frames[0], frame):
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
        settled = frame.when.done or names_spot(frame)
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
        draft.group = announces(frame)
        groups = islice((d for d in self._latest() if d.group), _LOOK_BACK)
        parent = next((d for d in groups if fit(d, frame) is not None), None)
        if parent is not None and counts_announcement(frame, parent):
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


def _same_place(draft: Draft, frame: Frame) -> bool:
    if draft.place is None or not frame.places:
        return False
    return relate(draft.place, frame.places[0]) is Relation.SAME


def gather(frames: Sequence[Sequence[Frame]], reading: Reading) -> tuple[list[Draft], list[Frame]]:
    """Return the incidents that an article tells of, in order, and the frames that are tallies."""
    assembler = Assembler(reading)
    assembler.run(frames)
    return worth_telling(assembler.drafts, reading), assembler.tallies
