"""What may become of a statement, and the named rules that decide it.

A rule is pure: it looks at a statement and at what has been told before it, and changes neither. The rules of a list
are asked in order; the first that applies decides. What they decide is carried out by the assembler alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from pipeline.extraction.rules.incidents.discourse import Discourse
from pipeline.extraction.rules.incidents.evidence import Evidence
from pipeline.extraction.rules.statements.statement import Statement


class Fate(Enum):
    """What becomes of a statement."""

    FOUND = "founds incident"
    JOIN = "joins incident"
    CREDIT = "is said of all incidents"
    TALLY = "tally"
    DROP = "dropped"


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: `meaning` says when it applies, `fate` what becomes of a statement that it applies to."""

    name: str
    fate: Fate
    meaning: str
    applies: Callable[[Statement, Discourse], bool]


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a statement, and by which rule.

    `incident` is the number of the incident founded or joined, `evidence` what speaks for and against joining it.
    """

    fate: Fate
    rule: str
    meaning: str
    incident: int | None = None
    evidence: Evidence | None = None


def decide(rules: Sequence[Rule], statement: Statement, discourse: Discourse) -> Decision | None:
    """Return the decision of the first rule that applies, None where none does."""
    for rule in rules:
        if rule.applies(statement, discourse):
            return Decision(rule.fate, rule.name, rule.meaning)
    return None
