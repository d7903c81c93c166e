"""What a statement takes from the sentences before it: the place of the scene, the day of what was announced."""

from dataclasses import replace

from pipeline.extraction.document import Document
from pipeline.extraction.rules.incidents.announcements import is_next, told_next
from pipeline.extraction.rules.incidents.discourse import Discourse
from pipeline.extraction.rules.incidents.discourse_place import is_in
from pipeline.extraction.rules.statements.event_time import Timing
from pipeline.extraction.rules.statements.statement import Contrast, PlaceBasis, Statement
from pipeline.extraction.text.lexicon import Wording

_PART_REACH = 2
_LATER_HARM = Wording(r"\b«later_harm»\b")


def completed(statement: Statement, discourse: Discourse) -> tuple[Statement, bool]:
    """Return a statement with its place and day completed, and whether it is the next of what was announced."""
    if discourse.focus is not None and tells_later_harm(statement, discourse.document):
        statement = replace(statement, places=(), place_basis=PlaceBasis.NONE, when=Timing(told=statement.when.done))
    if discourse.scene is not None and is_in(discourse.scene, statement, discourse.document):
        statement = statement.at(discourse.scene.place, PlaceBasis.SCENE)
    if discourse.announced is not None and is_next(statement, discourse.announced):
        return told_next(statement, discourse.announced), True
    return _dated_by_group(statement, discourse), False


def tells_later_harm(statement: Statement, document: Document) -> bool:
    """Return whether a statement tells what became of victims later: neither place nor day are those of the deed.

    "A seventh victim died of her injuries in Kharkiv on Thursday."
    """
    if not statement.weak or statement.headline:
        return False
    bounds = document.sentences[statement.sentence]
    return _LATER_HARM.search(document.text, bounds.start, bounds.end) is not None


def _dated_by_group(statement: Statement, discourse: Discourse) -> Statement:
    """Return "one targeted …, the other …" with the day of the announcement just made."""
    if not statement.part or statement.when.done is not None:
        return statement
    group = discourse.announcement()
    if group is None or statement.sentence - group.statements[-1].sentence > _PART_REACH:
        return statement
    when = replace(statement.when, done=group.date, inherited=True)
    return replace(statement, when=when, contrast=Contrast.OTHER_PART)
