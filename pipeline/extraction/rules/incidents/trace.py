"""The trace of an article: every statement that was found in it, and which named rule decided what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.extraction.rules.incidents.decisions import Decision
from pipeline.extraction.rules.incidents.newsworthiness import Selected
from pipeline.extraction.rules.statements.statement import Statement


class Step(NamedTuple):
    """A statement, as it stood when it was decided upon, and what was decided."""

    statement: Statement
    decision: Decision


class Omission(NamedTuple):
    """An incident that is not reported, by its number, and the rule by which it is not."""

    incident: int
    rule: str
    meaning: str


@dataclass(slots=True)
class Trace:
    """What is kept while an article is read, where somebody asks for it.

    `reported` has the mention_id of each incident that is reported, by its number.
    """

    steps: list[Step] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    reported: dict[int, str] = field(default_factory=dict)

    def statement(self, statement: Statement, decision: Decision) -> None:
        """Keep what became of a statement."""
        self.steps.append(Step(statement, decision))

    def outcome(self, selected: Sequence[Selected], reported: Mapping[int, str]) -> None:
        """Keep which incidents are reported, by their mentions' ids, and why the others are not."""
        self.reported = dict(reported)
        for candidate, rule in selected:
            if rule is not None:
                self.omissions.append(Omission(candidate.number, rule.name, rule.meaning))
            elif candidate.number not in reported:
                self.omissions.append(Omission(candidate.number, "same_words", "another incident has the same words"))
