"""One candidate per incident: statements about the same deed come together, those about different deeds stay apart.

What counts as the same: a statement joins the incident told last that it does not contradict, in place, day, type or
parties. "Another", "separate", "elsewhere" keep it apart unless the very spot is named again. A plural that announces
several incidents is none of them once they are told one by one. Statements about series become tallies.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from pipeline.extraction.document import Document
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
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate, candidate_of, fit, is_long_past
from pipeline.extraction.rules.incidents.continuations import add_what_follows
from pipeline.extraction.rules.incidents.discourse_place import Scenes
from pipeline.extraction.rules.incidents.newsworthiness import OLD, is_old, worth_telling
from pipeline.extraction.rules.incidents.tallies import is_precise, is_tally
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.rules.statements.split_by_place import are_parts, statements_by_place
from pipeline.extraction.rules.statements.statement import Statement
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
    """Goes through an article's statements in order and gathers them into candidates and tallies."""

    def __init__(self, document: Document) -> None:
        self.candidates: list[IncidentCandidate] = []
        self.tallies: list[Statement] = []
        self._document = document
        self._focus: IncidentCandidate | None = None
        self._scenes = Scenes(document)
        self._announcements = Announcements(document)

    def run(self, statements: Sequence[Sequence[Statement]]) -> None:
        """Gather the statements, sentence by sentence."""
        for number, mine in enumerate(statements):
            if not mine:
                if self._focus is not None:
                    add_what_follows(self._focus, self.candidates, number, self._document)
                self._scenes.set(number)
            announced = self._announcements.hear(number, self._focus)
            for statement in mine:
                if not (announced and statement.plural and statement.given):
                    self._take(statement)

    def _latest(self) -> Iterator[IncidentCandidate]:
        """Yield the incidents told last, the latest first; no article goes back further."""
        return islice(reversed(self.candidates), _FURTHEST)

    def _take(self, statement: Statement) -> None:
        if is_tally(statement, self._document):
            self.tallies.append(statement)
            return
        if is_of_a_war(statement) or is_of_a_period(statement, self._document):
            return
        if self.candidates and sums_up_deaths(statement, self._document):
            return
        if statement.habitual or statement.recount or statement.remembered or self._is_general(statement):
            self._claim_all(statement)
            return
        if len(statement.places) > 1 and (statement.plural or not statement.head.is_noun):
            self._take_apart(statement)
        else:
            self._place(statement)

    def _take_apart(self, statement: Statement) -> None:
        """Take what is told of several places one by one, unless it only tells where the incident just told was."""
        parts, focus = statements_by_place(statement, self._document), self._focus
        if statement.head.kind is Kind.INTERCEPT and not any(part.counted for part in parts):
            self._place(replace(statement, places=[]))  # "33 drones were downed in the regions of A, B and C"
            return
        told = [weapon for known in focus.statements for weapon in known.weapons] if focus else []
        if focus is not None and focus.place is None and are_parts(parts, told):
            focus.add(parts[0])
            return
        for part in parts:
            self._place(part)

    def _claim_all(self, statement: Statement) -> None:
        """Let "claimed these attacks" be said of all that was told and of which nobody else is known to be behind."""
        start = statement.head.span.start
        if not (statement.plural and statement.given) or _SOME_OF.search(
            self._document.text, max(0, start - _SOME_REACH), start
        ):
            return
        claimants = {party.actor.actor_id for party in statement.roles.claimants}
        for candidate in self.candidates:
            known = {party.actor.actor_id for party in candidate.roles.perpetrators + candidate.roles.claimants} - {
                None
            }
            if not candidate.background and known <= claimants:
                candidate.roles.merge(Roles(claimants=statement.roles.claimants))

    def _is_general(self, statement: Statement) -> bool:
        """Whether a plural speaks of attacks in general: no place, day, toll or claim of its own."""
        if statement.series and statement.when.done and not is_precise(statement.when.done) and self.candidates:
            return True
        if statement.series:
            counted = any(toll.what == "killed" or toll.best is not None for toll in statement.tolls)
            return not (counted or (statement.when.done and is_precise(statement.when.done)))
        own = statement.places or statement.when.done or statement.tolls or statement.roles.claimants or statement.count
        return statement.plural and not own and bool(self.candidates)

    def _place(self, statement: Statement) -> None:
        self._scenes.enter(statement)
        self._inherit_as_part(statement)
        host = self._ranked(statement) or self._host(statement)
        if host is not None:
            host.add(statement)
            self._focus = host
        elif self._may_found(statement):
            self._found(statement)

    def _inherit_as_part(self, statement: Statement) -> None:
        """Let "one targeted …, the other …" have the day of the announcement just made."""
        if not statement.part or statement.when.done is not None or self._announcements.take(statement):
            return
        group = next((d for d in self._latest() if d.group), None)
        if group and statement.sentence - group.statements[-1].sentence <= 2:
            statement.when.done, statement.inherited, statement.another = group.date, True, True

    def _ranked(self, statement: Statement) -> IncidentCandidate | None:
        """Return the incident that an ordinal points at: "the second attack" is the second of those told."""
        if statement.rank is None:
            return None
        news = (d for d in self.candidates[:_FIRST] if not d.group and not d.background)
        told = list(islice((d for d in news if fit(d, statement) is not None), statement.rank))
        return told[statement.rank - 1] if statement.rank <= len(told) else None

    def _host(self, statement: Statement) -> IncidentCandidate | None:
        best: tuple[float, IncidentCandidate] | None = None
        for age, candidate in enumerate(reversed(self.candidates[-_LOOK_BACK:])):
            score = self._score(candidate, statement)
            if score is not None:
                score += 1.0 if candidate is self._focus else -0.1 * age
                best = max(best, (score, candidate), key=lambda item: item[0]) if best else (score, candidate)
        return best[1] if best else None

    def _score(self, candidate: IncidentCandidate, statement: Statement) -> float | None:
        score = fit(candidate, statement) if self._same_time(candidate, statement) else None
        if score is None or (candidate.group and not is_said_of_all(candidate, statement)):
            return None
        if candidate.anchor.opener and not (statement.background or statement.given):
            return None
        if statement.another and not statement.given and not _same_place(candidate, statement):
            return None
        if is_part_of(candidate.statements[0], statement):
            candidate.group = True
            return None
        if candidate.background != statement.background and score < _SURE and not statement.weak:
            near = (
                candidate.background
                and candidate.date
                and not is_old(candidate, self.candidates, self._document)
                and statement.places
            )
            return None if not near and (statement.background or statement.places or statement.when.done) else score
        return score

    def _same_time(self, candidate: IncidentCandidate, statement: Statement) -> bool:
        """Whether an undated incident, which is the article's news, can have the statement's day."""
        day, clock = statement.when.done, self._document.clock
        told = candidate.told.latest if candidate.told and not candidate.date else None
        if told is not None and day and day.latest and told - day.latest > _TELLING:
            return False
        if candidate.date or candidate.background or not day:
            return True
        if not statement.given and (is_long_past(day) or self._turns_back(statement, day)):
            return statement.sentence == candidate.statements[-1].sentence
        if not day.latest or not clock:
            return True
        return clock - day.latest <= OLD

    def _turns_back(self, statement: Statement, day: DateReading) -> bool:
        """Whether the sentence opens with a time before the news: "Last week a commander was shot dead"."""
        opening = self._document.sentences[statement.sentence].start
        return not is_precise(day) and day.span.start - opening <= _OPENING and bool(self.candidates)

    def _may_found(self, statement: Statement) -> bool:
        settled = statement.when.done or names_spot(statement)
        known = any(party.actor.actor_id for party in statement.roles.perpetrators)
        told = statement.places or statement.when.done or statement.tolls or known
        if statement.background and not told:
            return False
        if statement.background and not (statement.when.done or statement.tolls) and self._is_diplomatic(statement):
            return False
        if statement.plural and statement.given and not (settled or (statement.tolls and statement.places)):
            return False
        if statement.plural and statement.series and not (settled or statement.tolls):
            return False
        dated = statement.when.done is not None and is_precise(statement.when.done)
        if statement.head.strength < _FAINT and not (statement.tolls or (statement.places and dated)):
            return False
        if (
            statement.event_type is EventType.ARREST_RAID
            and self.candidates
            and not (statement.places or statement.when.done)
        ):
            return False
        if statement.orphan or (statement.rank is not None and self.candidates and not self._is_next(statement.rank)):
            return False
        if statement.given and self.candidates and not (statement.places or statement.when.done):
            return False
        there = statement.same_place and dated
        return not (statement.weak and self.candidates and not (statement.places or statement.tolls or there))

    def _is_next(self, rank: int) -> bool:
        """Whether an ordinal goes on with what was announced and is being told one by one."""
        group = next((d for d in self._latest() if d.group), None)
        return group is not None and rank == group.members + 1

    def _is_diplomatic(self, statement: Statement) -> bool:
        """Whether the sentence is about talks, sanctions or a surrender, and the deed only what they answer."""
        bounds = self._document.sentences[statement.sentence]
        first, last = self._document.token_range(bounds.start, bounds.end)
        return self._document.cued("diplomacy", first, last) is not None

    def _found(self, statement: Statement) -> None:
        candidate = candidate_of(statement)
        candidate.group = announces(statement)
        groups = islice((d for d in self._latest() if d.group), _LOOK_BACK)
        parent = next((d for d in groups if fit(d, statement) is not None), None)
        if parent is not None and counts_announcement(statement, parent):
            parent.group = False
        elif parent is not None:
            parent.members += 1
            candidate.event_type = (
                parent.event_type if statement.event_type is EventType.ATTACK else statement.event_type
            )
        if parent is not None and parent.group:
            candidate.place = candidate.place or parent.place
            candidate.roles.perpetrators = candidate.roles.perpetrators or list(parent.roles.perpetrators)
        together = self._same_paragraph(statement) and not (candidate.background or candidate.group)
        near = self._focus is not None and (candidate.background or not self._focus.background)
        if candidate.place is None and self._focus and near and (together or statement.same_place):
            candidate.place = self._focus.place
        if (
            statement.perfect
            and self.candidates
            and not statement.another
            and statement.when.done is None
            and statement.when.told is None
        ):
            candidate.background = True
        self._date(candidate, statement, parent)
        candidate.background = candidate.background or is_old(candidate, self.candidates, self._document)
        self.candidates.append(candidate)
        self._focus = candidate

    def _date(self, candidate: IncidentCandidate, statement: Statement, parent: IncidentCandidate | None) -> None:
        previous = next((d for d in self._latest() if d.date and not d.background), None)
        if candidate.date is not None and candidate.date.anchored and previous and previous.date:
            candidate.date = reanchor(candidate.date, previous.date)
        elif candidate.date is not None and candidate.date.anchored and candidate.told is not None:
            candidate.date = reanchor(candidate.date, candidate.told)
        if candidate.date is None and candidate.told is None and not candidate.background:
            source = self._date_source(statement, parent, previous)
            if source is not None:
                candidate.date, candidate.date_inherited = source.date, True
        candidate.date_inherited = candidate.date_inherited or statement.inherited

    def _date_source(
        self, statement: Statement, parent: IncidentCandidate | None, previous: IncidentCandidate | None
    ) -> IncidentCandidate | None:
        """Return whose day an undated incident shares: the announcement's, or that of the one told just before."""
        precise = parent is not None and parent.date is not None and is_precise(parent.date)
        if not precise and previous is not None and self._told_together(statement):
            return previous
        return parent if parent is not None and parent.date is not None else None

    def _told_together(self, statement: Statement) -> bool:
        if self._focus is None:
            return False
        day = any(self._document.cued("told_day", clause.first, clause.last) for clause in statement.clauses)
        return statement.another or day or self._same_paragraph(statement)

    def _same_paragraph(self, statement: Statement) -> bool:
        if self._focus is None:
            return False
        sentences = self._document.sentences
        last = sentences[self._focus.statements[-1].sentence]
        return last.paragraph == sentences[statement.sentence].paragraph


def _same_place(candidate: IncidentCandidate, statement: Statement) -> bool:
    if candidate.place is None or not statement.places:
        return False
    return relate(candidate.place, statement.places[0]) is Relation.SAME


def gather(
    statements: Sequence[Sequence[Statement]], document: Document
) -> tuple[list[IncidentCandidate], list[Statement]]:
    """Return the incidents that an article tells of, in order, and the statements that are tallies."""
    assembler = Assembler(document)
    assembler.run(statements)
    return worth_telling(assembler.candidates, document), assembler.tallies
