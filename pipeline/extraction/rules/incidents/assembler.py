"""Goes through an article's statements in order and gathers them into incidents and tallies.

What becomes of a statement is decided by named rules, in this order: `SCREENING` (does it tell of one incident?), the
places it lists (is it several statements?), `COMPLETIONS` (what it takes from the sentences before it), `coreference`
(which incident told before it tells of), `BARRIERS` (what keeps it from founding one). The assembler carries it out.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.document import Document
from pipeline.extraction.rules.incidents.announcements import (
    after,
    announced_in,
    announces,
    counts_announcement,
    tells_parts,
)
from pipeline.extraction.rules.incidents.barriers import BARRIERS
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate, founded_on
from pipeline.extraction.rules.incidents.completion import completed
from pipeline.extraction.rules.incidents.continuations import add_what_follows
from pipeline.extraction.rules.incidents.coreference import joined, revealed_announcements
from pipeline.extraction.rules.incidents.decisions import Decision, Fate, decide
from pipeline.extraction.rules.incidents.discourse import Discourse
from pipeline.extraction.rules.incidents.discourse_place import scene_of
from pipeline.extraction.rules.incidents.founding import (
    announcement_of,
    day_source,
    is_told_by_now,
    previous_news,
)
from pipeline.extraction.rules.incidents.newsworthiness import is_old
from pipeline.extraction.rules.incidents.screening import SCREENING
from pipeline.extraction.rules.incidents.trace import Trace
from pipeline.extraction.rules.statements.intruders import intruders_in
from pipeline.extraction.rules.statements.roles import Roles
from pipeline.extraction.rules.statements.split_by_place import are_parts, statements_by_place
from pipeline.extraction.rules.statements.statement import Number, PlaceBasis, Statement
from pipeline.extraction.time.resolver import reanchor
from pipeline.extraction.violence.triggers import Kind
from schemas import EventType

_INTRUDED_REACH = 2
"""Within how many sentences of their coming the armed men who came are those who did it."""


class Assembler:
    """Keeps what an article has told so far; `trace`, if there is one, is told of every decision."""

    def __init__(self, document: Document, trace: Trace | None = None) -> None:
        self.tallies: list[Statement] = []
        self.discourse = Discourse(document)
        self._trace = trace

    @property
    def candidates(self) -> list[IncidentCandidate]:
        """The incidents gathered so far, in order."""
        return self.discourse.candidates

    def run(self, statements: Sequence[Sequence[Statement]]) -> None:
        """Gather the statements, sentence by sentence."""
        for number, mine in enumerate(statements):
            if not mine:
                self._read_on(number)
            announced = self._hear(number)
            for statement in mine:
                if announced and statement.plural and statement.given:
                    self._note(statement, _ONLY_ANNOUNCED)
                else:
                    self._take(statement)

    def _read_on(self, number: int) -> None:
        """Take in a sentence that tells of no deed."""
        discourse = self.discourse
        if discourse.focus is not None:
            add_what_follows(discourse.focus, discourse.candidates, number, discourse.document)
        discourse.scene = scene_of(number, discourse.document) or discourse.scene
        came = tuple(intruders_in(number, discourse.document))
        discourse.intruders = (number, came) if came else discourse.intruders

    def _hear(self, number: int) -> bool:
        """Return whether a sentence only announces incidents, and keep what it announces."""
        announced = announced_in(number, self.discourse.focus, self.discourse.document)
        if announced is None:
            return False
        if announced.group is not None:
            announced.group.group = True
        self.discourse.announced = announced
        return True

    def _note(self, statement: Statement, decision: Decision) -> None:
        if self._trace is not None:
            self._trace.statement(statement, decision)

    def _take(self, statement: Statement) -> None:
        decision = decide(SCREENING, statement, self.discourse)
        if decision is None:
            self._take_apart(statement)
            return
        if decision.fate is Fate.TALLY:
            self.tallies.append(statement)
        elif decision.fate is Fate.CREDIT:
            self._credit_all(statement)
        self._note(statement, decision)

    def _credit_all(self, statement: Statement) -> None:
        """Credit a claim to all that was told and of which nobody else is known to be behind."""
        claimants = {party.actor.actor_id for party in statement.roles.claimants}
        for candidate in self.candidates:
            behind = candidate.roles.perpetrators + candidate.roles.claimants
            known = {party.actor.actor_id for party in behind} - {None}
            if not candidate.background and known <= claimants:
                candidate.roles = candidate.roles.merged(Roles(claimants=statement.roles.claimants))

    def _take_apart(self, statement: Statement) -> None:
        """Take what is told of several places one by one, unless it only tells where the incident just told was."""
        if len(statement.places) < 2 or not (statement.plural or not statement.head.is_noun):
            self._place(statement)
            return
        if statement.number is Number.SCATTERED:
            self._place(replace(statement, places=(), place_basis=PlaceBasis.NONE))
            return
        parts, focus = statements_by_place(statement, self.discourse.document), self.discourse.focus
        if statement.head.kind is Kind.INTERCEPT and not any(part.counted_at for part in parts):
            # "33 drones were downed in the regions of A, B and C"
            self._place(replace(statement, places=(), place_basis=PlaceBasis.NONE))
            return
        told = [weapon for known in focus.statements for weapon in known.weapons] if focus else []
        if focus is not None and focus.place is None and are_parts(parts, told):
            focus.add(parts[0])
            self._note(statement, replace(_PARTS_OF_IT, incident=focus.number))
            return
        if focus is not None and tells_parts(focus, statement):
            focus.group = True
        for part in parts:
            self._place(part)

    def _place(self, told: Statement) -> None:
        """Have a statement join an incident, found one, or drop it."""
        discourse = self.discourse
        statement = self._complete(told)
        decision = joined(statement, discourse)
        if decision is None or decision.rule != "ordinal":
            for candidate in revealed_announcements(statement, discourse):
                candidate.group = True
        if decision is not None and decision.incident is not None:
            discourse.focus = self.candidates[decision.incident]
            discourse.focus.add(statement)
        else:
            decision = decide(BARRIERS, statement, discourse)
            if decision is None:
                decision = replace(_NEW, incident=len(self.candidates))
                self._found(statement)
        self._note(statement, decision)

    def _complete(self, told: Statement) -> Statement:
        """Return a statement with what it takes from the sentences before it."""
        discourse = self.discourse
        statement, next_announced = completed(told, discourse)
        if next_announced and discourse.announced is not None:
            discourse.announced = after(discourse.announced, statement)
            if discourse.announced.group is not None:
                discourse.announced.group.members += 1
        return statement

    def _found(self, statement: Statement) -> None:
        candidate, parent = founded_on(statement, len(self.candidates)), announcement_of(statement, self.discourse)
        candidate.group = announces(statement)
        if parent is not None:
            self._found_as_part(candidate, statement, parent)
        self._locate(candidate, statement)
        self._attribute(candidate, statement)
        candidate.background = candidate.background or is_told_by_now(statement, self.discourse)
        self._date(candidate, statement, parent)
        old = is_old(candidate, self.candidates, self.discourse.document)
        candidate.background = candidate.background or old
        self.candidates.append(candidate)
        self.discourse.focus = candidate

    def _found_as_part(self, candidate: IncidentCandidate, statement: Statement, parent: IncidentCandidate) -> None:
        """Take a new incident for one of those that were announced."""
        if counts_announcement(statement, parent):
            parent.group = False
            return
        parent.members += 1
        if statement.event_type is EventType.ATTACK:
            candidate.event_type = parent.event_type
        candidate.place = candidate.place or parent.place
        if not candidate.roles.perpetrators:
            candidate.roles = replace(candidate.roles, perpetrators=parent.roles.perpetrators)

    def _attribute(self, candidate: IncidentCandidate, statement: Statement) -> None:
        """Have the armed men who came in the sentences right before have done what nobody else is said to have done."""
        known, intruders = candidate.roles, self.discourse.intruders
        if intruders is None or known.perpetrators or known.claimants or statement.background:
            return
        number, came = intruders
        told_since = self.discourse.focus is not None and self.discourse.focus.statements[-1].sentence > number
        if statement.sentence - number <= _INTRUDED_REACH and not told_since:
            candidate.roles = candidate.roles.merged(Roles(came))

    def _locate(self, candidate: IncidentCandidate, statement: Statement) -> None:
        """Place a new incident where the one told last in its paragraph was, if nothing says where it was."""
        focus = self.discourse.focus
        if candidate.place is not None or focus is None or (focus.background and not candidate.background):
            return
        together = self.discourse.in_same_paragraph(statement) and not (candidate.background or candidate.group)
        if together or statement.place_basis is PlaceBasis.SAME:
            candidate.place = focus.place

    def _date(self, candidate: IncidentCandidate, statement: Statement, parent: IncidentCandidate | None) -> None:
        """Date a new incident by those told before, where its own words do not."""
        previous = previous_news(self.discourse)
        if candidate.date is not None and candidate.date.anchored and previous and previous.date:
            candidate.date = reanchor(candidate.date, previous.date)
        elif candidate.date is not None and candidate.date.anchored and candidate.told is not None:
            candidate.date = reanchor(candidate.date, candidate.told)
        if candidate.date is None and candidate.told is None and not candidate.background:
            source = day_source(statement, parent, self.discourse)
            if source is not None:
                candidate.date, candidate.date_inherited = source.date, True
        candidate.date_inherited = candidate.date_inherited or statement.when.inherited


_ONLY_ANNOUNCED = Decision(Fate.DROP, "only_announced", "the sentence announces incidents that are still to be told")
_PARTS_OF_IT = Decision(Fate.JOIN, "places_of_it", "it counts, place by place, the weapons just told of")
_NEW = Decision(Fate.FOUND, "new_incident", "it tells of no incident told before, and says enough of its own")
