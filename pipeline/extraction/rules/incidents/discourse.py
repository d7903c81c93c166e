"""What an article has told up to a sentence: the incidents so far, the one told last, the scene, what was announced."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from pipeline.extraction.actors.recogniser import ActorReading
from pipeline.extraction.document import Document
from pipeline.extraction.rules.incidents.announcements import Announced
from pipeline.extraction.rules.incidents.candidates import IncidentCandidate
from pipeline.extraction.rules.incidents.discourse_place import Scene
from pipeline.extraction.rules.statements.statement import Statement

_FURTHEST = 100


@dataclass(slots=True)
class Discourse:
    """The state that the assembler keeps while it goes through an article; rules only look at it.

    `focus` is the incident told last, `intruders` the armed men who came in a sentence without a deed, with its number.
    """

    document: Document
    candidates: list[IncidentCandidate] = field(default_factory=list)
    focus: IncidentCandidate | None = None
    scene: Scene | None = None
    announced: Announced | None = None
    intruders: tuple[int, tuple[ActorReading, ...]] | None = None

    def latest(self) -> Iterator[IncidentCandidate]:
        """Yield the incidents told last, the latest first; no article goes back further."""
        return islice(reversed(self.candidates), _FURTHEST)

    def announcement(self) -> IncidentCandidate | None:
        """Return what announced several incidents last, if anything did."""
        return next((candidate for candidate in self.latest() if candidate.group), None)

    def in_same_paragraph(self, statement: Statement) -> bool:
        """Return whether the incident told last was told in the statement's paragraph."""
        if self.focus is None:
            return False
        sentences = self.document.sentences
        last = sentences[self.focus.statements[-1].sentence]
        return last.paragraph == sentences[statement.sentence].paragraph
